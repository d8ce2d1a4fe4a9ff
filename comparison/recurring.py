"""A number that was told again and again: its points, the changes between them, and what they come to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from comparison.figures import figure, moved
from comparison.intervals import Change
from comparison.looking_back import looks_back
from comparison.running_totals import runs_up
from comparison.series import Point
from comparison.telling import Rhythm, begin, over_all, pauses, rhythm, yearly
from comparison.titles import part_said, title_of, without
from models.claim import Claim, Modality, plain
from models.quantity import Kind
from models.statuses import Status
from models.stored import SeriesClaim


@dataclass(frozen=True, slots=True)
class Recurring:
    """A series of numbers that may be laid side by side, found by what they say.

    Attributes:
        key: of the series, and of its first claim.
        kind: of its newest claim, as all up to `counted`, and `modality`; `sentence` is where that is stated.
        status: where a word, or what is counted, tells it: that money is given may be guessed from all around.
        predicate: what all its numbers are said to be ("frei"), where they have no status.
        part: all are parts of wholes that are told with them: "davon 12"; `part_said` is what all are said to be there
            ("gültig").
        without: women whom all sentences count apart, where the noun is of men.
        subject: whose name its sentences give to its numbers; `called` is that with the words that all of them say
            right beside it: "Seenförderung für Reihen und Feste".
        headline: where they give none, the words or the name that all headlines have over them.
        points: by time, the oldest first.
        changes: between neighbouring points, one fewer; None where months without a number part two seasons.
        begin: the point that the newest is laid beside: the first, of its season where it is told through the year.
        change: from there to the newest.
        running_total: each number holds the earlier ones ("bisher"): what came in between is no growth.
        rhythm: how often it is told.
        years: how many years the points are of.
        yearly: a point of each year, near in the year to the newest.
    """

    key: str
    kind: Kind
    unit: str | None
    counted: str | None
    status: Status | None
    predicate: str | None
    part: bool
    part_said: str | None
    without: str | None
    subject: str | None
    called: str | None
    headline: str | None
    modality: Modality
    sentence: str
    points: tuple[Point, ...]
    changes: tuple[Change | None, ...]
    begin: Point
    change: Change
    running_total: bool
    rhythm: Rhythm
    years: int
    yearly: tuple[Point, ...]


def recurring(key: str, members: Sequence[SeriesClaim]) -> Recurring | None:
    """A series from its claims; None where corrections and reviews have left less than two points of it."""
    points = points_of(members)
    if len(points) < 2:
        return None
    claims = [each.stored.claim for each in members]
    claim = next((each for each in reversed(claims) if not looks_back(each)), claims[-1])
    title = title_of(members)
    part = all(each.stored.claim.of is not None for each in members)
    status = claim.status if all(_tells_status(each.stored.claim) for each in members) else None
    return Recurring(
        key=key,
        kind=claim.kind,
        unit=claim.unit,
        counted=claim.counted,
        status=status,
        predicate=_of_all({each.stored.claim.predicate for each in members}) if status is None else None,
        part=part,
        without=_of_all({without(each.stored.claim) for each in members}),
        part_said=_of_all({part_said(each.stored.claim) for each in members}) if part else None,
        subject=title.subject,
        called=title.called,
        headline=title.headline,
        modality=claim.modality,
        sentence=claim.sentence,
        points=points,
        changes=_changes(points),
        begin=begin(points),
        change=over_all(points),
        running_total=runs_up(members, points),
        rhythm=rhythm([point.date for point in points]),
        years=len({point.date[:4] for point in points}),
        yearly=yearly(points),
    )


def _changes(points: Sequence[Point]) -> tuple[Change | None, ...]:
    begun = pauses(points)
    return tuple(
        None if place in begun else moved(a.figure, b.figure) for place, (a, b) in enumerate(pairwise(points), start=1)
    )


def _tells_status(claim: Claim) -> bool:
    return claim.kind != "money" or claim.status != "approved" or claim.status_word is not None


def _of_all(said: set[str | None]) -> str | None:
    return said.pop() if len(said) == 1 else None


def points_of(members: Sequence[SeriesClaim]) -> tuple[Point, ...]:
    """A figure for each point, the oldest first; rejected claims are in none."""
    by_point: dict[int, list[SeriesClaim]] = defaultdict(list)
    for each in members:
        if each.stored.decision != "rejected":
            by_point[each.point].append(each)
    return tuple(Point(some[0].time, figure([each.stored for each in some])) for _, some in sorted(by_point.items()))


def cells(series: Recurring) -> Iterator[dict[str, Any]]:
    """A flat row for each point, with its first proof and the change since the point before."""
    for point, step in zip(series.points, (None, *series.changes), strict=True):
        proof = point.proof
        yield {
            "series": series.key,
            "subject": series.subject,
            "counted": series.counted,
            "unit": series.unit,
            "time": point.date,
            "value": plain(point.figure.value),
            "value_to": plain(point.figure.value_to),
            "comparator": point.figure.comparator,
            "change": plain(step.number) if step else None,
            "change_in": ("points" if step.points else series.unit) if step else None,
            "percent": plain(step.percent) if step else None,
            "approximate": step.approximate if step else None,
            "running_total": series.running_total,
            "sentence": proof.sentence,
            "release_title": proof.release_title,
            "published": proof.published,
            "url": proof.url,
            "claim": proof.key,
        }
