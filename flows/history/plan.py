"""What reading an archive would take, and what it would bring: told before any page is fetched."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import mean

from sqlalchemy import Engine

from db.archive.captures import StoredCapture, captures, held_digests, settle
from db.archive.index_queries import refusals
from flows.history.asking import IndexTurn
from models.source import Source
from scrapers.archives.client import ArchiveClient

_WAITING = "waiting"
_SLOW = 2.0
"""Seconds: an index may think longer, but a copy comes sooner."""


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """Copies of releases that an archive made in a year.

    Attributes:
        copies: that it has.
        addresses: of releases that they are of.
        contents: different ones among them.
        requests: that it takes to have those that are not held.
    """

    year: int
    copies: int
    addresses: int
    contents: int
    requests: int


@dataclass(frozen=True, slots=True)
class HistoryPlan:
    """What an archive has of an office.

    Attributes:
        years: from the first to this one, also those without copies.
        lists: copies of lists and feeds that are to be read, each a request.
        requests: that reading takes, lists included.
        minutes: at the archive's pace.
        unanswered: questions to the index that have no answer yet.
        ended: why the archive's turn ended before all was asked, None where it did not.
        refusals: addresses of which the archive gave nothing, and why.
    """

    years: tuple[PlannedYear, ...]
    lists: int
    requests: int
    minutes: float
    unanswered: int
    ended: str | None
    refusals: tuple[tuple[str, str], ...]


def plan_history(engine: Engine, client: ArchiveClient, source: Source, since: date) -> HistoryPlan:
    """Asks the index and reckons; answers are kept for reading, and for a plan that goes on where this one ended.

    Args:
        engine: the database, its schema checked.
        client: of the archive.
        source: the press office.
        since: the first day of interest.
    """
    turn = IndexTurn(engine, client, source, since)
    turn.ask()
    settle(engine, turn.here)
    years, lists = _reckoned(engine, turn)
    requests = lists + sum(year.requests for year in years)
    spent = client.seconds["index"]
    each = client.archive.replay.spacing + (min(mean(spent), _SLOW) if spent else 0.0)
    return HistoryPlan(
        years=years,
        lists=lists,
        requests=requests,
        minutes=requests * each / 60,
        unanswered=len(turn.open()),
        ended=turn.ended,
        refusals=tuple(refusals(engine, turn.here)),
    )


def _reckoned(engine: Engine, turn: IndexTurn) -> tuple[tuple[PlannedYear, ...], int]:
    """Year by year, and the copies of lists that wait."""
    by_year: defaultdict[int, list[StoredCapture]] = defaultdict(list)
    lists = 0
    for copy in captures(engine, turn.here, turn.since):
        if copy.kind == "list":
            lists += copy.outcome == _WAITING
        else:
            by_year[copy.capture.archived_at.year].append(copy)
    digests = (each.capture.digest for copies in by_year.values() for each in copies if each.outcome == _WAITING)
    seen = held_digests(engine, filter(None, digests))
    this_year = datetime.now(UTC).year
    return tuple(_year(year, by_year[year], seen) for year in range(turn.since.year, this_year + 1)), lists


def _year(year: int, copies: list[StoredCapture], seen: set[str]) -> PlannedYear:
    """One year; contents that it takes a request to have are added to those `seen`."""
    requests = 0
    for copy in copies:
        digest = copy.capture.digest
        if copy.outcome != _WAITING or digest in seen:
            continue
        requests += 1
        if digest is not None:
            seen.add(digest)
    contents = len({each.capture.digest or each.id for each in copies})
    return PlannedYear(year, len(copies), len({each.url for each in copies}), contents, requests)
