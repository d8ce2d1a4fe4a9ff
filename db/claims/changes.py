"""What changed among the claims: written together with the claims themselves, read by people and watches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, insert, select

from db.bulk import in_batches
from db.claims.queries import ClaimFilter, load, stored_claims
from db.claims.readings import ReadingChanges
from db.claims.search import fitting
from db.tables import ChangeRow, Reading
from models.claim import Claim
from models.keys import fold
from models.stored import StoredClaim

Cause = Literal["release", "correction", "rules"]

MOST_CHANGES = 1000
NEWS_FOR = timedelta(days=30)
"""A release that is older when it is first read belongs to the archive; watches are not told of it."""

_NEWS: tuple[Cause, ...] = ("release", "correction")


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim stated for the first time (`before` is None), otherwise, or no longer (`after` is None).

    `cause`: a new "release", a "correction" of a known one by its publisher, or "rules": the same
    text, read by other rules.
    """

    id: int
    cause: Cause
    at: datetime
    before: StoredClaim | None
    after: StoredClaim | None

    @property
    def claim(self) -> StoredClaim:
        """As it stands, or as it last stood."""
        stated = self.after or self.before
        assert stated is not None
        return stated


def record_changes(
    connection: Connection, release_id: str, changes: ReadingChanges, cause: Cause, *, age: timedelta | None
) -> None:
    """Notes what a reading of a release's newest text changed, in the transaction that changes it.

    `age` is that of the release when it was fetched, None where its date is not known.
    """
    # Nobody waits for what the office did not say, or said long ago in a release that is only read now.
    told = cause == "rules" or (cause == "release" and age is not None and age > NEWS_FOR)
    rows = [
        {
            "release_id": release_id,
            "before_id": before_id,
            "after_id": after_id,
            "cause": cause,
            "at": datetime.now(UTC),
            "told": told,
        }
        for before_id, after_id in _pairs(changes)
    ]
    if rows:
        connection.execute(insert(ChangeRow), rows)


def changes(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    wanted: ClaimFilter | None = None,
    causes: Sequence[Cause] = _NEWS,
    known_before: bool | None = None,
    limit: int = MOST_CHANGES,
) -> list[ClaimChange]:
    """What changed from `since` to before `until`, the latest first.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        wanted: only these claims, as they were or are.
        causes: of the changes.
        known_before: True for claims that were known already, False for new ones, None for both.
        limit: changes at most.

    Raises:
        InputError: an unknown project.
    """
    columns = (ChangeRow.id, ChangeRow.before_id, ChangeRow.after_id, ChangeRow.cause, ChangeRow.at)
    within = [ChangeRow.at >= since, ChangeRow.at < until, ChangeRow.cause.in_(causes)]
    if known_before is not None:
        within.append(ChangeRow.before_id.is_not(None) if known_before else ChangeRow.before_id.is_(None))
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(*within).order_by(ChangeRow.id.desc())).all()
        found: list[Any] = []
        for batch in in_batches(rows):
            found += wanted_rows(connection, batch, wanted)
            if len(found) >= limit:
                break
        return load_changes(connection, found[:limit])


def count_changes(engine: Engine, *, since: datetime, until: datetime) -> tuple[int, int]:
    """How many claims are new, and how many that were known changed, from `since` to before `until`."""
    within = (ChangeRow.at >= since, ChangeRow.at < until, ChangeRow.cause.in_(_NEWS))
    with engine.connect() as connection:
        every, known = connection.execute(select(func.count(), func.count(ChangeRow.before_id)).where(*within)).one()
    return every - known, known


def wanted_rows(connection: Connection, rows: Sequence[Any], wanted: ClaimFilter | None) -> list[Any]:
    """Those of some rows of `ChangeRow` whose claim is wanted, as it was or as it is.

    Raises:
        InputError: an unknown project.
    """
    if wanted is None or wanted == ClaimFilter():
        return list(rows)
    fits = fitting(connection, wanted, _readings(rows))
    return [row for row in rows if row.before_id in fits or row.after_id in fits]


def load_changes(connection: Connection, rows: Sequence[Any]) -> list[ClaimChange]:
    """Rows of `ChangeRow` with their claims as the rules read them: a reviewer changes nothing that an office said."""
    stored: dict[int | None, StoredClaim] = {}
    for ids in in_batches(sorted(_readings(rows))):
        claims = load(connection, stored_claims().where(Reading.id.in_(ids)).order_by(Reading.id))
        stored |= zip(ids, (each.uncorrected for each in claims), strict=True)
    return [ClaimChange(row.id, row.cause, row.at, stored.get(row.before_id), stored.get(row.after_id)) for row in rows]


def _readings(rows: Iterable[Any]) -> set[int]:
    return {each for row in rows for each in (row.before_id, row.after_id) if each is not None}


def _pairs(changes: ReadingChanges) -> Iterator[tuple[int | None, int | None]]:
    """Readings before and after: a sentence with another number has another key, but is the same statement."""
    yield from ((change.before_id, change.after_id) for change in changes.altered)
    gone = _by_topic((each.before, each.before_id) for each in changes.superseded)
    new = _by_topic((each.after, each.after_id) for each in changes.added)
    for topic in gone | new:
        before, after = gone.get(topic, []), new.get(topic, [])
        if len(before) == len(after) == 1:
            yield before[0], after[0]
        else:
            yield from ((reading_id, None) for reading_id in before)
            yield from ((None, reading_id) for reading_id in after)


def _by_topic(claims: Iterable[tuple[Claim | None, int | None]]) -> dict[tuple[object, ...], list[int | None]]:
    groups: dict[tuple[object, ...], list[int | None]] = {}
    for claim, reading_id in claims:
        groups.setdefault(_topic(claim), []).append(reading_id)
    return groups


def _topic(claim: Claim | None) -> tuple[object, ...]:
    assert claim is not None
    counted, subject = (fold(words) if words else None for words in (claim.counted, claim.subject))
    return claim.kind, claim.unit, counted, claim.status, subject, claim.modality
