"""`bilanz objections`: what readers report as wrong, and `bilanz health`, which says that it waits."""

import json
from datetime import UTC, datetime
from pathlib import Path

from db.claims.queries import claims
from db.curation.objections import add_objection
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from tests.support import reports

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_open_objections_are_listed_and_told_with_the_health(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    nothing = bilanz("--lang", "de", "objections")
    assert (nothing.returncode, nothing.stderr.strip()) == (1, "Keine Fehlermeldung wartet auf eine Antwort.")
    reports.fill(engine)
    run = start_run(engine, "ingest", now=NOW)
    record_source(engine, SourceRecord(run, reports.SOURCE, "completed", None, {}, NOW, NOW))
    end_run(engine, run, "completed", now=NOW)
    key = claims(engine).claims[0].key
    add_objection(engine, key, "date", "Das gilt für 2022.", sender="leser@example.org", now=NOW)
    engine.dispose()
    (listed,) = json.loads(bilanz("objections", "--format", "json").stdout)
    assert (listed["claim"], listed["fault"], listed["sentence"]) == (key, "date", "Das gilt für 2022.")
    table = bilanz("--lang", "de", "objections").stdout
    assert "Stichtag" in table and "leser@example.org" in table
    assert "Fehlermeldungen von Lesern, die auf eine Antwort warten: 1." in bilanz("--lang", "de", "health").stdout
