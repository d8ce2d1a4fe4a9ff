"""Reading the database: what the command line, the pages and analysts use.

Every function takes an engine (`db.engine.connect`) and returns frozen values.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from db.bulk import in_batches
from db.keys import fold
from db.numbers import order_key
from db.projects import ProjectNames
from db.readings import CLAIM_FIELDS, claim_of
from db.search_terms import query_terms, terms_of
from db.tables import ClaimRow, CueRow, PageReading, Reading, Release, Review, SearchTerm
from models.claim import Claim, Cue
from models.errors import InputError

NOT_STATED = "not stated"
MOST_ROWS = 1000
# Beyond so many claims all words count as equally frequent.
FREQUENT = 20_000


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as queries show it: its current reading, where it stands, and what reviewers said.

    Attributes:
        key: lasting address of the claim.
        claim: the current reading; `whole` is always None, see `whole_key`.
        whole_key: the claim that `claim.of` comes from.
        release_id: of the release.
        release_title: its headline.
        url: newest canonical address of the release.
        source_id: the press office.
        published: when the release was published.
        snapshot_hash: SHA-256 of the bytes that prove the claim.
        first_seen: when the claim was first fetched.
        extractor_version: of the rules.
        decision: of the standing review, None where nobody has looked.
        current: False for a reading that was superseded.
    """

    key: str
    claim: Claim
    whole_key: str | None
    release_id: str
    release_title: str
    url: str
    source_id: str
    published: datetime | None
    snapshot_hash: str
    first_seen: datetime
    extractor_version: str
    decision: Literal["confirmed", "rejected", "corrected", "added"] | None
    current: bool


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; all that is given must hold.

    `NOT_STATED` in place of a value finds claims that do not state it. Dates are ISO dates or
    prefixes: `since` "2023" begins with 2023-01-01, `until` "2023" ends with 2023-12-31.
    `sources` are press offices of which it may be any.
    """

    text: str | None = None
    project: str | None = None
    source: str | None = None
    sources: frozenset[str] | None = None
    kind: str | None = None
    status: str | None = None
    modality: str | None = None
    speaker: str | None = None
    counted: str | None = None
    unit: str | None = None
    since: str | None = None
    until: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    release: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a longer list; `next` continues it, None at the end."""

    claims: tuple[StoredClaim, ...]
    next: str | None = field(default=None)


def claims(engine: Engine, wanted: ClaimFilter | None = None, *, limit: int = 50, after: str | None = None) -> Page:
    """Current claims, newest reporting date first.

    Words are sought as people type them: inflected forms and parts of compounds are found too; a
    claim must have them all.

    Args:
        engine: the database.
        wanted: filters; None for all claims.
        limit: rows at most, 1 to 1000.
        after: `next` of the page before.

    Raises:
        InputError: an unknown project, or a limit or cursor that is none.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise InputError(f"A page has 1 to {MOST_ROWS} rows, not {limit}.")
    with engine.connect() as connection:
        statement, order = matching(connection, wanted or ClaimFilter(), stored_claims())
        if after is not None:
            statement = statement.where(tuple_(*order) < tuple_(*_cursor(after)))
        found = load(connection, statement.order_by(*(part.desc() for part in order)).limit(limit + 1))
    page = found[:limit]
    more = len(found) > limit
    return Page(tuple(page), f"{page[-1].claim.reporting_date or ''}~{page[-1].key}" if more else None)


def every_claim(engine: Engine, wanted: ClaimFilter | None = None, *, limit: int | None = None) -> list[StoredClaim]:
    """All that `claims` lists page by page, or the first `limit` of it.

    Raises:
        InputError: an unknown project.
    """
    found: list[StoredClaim] = []
    after: str | None = None
    while True:
        rows = MOST_ROWS if limit is None else min(MOST_ROWS, limit - len(found))
        page = claims(engine, wanted, limit=rows, after=after)
        found += page.claims
        after = page.next
        if after is None or len(found) == limit:
            return found


def claim(engine: Engine, key: str) -> StoredClaim:
    """A claim by its key: its current reading, else its last.

    Raises:
        InputError: there is no such claim.
    """
    with engine.connect() as connection:
        statement = (
            stored_claims().where(Reading.claim_key == key).order_by(Reading.current.desc(), Reading.id.desc()).limit(1)
        )
        found = load(connection, statement)
    if not found:
        raise InputError(f"There is no claim {key!r}.")
    return found[0]


def history(engine: Engine, key: str) -> list[StoredClaim]:
    """All readings of a claim, the oldest first."""
    with engine.connect() as connection:
        return load(connection, _history(), key=key)


def claims_of_subject(connection: Connection, subject: str, *, limit: int) -> list[StoredClaim]:
    """Current claims about what is called `subject` or means the same, the newest reporting date first."""
    keys = sorted(ProjectNames(connection).keys(subject))
    return load(connection, _of_subject(), keys=keys, limit=limit)


def claims_about(connection: Connection, subject_keys: Collection[str]) -> list[StoredClaim]:
    """Current claims about projects, and the parts of wholes that are about them, by key.

    Args:
        connection: of the database.
        subject_keys: names as `ProjectGroup.keys` has them.
    """
    about = select(Reading.claim_key).where(Reading.current, Reading.subject_key.in_(sorted(subject_keys)))
    # Two look-ups by index; one condition with "or" would read all claims.
    parts = select(Reading.claim_key).where(Reading.current, Reading.whole_key.in_(about))
    statement = stored_claims().where(Reading.current, Reading.claim_key.in_(about.union(parts)))
    return load(connection, statement.order_by(Reading.claim_key))


def load(connection: Connection, statement: Select[Any], **parameters: Any) -> list[StoredClaim]:
    """Runs a statement made from `stored_claims`, and adds the cues."""
    rows = connection.execute(statement, parameters).all()
    cues: dict[int, list[Cue]] = {row.id: [] for row in rows}
    if rows:
        for row in connection.execute(_cues(), {"readings": list(cues)}):
            cues[row.reading_id].append(Cue(row.role, row.start, row.end))
    return [_stored_claim(row, tuple(cues[row.id])) for row in rows]


# Statements that are made once and take parameters: making them anew takes longer than running them.


@lru_cache(maxsize=1)
def _history() -> Select[Any]:
    return stored_claims().where(Reading.claim_key == bindparam("key")).order_by(Reading.id)


@lru_cache(maxsize=1)
def _of_subject() -> Select[Any]:
    about = Reading.subject_key.in_(bindparam("keys", expanding=True))
    order = (Reading.reporting_date.desc(), Reading.claim_key.desc())
    return stored_claims().where(Reading.current, about).order_by(*order).limit(bindparam("limit"))


@lru_cache(maxsize=1)
def _cues() -> Select[Any]:
    of_readings = CueRow.reading_id.in_(bindparam("readings", expanding=True))
    columns: list[Any] = [CueRow.reading_id, CueRow.role, CueRow.start, CueRow.end]
    return select(*columns).where(of_readings).order_by(CueRow.reading_id, CueRow.ordinal)


@lru_cache(maxsize=1)
def stored_claims() -> Select[Any]:
    """The columns of stored claims, current or not, with the standing review."""
    columns = [getattr(Reading, name) for name in ("id", "claim_key", "whole_key", "extractor_version", "current")]
    return (
        select(
            *columns,
            *(getattr(Reading, name) for name in CLAIM_FIELDS),
            Reading.source_id,
            ClaimRow.release_id,
            ClaimRow.first_seen,
            Release.title,
            Release.url,
            Release.published,
            PageReading.snapshot_hash,
            Review.decision,
            Review.corrected,
        )
        .select_from(Reading)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .join(Release, Release.id == ClaimRow.release_id)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .outerjoin(Review, and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None)))
    )


def matching(
    connection: Connection, wanted: ClaimFilter, statement: Select[Any]
) -> tuple[Select[Any], tuple[ColumnElement[str], ColumnElement[str]]]:
    """`statement`, which selects from readings, narrowed to what is wanted; and what to order it by."""
    statement = statement.where(Reading.current, *_conditions(connection, wanted))
    if not (wanted.text and wanted.text.strip()):
        return statement, (Reading.reporting_date.expression, Reading.claim_key.expression)
    words = query_terms(wanted.text)
    if not words:
        raise InputError(
            f"{wanted.text!r} has only words that stand in every text; add one that says what you look for."
        )
    # The rarest word is walked in the order of its index, the others are looked up.
    rarest, *others = sorted(words, key=lambda terms: _hits(connection, terms))
    rows = select(SearchTerm.reporting_date, SearchTerm.claim_key).where(SearchTerm.term.in_(sorted(rarest)))
    found = (rows.distinct() if len(rarest) > 1 else rows).subquery("found")
    at_found = (found.c.claim_key == Reading.claim_key) & (found.c.reporting_date == Reading.reporting_date)
    statement = statement.join(found, at_found)
    for terms in others:
        other = aliased(SearchTerm)
        statement = statement.where(
            exists().where(
                other.term.in_(sorted(terms)),
                other.reporting_date == found.c.reporting_date,
                other.claim_key == found.c.claim_key,
            )
        )
    return statement, (found.c.reporting_date, found.c.claim_key)


def fitting(connection: Connection, wanted: ClaimFilter, reading_ids: Collection[int]) -> set[int]:
    """Those of some readings, current or not, that are wanted.

    Raises:
        InputError: an unknown project.
    """
    words = query_terms(wanted.text or "")
    conditions = _conditions(connection, wanted)
    found: set[int] = set()
    for batch in in_batches(sorted(reading_ids)):
        statement = (
            select(Reading.id, *(getattr(Reading, name) for name in CLAIM_FIELDS))
            .join(ClaimRow, ClaimRow.key == Reading.claim_key)
            .outerjoin(Review, and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None)))
            .where(Reading.id.in_(batch), *conditions)
        )
        for row in connection.execute(statement):
            # Search terms are kept of current readings only.
            terms = terms_of(claim_of(row)) if words else frozenset()
            if all(some & terms for some in words):
                found.add(row.id)
    return found


def _hits(connection: Connection, terms: frozenset[str]) -> int:
    """How many claims have one of the terms, counted as far as it matters."""
    some = select(SearchTerm.claim_key).where(SearchTerm.term.in_(sorted(terms))).limit(FREQUENT).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _conditions(connection: Connection, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    equal = {
        Reading.source_id: wanted.source,
        Reading.kind: wanted.kind,
        Reading.status: wanted.status,
        Reading.modality: wanted.modality,
        Reading.speaker: wanted.speaker,
        Reading.unit: wanted.unit,
        Review.decision: wanted.decision,
        ClaimRow.release_id: wanted.release,
    }
    conditions = [_is(attribute, value) for attribute, value in equal.items() if value is not None]
    if wanted.sources is not None:
        conditions.append(Reading.source_id.in_(sorted(wanted.sources)))
    if wanted.project is not None:
        conditions.append(_about(connection, wanted.project))
    if wanted.counted is not None:
        folded = wanted.counted if wanted.counted == NOT_STATED else fold(wanted.counted)
        conditions.append(_is(Reading.counted_folded, folded))
    if wanted.since is not None:
        conditions.append(Reading.reporting_date >= wanted.since)
    if wanted.until is not None:
        # "~" sorts after all that can follow a prefix: "2023" takes in "2023-12-31".
        conditions += [Reading.reporting_date <= wanted.until + "~", Reading.reporting_date != ""]
    if wanted.at_least is not None:
        conditions.append(Reading.value_order >= order_key(wanted.at_least))
    if wanted.at_most is not None:
        conditions.append(Reading.value_order <= order_key(wanted.at_most))
    return conditions


def _is(attribute: Any, value: str) -> ColumnElement[bool]:
    stated: ColumnElement[bool] = attribute.is_(None) if value == NOT_STATED else attribute == value
    return stated


def _about(connection: Connection, project: str) -> ColumnElement[bool]:
    if project == NOT_STATED:
        return Reading.subject_key.is_(None)
    return Reading.subject_key.in_(sorted(ProjectNames(connection).resolve(project).keys))


def _cursor(after: str) -> tuple[str, str]:
    date, separator, key = after.partition("~")
    if not separator:
        raise InputError(f"{after!r} is not the continuation of a page.")
    return date, key


def _stored_claim(row: Any, cues: tuple[Cue, ...]) -> StoredClaim:
    return StoredClaim(
        key=row.claim_key,
        claim=_as_reviewed(claim_of(row, cues), row.corrected or {}),
        whole_key=row.whole_key,
        release_id=row.release_id,
        release_title=row.title,
        url=row.url,
        source_id=row.source_id,
        published=row.published,
        snapshot_hash=row.snapshot_hash,
        first_seen=row.first_seen,
        extractor_version=row.extractor_version,
        decision=row.decision,
        current=row.current,
    )


def _as_reviewed(claim: Claim, corrected: dict[str, Any]) -> Claim:
    """The claim with the fields that a reviewer read otherwise."""
    changes: dict[str, Any] = {
        name: Decimal(stated) if name in ("value", "value_to", "of") and stated is not None else stated
        for name, stated in corrected.items()
    }
    return replace(claim, **changes)
