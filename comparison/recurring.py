"""A number that was told again and again: its points, the changes between them, and what they come to."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from comparison.figures import figure
from comparison.intervals import Change, change
from comparison.likeness import stem
from comparison.series import Point
from comparison.telling import Rhythm, begin, over_all, rhythm, yearly
from models.claim import Modality, plain
from models.keys import fold
from models.quantity import Kind
from models.statuses import Status
from models.stored import SeriesClaim

_TELLING = re.compile(r"(?!berlin)\w{5,}|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"(?<!\w)(?!(?:19|20)\d\d\b)\d[\d.,]*")
"""What counts something, or may: any figures but a year's."""
_OPEN_BRACKET = re.compile(r"\s\([^)]*$")
_MARKS = '„“”"»«‚‘(),.:;!?–-'
_OF_A_NUMBER = frozenset({"Jahr", "Jahre", "Jahren", "Haushaltsjahr", "KW"})
"""Nouns that say nothing without the number behind them, which is another in each headline."""
_SHORTEST = 8
"""Characters of what headlines have in common that say something."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A series of numbers that may be laid side by side, found by what they say.

    Attributes:
        key: of the series, and of its first claim.
        kind: of its newest claim, as all up to `status`, and `modality`; `sentence` is where that is stated.
        predicate: what all its numbers are said to be ("frei"), where they have no status.
        subject: whose name its sentences give to its numbers.
        headline: where they give none, the words or the name that all headlines have over them.
        points: by time, the oldest first.
        changes: between neighbouring points, one fewer.
        begin: the point that the newest is laid beside: the first, of its season where it is told through the year.
        change: from there to the newest.
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
    subject: str | None
    headline: str | None
    modality: Modality
    sentence: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    begin: Point
    change: Change
    rhythm: Rhythm
    years: int
    yearly: tuple[Point, ...]


def recurring(key: str, members: Sequence[SeriesClaim]) -> Recurring | None:
    """A series from its claims; None where corrections and reviews have left less than two points of it."""
    points = points_of(members)
    if len(points) < 2:
        return None
    claim = members[-1].stored.claim
    words = [stem(word) for word in _TELLING.findall(fold(claim.subject or ""))]
    named = claim.subject if all(_names(words, each) for each in members) else None
    headlines = [each.stored.release_title for each in members]
    return Recurring(
        key=key,
        kind=claim.kind,
        unit=claim.unit,
        counted=claim.counted,
        status=claim.status,
        predicate=_of_all({each.stored.claim.predicate for each in members}) if claim.status is None else None,
        subject=named,
        headline=None if named else _headline(claim.subject, words, headlines),
        modality=claim.modality,
        sentence=claim.sentence,
        points=points,
        changes=tuple(change(a.figure.stated, b.figure.stated) for a, b in pairwise(points)),
        begin=begin(points),
        change=over_all(points),
        rhythm=rhythm([point.date for point in points]),
        years=len({point.date[:4] for point in points}),
        yearly=yearly(points),
    )


def _of_all(said: set[str | None]) -> str | None:
    return said.pop() if len(said) == 1 else None


def _names(words: Sequence[str], member: SeriesClaim) -> bool:
    """Whether the sentence of a number has the stems of a name's words, in such a place that it is of the
    number: before all numbers of the sentence, or behind this one with no other between.

    Of what else a number is may have been guessed from the headline, and would be the series' title.
    """
    claim = member.stored.claim
    start = claim.start - claim.sentence_start
    end = claim.end - claim.sentence_start
    first = _NUMBER.search(claim.sentence)
    before = fold(claim.sentence[: min(start, first.start()) if first else start])
    following = _NUMBER.search(claim.sentence, end)
    behind = fold(claim.sentence[start : following.start() if following else None])
    return any(all(word in text for word in words) for text in (before, behind))


def _headline(subject: str | None, words: Sequence[str], headlines: Sequence[str]) -> str | None:
    """What headlines have in common: most of their words, else the name of whose words all of them have the stems."""
    named = all(word in fold(headline) for headline in headlines for word in words)
    return common_words(headlines) or (subject if named else None)


def common_words(headlines: Sequence[str]) -> str | None:
    """The longest stretch of words that headlines have in common, without what only begins or ends it; None where that
    is less than half of one of them.
    """
    common, *others = words_of = [headline.split() for headline in headlines]
    for words in others:
        match = SequenceMatcher(None, common, words, autojunk=False).find_longest_match()
        common = common[match.a : match.a + match.size]
    if len(common) < max(map(len, words_of)) / 2:
        return None
    nouns = ((place, word.strip(_MARKS)) for place, word in enumerate(common))
    telling = [place for place, noun in nouns if noun[:1].isupper() and noun not in _OF_A_NUMBER]
    told = " ".join(common[telling[0] : telling[-1] + 1]) if telling else ""
    told = _OPEN_BRACKET.sub("", told).strip(_MARKS)
    return told if len(told) >= _SHORTEST else None


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
        proof = point.figure.evidence[0]
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
            "percent": plain(step.percent) if step else None,
            "sentence": proof.sentence,
            "release_title": proof.release_title,
            "published": proof.published,
            "url": proof.url,
            "claim": proof.key,
        }
