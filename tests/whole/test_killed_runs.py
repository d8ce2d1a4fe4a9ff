"""`bilanz ingest` is killed again and again; then one run makes up for it all."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from db.engine import connect
from db.tables import Base, ClaimRow, Fetch, HostSlot, Lease, PageReading, Reading, Revision, Run, RunSource
from db.tables.base import UtcDateTime
from db.upkeep.verify import verify
from scrapers.office import PORT, Office
from scrapers.registry import SOURCES
from tests.support.command import COMMAND, environment, servers

SOURCE = "uebungsportal"
SEED = 20261122
# What tells of runs and not of releases.
OF_RUNS = {Run, RunSource, Lease, HostSlot, Fetch}

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory, prefect_home: Path) -> Iterator[Start]:
    """Starts the command on a database, with the bundled press office behind it; one that nobody kills may be warm."""
    folder = tmp_path_factory.mktemp("sources")
    with Office() as office:
        description = (SOURCES / f"{SOURCE}.yaml").read_text("utf-8")
        (folder / f"{SOURCE}.yaml").write_text(description.replace(f"http://127.0.0.1:{PORT}", office.url), "utf-8")

        def run(url: str, command: str | Path = COMMAND[0]) -> subprocess.Popen[str]:
            given = {"BILANZ_DATABASE_URL": url, "BILANZ_SOURCES": str(folder)}
            return subprocess.Popen(
                [command, "ingest", "--source", SOURCE],
                cwd=folder,
                env=environment(folder / "none.db", prefect_home) | given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        yield run


@pytest.fixture(scope="module")
def undisturbed(start: Start, warm_command: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a run leaves behind that was never killed."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed')}/bilanz.db"
    finish(start(url, warm_command))
    engine = connect(url)
    try:
        return picture(engine)
    finally:
        engine.dispose()


def finish(process: subprocess.Popen[str]) -> None:
    _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")


def picture(engine: Engine) -> dict[str, list[str]]:
    """All rows but those of runs, without times and without keys that hang on times or counters."""
    stated = {"published"}
    with engine.connect() as connection:

        def names(table: type[Base], *columns: str) -> dict[Any, str]:
            return {
                row.id: repr([row._mapping[name] for name in columns])
                for row in connection.execute(select(table.__table__))
            }

        revisions = names(Revision, "release_id", "snapshot_hash")
        pages = names(PageReading, "page_version", "snapshot_hash")
        readings = names(Reading, "claim_key", "content_hash")
        keys = {"revision_id": revisions, "page_reading_id": pages, "reading_id": readings}
        keys |= {"before_id": readings, "after_id": readings}
        own = {"revisions", "page_readings", "readings", "claim_changes"}
        seen = {}
        for table in Base.metadata.sorted_tables:
            if table in {each.__table__ for each in OF_RUNS}:
                continue
            kept = [
                column.name
                for column in table.columns
                if not isinstance(column.type, UtcDateTime) or column.name in stated
            ]
            rows = []
            for row in connection.execute(select(table)):
                values = {name: row._mapping[name] for name in kept}
                values |= {
                    name: keys[name][number] for name, number in values.items() if name in keys and number is not None
                }
                if table.name in own:
                    del values["id"]
                rows.append(repr(values))
            seen[table.name] = sorted(rows)
        archived = select(Fetch.url, Fetch.snapshot_hash, Fetch.release_id).where(Fetch.snapshot_hash.is_not(None))
        seen["archived"] = sorted({repr(tuple(row)) for row in connection.execute(archived)})
    return seen


def kill(process: subprocess.Popen[str], engine: Engine, claims: int, delay: float) -> int:
    """Kills a run some moments after so many claims are stored; how many were."""
    while stored(engine) < claims:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    time.sleep(delay)
    process.kill()
    process.communicate()
    assert process.returncode == -9, "the run had ended before it was killed"
    return stored(engine)


def stored(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ClaimRow)) or 0


@pytest.mark.parametrize(
    ("database", "kills"),
    [
        # On SQLite the demo is killed once.
        ("postgresql", 1),
        pytest.param("sqlite", 10, marks=pytest.mark.long),
        pytest.param("postgresql", 10, marks=pytest.mark.long),
    ],
)
def test_runs_that_were_killed_are_made_up_for(
    start: Start,
    undisturbed: dict[str, list[str]],
    engine: Engine,
    url: str,
    prefect_home: Path,
    warm_command: Path,
    kills: int,
) -> None:
    chance = random.Random(SEED)
    whole = len(undisturbed["claims"])
    moments = sorted((chance.randrange(whole), chance.uniform(0, 0.2)) for _ in range(kills))
    print(f"seed {SEED}, {whole} claims")  # noqa: T201
    for claims, delay in moments:
        left = kill(start(url), engine, claims, delay)
        print(f"killed {delay:.3f} s after claim {claims}; {left} were stored")  # noqa: T201
        while servers(prefect_home):
            time.sleep(0.05)
        assert verify(engine) == []
    finish(start(url, warm_command))
    assert picture(engine) == undisturbed
    assert verify(engine) == []
