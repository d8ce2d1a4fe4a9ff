"""Processes that are killed in the middle: run again, they come to the same and repeat next to nothing."""

import json
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from db.engine import connect
from db.upkeep.schema import check_schema
from db.upkeep.verify import verify
from flows.office.archive import batches, offices_of, reextract_batch
from flows.office.steps import BATCH, Extent, ingest_source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.killing import count, finish, is_worker, kill, kill_worker, met, picture, start, without_progress
from tests.support.offices import write_source
from tests.support.simulator import CMS, PressOffice, samples
from tests.support.simulator.server import Answer, Request

SINCE = date(2020, 1, 1)


class Deliberate(CMS):
    """An office that takes a moment for each page, so that a run can be met in its middle."""

    pause = 0.01

    def answer(self, request: Request, base: str) -> Answer | None:
        time.sleep(self.pause)
        return super().answer(request, base)


class Read(NamedTuple):
    """An office, its folder of sources, and what a run that nobody disturbed has left behind."""

    office: PressOffice
    site: Deliberate
    sources: Path
    database: Path


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """An office whose releases were read once for all tests of this file."""
    folder, site = tmp_path_factory.mktemp("kills"), Deliberate("wordpress", samples(40))
    with PressOffice(site) as office:
        write_source(office, site, folder, "uebung")
        yield Read(office, site, folder, left_undisturbed(site, folder, folder / "undisturbed.db"))


def left_undisturbed(site: CMS, sources: Path, path: Path) -> Path:
    """What a run that nobody disturbs leaves behind."""
    engine = connect(f"sqlite:///{path}")
    check_schema(engine)
    report = ingest_source(engine, load_source(sources / "uebung.yaml"), Fetcher(), Extent(since=SINCE, lookback=0))
    assert (report.state, report.outcome.new) == ("completed", len(site.releases))
    engine.dispose()
    return path


@pytest.fixture
def site(read: Read) -> Deliberate:
    read.site.releases[:], read.site.pause = samples(40), Deliberate.pause
    return read.site


@pytest.fixture
def office(read: Read, site: Deliberate, own_sources: Path) -> PressOffice:
    shutil.copy(read.sources / "uebung.yaml", own_sources)
    read.office.forget()
    return read.office


@pytest.fixture
def undisturbed(read: Read, office: PressOffice) -> Path:
    return read.database


def pages_fetched(office: PressOffice) -> int:
    return sum(request.url.startswith("/foerderung") for request in list(office.requests))


def lists_fetched(office: PressOffice) -> list[str]:
    return [request.url for request in office.requests if "sitemap" in request.url or "feed" in request.url]


@pytest.mark.parametrize(("kills", "releases"), [(1, 40), pytest.param(20, 1000, marks=pytest.mark.long)])
def test_killed_backfill_goes_on(
    warm_command: Path,
    office: PressOffice,
    site: CMS,
    own_sources: Path,
    tmp_path: Path,
    kills: int,
    releases: int,
) -> None:
    site.releases[:] = samples(releases)
    undisturbed = left_undisturbed(site, own_sources, tmp_path / "undisturbed.db")
    office.forget()
    database, chance = tmp_path / "bilanz.db", random.Random(kills)
    for _ in range(kills):
        before = pages_fetched(office)
        process = start(database, "backfill", "uebung", "--since", str(SINCE.year))
        further = before + chance.randrange(5, releases // (kills + 1))
        with met(process, lambda further=further: pages_fetched(office) >= further):  # type: ignore[misc]
            kill(process)
    finish(start(database, "backfill", "uebung", "--since", str(SINCE.year), command=warm_command))
    assert picture(database) == picture(undisturbed)
    assert verify(connect(f"sqlite:///{database}")) == []
    assert pages_fetched(office) - releases <= BATCH * kills
    assert len(lists_fetched(office)) == len(set(lists_fetched(office)))
    states = "SELECT count(*) FROM runs WHERE kind = 'backfill' AND state = '{}'"
    assert count(database, states.format("interrupted")) == kills
    assert count(database, states.format("completed")) == 1


def test_a_backfill_that_is_ended_says_so_and_goes_on(
    warm_command: Path, office: PressOffice, site: Deliberate, undisturbed: Path, tmp_path: Path
) -> None:
    site.pause = 0.1
    database = tmp_path / "bilanz.db"
    for ending, runs in ((signal.SIGINT, 1), (signal.SIGTERM, 2)):
        before = pages_fetched(office)
        process = start(database, "backfill", "uebung", "--since", str(SINCE.year))
        with met(process, lambda before=before: pages_fetched(office) > before + 5):  # type: ignore[misc]
            children = psutil.Process(process.pid).children(recursive=True)
            # Ctrl-C reaches all processes of a terminal, SIGTERM mostly one.
            for each in [process, *(child for child in children if ending == signal.SIGINT and is_worker(child))]:
                each.send_signal(ending)
        output, complaints = process.communicate(timeout=60)
        told = "Interrupted. What was stored is kept, and the same command goes on from there.\n"
        assert (process.returncode, output, complaints) == (130, "", told)
        _, alive = psutil.wait_procs(children, timeout=60)
        assert alive == []
        # What was fetched is stored, and nothing was fetched after the end.
        assert before < count(database, "SELECT count(*) FROM releases") < len(site.releases)
        shown, _ = start(database, "runs", "--format", "json", command=warm_command).communicate(timeout=60)
        told = json.loads(shown)
        assert [(run["run"], run["state"]) for run in told] == [("interrupted", "interrupted")] * runs
        # What was stored is told by the run that stored it.
        assert sum(run["new"] for run in told) == count(database, "SELECT count(*) FROM releases")
    finish(start(database, "backfill", "uebung", "--since", str(SINCE.year), command=warm_command))
    assert picture(database) == picture(undisturbed)
    # The answer that had not come when the run was to end is not waited for, and asked for once more.
    assert pages_fetched(office) <= len(site.releases) + 2


# That a worker of Dask may die, reading again proves below.
@pytest.mark.parametrize("runner", [[], pytest.param(["--runner", "dask"], marks=pytest.mark.long)])
def test_backfill_outlives_a_worker(
    prefect_server: None, office: PressOffice, site: CMS, undisturbed: Path, tmp_path: Path, runner: list[str]
) -> None:
    database = tmp_path / "bilanz.db"
    process = start(database, "backfill", "uebung", "--since", str(SINCE.year), *runner)
    with met(process, lambda: count(database, "SELECT count(*) FROM releases") >= 5):
        kill_worker(process)
    finish(process)
    assert picture(database) == picture(undisturbed)
    assert pages_fetched(office) - len(site.releases) <= BATCH
    assert count(database, "SELECT count(*) FROM runs WHERE state = 'completed'") == 1


@pytest.fixture
def by_older_rules(undisturbed: Path, tmp_path: Path) -> Path:
    """The same database as read by rules that saw nothing."""
    path = tmp_path / "bilanz.db"
    shutil.copy(undisturbed, path)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("search_terms", "cues", "readings", "claims"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE page_readings SET extractor_version = 'older'")
        connection.commit()
    return path


READ = "SELECT count(*) FROM page_readings WHERE extractor_version <> 'older'"


@pytest.mark.parametrize("kills", [1, pytest.param(10, marks=pytest.mark.long)])
def test_killed_reextraction_goes_on(
    warm_command: Path, by_older_rules: Path, undisturbed: Path, site: CMS, kills: int
) -> None:
    chance = random.Random(kills)
    for _ in range(kills):
        reached = count(by_older_rules, READ) + chance.randrange(1, len(site.releases) // (kills + 1))
        process = start(by_older_rules, "reextract")
        with met(process, lambda reached=reached: count(by_older_rules, READ) >= reached):  # type: ignore[misc]
            kill(process)
    left = len(site.releases) - count(by_older_rules, READ)
    assert left > 0
    finish(start(by_older_rules, "reextract", command=warm_command))
    assert picture(by_older_rules) == picture(undisturbed)
    assert verify(connect(f"sqlite:///{by_older_rules}")) == []
    counts = "SELECT json_extract(counts, '$.found') FROM run_sources ORDER BY started_at DESC"
    assert count(by_older_rules, counts) == left
    assert count(by_older_rules, "SELECT count(*) FROM runs WHERE state = 'interrupted'") == kills


# Both of these commands hear both signals at one place, so that one of them a command is enough of a day.
@pytest.mark.parametrize("ending", [pytest.param(signal.SIGINT, marks=pytest.mark.long), signal.SIGTERM])
def test_a_reextraction_that_is_ended_says_so_and_goes_on(
    warm_command: Path, by_older_rules: Path, undisturbed: Path, own_sources: Path, ending: signal.Signals
) -> None:
    process = start(by_older_rules, "reextract")
    with met(process, lambda: count(by_older_rules, READ) >= 1):
        process.send_signal(ending)
    output, complaints = process.communicate(timeout=60)
    told = "Interrupted. What was stored is kept, and the same command goes on from there.\n"
    assert (process.returncode, output, complaints) == (130, "", told)
    assert count(by_older_rules, "SELECT count(*) FROM runs WHERE state = 'interrupted'") == 1
    assert count(by_older_rules, "SELECT count(*) FROM leases") == 0
    finish(start(by_older_rules, "reextract", command=warm_command))
    assert picture(by_older_rules) == picture(undisturbed)


@pytest.mark.parametrize("ending", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_an_import_that_is_ended_says_so_and_goes_on(
    warm_command: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    database, records = tmp_path / "imported.db", tmp_path / "amt.jsonl"
    text = "Das Land hat {} Radwege gebaut."
    told = [
        {"id": str(n), "title": f"Radwege {n}", "text": text.format(n), "published": "2015-01-01"} for n in range(300)
    ]
    records.write_text("".join(f"{json.dumps(each)}\n" for each in told), "utf-8")
    process = start(database, "import", str(records))
    with met(process, lambda: count(database, "SELECT count(*) FROM releases") >= 5):
        process.send_signal(ending)
    output, complaints = process.communicate(timeout=60)
    said = "Interrupted. What was stored is kept, and the same command goes on from there.\n"
    assert (process.returncode, output, without_progress(complaints)) == (130, "", said)
    assert count(database, "SELECT count(*) FROM releases") < 300
    assert count(database, "SELECT count(*) FROM runs WHERE state = 'interrupted'") == 1
    assert count(database, "SELECT count(*) FROM leases") == 0
    finish(start(database, "import", str(records), command=warm_command))
    assert count(database, "SELECT count(*) FROM releases") == 300
    assert verify(connect(f"sqlite:///{database}")) == []


def test_reextraction_outlives_a_worker(
    prefect_server: None, by_older_rules: Path, undisturbed: Path, site: CMS
) -> None:
    process = start(by_older_rules, "reextract", "--runner", "dask")
    with met(process, lambda: count(by_older_rules, READ) >= 5):
        kill_worker(process)
    finish(process)
    assert picture(by_older_rules) == picture(undisturbed)
    assert count(by_older_rules, "SELECT count(*) FROM runs WHERE state = 'completed'") == 1


def test_batches_in_any_order_come_to_the_same(by_older_rules: Path, undisturbed: Path, own_sources: Path) -> None:
    engine = connect(f"sqlite:///{by_older_rules}")
    for batch in reversed(list(batches(engine))):
        reextract_batch(engine, offices_of(None, own_sources), batch)
    assert list(batches(engine)) == []
    engine.dispose()
    assert picture(by_older_rules) == picture(undisturbed)
