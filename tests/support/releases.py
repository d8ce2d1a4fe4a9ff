"""Releases with claims made by hand, so that what is tested does not hang on the extractor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from db.releases.store import ReleaseReading, StoreResult, store_reading
from models.claim import Claim, Cue, Extraction, Project
from models.release import Paragraph, Release, Snapshot

SOURCE = "land"
OFFICE = "uebungsportal"
"""A source that the registry knows: the bundled press office."""
HTML = (("content-type", "text/html; charset=utf-8"),)
_SENTENCE = re.compile(r"[^.\n]+\.?")
_AHEAD = re.compile(r"\b(?:soll|sollen|will|wollen|wird|werden|plant|planen|geplant\w*|vorgesehen|entsteh\w+)\b")
"""Words by which a sentence is read as a plan."""


@dataclass(frozen=True)
class Statement:
    """A claim by its quote; offsets are found in the text."""

    quote: str
    fields: dict[str, Any]
    nth: int = 0
    """Which of the places where the quote stands, from 0 on."""
    within: str = ""
    """The sentence that is meant, where it is not any that holds the quote."""
    word: str | None = None
    """A comparator's word in that sentence, which becomes a cue."""


def says(quote: str, *, nth: int = 0, within: str = "", word: str | None = None, **fields: Any) -> Statement:
    for name in ("value", "value_to", "of"):
        if fields.get(name) is not None:
            fields[name] = Decimal(fields[name])
    fields = {"kind": "count", "comparator": "=" if "value" in fields else None} | fields
    return Statement(quote, fields, nth, within, word)


def moment(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def page(title: str, body: str, published: str | None) -> Release:
    text = f"{title}\n\n{body}"
    spans = [Paragraph("heading", 0, len(title))]
    for part in body.split("\n\n"):
        start = spans[-1].end + 2
        spans.append(Paragraph("paragraph", start, start + len(part)))
    return Release(
        title=title,
        text=text,
        paragraphs=tuple(spans),
        published=moment(published) if published else None,
        date_precision="day",
        date_method="selector:time",
    )


def extraction(
    release: Release,
    statements: Iterable[Statement],
    *,
    reporting_date: str | None = None,
    reporting_basis: str = "published",
    version: str = "rules-1",
    projects: tuple[Project, ...] = (),
) -> Extraction:
    published = release.published.date().isoformat() if release.published else None
    default = reporting_date or published
    dates = {"reporting_date": default, "reporting_basis": reporting_basis}
    claims = tuple(_claim(release.text, statement, dates) for statement in statements)
    return Extraction(
        claims=claims,
        projects=projects,
        reporting_date=default,
        reporting_basis=reporting_basis,  # type: ignore[arg-type]
        extractor_version=version,
    )


def _claim(text: str, statement: Statement, dates: dict[str, Any]) -> Claim:
    sentence = statement.within
    if sentence:
        sentence_start = text.index(sentence)
        start = sentence_start + sentence.index(statement.quote)
    else:
        start = -1
        for _ in range(statement.nth + 1):
            start = text.index(statement.quote, start + 1)
        found = next(m for m in _SENTENCE.finditer(text) if m.start() <= start < m.end())
        sentence = found.group().lstrip()
        sentence_start = found.end() - len(sentence)
    cues = ()
    if statement.word:
        at = sentence_start + sentence.index(statement.word)
        cues = (Cue("comparator", at, at + len(statement.word)),)
    ahead = _AHEAD.search(sentence)
    if ahead and statement.fields.get("modality") == "planned":
        cues = (*cues, Cue("modality", sentence_start + ahead.start(), sentence_start + ahead.end()))
    fields = {"rule": "test", "cues": cues, **dates, **statement.fields}
    end = start + len(statement.quote)
    return Claim(
        quote=statement.quote, start=start, end=end, sentence=sentence, sentence_start=sentence_start, **fields
    )


@dataclass
class Page:
    """A release that grows sentence by sentence, each a paragraph."""

    title: str
    published: str
    reporting_date: str | None = None
    url: str = ""
    body: str = ""
    statements: list[Statement] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)

    def says(self, sentence: str, quote: str, **fields: Any) -> "Page":
        """Adds a claim; the sentence is added unless it stands there already."""
        if sentence not in self.body:
            self.body += ("\n\n" if self.body else "") + sentence
        self.statements.append(says(quote, within=sentence, **fields))
        return self

    def read(self) -> tuple[str, Release, Extraction]:
        """The release as it stands, with its address and what is read from it."""
        release = page(self.title, self.body, self.published)
        read = extraction(
            release,
            self.statements,
            reporting_date=self.reporting_date,
            reporting_basis="release" if self.reporting_date else "published",
            projects=tuple(Project(name) for name in self.projects),
        )
        return self.url or f"https://presse.example/{self.published}", release, read

    def store(
        self, engine: Engine, *, fetched_at: datetime | None = None, html: str | None = None, source_id: str = OFFICE
    ) -> StoreResult:
        """Stores the release as it stands."""
        html = html or f"<html lang=de><body><h1>{self.title}</h1><main>{self.body}</main></body></html>"
        return store(engine, *self.read(), fetched_at=fetched_at, html=html, source_id=source_id)


def snapshot(url: str, body: str, fetched_at: datetime, headers: tuple[tuple[str, str], ...] = HTML) -> Snapshot:
    return Snapshot(url=url, body=body.encode(), headers=headers, status=200, fetched_at=fetched_at)


def store(
    engine: Engine,
    url: str,
    release: Release,
    read: Extraction,
    *,
    fetched_at: datetime | None = None,
    html: str | None = None,
    source_id: str = SOURCE,
    page_version: str = "page-1",
    answered_by: str | None = None,
) -> StoreResult:
    """Stores a release as fetched from `url`; without `html` the page is the text in a tag."""
    fetched_at = fetched_at or (release.published or moment("2024-01-01")).replace(hour=18)
    return store_reading(
        engine,
        ReleaseReading(
            source_id=source_id,
            listing_url=url,
            snapshot=snapshot(answered_by or url, html or f"<main>{release.text}</main>", fetched_at),
            release=release,
            extraction=read,
            page_version=page_version,
        ),
    )


def store_text(engine: Engine, url: str, title: str, body: str, day: str | None, source_id: str = SOURCE) -> str:
    """Stores a release without claims; its id."""
    release = page(title, body, day)
    return store(engine, url, release, extraction(release, []), source_id=source_id).release_id
