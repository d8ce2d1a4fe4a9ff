"""Reading the database: what the command line, the pages and analysts use.

Every function takes an engine (`db.engine.connect`) and returns frozen values.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, bindparam, select

from db.claims.readings import claim_of
from db.claims.search import Place, find
from db.curation.names import ProjectNames
from db.tables import ClaimRow, CueRow, PageReading, Reading, ReleaseRow, Review, SourceRow
from models.claim import NUMBER_FIELDS, STORED_FIELDS, Claim, Cue
from models.errors import InputError
from models.filters import NOT_STATED, ClaimFilter, Order
from models.stored import StoredClaim

MOST_ROWS = 1000

__all__ = [
    "MOST_ROWS", "NOT_STATED", "ClaimFilter", "Page", "claim", "claims", "claims_about", "history",
    "load", "stored_claims",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a longer list; `next` continues it, None at the end."""

    claims: tuple[StoredClaim, ...]
    next: str | None = field(default=None)


def claims(
    engine: Engine,
    wanted: ClaimFilter | None = None,
    *,
    limit: int = 50,
    after: str | None = None,
    order: Order = "relevance",
) -> Page:
    """Current claims: those that fit the words best, of these the newest reporting date first.

    Words are sought as people type them: inflected forms and parts of compounds are found too; a
    claim must have them all. It fits the better the more of them it has as words of their own, not
    only as parts of compounds.

    Args:
        engine: the database.
        wanted: filters; None for all claims.
        limit: rows at most, 1 to 1000.
        after: `next` of the page before.
        order: what comes first; those without a number are left out where numbers decide, those without a day of
            publication where what was published last or first is asked for.

    Raises:
        InputError: an unknown project, or a limit or cursor that is none.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise InputError(f"A page has 1 to {MOST_ROWS} rows, not {limit}.")
    beginning = None if after is None else Place.parse(after)
    with engine.connect() as connection:
        found = find(
            connection, wanted or ClaimFilter(), stored_claims(), limit=limit + 1, after=beginning, order=order
        )
        page = _with_cues(connection, [row for _, row in found[:limit]])
    return Page(tuple(page), str(found[limit - 1][0]) if len(found) > limit else None)


def every_claim(
    engine: Engine, wanted: ClaimFilter | None = None, *, limit: int | None = None, order: Order = "relevance"
) -> list[StoredClaim]:
    """All that `claims` lists page by page, or the first `limit` of it, in that order.

    Raises:
        InputError: an unknown project.
    """
    found: list[StoredClaim] = []
    after: str | None = None
    while True:
        rows = MOST_ROWS if limit is None else min(MOST_ROWS, limit - len(found))
        page = claims(engine, wanted, limit=rows, after=after, order=order)
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
        found = load(connection, _last_reading(), key=key)
    if not found:
        raise InputError(f"There is no claim {key!r}.")
    return found[0]


def history(engine: Engine, key: str) -> list[StoredClaim]:
    """All readings of a claim as the rules made them, the oldest first; what reviewers corrected is not among them."""
    with engine.connect() as connection:
        return [each.uncorrected for each in load(connection, _history(), key=key)]


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
    return load(connection, _about(), keys=sorted(subject_keys))


def load(connection: Connection, statement: Select[Any], **parameters: Any) -> list[StoredClaim]:
    """Runs a statement made from `stored_claims`, and adds the cues."""
    return _with_cues(connection, connection.execute(statement, parameters).all())


# Statements that are made once and take parameters: making them anew takes longer than running them.


@lru_cache(maxsize=1)
def _last_reading() -> Select[Any]:
    of_claim = stored_claims().where(Reading.claim_key == bindparam("key"))
    return of_claim.order_by(Reading.current.desc(), Reading.id.desc()).limit(1)


@lru_cache(maxsize=1)
def _history() -> Select[Any]:
    return stored_claims().where(Reading.claim_key == bindparam("key")).order_by(Reading.id)


@lru_cache(maxsize=1)
def _of_subject() -> Select[Any]:
    about = Reading.subject_key.in_(bindparam("keys", expanding=True))
    order = (Reading.reporting_date.desc(), Reading.claim_key.desc())
    return stored_claims().where(Reading.current, about).order_by(*order).limit(bindparam("limit"))


@lru_cache(maxsize=1)
def _about() -> Select[Any]:
    of_subjects = Reading.subject_key.in_(bindparam("keys", expanding=True))
    about = select(Reading.claim_key).where(Reading.current, of_subjects)
    # Two look-ups by index; one condition with "or" would read all claims.
    parts = select(Reading.claim_key).where(Reading.current, Reading.whole_key.in_(about))
    statement = stored_claims().where(Reading.current, Reading.claim_key.in_(about.union(parts)))
    return statement.order_by(Reading.claim_key)


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
            *(getattr(Reading, name) for name in STORED_FIELDS),
            Reading.source_id,
            ClaimRow.release_id,
            ClaimRow.first_seen,
            ReleaseRow.title,
            ReleaseRow.url,
            ReleaseRow.published,
            ReleaseRow.gone_at,
            PageReading.snapshot_hash,
            SourceRow.publisher,
            Review.decision,
            Review.corrected,
        )
        .select_from(Reading)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .outerjoin(SourceRow, SourceRow.id == Reading.source_id)
        .outerjoin(Review, and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None)))
    )


def _with_cues(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoredClaim]:
    cues: dict[int, list[Cue]] = {row.id: [] for row in rows}
    if rows:
        for row in connection.execute(_cues(), {"readings": list(cues)}):
            cues[row.reading_id].append(Cue(row.role, row.start, row.end))
    return [_stored_claim(row, tuple(cues[row.id])) for row in rows]


def _stored_claim(row: Any, cues: tuple[Cue, ...]) -> StoredClaim:
    read = claim_of(row, cues)
    return StoredClaim(
        key=row.claim_key,
        claim=_as_reviewed(read, row.corrected or {}),
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
        as_read=read if row.corrected else None,
        collection=row.publisher,
        gone_at=row.gone_at,
    )


def _as_reviewed(claim: Claim, corrected: dict[str, Any]) -> Claim:
    """The claim with the fields that a reviewer read otherwise."""
    changes: dict[str, Any] = {
        name: Decimal(stated) if name in NUMBER_FIELDS and stated is not None else stated
        for name, stated in corrected.items()
    }
    return replace(claim, **changes) if changes else claim
