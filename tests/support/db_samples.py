"""Releases with claims, marked inline, as the tests of the database need them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from db.releases.store import ReleaseReading, StoreResult, store_reading
from models.claim import Claim, Extraction, Project
from models.release import Paragraph, Release, Snapshot

SOURCE = "land"
_SENTENCE = re.compile(r"[^.\n]+\.?")


@dataclass(frozen=True)
class Statement:
    """A claim by its quote; offsets are found in the text."""

    quote: str
    fields: dict[str, Any]
    nth: int = 0


def says(quote: str, *, nth: int = 0, **fields: Any) -> Statement:
    for name in ("value", "value_to", "of"):
        if fields.get(name) is not None:
            fields[name] = Decimal(fields[name])
    return Statement(quote, {"kind": "count", "comparator": "=" if "value" in fields else None} | fields, nth)


def moment(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def page(title: str, body: str, published: str | None) -> Release:
    text = f"{title}\n\n{body}"
    spans = [Paragraph("heading", 0, len(title)), Paragraph("paragraph", len(title) + 2, len(text))]
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
    claims = []
    for statement in statements:
        start = -1
        for _ in range(statement.nth + 1):
            start = release.text.index(statement.quote, start + 1)
        sentence = next(m for m in _SENTENCE.finditer(release.text) if m.start() <= start < m.end())
        blank = len(sentence.group()) - len(sentence.group().lstrip())
        fields = {"reporting_date": default, "reporting_basis": reporting_basis, "rule": "test"} | statement.fields
        claims.append(
            Claim(
                quote=statement.quote,
                start=start,
                end=start + len(statement.quote),
                sentence=sentence.group().lstrip(),
                sentence_start=sentence.start() + blank,
                **fields,
            )
        )
    return Extraction(
        claims=tuple(claims),
        projects=projects,
        reporting_date=default,
        reporting_basis=reporting_basis,  # type: ignore[arg-type]
        extractor_version=version,
    )


def snapshot(url: str, body: str, fetched_at: datetime, headers: tuple[tuple[str, str], ...] = ()) -> Snapshot:
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
