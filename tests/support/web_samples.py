"""Releases with claims made by hand, so that what is tested does not hang on the extractor."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from db.curation.reviewers import add_token, holder
from db.releases.store import ReleaseReading, StoreResult, store_reading
from models.claim import Claim, Cue, Extraction, Project
from models.release import Paragraph, Release, Snapshot

SOURCE = "uebungsportal"


@dataclass
class Page:
    """A release that grows sentence by sentence."""

    title: str
    published: str
    reporting_date: str | None = None
    url: str = ""
    body: str = ""
    claims: list[Claim] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)

    def says(self, sentence: str, quote: str, **fields: Any) -> "Page":
        """Adds a claim; the sentence is added unless it stands there already."""
        if sentence not in self.body:
            self.body += ("\n\n" if self.body else "") + sentence
        sentence_start = len(self.title) + 2 + self.body.index(sentence)
        start = sentence_start + sentence.index(quote)
        for name in ("value", "value_to", "of"):
            if fields.get(name) is not None:
                fields[name] = Decimal(fields[name])
        word = fields.pop("word", None)
        cues = ()
        if word:
            at = sentence_start + sentence.index(word)
            cues = (Cue("comparator", at, at + len(word)),)
        basis = "release" if self.reporting_date else "published"
        defaults = {
            "kind": "count",
            "comparator": "=" if "value" in fields else None,
            "reporting_date": self.reporting_date or self.published,
            "reporting_basis": basis,
        }
        self.claims.append(
            Claim(
                quote=quote,
                start=start,
                end=start + len(quote),
                sentence=sentence,
                sentence_start=sentence_start,
                rule="test",
                cues=cues,
                **defaults | fields,
            )
        )
        return self

    def read(self) -> tuple[str, Release, Extraction]:
        """The release as it stands, with its address and what is read from it."""
        at = len(self.title) + 2
        paragraphs = []
        for part in self.body.split("\n\n"):
            paragraphs.append(Paragraph("paragraph", at, at + len(part)))
            at += len(part) + 2
        published = datetime.fromisoformat(self.published).replace(hour=9, tzinfo=UTC)
        text = f"{self.title}\n\n{self.body}"
        release = Release(self.title, text, tuple(paragraphs), published, "day", "selector:time")
        extraction = Extraction(
            tuple(self.claims),
            tuple(Project(name) for name in self.projects),
            self.reporting_date or self.published,
            "release" if self.reporting_date else "published",
            "test-1",
        )
        return self.url or f"https://presse.example/{self.published}", release, extraction

    def store(
        self, engine: Engine, *, fetched_at: datetime | None = None, html: str | None = None, source_id: str = SOURCE
    ) -> StoreResult:
        """Stores the release as it stands."""
        url, release, extraction = self.read()
        assert release.published is not None
        fetched_at = fetched_at or release.published.replace(hour=18)
        body = (html or f"<html lang=de><body><h1>{self.title}</h1><main>{self.body}</main></body></html>").encode()
        return store_reading(
            engine,
            ReleaseReading(
                source_id=source_id,
                listing_url=url,
                snapshot=Snapshot(url, body, (("content-type", "text/html; charset=utf-8"),), 200, fetched_at),
                release=release,
                extraction=extraction,
                page_version="test-1",
            ),
        )


PROGRAMME = "Modellprogramm Altmark"


def asked(statement: str, quote: str, *, title: str = "Aussage", **fields: Any) -> Claim:
    """A claim of a statement about the programme; its date is not said."""
    unsaid = {"subject": PROGRAMME, "reporting_date": None, "reporting_basis": "published"}
    return Page(title, "2026-01-01").says(statement, quote, **unsaid | fields).claims[0]


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
            page.says("Mehr als 50 Stellen sollen entstehen.", "Mehr als 50 Stellen", value="50", comparator=">",
                      word="Mehr als", counted="Stelle", status="operating", modality="planned", **about)  # fmt: skip
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


@pytest.fixture
def reports(engine: Engine) -> Engine:
    """Three reports of one programme, made by hand."""
    three_reports(engine)
    return engine


@pytest.fixture
def token(reports: Engine) -> str:
    return add_token(reports, "mira", scopes=["review"], label="test", now=datetime.now(UTC))


@pytest.fixture
def reviewer_id(reports: Engine, token: str) -> int:
    found = holder(reports, token)
    assert found is not None
    return found.user_id
