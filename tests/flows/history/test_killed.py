"""However often reading is killed, what is stored in the end is the same, and nothing is asked for twice."""

import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.engine import connect
from db.tables import CaptureRow, Fetch
from db.upkeep.schema import check_schema
from db.upkeep.verify import verify
from flows.history.read import read_history
from models.archive import Archive, Door
from scrapers.archives.client import ArchiveClient
from scrapers.http.fetch import Fetcher
from tests.flows.importing.test_warc import content
from tests.support.archive import WebArchive, described
from tests.support.databases import rows
from tests.support.simulator.server import PressOffice
from tests.support.years import HOST, Kept, at, office, page

CODE = """
import sys
from datetime import date
from db.engine import connect
from flows.history.read import read_history
from models.archive import Archive
from scrapers.archives.client import ArchiveClient
from scrapers.http.fetch import Fetcher
from tests.support.years import office
if __name__ == "__main__":
    engine = connect(sys.argv[1])
    client = ArchiveClient(Archive.model_validate_json(sys.argv[2]), Fetcher())
    found = read_history(engine, client, office(), date(2012, 1, 1))
    sys.exit(0 if found.ended is None and not found.left else 3)
"""
OUTCOMES = (CaptureRow.original, CaptureRow.archived_at, CaptureRow.outcome, CaptureRow.body_hash)


def kept(numbers: int) -> list[Kept]:
    """Three copies of each of some releases, all different."""
    first = at("2016-05-01T10:00:00")
    return [
        Kept(f"https://www.{HOST}/pm/{number}", first.replace(month=month), page(number, 10 * number + month))
        for number in range(1, numbers + 1)
        for month in (5, 6, 7)
    ]


def start(url: str, archive: Archive) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CODE, url, archive.model_dump_json()])


@pytest.mark.parametrize(("kills", "numbers"), [(1, 3), pytest.param(20, 30, marks=pytest.mark.long)])
def test_killed_reading_ends_as_if_it_had_not_been(
    kills: int, numbers: int, url: str, engine: Engine, tmp_path: Path
) -> None:
    site = WebArchive(kept(numbers))
    copies = len(site.records)
    with PressOffice(site) as server:
        door = described(server.url)
        changes = {"index": Door(url=door.index.url, spacing=0.01), "replay": Door(url=door.replay.url, spacing=0.02)}
        quick = door.model_copy(update=changes)
        done = 0
        for turn in range(kills):
            process = start(url, quick)
            while len(site.log) < done + copies / (kills + 1) and process.poll() is None:
                time.sleep(0.005)
            # Some while copies are fetched, some while they are read.
            time.sleep(0.1 * (turn % 4))
            process.send_signal(signal.SIGKILL)
            process.wait()
            done = len(site.log)
        assert start(url, quick).wait() == 0
        asked = site.count("replay")
        other = connect(f"sqlite:///{tmp_path / 'whole.db'}")
        check_schema(other)
        read_history(other, ArchiveClient(quick, Fetcher()), office(), date(2012, 1, 1))
    assert content(engine, own=False) == content(other, own=False)
    assert outcomes(engine) == outcomes(other)
    assert rows(engine, Fetch) == copies
    # A request that was under way when its process was killed is all that is lost.
    assert copies <= asked <= copies + kills
    assert verify(engine) == []
    other.dispose()


def outcomes(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return sorted(map(tuple, connection.execute(select(*OUTCOMES)).all()), key=repr)
