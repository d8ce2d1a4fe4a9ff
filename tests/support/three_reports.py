"""Three years of another programme, on pages that are shown and as a stored statement meets them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.curation.reviewers import add_token, holder
from db.engine import connect
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from db.releases.queries import releases
from models.claim import Claim
from tests.support.once import FILE, into_one_file, made_once
from tests.support.releases import Page

PROGRAMME = "Modellprogramm Altmark"


def asked(statement: str, quote: str, *, title: str = "Aussage", **fields: Any) -> Claim:
    """A claim of a statement about the programme; its date is not said."""
    unsaid = {"subject": PROGRAMME, "reporting_date": None, "reporting_basis": "published"}
    return Page(title, "2026-01-01").says(statement, quote, **unsaid | fields).read()[2].claims[0]


def three_pages() -> list[Page]:
    """A programme over three years: parts of a whole, a rounded number, money, a project's status."""
    pages = []
    about = {"subject": PROGRAMME}
    for year, done, stopped in (("2021", 1, 4), ("2022", 22, 13), ("2024", 42, 15)):
        page = Page(f"Bericht {year}", f"{int(year) + 1}-06-01", f"{year}-12-31", projects=[PROGRAMME])
        sentence = f"Von den 73 Vorhaben sind {done} abgeschlossen, {stopped} wurden aufgegeben."
        page.says(sentence, "73 Vorhaben", value="73", counted="Vorhaben", **about)
        part = {"counted": "Vorhaben", "of": "73", "whole": 0, **about}
        page.says(sentence, f"{done} abgeschlossen", value=str(done), status="completed", **part)
        page.says(sentence, f"{stopped} wurden aufgegeben", value=str(stopped), status="discontinued", **part)
        if year == "2024":
            page.says("Es hat rund 1.500 Jugendliche erreicht.", "rund 1.500 Jugendliche", value="1500",
                      comparator="~", word="rund", counted="Jugendlicher", **about)  # fmt: skip
            page.says("Insgesamt sollen mehr als 50 Stellen entstehen.", "mehr als 50 Stellen", value="50",
                      comparator=">", word="mehr als", counted="Stelle",
                      status="operating", modality="planned", **about)  # fmt: skip
            page.says("Ausgezahlt wurden 136 Millionen Euro.", "136 Millionen Euro", kind="money", value="136000000",
                      unit="EUR", status="approved", **about)  # fmt: skip
            page.says("Das Modellprogramm Altmark wurde bis 2029 verlängert.", "wurde bis 2029 verlängert",
                      kind="status", status="extended", until="2029", **about)  # fmt: skip
        pages.append(page)
    return pages


def three_reports(engine: Engine) -> None:
    """Stores the programme's three reports."""
    for page in three_pages():
        page.store(engine)


@pytest.fixture(scope="session")
def reports_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the reports: copying it is faster than storing them for every test."""

    def store(folder: Path) -> None:
        engine = connect(f"sqlite:///{shutil.copy(sqlite_template, folder / FILE)}")
        three_reports(engine)
        into_one_file(engine)

    return made_once(tmp_path_factory, "reports", store) / FILE


@pytest.fixture
def reports(engine: Engine, database: str, request: pytest.FixtureRequest) -> Engine:
    """Three reports of one programme, made by hand."""
    if database == "sqlite":
        shutil.copy(request.getfixturevalue("reports_template"), str(engine.url.database))
    else:
        three_reports(engine)
    return engine


@pytest.fixture
def read_reports(reports: Engine) -> Engine:
    """The three reports, as a run has read them."""
    now = datetime.now(UTC)
    run = start_run(reports, "ingest", now=now)
    (source,) = {release.source_id for release in releases(reports)}
    record_source(reports, SourceRecord(run, source, "completed", None, {"new": 3}, now, now))
    end_run(reports, run, "completed", now=now)
    return reports


@pytest.fixture
def token(reports: Engine) -> str:
    return add_token(reports, "mira", scopes=["review"], label="test", now=datetime.now(UTC))


@pytest.fixture
def reviewer_id(reports: Engine, token: str) -> int:
    found = holder(reports, token)
    assert found is not None
    return found.user_id
