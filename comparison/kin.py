"""Which statements may be of one thing, by their words alone: cheap, so that few are laid side by side closely."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from heapq import nlargest

from comparison.headlines import CALENDAR, OF_ONE_FORM, nouns
from comparison.likeness import Stated, stem
from models.keys import fold, name_key

_LOOKED_AT = 12
"""Statements that one is laid beside, those with most rare words in common."""
_FREQUENT = 0.2
"""Share of a group's numbers from which on a word tells nothing of them; in small groups all words do."""
_SMALL = 30
_LONG, _TELLING = 9, 3
"""Characters of a word that tells of what a sentence is, and how many such words two sentences share that tell it."""
_LEAST_HEADLINE = 0.2
_TEMPLATE = 0.5
"""Likeness of headlines from which on they are editions of one."""
_SHORTEST = 4
_SAID_ALIKE, _AT_ONE_TIME = 0.6, 20
"""Likeness of sentences, and days between two releases, in which both say one formula of two things."""


class Kin:
    """Which statements of a group share rare words, and how like they are; all are known by their place in it."""

    def __init__(self, statements: Sequence[Stated], releases: Sequence[str], published: Sequence[date | None]) -> None:
        self._statements = statements
        self._published = published
        self._by_day = sorted((day.toordinal(), place) for place, day in enumerate(published) if day is not None)
        self._formulas: dict[int, bool] = {}
        self._words = [frozenset(_words(one)) for one in statements]
        self._releases = releases
        self._title_nouns = [_nouns(one.title) for one in statements]
        self._titled: dict[str, set[str]] = defaultdict(set)
        for release, titled in zip(releases, self._title_nouns, strict=True):
            for noun in titled:
                self._titled[noun].add(release)
        self._told_in: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                self._told_in[word].append(place)
        self._frequent = max(_SMALL, _FREQUENT * len(statements))
        self._likest: dict[int, float] = {}
        self._nearest: dict[int, list[int]] = {}

    def parallel(self, a: int, b: int) -> bool:
        """Whether the headlines of two statements are alike but for nouns that each return: "… Starting Grants", "…
        Advanced Grants". Then they are editions of two things that are told of side by side.
        """
        one, other = self._statements[a], self._statements[b]
        if _shared(one.title_words, other.title_words) < _TEMPLATE:
            return False
        own = (self._title_nouns[a] - self._title_nouns[b], self._title_nouns[b] - self._title_nouns[a])
        return all(any(len(self._titled[noun]) > 1 for noun in nouns) for nouns in own)

    def named_alike(self, a: int, b: int) -> bool:
        """Whether headlines tell that two statements are of one thing, where their words are a formula that other
        releases use at the same time of other numbers: "Die Auswahl aus 109 Anträgen erfolgte durch eine Jury."
        """
        if not (self._is_formula(a) or self._is_formula(b)):
            return True
        one, other = self._statements[a], self._statements[b]
        own = (
            nouns(one.title) - other.title_words - other.words,
            nouns(other.title) - one.title_words - one.words,
        )
        return _shared(one.title_words, other.title_words) >= OF_ONE_FORM and not all(own)

    def _is_formula(self, place: int) -> bool:
        if place not in self._formulas:
            self._formulas[place] = any(self._says_it_of_another(place, other) for other in self._at_one_time(place))
        return self._formulas[place]

    def _at_one_time(self, place: int) -> Iterator[int]:
        """Statements of other releases of about the same day."""
        day = self._published[place]
        if day is not None:
            first = bisect_left(self._by_day, (day.toordinal() - _AT_ONE_TIME, 0))
            end = bisect_right(self._by_day, (day.toordinal() + _AT_ONE_TIME, len(self._statements)))
            yield from (other for _, other in self._by_day[first:end] if self._releases[other] != self._releases[place])

    def _says_it_of_another(self, place: int, other: int) -> bool:
        one, another = self._statements[place], self._statements[other]
        return one.claim.value != another.claim.value and _shared(one.words, another.words) >= _SAID_ALIKE

    def near(self, place: int) -> list[int]:
        """Statements of other releases, those with most rare words in common first."""
        if place not in self._nearest:
            shared: dict[int, float] = defaultdict(float)
            for word in self._words[place]:
                others = self._told_in[word]
                if len(others) <= self._frequent:
                    for other in others:
                        shared[other] += 1 / len(others)
            elsewhere = (each for each in shared if self._releases[each] != self._releases[place])
            self._nearest[place] = nlargest(_LOOKED_AT, elsewhere, key=lambda each: (shared[each], each))
        return self._nearest[place]

    def likest(self, place: int) -> float:
        """How like the likest statement of another release is."""
        if place not in self._likest:
            self._likest[place] = max((self.closely(place, other) for other in self.near(place)), default=0.0)
        return self._likest[place]

    def alike(self, a: int, b: int) -> float:
        """The share of the words that two statements and their headlines have in common."""
        return _shared(self._words[a], self._words[b])

    def closely(self, a: int, b: int) -> float:
        """The same of the sentences or of the headlines, whichever share less: each may tell of what the other is."""
        one, other = self._statements[a], self._statements[b]
        return min(_shared(one.words, other.words), _shared(one.title_words, other.title_words))


def _nouns(title: str) -> frozenset[str]:
    """Words of a headline that are written as names and nouns are, but those of the calendar; not the first, which
    is always written so.
    """
    words = (word.strip("„“”\"‚‘'()[]:;,.!?–-") for word in title.split()[1:])
    named = {stem(fold(word)) for word in words if word[:1].isupper() and len(word) >= _SHORTEST}
    return frozenset(named - CALENDAR)


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def says_nothing_of_itself(a: Stated, b: Stated) -> bool:
    """Whether two sentences are alike, but tell only under their headlines of what, and those are not alike.

    "Die Auswahl aus 8 Anträgen erfolgte durch eine Jury." is said of any prize.
    """
    shared = sum(len(word) >= _LONG for word in a.words & b.words)
    return shared < _TELLING and _shared(a.title_words, b.title_words) < _LEAST_HEADLINE


def _words(one: Stated) -> Iterator[str]:
    yield from one.words | one.title_words
    if one.claim.subject:
        yield f"subject {name_key(one.claim.subject)}"
