"""What changed among the claims: written together with the claims themselves, read by people and watches."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, or_, select

from db.bulk import in_batches
from db.claims.queries import ClaimFilter, load, stored_claims
from db.claims.readings import ReadingChanges
from db.claims.search import fitting
from db.tables import ChangeRow, ClaimRow, Reading, ReleaseRow
from models.claim import FIELDS, Claim
from models.keys import fold
from models.stored import StoredClaim

Cause = Literal["release", "correction", "rules", "deletion", "return"]
_Stated = tuple[Claim, int | None]
"""A claim, and its reading."""

MOST_CHANGES = 1000
TOLD_FIELDS = tuple(field.name for field in FIELDS if field.told)
NEWS_FOR = timedelta(days=30)
"""A release that is older when it is first read belongs to the archive: it is no news, and watches are not told."""

_DATE_OR_NUMBER = re.compile(
    r"(?P<date>\b(?:19|20)\d\d\b(?![.,]\d)|\b\d{1,2}\.(?:\d{1,2}\.| [A-ZÄÖÜ]\w+)|\b\d{1,2}(?:[.:]\d\d)? Uhr)"
    r"|\d(?:[\d.,]*\d)?"
)
"""A date, which is of all that a sentence states, or a number, which is of one thing."""
_NEWS: tuple[Cause, ...] = ("release", "correction", "deletion", "return")


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim stated for the first time (`before` is None), otherwise, or no longer (`after` is None).

    `cause`: a new "release", a "correction" of a known one by its publisher, its "deletion" from the
    publisher's site, its "return" there, or "rules": the same text, read by other rules.
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

    @property
    def is_told(self) -> bool:
        """Whether anything that people are told of a claim reads otherwise than before."""
        return self.before is None or self.after is None or _said_of(self.before) != _said_of(self.after)


def told_of(stored: StoredClaim) -> tuple[Any, ...]:
    """What people are told of a claim, as the office said it: the values of `TOLD_FIELDS`."""
    return tuple(getattr(stored.uncorrected.claim, name) for name in TOLD_FIELDS)


def _said_of(stored: StoredClaim) -> list[Any]:
    """The same without the other numbers of its sentence: where one of them is corrected, that alone is news."""
    told = zip(TOLD_FIELDS, told_of(stored), strict=True)
    return [_without_numbers(value) if name in ("sentence", "quote") else value for name, value in told]


def _without_numbers(text: str) -> str:
    return _DATE_OR_NUMBER.sub(lambda found: found["date"] or "#", text)


def record_changes(
    connection: Connection, release_id: str, changes: ReadingChanges, cause: Cause, *, age: timedelta | None
) -> None:
    """Notes what a reading of a release's newest text changed, in the transaction that changes it.

    `age` is that of the release when it was fetched, None where its date is not known.
    """
    # Nobody waits for what the office did not say, or said long ago in a release that is only read now.
    told = cause == "rules" or _is_old(cause, age)
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


def record_disappearance(connection: Connection, release_id: str) -> None:
    """Notes that a release is no longer to be had where it was published, with all that it states."""
    _record_whole(connection, release_id, "deletion")


def record_return(connection: Connection, release_id: str, changes: ReadingChanges) -> None:
    """Notes that a release is there again, with what it states as before; `changes` tell the rest."""
    changed = {each.after_id for each in (*changes.added, *changes.altered)}
    _record_whole(connection, release_id, "return", but=changed)


def changes(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    wanted: ClaimFilter | None = None,
    causes: Sequence[Cause] = _NEWS,
    known_before: bool | None = None,
    only_news: bool = False,
    as_counted: bool = False,
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
        only_news: leaves out what watches are not told: releases that were old when they were first read.
        as_counted: leaves out what `count_changes` does.
        limit: changes at most.

    Raises:
        InputError: an unknown project.
    """
    columns = (ChangeRow.id, ChangeRow.before_id, ChangeRow.after_id, ChangeRow.cause, ChangeRow.at)
    statement = select(*columns, ReleaseRow.published).join(ReleaseRow, ReleaseRow.id == ChangeRow.release_id)
    within = [ChangeRow.at >= since, ChangeRow.at < until, ChangeRow.cause.in_(causes)]
    if known_before is not None:
        within.append(ChangeRow.before_id.is_not(None) if known_before else ChangeRow.before_id.is_(None))
    if as_counted:
        within.append(_is_news(since))
    with engine.connect() as connection:
        rows = connection.execute(statement.where(*within).order_by(ChangeRow.id.desc())).all()
        if only_news:
            rows = [row for row in rows if not _is_old(row.cause, row.published and row.at - row.published)]
        found: list[Any] = []
        for batch in in_batches(rows):
            found += wanted_rows(connection, batch, wanted)
            if len(found) >= limit:
                break
        return [each for each in load_changes(connection, found[:limit]) if each.is_told]


def published_lately(since: datetime) -> ColumnElement[bool]:
    """That a release was published not long before a span, or nobody knows when; what is older is history."""
    return or_(ReleaseRow.published.is_(None), ReleaseRow.published >= since - NEWS_FOR)


def _is_news(since: datetime) -> ColumnElement[bool]:
    """That a change of a span is not only that an old release was read in it."""
    return or_(ChangeRow.cause != "release", published_lately(since))


def count_changes(engine: Engine, *, since: datetime, until: datetime) -> tuple[int, int]:
    """How many claims are new, and how many that were known changed, from `since` to before `until`.

    What a release states that was old when it was first read is neither.
    """
    within = (ChangeRow.at >= since, ChangeRow.at < until, ChangeRow.cause.in_(_NEWS), _is_news(since))
    counted = select(func.count(), func.count(ChangeRow.before_id))
    with engine.connect() as connection:
        of_releases = counted.join(ReleaseRow, ReleaseRow.id == ChangeRow.release_id)
        every, known = connection.execute(of_releases.where(*within)).one()
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


def _is_old(cause: Cause, age: timedelta | None) -> bool:
    return cause == "release" and age is not None and age > NEWS_FOR


def _record_whole(
    connection: Connection, release_id: str, cause: Literal["deletion", "return"], but: Container[int | None] = ()
) -> None:
    stated = (
        select(Reading.id)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .where(ClaimRow.release_id == release_id, Reading.current)
        .order_by(Reading.start, Reading.id)
    )
    side, other = ("before_id", "after_id") if cause == "deletion" else ("after_id", "before_id")
    shared = {"release_id": release_id, other: None, "cause": cause, "at": datetime.now(UTC), "told": False}
    rows = [{**shared, side: reading_id} for reading_id in connection.scalars(stated) if reading_id not in but]
    if rows:
        connection.execute(insert(ChangeRow), rows)


def _readings(rows: Iterable[Any]) -> set[int]:
    return {each for row in rows for each in (row.before_id, row.after_id) if each is not None}


def _pairs(changes: ReadingChanges) -> Iterator[tuple[int | None, int | None]]:
    """Readings before and after: a sentence with another number has another key, but is the same statement."""
    yield from ((change.before_id, change.after_id) for change in changes.altered)
    superseded = [_stated(each.before, each.before_id) for each in changes.superseded]
    added = [_stated(each.after, each.after_id) for each in changes.added]
    in_place = list(_in_one_place(superseded, added))
    yield from in_place
    paired = {reading_id for pair in in_place for reading_id in pair}
    gone, new = (_by(_topic, (each for each in some if each[1] not in paired)) for some in (superseded, added))
    for topic in gone | new:
        yield from _paired(gone.get(topic, []), new.get(topic, []))


def _stated(claim: Claim | None, reading_id: int | None) -> _Stated:
    assert claim is not None
    return claim, reading_id


def _in_one_place(before: Sequence[_Stated], after: Sequence[_Stated]) -> Iterator[tuple[int | None, int | None]]:
    """What stands at one place of a sentence of which only numbers were changed, whatever it is read as."""
    old, new = (_by(_place, some) for some in (before, after))
    for place in old:
        if place is not None and len(old[place]) == len(new.get(place, ())) == 1:
            yield old[place][0][1], new[place][0][1]


def _place(claim: Claim) -> tuple[object, ...] | None:
    """Sentence and number of the place at which a number is told; None where no figure stands."""
    if not any(letter.isdigit() for letter in claim.quote):
        return None
    return claim.kind, _without_numbers(claim.sentence), _without_numbers(claim.before).count("#")


def _paired(before: Sequence[_Stated], after: Sequence[_Stated]) -> Iterator[tuple[int | None, int | None]]:
    """What says the same number in a sentence that was changed, then what alone is left of each."""
    gone, new = list(before), list(after)
    for each in before:
        if same := next((other for other in new if _number(other) == _number(each)), None):
            gone.remove(each)
            new.remove(same)
            yield each[1], same[1]
    if len(gone) == len(new) == 1:
        yield gone[0][1], new[0][1]
    else:
        yield from ((reading_id, None) for _claim, reading_id in gone)
        yield from ((None, reading_id) for _claim, reading_id in new)


def _by(key: Callable[[Claim], tuple[object, ...] | None], claims: Iterable[_Stated]) -> dict[Any, list[_Stated]]:
    groups: dict[Any, list[_Stated]] = {}
    for claim, reading_id in claims:
        groups.setdefault(key(claim), []).append((claim, reading_id))
    return groups


def _topic(claim: Claim) -> tuple[object, ...]:
    counted, subject = (fold(words) if words else None for words in (claim.counted, claim.subject))
    return claim.kind, claim.unit, counted, claim.status, subject, claim.modality


def _number(stated: _Stated) -> tuple[object, ...]:
    return stated[0].value, stated[0].value_to
