"""What can be compared over time: series of numbers, made by a batch, listed with the most telling first."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, func, select

from comparison.chains import chains, rules
from comparison.likeness import noun_key
from comparison.own_level import is_of_the_whole
from comparison.recurring import Recurring, points_of, recurring
from comparison.telling import weight
from db.bulk import in_batches
from db.claims.queries import load, stored_claims
from db.claims.series import (
    BatchRecord,
    StoredOrder,
    StoredSeries,
    claims_of_series,
    found_series,
    made,
    replace_series,
    series_about,
    series_of_claim,
    what_is_stored,
)
from db.curation.joining import join_proven
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of, programmes_with_nouns
from db.engine import write
from db.tables import Reading
from models.claim import Claim
from models.errors import InputError
from models.keys import fold, name_key
from models.stored import SeriesClaim, StoredClaim

Freshness = Literal["current", "older claims", "older rules", "none"]
Told = Callable[[int, int], None]
"""Is told how many of all numbers are related."""

_NounOf = Callable[[str | None, str | None], str | None]
"""Of a subject and a noun the series that it counts in."""

SeriesOrder = StoredOrder | Literal["change"]
"""What is first; "change" is what changed most, up or down."""

_TOLD = ("actual", "planned")
_PRECISION, _FEW = 1000, 20
_NEARLY_NONE = 0.1
"""What a fall to nothing is reckoned with: it has no ratio."""
_BY_CHANGE = 1_000
"""Of the series so many, the most telling, are put in the order of their changes."""


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
    """Relates all numbers and stores the series that they make, where claims or rules are others than last time.

    Before that names are joined that are proven to be of one programme.
    """
    join_proven(engine, now)
    with engine.connect() as connection:
        batch = BatchRecord(rules(), what_is_stored(connection), now)
        last = made(connection)
        if last and (last.rules, last.seen) == (batch.rules, batch.seen):
            return BatchResult(0, 0, 0, fresh=True)
        found: list[StoredSeries] = []
        members: list[tuple[str, str, int, str]] = []
        done = 0
        noun_of = _nouns(connection)

        def of_claim(claim: Claim) -> str | None:
            return noun_of(claim.subject, claim.counted)

        groups = _groups(connection, noun_of)
        numbers = sum(count for _, count in groups)
        for wanted, count in groups:
            for links in chains(_claims(connection, wanted, noun_of), of_claim):
                series = _stored(links)
                found.append(series)
                members += [(link.stored.key, series.key, link.point, link.time) for link in links]
            done += count
            told(done, numbers)
    write(engine, lambda connection: replace_series(connection, found, members, batch))
    return BatchResult(numbers, len(found), sum(each.dates for each in found))


def list_series(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    words: str = "",
    *,
    limit: int = 50,
    offset: int = 0,
    order: SeriesOrder = "telling",
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
) -> SeriesList:
    """Series that have all the words, in whatever case, in an order.

    Args:
        engine: the database.
        words: parts of words.
        limit: series at most.
        offset: so many are passed over.
        order: what is first.
        since: ISO date or prefix; only what series tell of then and later, where that is more than one number.
        until: see `since`; the prefix's last day is in it.
        source: id of a press office that tells of them.
    """
    wanted = _Wanted(since, until, source)
    with engine.connect() as connection:
        if order == "change":
            told, total = _recurring(connection, words, wanted, _BY_CHANGE, 0, "telling")
            series = sorted(told, key=_by_change)[offset : offset + limit]
            return SeriesList(tuple(series), min(total, _BY_CHANGE), _freshness(connection))
        series, total = _recurring(connection, words, wanted, limit, offset, order)
        return SeriesList(tuple(series), total, _freshness(connection))


class _Wanted(NamedTuple):
    since: str | None
    until: str | None
    source: str | None

    def holds(self, time: str) -> bool:
        return (self.since or "") <= time and (self.until is None or time <= self.until + "~")


def _recurring(
    connection: Connection, words: str, wanted: _Wanted, limit: int, offset: int, order: StoredOrder
) -> tuple[list[Recurring], int]:
    found, total = found_series(
        connection, words.split(), limit=limit, offset=offset, order=order, span=wanted[:2], source=wanted.source
    )
    claims = claims_of_series(connection, [each.key for each in found])
    series = (
        recurring(each.key, [member for member in claims[each.key] if wanted.holds(member.time)]) for each in found
    )
    return [each for each in series if each], total


def _by_change(series: Recurring) -> tuple[bool, bool, float]:
    """The greatest change first, up or down alike; of few things later, last where its size is open or adds up."""
    before, after = series.begin.figure.value, series.points[-1].figure.value
    if series.change.percent is None or not before or before * after < 0:
        return series.running_total, True, 1.0
    few = series.kind == "count" and max(before, after) < _FEW
    return series.running_total, few, -abs(log(float(after or _NEARLY_NONE) / float(before)))


def changing_series(engine: Engine, programme: str) -> Recurring | None:
    """The most telling series of a programme, its own as its sentences say, in which anything changed; None without.

    Raises:
        InputError: no such programme is known.
    """
    with engine.connect() as connection:
        group = ProjectNames(connection).resolve(programme)
        keys = series_about(connection, group.keys, limit=_FEW)
        claims = claims_of_series(connection, keys)
        called = (group.name, *group.aliases)
        own = (key for key in keys if claims[key] and is_of_the_whole(claims[key][-1].stored, called))
        found = (recurring(key, claims[key]) for key in own)
        return next((each for each in found if each and each.modality == "actual" and each.change.number), None)


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
    noun: str
    counted: frozenset[str | None]


def _nouns(connection: Connection) -> _NounOf:
    """In which series the noun of a subject's claim counts: programmes may have series of their own."""
    everywhere = nouns_of(connection)
    own = {key: nouns_of(connection, key) for key in programmes_with_nouns(connection)}

    def noun_of(subject: str | None, counted: str | None) -> str | None:
        return own.get(name_key(subject) if subject else "", everywhere).series(counted)

    return noun_of


def _groups(connection: Connection, noun_of: _NounOf) -> list[tuple[_Selection, int]]:
    """What is related apart, so that no more than one of these is held in memory; with the number of claims."""
    columns = (Reading.kind, Reading.unit, Reading.counted, Reading.subject)
    told = select(*columns, func.count()).where(Reading.current, Reading.kind != "status", Reading.modality.in_(_TOLD))
    stated: dict[tuple[str, str | None, str], list[tuple[str | None, int]]] = defaultdict(list)
    for kind, unit, counted, subject, count in connection.execute(told.group_by(*columns)):
        noun = noun_key(noun_of(subject, counted) or counted) if kind == "count" else ""
        stated[kind, unit, noun].append((counted, count))
    made_of = [
        (_Selection(*key, frozenset(counted for counted, _ in each)), sum(count for _, count in each))
        for key, each in stated.items()
    ]
    return sorted((each for each in made_of if each[1] > 1), key=lambda each: (each[1], each[0].kind, each[0].noun))


def _claims(connection: Connection, wanted: _Selection, noun_of: _NounOf) -> Iterator[StoredClaim]:
    fits = [Reading.current, Reading.kind == wanted.kind, Reading.unit.is_not_distinct_from(wanted.unit)]
    statement = stored_claims().where(*fits, Reading.modality.in_(_TOLD)).order_by(Reading.claim_key)
    if wanted.kind != "count":
        yield from load(connection, statement)
        return
    found: list[StoredClaim] = []
    for some in in_batches(sorted(fold(noun) for noun in wanted.counted if noun is not None)):
        found += load(connection, statement.where(Reading.counted_folded.in_(some)))
    if None in wanted.counted:
        found += load(connection, statement.where(Reading.counted.is_(None)))
    for each in found:
        # The same word may count otherwise in another programme.
        if noun_key(noun_of(each.claim.subject, each.claim.counted) or each.claim.counted) == wanted.noun:
            yield each


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
    if last.rules != rules():
        return "older rules"
    return "current" if last.seen == what_is_stored(connection) else "older claims"
