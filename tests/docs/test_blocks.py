"""Every command and every piece of code in the README and in docs/ does what it shows."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import connect
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from db.upkeep.schema import check_schema
from flows.office.steps import ingest_source
from scrapers.http.fetch import Fetcher
from scrapers.office import PORT, Office
from scrapers.registry import SOURCES, load_source
from tests.docs.blocks import NOT_RUN, PAGES, ROOT, RUN, SHOWN, blocks, not_run, script
from tests.support.command import clean_environment
from tests.support.servers import free_port

POSTGRESQL = "postgresql://bilanz@db.example/bilanz"
SECONDS = 120
SPEECH = "Von den 73 Projekten der Ruhr-Konferenz sind 42 abgeschlossen.\n"
TEXT = "Brückenprogramm: Stand\n\nVon den 40 Brücken des Brückenprogramms „Neue Wege“ sind 25 fertiggestellt.\n"
HTML = f"<html lang=de><main><h1>Stand</h1><time>2024-05-01</time><p>{TEXT}</p></main></html>"
JSON_LINE = '{"id": "1", "title": "Stand", "text": "Zehn Brücken sind fertiggestellt.", "published": "2024-05-01"}\n'
STATEMENT = '{"id": "1", "statement": "Von den 73 Projekten der Ruhr-Konferenz sind 42 abgeschlossen."}\n'
CONTENTS = {
    "release.txt": TEXT,
    "speech.txt": SPEECH,
    "saved.html": HTML,
    "many.jsonl": JSON_LINE,
    "statements.jsonl": STATEMENT,
}


@pytest.fixture(scope="module")
def port() -> int:
    """Where the bundled press office answers in the examples; its usual port may be taken."""
    return free_port()


@pytest.fixture(scope="module")
def source_tree(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """A fresh clone as `make run` leaves it: its files, its environment, and the bundled office's database."""
    folder = tmp_path_factory.mktemp("clone") / "zwischenbilanz"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.decode().splitlines()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "data").mkdir()
    _fill(folder / "data" / "bilanz.db", folder / "sources", port)
    for name, content in CONTENTS.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def _fill(database: Path, sources: Path, port: int) -> None:
    sources.mkdir()
    description = (SOURCES / "uebungsportal.yaml").read_text("utf-8").replace(str(PORT), str(port))
    (sources / "uebungsportal.yaml").write_text(description, "utf-8")
    engine = connect(f"sqlite:///{database}")
    check_schema(engine)
    with Office(port):
        ingest_source(engine, load_source(sources / "uebungsportal.yaml"), Fetcher())
    now = datetime.now(UTC)
    run = start_run(engine, "ingest", now=now)
    record_source(engine, SourceRecord(run, "uebungsportal", "completed", None, {"new": 12}, now, now))
    end_run(engine, run, "completed", now=now)
    engine.dispose()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> str:
    """A PostgreSQL database for the page that moves one there; other pages need no server."""
    page: Path = request.getfixturevalue("page")
    if POSTGRESQL not in page.read_text("utf-8"):
        return ""
    import psycopg

    url: str = request.getfixturevalue("postgres_server")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE docs_{page.stem}")
    return url.replace("/postgres?", f"/docs_{page.stem}?")


@pytest.mark.parametrize("page", [page for page in PAGES if script(page)], ids=lambda page: page.stem)
def test_blocks_of_a_page_run_one_after_the_other(
    page: Path, source_tree: Path, warm_command: Path, port: int, server: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(source_tree, tmp_path / "clone", symlinks=True)
    office = "python -m scrapers.office"
    text = (
        script(page)
        .replace(POSTGRESQL, server)
        .replace(office, f"{office} --port {PORT}")
        .replace(str(PORT), str(port))
    )
    environment = clean_environment() | {
        "PATH": f"{warm_command.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "BILANZ_SOURCES": str(folder / "sources"),
        # The environment is there; a newer pyproject.toml shall not make it anew, out of a folder that will be gone.
        "MAKEFLAGS": "STAMP= RELEASE_STAMP=",
        "PYTHONWARNINGS": "ignore",
    }
    with (tmp_path / "output").open("w+b") as output:
        process = subprocess.Popen(
            ["bash", "-c", f"set -euo pipefail\n{text}"],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        try:
            status = process.wait(SECONDS)
        finally:
            # What a page starts in the background ends with it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        output.seek(0)
        assert status == 0, output.read().decode()[-3000:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_says_what_it_is(page: Path) -> None:
    for block in blocks(page):
        assert block.language in RUN + SHOWN, f"{block.name} is neither run nor named as something to look at"
        if block.language in SHOWN:
            hidden = [line for line in block.text.splitlines() if line.startswith(("$ ", "bilanz ", "make "))]
            assert not hidden, f"{block.name} holds commands that are not run"


@pytest.mark.parametrize("pattern", NOT_RUN)
def test_what_is_not_run_still_stands_somewhere_and_has_a_reason(pattern: str) -> None:
    lines = [
        line for page in PAGES for block in blocks(page) if block.language in RUN for line in block.text.splitlines()
    ]
    assert any(not_run(line) == pattern for line in lines)
    assert NOT_RUN[pattern]


def test_most_is_run() -> None:
    lines = [
        line for page in PAGES for block in blocks(page) if block.language == "sh" for line in block.text.splitlines()
    ]
    commands = [line for line in lines if line.strip() and not line.strip().startswith("#")]
    assert len(commands) >= 100
    assert sum(map(bool, map(not_run, commands))) < len(commands) / 3
