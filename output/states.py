"""How states are called beside numbers: by the word that the releases have for them, where that is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from models.language import Language
from output.words import status_words

if TYPE_CHECKING:
    from comparison.figures import Figure
    from comparison.programme import Comparison
    from comparison.recurring import Recurring
    from models.statuses import Status

_PARTICIPLE = re.compile(r"[a-zäöüß]*ge[a-zäöüß]+(?:t|en)|(?:be|ent|er|ver)[a-zäöüß]+(?:et|elt|igt)|[a-zäöüß]+iert")
_APPLIED_FOR = re.compile(r"(?:antrag|bewerbung|einreichung|einsendung)$", re.IGNORECASE)
_UNDER_WAY = frozenset({"in_progress", "planned"})
"""What is under way is told by a participle that does not say so by itself: "werden gebaut"."""
_SUBMITTED: dict[Language, str] = {"de": "eingereicht", "en": "submitted"}
_REST: dict[Language, str] = {"de": "übrige", "en": "remaining"}


def state_words(comparison: Comparison, status: Status, language: Language) -> str:
    """A status of a comparison: "belegt" where all its figures are told so, else in our own words: "in Betrieb"."""
    figures = [row.parts[status] for row in comparison.rows if status in row.parts]
    return _state_of(figures, status, comparison.nouns, language)


def state_of_series(series: Recurring, language: Language) -> str:
    """The status of a series, likewise; "" where it has none."""
    if series.status is None:
        return ""
    nouns = [series.counted] if series.counted else []
    return _state_of([point.figure for point in series.points], series.status, nouns, language)


def rest_words(comparison: Comparison, language: Language) -> str:
    """What is left of the wholes of a comparison: "frei"."""
    own = _one_word([row.rest for row in comparison.rows if row.rest]) if language == "de" else None
    return own or _REST[language]


def _state_of(figures: Sequence[Figure], status: Status, nouns: Sequence[str], language: Language) -> str:
    own = _one_word(figures) if language == "de" and status not in _UNDER_WAY else None
    if own is None and status == "proposed" and nouns and all(map(_APPLIED_FOR.search, nouns)):
        return _SUBMITTED[language]
    return own or status_words(status, language)


def _one_word(figures: Iterable[Figure]) -> str | None:
    """The word that all figures are told by; None where they are told by several, or by none that can stand alone."""
    words = {_word(figure) for figure in figures}
    return words.pop() if len(words) == 1 else None


def _word(figure: Figure) -> str | None:
    for first in figure.evidence[:1]:
        if first.predicate is not None:
            return first.predicate
        if first.status_word is not None and _PARTICIPLE.fullmatch(first.status_word):
            return first.status_word
    return None
