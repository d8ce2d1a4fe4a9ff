"""A release as a JSON-ready record."""

from typing import Any

from models.calendar import BERLIN
from models.release import Release


def page_record(release: Release) -> dict[str, Any]:
    """The record of a release.

    `published` is an ISO day where only the day is known, else an ISO moment with Berlin's offset.
    Paragraphs carry their role, their text and its offsets in `text`.
    """
    return {
        "title": release.title,
        "kicker": release.kicker,
        "published": _published(release),
        "date_precision": release.date_precision,
        "date_method": release.date_method,
        "place": release.place,
        "language": release.language,
        "paragraphs": [
            {"role": part.role, "start": part.start, "end": part.end, "text": release.text[part.start : part.end]}
            for part in release.paragraphs
        ],
        "text": release.text,
        "text_hash": release.text_hash,
        "contact": release.contact,
        "attachments": [{"url": item.url, "title": item.title} for item in release.attachments],
        "generic": release.generic,
        "warnings": list(release.warnings),
    }


def _published(release: Release) -> str | None:
    if release.published is None:
        return None
    local = release.published.astimezone(BERLIN)
    return local.date().isoformat() if release.date_precision == "day" else local.isoformat()
