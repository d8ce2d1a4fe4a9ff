"""How alike two statements are: named features between 0 and 1, for the scorer that decides what no rule settles.

Numbers and dates are left out of the words that are compared, for these are what may differ.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from models.claim import Claim, RestrictionKind
from models.keys import fold, name_key
from models.quantity import days_of

NUMBER = "#"
"""Stands for the number of a statement among its words."""
OTHER = "0"
"""Stands for any other number."""

BEGIN = 6
"""Letters that forms of one word, and compounds with it, begin with alike."""

_TOKEN = re.compile(r"#|\d[\d.,:/]*|[^\W\d_]+(?:[-*:][^\W\d_]+)*|[€%]")
# Years and school years, days: they date a statement.
_DATES = re.compile(
    r"\b(?:(?:19|20)\d\d(?:\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d))?|\d{1,2}\.\d{1,2}\.(?:(?:19|20)?\d\d)?)(?![\d.,]*\d)"
)
_SHORT, _LONG = 4, 9
_WORDS_AROUND = 2
_ENDINGS = ("innen", "ern", "en", "er", "es", "em", "e", "n", "s")
_NEARLY = 0.6
_CLOCK, _EVENTS = re.compile(r"\b\d{1,2}[:.]\d\d(?: bis \d{1,2}[:.]\d\d)? Uhr"), 3
_TABLE, _FEW_NUMBERS = 0.45, 5
"""Share of numbers among the words of a sentence, if there are many, from which on it is a table read as one."""
_LONGEST_GAP = 2000
"""Days."""


@dataclass(frozen=True)
class Stated:
    """A number as a release states it: the claim, the headline over it, the day of publication ("" where unknown)."""

    claim: Claim
    title: str
    day: str
    nouns: str | None = None
    """The series that its noun counts in, where that is known to be another word."""

    @property
    def counted(self) -> str | None:
        """What is counted, by its series."""
        return self.nouns or self.claim.counted

    @cached_property
    def noun_key(self) -> str:
        """What is counted as it is compared."""
        return noun_key(self.counted)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """The words of the sentence, the number as `#`, other numbers as `0`, dates left out."""
        claim = self.claim
        marks = [(claim.start, claim.end, NUMBER)]
        marks += [(cue.start, cue.end, "") for cue in claim.cues if cue.role == "period"]
        sentence, shift = claim.sentence, claim.sentence_start
        for start, end, mark in sorted(marks, reverse=True):
            if shift <= start < end <= shift + len(sentence) and not (
                mark == "" and start < claim.end and claim.start < end
            ):
                kept = f" {_noun_of(sentence[start - shift : end - shift])} " if mark == NUMBER else " "
                sentence = sentence[: start - shift] + f" {mark} " + kept + sentence[end - shift :]
        return tuple(_words(_DATES.sub(" ", sentence)))

    @property
    def beside_number(self) -> str:
        """The sentence without the number and its words."""
        claim = self.claim
        start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
        return f"{claim.sentence[:start]} {claim.sentence[max(start, end) :]}"

    @cached_property
    def other_numbers(self) -> frozenset[str]:
        """The other numbers of the sentence, as they are written."""
        rest = _DATES.sub(" ", self.beside_number)
        return frozenset(word.strip(".,:/") for word in _TOKEN.findall(rest) if word[0].isdigit())

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the sentence that mean something."""
        return _meaning(self.frame)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Stems of the headline that mean something."""
        return _meaning(tuple(_words(_DATES.sub(" ", self.title))))

    @cached_property
    def in_table(self) -> bool:
        """Whether a table or a list of events was read as the sentence: a number may belong to any of its words."""
        if len(_CLOCK.findall(self.claim.sentence)) >= _EVENTS:
            return True
        words = self.claim.sentence.split()
        numbers = sum(word[0].isdigit() or word[1:2].isdigit() for word in words)
        return numbers > _FEW_NUMBERS and numbers > _TABLE * len(words)

    def restricted_to(self, kind: RestrictionKind) -> frozenset[str]:
        """What the number is restricted to, of one kind."""
        return frozenset(fold(each.value) for each in self.claim.scope if each.kind == kind)


@dataclass(frozen=True)
class StatedPair:
    """Two statements beside each other; what is costly to compute of them is computed once, when first asked for."""

    a: Stated
    b: Stated

    @cached_property
    def headlines_alike(self) -> float:
        """The share of the words that their headlines have in common."""
        return _dice(self.a.title_words, self.b.title_words)

    @cached_property
    def sentences_alike(self) -> float:
        """The share of the words that their sentences have in common."""
        return _dice(self.a.words, self.b.words)

    @cached_property
    def words_around(self) -> float:
        """The share of the words right before and behind the numbers that are the same."""
        return _around(self.a.frame, self.b.frame)

    @cached_property
    def aligned(self) -> Mapping[str, float]:
        """With one sentence laid on the other: "numbers aligned", or "numbers crossed" where one meets another."""
        return _aligned(self.a.frame, self.b.frame)

    @cached_property
    def features(self) -> Mapping[str, float]:
        """What speaks for or against that they are of the same thing in the same scope, each between 0 and 1."""
        a, b = self.a, self.b
        x, y = a.claim, b.claim
        sentences, headlines = self.sentences_alike, self.headlines_alike
        long = _long_shared(a.words | a.title_words, b.words | b.title_words)
        alike = _agreement("subject", *({name_key(c.subject)} if c.subject else set() for c in (x, y)))
        aligned = self.aligned
        same_value = _telling(x) if (x.value, x.value_to) == (y.value, y.value_to) else 0.0
        kin = max(2 * headlines, 2 * long, 1.4 * ("same subject" in alike), 2 * sentences)
        found = {
            "sentences alike": sentences,
            "sentences nearly equal": max(0.0, (sentences - _NEARLY) / (1 - _NEARLY)),
            "headlines alike": headlines,
            "long words shared": long,
            "sentence in the other release": (_held(a.words, b) + _held(b.words, a)) / 2,
            "words around alike": self.words_around,
            "same counted": float(a.counted is not None and a.noun_key == b.noun_key),
            "same value": same_value,
            "same value in kin releases": same_value * min(1.0, kin),
            "values near": 0.0 if x.value == y.value else _near(x, y),
            "same modality": float(x.modality == y.modality),
            "days apart": _days_apart(a.day, b.day),
            "numbers aligned in like sentences": aligned.get("numbers aligned", 0.0) * sentences,
            **alike,
            **aligned,
            **_agreement("other numbers", a.other_numbers, b.other_numbers),
            **_agreement("predicate", *({c.predicate} if c.predicate else set() for c in (x, y))),
            **_agreement("span", *({c.span} if c.span else set() for c in (x, y))),
            **_agreement("per", *({c.per} if c.per else set() for c in (x, y))),
            **_agreement("place", a.restricted_to("place"), b.restricted_to("place")),
            **_agreement("area", a.restricted_to("area"), b.restricted_to("area")),
            **_agreement("group", a.restricted_to("group"), b.restricted_to("group")),
            **_agreement("quality", a.restricted_to("quality"), b.restricted_to("quality")),
        }
        return {name: value for name, value in found.items() if value}


def _aligned(a: tuple[str, ...], b: tuple[str, ...]) -> dict[str, float]:
    """Lays one sentence on the other: do the numbers fall on each other, or on other numbers?"""
    if NUMBER not in a or NUMBER not in b:
        return {}
    plain_a, plain_b = ([OTHER if word == NUMBER else word for word in words] for words in (a, b))
    matcher = SequenceMatcher(None, plain_a, plain_b, autojunk=False)
    place_a, place_b = a.index(NUMBER), b.index(NUMBER)
    partner = next((m.b + place_a - m.a for m in matcher.get_matching_blocks() if m.a <= place_a < m.a + m.size), None)
    of_b = next((m.a + place_b - m.b for m in matcher.get_matching_blocks() if m.b <= place_b < m.b + m.size), None)
    alike = matcher.ratio()
    if partner == place_b:
        return {"numbers aligned": alike}
    return {"numbers crossed": alike} if partner is not None or of_b is not None else {}


def _agreement(name: str, a: frozenset[str] | set[str], b: frozenset[str] | set[str]) -> dict[str, float]:
    if a and b:
        return {f"same {name}": 1.0} if a & b else {f"other {name}": 1.0}
    return {f"{name} of one": 1.0} if a or b else {}


def _around(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the words right before and behind the numbers that are the same."""
    if NUMBER not in a or NUMBER not in b:
        return 0.0
    place_a, place_b = a.index(NUMBER), b.index(NUMBER)
    steps = [step for step in range(-_WORDS_AROUND, _WORDS_AROUND + 1) if step]
    same = [_at(a, place_a + step) == _at(b, place_b + step) != "" for step in steps]
    return sum(same) / len(steps)


def _at(words: tuple[str, ...], place: int) -> str:
    return stem(words[place]) if 0 <= place < len(words) else ""


def _held(words: frozenset[str], other: Stated) -> float:
    return len(words & (other.words | other.title_words)) / len(words) if words else 0.0


def _long_shared(a: frozenset[str], b: frozenset[str]) -> float:
    long_a, long_b = ({word for word in words if len(word) >= _LONG} for words in (a, b))
    return min(len(long_a & long_b), 5) / 5


def _telling(claim: Claim) -> float:
    """How much it tells that a number is the same: "2" is often stated, "12.870" is not."""
    digits = str(claim.value).strip("0.").replace(".", "")
    return min(1.0, 0.4 + 0.2 * len(digits)) if claim.value is not None else 0.0


def _near(x: Claim, y: Claim) -> float:
    if not x.value or not y.value or x.value * y.value < 0:
        return 0.0
    return math.exp(-abs(math.log(float(x.value) / float(y.value))))


def _days_apart(a: str, b: str) -> float:
    if not a or not b:
        return 0.5
    return min(1.0, math.log1p(abs((_day(a) - _day(b)).days)) / math.log1p(_LONGEST_GAP))


def _day(text: str) -> date:
    return days_of(text)[1]


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    weight_a, weight_b, shared = (sum(map(_weight, words)) for words in (a, b, a & b))
    return 2 * shared / (weight_a + weight_b) if weight_a + weight_b else 0.0


def _weight(word: str) -> float:
    """Long German words are rare ones."""
    return float(min(len(word), 16) - 2)


def _noun_of(quote: str) -> str:
    """The words of a quote that are no number: "42 Projekte" says "Projekte"."""
    return " ".join(word for word in quote.split() if word[:1].isupper())


def _words(text: str) -> Iterator[str]:
    for word in _TOKEN.findall(text):
        yield OTHER if word[0].isdigit() else word if word == NUMBER else fold(word)


def _meaning(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word) for word in words if len(word) >= _SHORT)


def noun_key(counted: str | None) -> str:
    """A noun as it is compared: without ending, hyphen and the signs of gender; "" for none."""
    return stem(fold(counted or "").replace("-", "").partition("*")[0].partition(":")[0])


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its ending, so that inflected forms are one."""
    end = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _SHORT), "")
    return word.removesuffix(end)
