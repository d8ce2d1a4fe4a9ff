"""Zwischenbilanz for analysts: `import zwischenbilanz as zb`.

    zb.extract(text, published="2025-11-26")   what a text states
    zb.search("Brücken", status="completed")   stored claims, as a table
    zb.compare("Ruhr-Konferenz")               a programme from report to report, as a table
    zb.check("42 Projekte sind fertig.")       a statement beside what is stored
    zb.relate(key, other)                      whether two stored claims may be compared, and why

Everything here only hands on to `extractors` and `db`, and loads them when it is first called.

A `database` is an SQLAlchemy URL or the path of a SQLite file; without one it is that of the setting
BILANZ_DATABASE_URL. Tables are polars frames and need `pip install zwischenbilanz[analysis]`. Where
something cannot be done, `zb.BilanzError` says in one sentence why and what to do.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.calendar import BERLIN
from models.errors import BilanzError, InputError

if TYPE_CHECKING:
    import polars
    from sqlalchemy import Engine

    from comparison.relation import Relation
    from inquiries.statement import Check
    from models.claim import Extraction

__all__ = ["BilanzError", "check", "compare", "extract", "relate", "search"]


def extract(text: str, *, published: date | str | None = None) -> Extraction:
    """What a text states: its claims, each with the words that prove it, and its projects.

    Args:
        text: title, an empty line, body; `text[claim.start:claim.end] == claim.quote` for every claim.
        published: day of publication (a date, or ISO: "2025-11-26"), against which "im Vorjahr" is resolved.

    Raises:
        BilanzError: the day or the text is none.
    """
    from extractors.claims import extract as read
    from models.settings import settings

    return read(text, published=_day(published), tagger=settings().spacy_model)


def search(
    words: str | None = None, database: str | Path | None = None, *, sort: str = "relevance", **filters: Any
) -> polars.DataFrame:
    """Stored claims, one a row: those that fit the words best first, of these the newest first.

    Args:
        words: as people type them; inflected forms and parts of compounds are found too. None: all claims.
        database: see above.
        sort: "relevance", "date" (the newest first), "published" (last), "oldest" or "number" (the greatest first;
            states are left out).
        filters: those of `models.filters.ClaimFilter`, among them project, source, kind, status, modality,
            speaker, counted, unit, since and until ("2023" or "2023-06-30"), at_least and at_most (Decimal).

    Returns:
        Columns as `output.formats.frames.claims_frame` has them: numbers as text with every digit,
        `value_approx` as float.

    Raises:
        BilanzError: no such database, project, filter or order; or polars is not installed.
    """
    from db.claims.queries import ClaimFilter
    from models.filters import ORDERS
    from output.formats.frames import claims_frame

    try:
        wanted = ClaimFilter(text=words, **filters)
    except TypeError as error:
        known = ", ".join(name for name in ClaimFilter.__dataclass_fields__ if name != "text")
        unknown = ", ".join(sorted(set(filters) - set(ClaimFilter.__dataclass_fields__)))
        raise InputError(f"There is no filter {unknown}; there are {known}.") from error
    order = next((known for known in ORDERS if known == sort), None)
    if order is None:
        raise InputError(f"There is no order {sort!r}; there are {', '.join(ORDERS)}.")
    return claims_frame(_engine(database), wanted, order)


def compare(programme: str, database: str | Path | None = None) -> polars.DataFrame:
    """A programme by any of its names, a row for each reporting date, a column for each status.

    An empty cell says that no such number was found, not that none was stated. `search(project=...)`
    gives the claims behind the numbers.

    Returns:
        Columns date, label, basis, total, one for each status, adds_up and unaccounted; numbers as text.

    Raises:
        BilanzError: no such database or programme; or polars is not installed.
    """
    from inquiries.programme import compare as compare_stored
    from output.formats.frames import comparison_frame

    return comparison_frame(compare_stored(_engine(database), programme))


def check(statement: str, database: str | Path | None = None, *, said_on: date | str | None = None) -> Check:
    """A statement beside the stored claims that it touches.

    Args:
        statement: as someone made it.
        database: see above.
        said_on: when (a date, or ISO: "2023-10-10"); what was published later decides nothing, and `now` has the
            findings by what is known today.

    Returns:
        `verdict`, and for each number and state of the statement a finding with its evidence and what is similar.

    Raises:
        BilanzError: no such database or day, or the statement is empty or longer than 5,000 characters.
    """
    from extractors.claims import extract as read
    from inquiries.statement import check as check_stored
    from models.settings import settings

    day = _day(said_on)
    extract_then = partial(read, published=day or datetime.now(BERLIN).date(), tagger=settings().spacy_model)
    return check_stored(_engine(database), statement, extract_then, said_on=day)


def relate(key: str, other: str, database: str | Path | None = None) -> Relation:
    """Whether two stored claims may be laid side by side.

    Returns:
        `kind`: same, repeat, plan, part or different; `comparable` for the first three; `confidence`; `reasons`.

    Raises:
        BilanzError: no such database or claim.
    """
    from inquiries.relation import relation_of

    return relation_of(_engine(database), key, other).relation


def _day(published: date | str | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError as error:
        raise InputError(f"{published!r} is no day; write it as 2025-11-26.") from error


def _engine(database: str | Path | None) -> Engine:
    from models.settings import settings

    url = settings().database_url if database is None else str(database)
    return _opened(url if "://" in url else f"sqlite:///{url}")


@lru_cache(maxsize=8)
def _opened(url: str) -> Engine:
    from db.upkeep.schema import open_database

    return open_database(url)
