"""Series as they are stored: written whole by a batch, read by pages and commands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select

from db.bulk import in_batches
from db.claims.queries import load, stored_claims
from db.tables import Reading, Review, SeriesBatch, SeriesMember, SeriesNoun, SeriesRow
from models.keys import fold
from models.stored import SeriesClaim


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """A series in a list.

    Attributes:
        key: of its first claim, and of the series.
        dates: points of time; `years` are how many years these are of.
        since: ISO date or prefix of the first point, `until` of the newest.
        telling: its place in lists, the greatest first.
        words: what it is found by.
    """

    key: str
    dates: int
    years: int
    since: str
    until: str
    telling: int
    words: str


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """By which rules and from what the series were made, and when."""

    rules: str
    seen: str
    made_at: datetime


def made(connection: Connection) -> BatchRecord | None:
    """The batch that made the series; None where none has run."""
    row = connection.execute(select(SeriesBatch.rules, SeriesBatch.seen, SeriesBatch.made_at)).first()
    return BatchRecord(*row) if row else None


def what_is_stored(connection: Connection) -> str:
    """The state of all that series are made from, to be compared with a later one."""
    standing = select(func.count()).where(Review.retracted_at.is_(None))
    parts = (
        select(func.max(Reading.id)),
        select(func.count()).where(Reading.current),
        select(func.max(Review.id)),
        standing,
        select(func.max(SeriesNoun.made_at)),
    )
    return " ".join(str(connection.scalar(part)) for part in parts)


def replace_series(
    connection: Connection,
    series: Sequence[StoredSeries],
    members: Sequence[tuple[str, str, int, str]],
    now: BatchRecord,
) -> None:
    """Writes all series anew; `members` are claim, series, point and time of each."""
    for table in (SeriesMember, SeriesRow, SeriesBatch):
        connection.execute(delete(table))
    for rows in in_batches(series):
        columns = ("key", "dates", "years", "since", "until", "telling", "words")
        connection.execute(insert(SeriesRow), [{name: getattr(row, name) for name in columns} for row in rows])
    for some in in_batches(members):
        names = ("claim_key", "series_key", "point", "time")
        connection.execute(insert(SeriesMember), [dict(zip(names, member, strict=True)) for member in some])
    connection.execute(insert(SeriesBatch), {"id": 1, "rules": now.rules, "seen": now.seen, "made_at": now.made_at})


StoredOrder = Literal["telling", "newest", "dates"]
"""What is first: the most telling, what was told last, or what was told at the most dates."""


def found_series(  # noqa: PLR0913 - filters, each by its name
    connection: Connection,
    words: Sequence[str] = (),
    *,
    limit: int,
    offset: int = 0,
    order: StoredOrder = "telling",
    span: tuple[str | None, str | None] = (None, None),
    source: str | None = None,
) -> tuple[list[StoredSeries], int]:
    """Series that have all the words, in an order, and how many there are.

    `words` may be parts of words; case and umlauts do not count. Of a `span` of time, which ISO dates or prefixes begin
    and end, are those with several points in it; of a `source` those that it tells of.
    """
    columns: list[Any] = [getattr(SeriesRow, name) for name in StoredSeries.__dataclass_fields__]
    fits = [SeriesRow.words.contains(fold(word), autoescape=True) for word in words]
    if any(span):
        fits.append(SeriesRow.key.in_(_with_points(*span)))
    if source is not None:
        told = select(SeriesMember.series_key).join(Reading, Reading.claim_key == SeriesMember.claim_key)
        fits.append(SeriesRow.key.in_(told.where(Reading.current, Reading.source_id == source)))
    total = connection.scalar(select(func.count()).select_from(SeriesRow).where(*fits)) or 0
    first: dict[StoredOrder, list[Any]] = {"telling": [], "newest": [SeriesRow.until], "dates": [SeriesRow.dates]}
    by = [each.desc() for each in (*first[order], SeriesRow.telling)]
    rows = connection.execute(select(*columns).where(*fits).order_by(*by, SeriesRow.key).limit(limit).offset(offset))
    return [StoredSeries(*row) for row in rows], total


def _with_points(since: str | None, until: str | None) -> Select[Any]:
    """Keys of the series with several points in a span of time."""
    within = [SeriesMember.time >= since] if since else []
    within += [SeriesMember.time <= until + "~"] if until else []
    several = func.count(SeriesMember.point.distinct()) > 1
    return select(SeriesMember.series_key).where(*within).group_by(SeriesMember.series_key).having(several)


def series_about(connection: Connection, subject_keys: Collection[str], *, limit: int) -> list[str]:
    """Keys of the series with a claim about any of some subjects, the most telling first."""
    return list(connection.scalars(_about(), {"keys": sorted(subject_keys), "limit": limit}))


def subjects_in_series(connection: Connection) -> frozenset[str]:
    """Keys of the projects of which a series tells numbers of several reporting dates."""
    told = (
        select(Reading.subject_key)
        .join(SeriesMember, SeriesMember.claim_key == Reading.claim_key)
        .where(Reading.current, Reading.subject_key.is_not(None))
        .group_by(SeriesMember.series_key, Reading.subject_key)
        .having(func.count(Reading.reporting_date.distinct()) > 1)
    )
    return frozenset(map(str, connection.scalars(told)))


# Made once, for to put it together takes longer than to run it.
@lru_cache(maxsize=1)
def _about() -> Select[Any]:
    about = (
        select(SeriesMember.series_key)
        .join(Reading, Reading.claim_key == SeriesMember.claim_key)
        .where(Reading.current, Reading.subject_key.in_(bindparam("keys", expanding=True)))
    )
    found = select(SeriesRow.key).where(SeriesRow.key.in_(about)).order_by(SeriesRow.telling.desc(), SeriesRow.key)
    return found.limit(bindparam("limit"))


def claims_of_series(connection: Connection, keys: Sequence[str]) -> dict[str, list[SeriesClaim]]:
    """The claims of some series that are current still, by series, in the order of their points."""
    places = {row.claim_key: row for some in in_batches(sorted(keys)) for row in connection.execute(_members(some))}
    found: dict[str, list[SeriesClaim]] = {key: [] for key in keys}
    for some in in_batches(sorted(places)):
        for stored in load(connection, stored_claims().where(Reading.current, Reading.claim_key.in_(some))):
            place = places[stored.key]
            found[place.series_key].append(SeriesClaim(stored, place.time, place.point))
    return {
        key: sorted(members, key=lambda each: (each.point, each.stored.date, each.stored.key))
        for key, members in found.items()
    }


def series_of_claim(connection: Connection, claim_key: str) -> str | None:
    """The key of the series that a claim is in."""
    return connection.scalar(select(SeriesMember.series_key).where(SeriesMember.claim_key == claim_key))


def _members(keys: Sequence[str]) -> Select[Any]:
    columns: list[Any] = [SeriesMember.claim_key, SeriesMember.series_key, SeriesMember.point, SeriesMember.time]
    return select(*columns).where(SeriesMember.series_key.in_(keys))
