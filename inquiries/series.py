"""What can be compared over time: series of numbers, made by a batch, listed with the most telling first."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine, func, select

from comparison.chains import RULES, chains
from comparison.likeness import noun_key
from comparison.recurring import Recurring, points_of, recurring
from comparison.telling import weight
from db.bulk import in_batches
from db.claims.queries import load, stored_claims
from db.claims.series import (
    BatchRecord,
    StoredSeries,
    claims_of_series,
    found_series,
    made,
    replace_series,
    series_of_claim,
    what_is_stored,
)
from db.curation.nouns import nouns_of
from db.engine import write
from db.tables import Reading
from models.errors import InputError
from models.keys import fold
from models.stored import SeriesClaim, StoredClaim

Freshness = Literal["current", "older claims", "older rules", "none"]
Told = Callable[[int, int], None]
"""Is told how many of all numbers are related."""

_TOLD = ("actual", "planned")
_PRECISION = 1000


@dataclass(frozen=True, slots=True)
class SeriesList:
    """Some series of all that were found, and whether newer claims or rules ask for a new batch."""

    series: tuple[Recurring, ...]
    total: int
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How many numbers were related, into how many series with how many points; `fresh` if there was nothing to do."""

    numbers: int
    series: int
    points: int
    fresh: bool = False


def make_series(engine: Engine, now: datetime, told: Told = lambda _done, _all: None) -> BatchResult:
    """Relates all numbers and stores the series that they make, where claims or rules are others than last time."""
    with engine.connect() as connection:
        batch = BatchRecord(RULES, what_is_stored(connection), now)
        last = made(connection)
        if last and (last.rules, last.seen) == (batch.rules, batch.seen):
            return BatchResult(0, 0, 0, fresh=True)
        found: list[StoredSeries] = []
        members: list[tuple[str, str, int, str]] = []
        done = 0
        groups = _groups(connection)
        numbers = sum(count for _, count in groups)
        nouns = nouns_of(connection)
        for wanted, count in groups:
            for links in chains(_claims(connection, wanted), nouns):
                series = _stored(links)
                found.append(series)
                members += [(link.stored.key, series.key, link.point, link.time) for link in links]
            done += count
            told(done, numbers)
    write(engine, lambda connection: replace_series(connection, found, members, batch))
    return BatchResult(numbers, len(found), sum(each.dates for each in found))


def list_series(engine: Engine, words: str = "", *, limit: int = 50, offset: int = 0) -> SeriesList:
    """Series that have all the words, in whatever case, the most telling first."""
    with engine.connect() as connection:
        found, total = found_series(connection, words.split(), limit=limit, offset=offset)
        claims = claims_of_series(connection, [each.key for each in found])
        series = [recurring(each.key, claims[each.key]) for each in found]
        return SeriesList(tuple(each for each in series if each), total, _freshness(connection))


def one_series(engine: Engine, key: str) -> Recurring:
    """A series by its key, or by that of any of its claims.

    Raises:
        InputError: there is none.
    """
    with engine.connect() as connection:
        of_claim = series_of_claim(connection, key)
        found = recurring(of_claim, claims_of_series(connection, [of_claim])[of_claim]) if of_claim else None
    if found is None:
        raise InputError(f"There is no series {key!r}; `bilanz series` lists those there are.")
    return found


@dataclass(frozen=True, slots=True)
class _Selection:
    """Numbers that can make series with each other: of one kind and unit, counts of one noun however it is written."""

    kind: str
    unit: str | None
    counted: tuple[str | None, ...]


def _groups(connection: Connection) -> list[tuple[_Selection, int]]:
    """What is related apart, so that no more than one of these is held in memory; with the number of claims."""
    nouns = nouns_of(connection)
    columns = (Reading.kind, Reading.unit, Reading.counted)
    told = select(*columns, func.count()).where(Reading.current, Reading.kind != "status", Reading.modality.in_(_TOLD))
    stated: dict[tuple[str, str | None, str], list[tuple[str | None, int]]] = defaultdict(list)
    for kind, unit, counted, count in connection.execute(told.group_by(*columns)):
        noun = noun_key(nouns.series(counted) or counted) if kind == "count" else ""
        stated[kind, unit, noun].append((counted, count))
    made_of = [
        (_Selection(kind, unit, tuple(counted for counted, _ in each)), sum(count for _, count in each))
        for (kind, unit, _), each in stated.items()
    ]
    return sorted((each for each in made_of if each[1] > 1), key=lambda each: (each[1], repr(each[0])))


def _claims(connection: Connection, wanted: _Selection) -> Iterator[StoredClaim]:
    fits = [Reading.current, Reading.kind == wanted.kind, Reading.unit.is_not_distinct_from(wanted.unit)]
    statement = stored_claims().where(*fits, Reading.modality.in_(_TOLD)).order_by(Reading.claim_key)
    if wanted.kind != "count":
        yield from load(connection, statement)
        return
    for some in in_batches([fold(noun) for noun in wanted.counted if noun is not None]):
        yield from load(connection, statement.where(Reading.counted_folded.in_(some)))
    if None in wanted.counted:
        yield from load(connection, statement.where(Reading.counted.is_(None)))


def _stored(links: Sequence[SeriesClaim]) -> StoredSeries:
    points = points_of(links)
    sides = (links[0].stored, links[-1].stored)
    said = [words for side in sides for words in _said(side)]
    return StoredSeries(
        key=links[0].stored.key,
        dates=len(points),
        years=len({point.date[:4] for point in points}),
        since=points[0].date,
        until=points[-1].date,
        telling=round(_PRECISION * weight(points, named=sides[1].claim.subject is not None)),
        words=fold(" ".join(dict.fromkeys(said))),
    )


def _said(stored: StoredClaim) -> tuple[str, ...]:
    claim = stored.claim
    return tuple(filter(None, (stored.release_title, claim.sentence, claim.counted, claim.subject)))


def _freshness(connection: Connection) -> Freshness:
    last = made(connection)
    if last is None:
        return "none"
    if last.rules != RULES:
        return "older rules"
    return "current" if last.seen == what_is_stored(connection) else "older claims"
