"""What is counted, as the release writes it: "24 Züge" where the dictionary has "Zug"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from comparison.figures import Evidence
    from comparison.programme import Comparison
    from comparison.series import Point
from models.keys import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-*:/·][^\W\d_]+)*")
_ENDINGS = ("", "e", "n", "en", "er", "ern", "s", "es", "se", "sen", "nen", "r", "em")
"""What inflects a noun, its vowel aside."""
_FOREIGN = ("um", "us", "on", "a", "ma", "is")
"""What such a noun loses in the plural: "Museum", "Museen"."""
_PLURALS = ("en", "a", "i")
_ELLIPSIS = re.compile(r"(\w+)-\s+(?:und|oder|sowie|bzw\.)\s+([\w-]+)")
_OWN_N = re.compile(
    r"(?:ent|ant|ist|or|at|and|et|it|ot|om|og|urg|graf|aph"
    r"|mensch|bett|ohr|herz|hemd|staat|insekt|held|herr|bär|nerv|dorn|schmerz|strahl)$",
    re.IGNORECASE,
)
"""Nouns whose plural may end in "en" although it has an old dative in "e", which dictionaries know: "Staate"."""
_POINTS = 6
"""Of a series, whose sentences are looked at for the form of its noun."""
_NO_NOUNS = frozenset({"€", "Euro", "Tausend", "Prozent", "Watt", "Peak", "Megawatt", "Kilowatt", "Kilometer", "Meter"})
"""Units beside a number that has one already."""
_VOWELS, _UMLAUTS = str.maketrans("äöüÄÖÜ", "aouAOU"), str.maketrans("aouAOU", "äöüÄÖÜ")


class Counting(Protocol):
    """What counts something: a claim, or what is left of one in a message."""

    @property
    def kind(self) -> str:
        """Of claim."""

    @property
    def value(self) -> Decimal | None:
        """The number."""

    @property
    def of(self) -> Decimal | None:
        """That of its whole."""

    @property
    def counted(self) -> str | None:
        """The noun's dictionary form."""

    @property
    def quote(self) -> str:
        """The words that show it."""

    @property
    def sentence(self) -> str:
        """Those around them."""


def noun_as_written(counted: str | None, quote: str, sentence: str) -> str | None:
    """The form of a counted noun that stands in the quote, else nearest to it in its sentence; else the noun itself.

    Args:
        counted: the noun's dictionary form; None gives None.
        quote: the words that show the claim.
        sentence: those around them.
    """
    return _written(counted, quote, sentence) or counted


def _written(counted: str | None, quote: str, sentence: str) -> str | None:
    if not counted or " " in counted:
        return counted
    start = max(sentence.find(quote), 0)
    end = start + len(quote)
    fits = [
        word
        for word in _WORD.finditer(sentence)
        if _is_form(word[0], counted)
        # "Kinder" are several of a "Kind", but an "Arbeiter" is no "Arbeit": only beside the number it is sure.
        and (not word[0].endswith(("er", "ern")) or counted.endswith("er") or start <= word.start() < end)
    ]
    nearest = min(fits, key=lambda word: (max(start - word.end(), word.start() - end, 0), word.start()), default=None)
    return nearest[0] if nearest else _completed(counted, quote)


def _completed(noun: str, quote: str) -> str | None:
    """A noun whose end stands in another one: "Arbeits- und Recherchestipendien" are "Arbeitsstipendien"."""
    for shortened, whole in _ELLIPSIS.findall(quote):
        end = noun.removeprefix(shortened)
        begin = whole.lower().rfind(end[:3].lower()) if end != noun else -1
        if begin > 0 and _is_form(whole[begin:].capitalize(), end.capitalize()):
            hyphen = "-" if whole[begin - 1] == "-" else ""
            return f"{shortened}{hyphen}{whole[begin:]}"
    return None


def noun_of(claim: Counting, text: str = "") -> str | None:
    """What a claim counts, as its sentence writes it, else the text around that; the singular where it is one."""
    if claim.value == 1 and claim.of is None:
        return claim.counted
    written = _written(claim.counted, claim.quote, claim.sentence) or _written(claim.counted, claim.quote, text)
    if written is None and claim.counted is not None:
        written = (_of_several(claim.counted) if claim.kind == "count" else None) or claim.counted
    # "42 von 73 Vorschlägen", but "42 Vorschläge".
    return nominative(written, claim.counted) if claim.of is None else written


def counts_its_own(claim: Counting) -> bool:
    """Whether a part is told with a noun of its own, not with that of its whole: "35 Zeitungen, davon 13 Blogs"."""
    written = _written(claim.counted, claim.quote, claim.quote)
    return claim.of is not None and written is not None and written in claim.quote


def nominative(written: str | None, noun: str | None) -> str | None:
    """A form of a noun without the ending of another case, where it is surely that: "Schulplätze", "Mitglieder"."""
    if written is None or noun is None:
        return written
    if written.endswith("n") and not noun.endswith(("n", "statt")):
        return written[:-1] if _is_dative(written, noun) else written
    return noun if written == noun + "es" else written


@lru_cache(maxsize=4096)
def _of_several(noun: str) -> str | None:
    """The dative plural of a noun where the dictionary knows one alone: "Vorschlägen", neither "Orten" nor "Örtern"."""
    from db.claims.dictionary import lemma_of

    stems = dict.fromkeys((noun, _with_umlaut(noun)))
    forms = {stem + ending for stem in stems for ending in ("n", "en", "ern")} if noun[-1] != "n" else set()
    known = [form for form in forms if lemma_of(form) == noun]
    if known:
        return known[0] if len(known) == 1 else None
    place = _place_of_head(noun)
    head = _of_several(noun[place:].capitalize()) if place else None
    return noun[:place] + head.lower() if head else None


def _place_of_head(noun: str) -> int:
    """Where the last noun begins in a compound that no dictionary has: "Platz" in "Notübernachtungsplatz"; else 0."""
    from db.claims.dictionary import in_dictionary

    if in_dictionary(noun):
        return 0
    return next((at for at in range(3, len(noun) - 3) if in_dictionary(noun[at:].capitalize())), 0)


def _with_umlaut(noun: str) -> str:
    vowels = [place for place, letter in enumerate(noun) if letter in "aouAOU"]
    if not vowels:
        return noun
    place = vowels[-1] - (noun[vowels[-1] - 1 : vowels[-1] + 1].lower() == "au")
    return noun[:place] + noun[place].translate(_UMLAUTS) + noun[place + 1 :]


@lru_cache(maxsize=4096)
def _is_dative(written: str, noun: str) -> bool:
    """Whether a form is a plural with the dative's "n"; where the "n" may be the plural's own it is none."""
    # Its vowel or its "er" tells the plural by itself: "Plätze", "Kinder".
    if _umlauts(written) > _umlauts(noun) or (written.endswith("ern") and not noun.endswith("er")):
        return True
    if not written.endswith("en") or written[:-1] == noun or _OWN_N.search(noun):
        return False
    from db.claims.dictionary import lemma_of

    place = _place_of_head(noun)
    return (
        lemma_of(written[place:-1].capitalize()) == noun[place:].capitalize()
        if place
        else lemma_of(written[:-1]) == noun
    )


def counted_in(comparison: Comparison) -> list[str]:
    """What a comparison counts, in the form in which its sentences have it beside several: "Schulplätze"."""
    figures = [each for row in comparison.rows for each in (row.total, *row.parts.values()) if each is not None]
    evidence = [proof for figure in figures for proof in figure.evidence]
    return [noun_beside(noun, evidence) or noun for noun in comparison.nouns]


def noun_in_points(noun: str | None, points: Sequence[Point]) -> str | None:
    """What a series counts, by the noun of its newest point, in the form in which its last sentences have it."""
    newest = points[-1].figure.evidence[0].counted if points else None
    return noun_beside(newest or noun, [proof for point in points[-_POINTS:] for proof in point.figure.evidence])


def noun_beside(noun: str | None, evidence: Sequence[Evidence]) -> str | None:
    """A noun in the form that most sentences have beside several of it; None gives None, as does a unit."""
    if noun is None or noun in _NO_NOUNS:
        return None
    several = (each for each in evidence if each.value != 1)
    forms = Counter(_beside(noun, each) for each in several)
    # "von 42 Projekten": the dative only where nothing else stands.
    plain = {form: count for form, count in forms.items() if form[:-1] not in forms or not form.endswith("n")}
    written = max(plain, key=lambda form: (form != noun, plain[form]), default=noun)
    unwritten = not any(_written(noun, each.quote, each.sentence) for each in evidence)
    if unwritten and plain and not noun.endswith(("er", "el")) and all(each.unit is None for each in evidence):
        written = _of_several(noun) or noun
    return nominative(written, noun) or noun


def _beside(noun: str, proof: Evidence) -> str:
    """The form that a sentence has of a noun; its own where that is a genitive: "25 Prozent des Stroms"."""
    written = noun_as_written(noun, proof.quote, proof.sentence) or noun
    genitive = written.startswith(noun) and re.search(
        rf"\b(?:des|eines)\s+(?:\w+\s+)?{re.escape(written)}\b", proof.sentence
    )
    return noun if genitive else written


def _umlauts(word: str) -> int:
    return sum(word.lower().count(each) for each in "äöü")


def _is_form(word: str, noun: str) -> bool:
    if not word[0].isupper() or _plain(word[0]) != _plain(noun[0]):  # the cheapest says no to most words
        return False
    folded = _plain(word)
    return any(folded == stem + ending for stem, endings in _stems(_plain(noun)) for ending in endings)


def _stems(noun: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield noun, _ENDINGS
    # "Jugendlicher", "Beschäftigte": nouns that are inflected as adjectives are.
    for ending in ("er", "e"):
        if noun.endswith(ending):
            yield noun.removesuffix(ending), ("e", "en", "er", "em", "es")
    if noun.endswith("bau"):
        yield noun, ("ten",)
    for ending in _FOREIGN:
        if noun.endswith(ending):
            yield noun.removesuffix(ending), _PLURALS if ending != "ma" else ("men", "mata")


@lru_cache(maxsize=10_000)
def _plain(word: str) -> str:
    """Without the vowel change of plurals: "Züge" begins as "Zug" does."""
    return fold(word.translate(_VOWELS))
