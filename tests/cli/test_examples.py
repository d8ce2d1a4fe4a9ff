"""The example in each command's help does what it shows."""

import gzip
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import program
from cli.printing import NOTHING_FOUND
from db.claims.filters import ClaimFilter
from db.curation.judgements import judge
from db.curation.listings import list_as
from db.curation.nouns import join_nouns
from db.curation.reviewers import add_token
from db.engine import connect
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from db.upkeep.transfer import export
from db.watching.watches import add_watch
from inquiries.series import make_series
from models.settings import settings

# They ask a press office, serve until interrupted, or name claims of one database; tests of their own start them.
ELSEWHERE = {"backfill", "demo", "ingest", "serve", "web", "sources check", "sources add", "relate", "mcp"}
ELSEWHERE |= {"history plan", "history read"}  # they ask an archive
ELSEWHERE |= {"show", "promise rate", "promise retract", "promise log"}  # they name claims
ELSEWHERE |= {"sources remove"}  # its source was read once and has no file any more
# The bundled releases give them nothing to show, and they say so.
EMPTY = {"nouns suggest", "objections", "projects suggest", "series"}
MADE_ANEW = {"db import": "bilanz.db", "db export": "bilanz.jsonl.gz"}
TEXT = "Brückenprogramm: Stand\n\nVon den 40 Brücken des Brückenprogramms „Neue Wege“ sind 25 fertiggestellt.\n"
JSON_LINE = '{"id": "1", "title": "Stand", "text": "Zehn Brücken sind fertiggestellt.", "published": "2024-05-01"}\n'
HTML = f"<html lang=de><main><h1>Stand</h1><time>2024-05-01</time><p>{TEXT}</p></main></html>"


def examples(command: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each command that does something, with the example of its help."""
    for part, below in getattr(command, "commands", {}).items():
        yield from examples(below, f"{name} {part}".strip())
    found = re.search(r"Example: `bilanz (.+?)`", command.help or "", re.DOTALL)
    if found:
        yield name, found[1]


EXAMPLES = {name: example for name, example in examples(get_command(program())) if name not in ELSEWHERE}


@pytest.fixture(scope="module")
def filled(office_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that examples name: a database, its export, a release as text and as page."""
    folder = tmp_path_factory.mktemp("examples")
    engine = connect(f"sqlite:///{shutil.copy(office_database, folder / 'bilanz.db')}")
    now = datetime.now(UTC)
    run = start_run(engine, "ingest", now=now)
    record_source(engine, SourceRecord(run, "uebungsportal", "completed", None, {"new": 12}, now, now))
    end_run(engine, run, "completed", now=now)
    list_as(engine, "Ruhr-Konferenz", "Ruhr-Konferenz", author="Ada", now=now)
    add_token(engine, "Ada Beispiel", scopes=["review"], label="laptop", now=now)
    for address in ("a@example.org", "b@example.org", "c@example.org"):
        add_watch(engine, "claims", "", ClaimFilter(), channel="mail", target=address, now=now)
    judge(engine, "DigitalPakt Schule", "Digitalpakt 2.0", "unsure", author="Ada", now=now)
    make_series(engine, now)
    join_nouns(engine, "Projekt", ["Werk"], programme="Ruhr-Konferenz", author="Ada", now=now)
    export(engine, folder / "bilanz.jsonl.gz")
    engine.dispose()
    (folder / "releases.jsonl.gz").write_bytes(gzip.compress(JSON_LINE.encode()))
    (folder / "release.txt").write_text(TEXT, "utf-8")
    (folder / "saved.html").write_text(HTML, "utf-8")
    return folder


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(filled, tmp_path / "work")
    if name in MADE_ANEW:
        (folder / MADE_ANEW[name]).unlink()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("BILANZ_DATABASE_URL", f"sqlite:///{folder / 'bilanz.db'}")
    settings.cache_clear()
    result = CliRunner().invoke(program(), shlex.split(EXAMPLES[name]))
    settings.cache_clear()
    assert result.exit_code == (NOTHING_FOUND if name in EMPTY else 0), (result.output, result.exception)
    if "-o " in EXAMPLES[name]:
        assert (folder / EXAMPLES[name].split("-o ")[1]).stat().st_size > 1000
    else:
        assert result.output.strip()


def test_every_command_has_an_example() -> None:
    assert len(EXAMPLES) >= 24
