"""Finds stated numbers in the text of one sentence.

Reading guide: `ATOM` matches one number with the unit or scale that stands at it; `_masked` tells which
places state no quantity (dates, telephone numbers, paragraphs …); `scan` joins atoms into ranges and lets
them inherit scale and unit ("von 160 auf 175 Millionen Euro"). What is counted is found later, on tokens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extractors.german.words.months import FULL_NAMES, SHORT_FORMS
from extractors.rules.quantities.numerals import FIGURE, WORD, parse_figure, parse_word
from extractors.rules.quantities.patterns import COMPARATORS, EXCLUSIONS, NUMERALS, UNITS
from models.calendar import YEARS
from models.quantity import Comparator, Kind

_MOST_DIGITS = 18
"""Longer figures are account numbers and the like; scaled up they would not fit a Decimal's 28 digits."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a sentence; offsets count in the sentence's text, comparator excluded.

    `bare` says that figures stand alone: no unit, no scale, no separators ("2020"), so that it may be a year.
    """

    kind: Kind
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    scale: Decimal | None
    start: int
    end: int
    digits_end: int
    comparator: Comparator = "="
    cue: tuple[int, int] | None = None
    bare: bool = False
    whole_noun: bool = False
    """True for "jede vierte", "ein Drittel": the share says of what by the words after it."""

    @property
    def like_year(self) -> bool:
        """Whether it looks like a year, four bare figures from 1900 to 2099."""
        return self.bare and self.value in YEARS and self.value_to is None and self.end - self.start == 4

    @property
    def compared(self) -> bool:
        """Whether words say that it is exceeded or about reached; "bis zu" may as well stand before a year."""
        return self.cue is not None and self.comparator != "<="


def _alternatives(patterns: list[str]) -> str:
    """The patterns as one alternation, longest first, with their blanks kept in verbose expressions."""
    return "|".join(sorted(patterns, key=len, reverse=True)).replace(" ", r"\ ")


@cache
def _units() -> dict[str, tuple[Kind, str]]:
    table: dict[str, tuple[Kind, str]] = {
        pattern: (kind, symbol)
        for kind, units in UNITS.by_kind.items()
        for symbol, patterns in units.items()
        for pattern in patterns
    }
    return table | dict.fromkeys(UNITS.cent, ("money", "cent"))


@cache
def _unit_of(literal: str) -> tuple[Kind, str]:
    for pattern, unit in _units().items():
        if re.fullmatch(pattern, literal):
            return unit
    raise ValueError(f"no unit: {literal!r}")


@cache
def _scale_of(literal: str) -> Decimal:
    for factor, patterns in UNITS.scales.items():
        if any(re.fullmatch(pattern, literal) for pattern in patterns):
            return factor
    raise ValueError(f"no scale: {literal!r}")


@cache
def _atom() -> re.Pattern[str]:
    unit = _alternatives(list(_units()))
    scale = _alternatives([p for patterns in UNITS.scales.values() for p in patterns])
    before = _alternatives([p for patterns in UNITS.money.values() for p in patterns])
    adjectives = "|".join(UNITS.duration_adjectives.values())
    counts = "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn"
    return re.compile(
        rf"""
        (?<!\w)(?:
          (?P<part>(?i:{counts}))\s?(?P<denominator>(?i:{"|".join(NUMERALS.fractions)}))[ns]?(?!\w)
        | (?:(?:[Dd]i|[Zz]u|[Dd]e)[er]\s|[Ee]iner\s|[Rr]und\s|[Ee]twa\s|[Kk]napp\s|[Gg]ut\s)(?P<half>Hälfte)(?!\w)
        | [Jj]ede[rsnm]?\s(?P<each>{"|".join(NUMERALS.ordinals)})e[rnsm]?(?!\w)
        | (?:(?P<adjective_figure>\d+)-?|(?P<adjective_word>(?i:ein|{WORD})))
          (?P<adjective>{adjectives})(?:e[nrsm]?)?(?!\w)
        | (?:(?P<dozens>(?i:{counts})|\d+)
          (?P<about_dozen>\s(?:knappes|gutes|rundes))?(?P<half_dozen>\shalbes)?)\sDutzend(?!\w)
        | (?:(?P<currency>{before})\s?)?(?P<sign>[-+±](?=\d)|−\s?|minus\s|plus\s)?
          (?:(?<![\w/§])(?<![A-Za-zÄÖÜäöüß][−-])(?<!\d[.,])(?P<figure>{FIGURE})(?:,(?:-{{1,2}}|–)-?)?(?!(?!(?:{unit})(?!\w))\w|[.,/:]\d|-[A-Za-zÄÖÜäöü]|\s?x\s)
           |(?<![\w-])(?P<word>(?i:{WORD}|zweier|dreier|eine[rn]?\shalben?)|[Ee]in(?:e[rnm]?)?(?=\s(?:Million|Milliarde|Billion|Euro|Prozent)\b))(?![\w-]))
          (?:\s?(?P<scale>{scale})(?!\w))?
          (?:[\s-]?(?P<unit>{unit})(?!\w|-[A-Za-zÄÖÜäöü]))?
        )""",
        re.VERBOSE,
    )


@cache
def _masks() -> re.Pattern[str]:
    month = "|".join((*FULL_NAMES, *SHORT_FORMS))
    joined = "|".join(f"(?:{pattern.replace('{month}', month)})" for pattern in EXCLUSIONS.masks.values())
    return re.compile(joined, re.VERBOSE)


@cache
def _comparators() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Comparator]]:
    before, after = COMPARATORS.before, COMPARATORS.after
    symbols: dict[str, Comparator] = {
        words: symbol for side in (before, after) for symbol, all_words in side.items() for words in all_words
    }
    filler = r"(?:\s(?:die|der|den|dem|das|insgesamt|jeweils|je|weiteren?|zusätzlich|noch|nur|bereits|schon))?"
    front_words, back_words = (
        "|".join(sorted((re.escape(w) for words in side.values() for w in words), key=len, reverse=True))
        for side in (before, after)
    )
    front = re.compile(rf"(?<![\w-])({front_words}){filler}\s$", re.IGNORECASE)
    back = re.compile(rf"\s(?:[A-ZÄÖÜ]\w+\s)?({back_words})(?!\w)")
    return front, back, symbols


def _masked(sentence: str) -> list[tuple[int, int]]:
    return [match.span() for match in _masks().finditer(sentence)]


_TRIGGER = re.compile(
    r"\d|\b(?:zw[eoöa]|drei|vier|fünf|sech|sieb|acht|neun|elf|zehn|ein(?:und|hundert|tausend|einhalb|e?[rnms]?\s(?:halb|Mi|Dutz|Bil|[DVFSNZA]\w*tel))"
    r"|anderthalb|hundert|tausend|jede[rsnm]?\s)|Hälfte|jährig|monatig|wöchig|tägig|stündig|minütig",
    re.IGNORECASE,
)
"""What every number holds: most sentences hold none of it and need no closer look."""


def _numbers(sentence: str) -> Iterator[Number]:
    if not _TRIGGER.search(sentence):
        return
    masks: list[tuple[int, int]] | None = None
    for match in _atom().finditer(sentence):
        if masks is None:
            masks = _masked(sentence)
        start = match.start()
        if any(a < match.end() and start < b for a, b in masks):
            continue
        if sum(character.isdigit() for character in match[0]) > _MOST_DIGITS:
            continue
        number = _read(match)
        if number is not None:
            yield number


def _read(match: re.Match[str]) -> Number | None:
    """The number that one match of the atom pattern states."""
    start, end = match.span()
    if match["part"]:
        share = Decimal(100) * _small(match["part"]) / NUMERALS.fractions[match["denominator"].lower()]
        return Number("share", _rounded(share), None, "%", None, start, end, end, whole_noun=True)
    if match["half"]:
        return Number("share", Decimal(50), None, "%", None, match.start("half"), end, end, whole_noun=True)
    if match["each"]:
        share = Decimal(100) / NUMERALS.ordinals[match["each"].lower()]
        return Number("share", _rounded(share), None, "%", None, start, end, end, whole_noun=True)
    if match["adjective"]:
        stem = match["adjective"]
        unit = next(u for u, ending in UNITS.duration_adjectives.items() if ending == stem)
        value = Decimal(match["adjective_figure"]) if match["adjective_figure"] else _small(match["adjective_word"])
        return Number("duration", value, None, unit, None, start, end, end)
    if match["dozens"]:
        dozens = _small(match["dozens"]) * (6 if match["half_dozen"] else 12)
        about = match.span("about_dozen") if match["about_dozen"] else None
        return Number("count", dozens, None, None, None, start, end, end, "~" if about else "=", about)
    return _read_plain(match)


def _read_plain(match: re.Match[str]) -> Number | None:
    word, literal = match["word"], match["figure"]
    scale = _scale_of(match["scale"]) if match["scale"] else None
    value = parse_figure(literal) if literal else _small(word)
    if word and word.lower().startswith("ein") and scale is None and match["unit"] is None:
        return None
    if match["sign"] and match["sign"].strip() in ("-", "−", "minus"):
        value = -value
    kind: Kind = "count"
    unit: str | None = None
    if match["unit"]:
        kind, unit = _unit_of(match["unit"])
    if match["currency"]:
        kind, unit = _unit_of(match["currency"])
    if unit == "cent":
        value, unit = value / 100, "EUR"
    bare = bool(literal) and literal.isdigit() and not (scale or unit)
    digits_end = match.end("figure") if literal else match.end("word")
    return Number(kind, value * (scale or 1), None, unit, scale, match.start(), match.end(), digits_end, bare=bare)


def _small(word: str) -> Decimal:
    word = word.lower()
    if word.isdigit():
        return Decimal(word)
    if word.startswith("ein") and "halb" in word and not word.isalpha():
        return Decimal("0.5")
    if word in ("ein", "eine", "einer", "einen", "einem"):
        return Decimal(1)
    value = parse_word(word.removesuffix("er") if word in ("zweier", "dreier") else word)
    if value is None:
        raise ValueError(f"no German number word: {word!r}")
    return value


def _rounded(share: Decimal) -> Decimal:
    return share.quantize(Decimal("0.1")).normalize() if share % 1 else Decimal(int(share))


_RANGE = re.compile(r"\s?(?:bis(?:\szu)?|–|-|—|−)\s?(?:rund\s|etwa\s|maximal\s|höchstens\s)?")
_LINK = re.compile(
    r"\s(?:auf|und|oder|bzw\.|beziehungsweise|sowie|statt|zu|gegenüber)(?:\s(?:bei|auf|mit|von|um|dann|nun|künftig|jetzt"
    r"|derzeit|inzwischen|rund|etwa|über|knapp|fast|mehr als|bis zu|ca\.|circa|mindestens))*\s|,\s"
)


def scan(sentence: str) -> list[Number]:
    """The numbers that a sentence states, in their order; years and label numbers still among them."""
    numbers: list[Number] = []
    for number in _numbers(sentence):
        if numbers:
            joined = _join(sentence, numbers[-1], number)
            if joined is not None:
                numbers[-1] = joined
                continue
        numbers.append(number)
    following: list[Number | None] = [*numbers[1:], None] if numbers else []
    inherited = [_inherit(sentence, a, b) for a, b in zip(numbers, following, strict=True)]
    return [_compared(sentence, number) for number in inherited]


def _join(sentence: str, first: Number, second: Number) -> Number | None:
    """A range, where the words between two numbers make them one."""
    if first.value_to is not None or (first.unit and first.unit != second.unit) or first.whole_noun:
        return None
    gap = sentence[first.end : second.start]
    before = sentence[: first.start].rstrip().lower()
    between = gap == " und " and before.endswith("zwischen")
    if not between and not _RANGE.fullmatch(gap):
        return None
    factor = second.scale if first.scale is None and second.scale and first.value < second.scale else None
    low = first.value * factor if factor else first.value
    if low > second.value:
        return None
    return replace(second, value=low, value_to=second.value, start=first.start, bare=first.bare and second.bare)


def _inherit(sentence: str, number: Number, following: Number | None) -> Number:
    """Scale and unit of the following number, where only a link stands between the two."""
    if (
        number.unit
        or (number.bare and number.value in YEARS)
        or following is None
        or following.unit is None
        or number.whole_noun
        or following.whole_noun
    ):
        return number
    if not _LINK.fullmatch(sentence[number.end : following.start]):
        return number
    factor = following.scale if number.scale is None and following.scale else Decimal(1)
    return replace(number, kind=following.kind, unit=following.unit, value=number.value * factor, bare=False)


def _compared(sentence: str, number: Number) -> Number:
    if number.cue is not None:
        return number
    front, back, symbols = _comparators()
    match = front.search(sentence, max(0, number.start - 40), number.start)
    if match:
        return replace(number, comparator=symbols[_key(match[1], symbols)], cue=match.span(1))
    match = back.match(sentence, number.end)
    if match:
        return replace(number, comparator=symbols[match[1]], cue=match.span(1))
    if number.value_to is None and re.search(r"(?<!\w)bis\s$", sentence[max(0, number.start - 5) : number.start]):
        return replace(number, comparator="<=", cue=(number.start - 4, number.start - 1))
    return number


def _key(words: str, symbols: dict[str, Comparator]) -> str:
    return words if words in symbols else words.lower()
