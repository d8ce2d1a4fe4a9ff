"""The same against a real archive's software: pywb, in an environment of its own.

It is named by the variable PYWB: the folder of its programs (`python -m venv DIR; DIR/bin/pip install pywb`, then
PYWB=DIR/bin). What our export holds it replays, and from there it comes back as it was.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import Engine, select

from db.archive.snapshots import archived_body, kept_answers
from db.engine import connect
from db.tables import Fetch, SnapshotRow
from db.upkeep.schema import check_schema
from db.upkeep.verify import verify
from flows.history.read import read_history
from flows.importing.warc import import_warc
from models.archive import Archive, Door
from scrapers.archives.client import ArchiveClient
from scrapers.archives.warc import open_warc
from scrapers.http.fetch import Fetcher
from scrapers.http.warc import write_warc
from tests.support.servers import free_port
from tests.support.years import HOST, Kept, at, listing, office, page, warc

pytestmark = pytest.mark.long

PROGRAMS = os.environ.get("PYWB")
COLLECTION = "amt"


def url(number: int) -> str:
    return f"https://www.{HOST}/pm/{number}"


def records() -> list[Kept]:
    first = at("2016-05-01T10:00:00")
    kept = [
        Kept(
            url(number),
            first.replace(month=month),
            page(number, 10 * number + month // 6),
            encoding="gzip" if number % 3 == 0 else "",
            chunked=number % 4 == 0,
        )
        for number in range(1, 41)
        for month in (4, 5, 6)
    ]
    kept += [Kept(url(number), first.replace(month=7), repeats=kept[3 * number - 1]) for number in range(1, 41, 7)]
    kept += [Kept(url(90), first, b"", status="404 Not Found"), Kept(f"https://www.{HOST}/pm", first, listing(1, 2))]
    return kept


@pytest.fixture
def pywb(tmp_path: Path) -> Iterator[str]:
    if PROGRAMS is None:
        pytest.skip("pywb is not there: set PYWB to the folder of its programs")
    yield from served(tmp_path, warc(tmp_path / "amt.warc.gz", records()))


def served(folder: Path, file: Path) -> Iterator[str]:
    """The address of a collection that holds a file."""
    assert PROGRAMS is not None
    manage = [f"{PROGRAMS}/wb-manager"]
    subprocess.run([*manage, "init", COLLECTION], cwd=folder, check=True, capture_output=True)
    subprocess.run([*manage, "add", COLLECTION, str(file)], cwd=folder, check=True, capture_output=True)
    port = free_port()
    process = subprocess.Popen(
        [f"{PROGRAMS}/wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while True:
            try:
                with closing(urlopen(f"{base}/{COLLECTION}/cdx?url={HOST}")):
                    break
            except OSError:
                assert time.monotonic() < until, "pywb does not answer"
                time.sleep(0.1)
        yield f"{base}/{COLLECTION}"
    finally:
        process.terminate()
        process.wait()


def archive(base: str, dialect: str) -> Archive:
    return Archive(
        id="pywb",
        name="pywb",
        homepage=base,
        dialect=dialect,  # type: ignore[arg-type]
        index=Door(url=base + ("/timemap/link/{url}" if dialect == "timemap" else "/cdx"), spacing=0.01),
        replay=Door(url=base + "/{timestamp}id_/{url}", spacing=0.01),
        view=base + "/{timestamp}/{url}",
        check_digests=False,
        local=True,
        verified="never",
    )


@pytest.mark.parametrize("dialect", ["cdxj", "timemap"])
def test_what_pywb_holds_is_read_and_comes_back_from_our_export(
    engine: Engine, pywb: str, tmp_path: Path, dialect: str
) -> None:
    client = ArchiveClient(archive(pywb, dialect), Fetcher())
    found = read_history(engine, client, office(), date(2012, 1, 1))
    assert (found.ended, found.left) == (None, 0)
    contents = {each.body for each in records() if each.url != f"https://www.{HOST}/pm" and each.body}
    if dialect == "cdxj":
        assert (found.outcome.new, found.outcome.corrected, found.outcome.broken) == (40, 40, 0)
        assert found.requests <= 1.05 * (len(contents) + 1) + 4
        assert bodies(engine) >= contents
    else:  # it tells of addresses that it is asked for alone: those that the archived list names
        assert (found.outcome.new, found.outcome.corrected) == (2, 2)
    assert verify(engine) == []
    with (tmp_path / "export.warc.gz").open("wb") as stream:
        write_warc(stream, kept_answers(engine))
    other = connect(f"sqlite:///{tmp_path / 'other.db'}")
    check_schema(other)
    import_warc(other, open_warc(tmp_path / "export.warc.gz"), [office()])
    assert fetched(other) == fetched(engine)
    other.dispose()


def bodies(engine: Engine) -> set[bytes]:
    with engine.connect() as connection:
        hashes = connection.scalars(select(SnapshotRow.hash)).all()
        return {archived_body(connection, each) for each in hashes}


def fetched(engine: Engine) -> set[tuple[object, ...]]:
    columns = (Fetch.url, Fetch.fetched_at, Fetch.body_hash, Fetch.archive, Fetch.archive_place, Fetch.retrieved_at)
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(*columns))}
