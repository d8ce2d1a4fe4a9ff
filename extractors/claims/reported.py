"""Which of the names in a release it reports on: those that claims are about, and of the others those that are likely.

    Die „Hafenwoche“ beginnt. Auch die Hafenwochen Nord beginnt. || the second is likely the first one again

What a name is by itself the naming of projects has weighed (`Standing`); here it is seen beside the others. Weights:
extractors/decisions/weights/reported.json, made by `make train`.
"""

import math
import re
from collections.abc import Iterable, Sequence

from extractors.claims.found import Found
from extractors.decisions import learned, log_odds
from extractors.rules.projects.naming import Standing
from models.claim import Claim, Project

_NAMED = 0.5
"""Probability, by itself, from which a name may be one that the release reports on, though no claim is about it."""
_REPORTED = 0.4
"""The same beside all other names."""
_SURE = 11.0
"""Log-odds at most."""
_SHORTEST_WORD = 4
_END = 2
"""Letters at the end of a word that inflection may change."""


def reported(found: Found, claims: Iterable[Claim]) -> tuple[Project, ...]:
    """The projects that a release reports on, in the order of their first mention."""
    subjects = {claim.subject for claim in claims}
    weights = learned("reported")
    ranked = zip(found.projects, found.standings, features(found), strict=True)
    return tuple(
        project
        for project, standing, row in ranked
        if project.name in subjects or (standing.name >= _NAMED and weights.probability(row) >= _REPORTED)
    )


def features(found: Found) -> list[dict[str, float]]:
    """What speaks for each project of a document beside the others; what does not hold is left out."""
    times = [0] * len(found.projects)
    for mention in found.mentions:
        times[mention.project] += 1
    return beside_others([project.name for project in found.projects], found.standings, times)


def beside_others(names: Sequence[str], standings: Sequence[Standing], times: Sequence[int]) -> list[dict[str, float]]:
    """The same of names, how likely each is one and how often it is mentioned."""
    words = [_words(name) for name in names]
    rows: list[dict[str, float]] = [{} for _ in names]
    for place, index in enumerate(ranked := by_likelihood(standings)):
        own = words[index]
        shared = max((_shared(own, words[better]) for better in ranked[:place]), default=0)
        row = {
            "named": log_odds(standings[index].name, _SURE),
            "topic": log_odds(standings[index].topic, _SURE),
            "first": float(not place),
            "others before": math.log1p(place),
            "times": math.log1p(times[index]),
            "words of another": shared / len(own) if own else 0.0,
        }
        rows[index] = {name: value for name, value in row.items() if value}
    return rows


def by_likelihood(standings: Sequence[Standing]) -> list[int]:
    """The indices of projects, the one that is a name most likely first."""
    return sorted(range(len(standings)), key=lambda index: -standings[index].name)


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"\w+", name) if len(word) >= _SHORTEST_WORD]


def _shared(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words stand among others in any inflection."""
    return sum(any(_is_inflected(word, other) for other in others) for word in words)


def _is_inflected(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(long) - len(short) <= _END and long.startswith(short[: max(_SHORTEST_WORD, len(short) - 1)])
