"""One stated number: figures or words with the unit or scale that stands at them, read as an exact value.

    "2,5 Mio. Euro" -> Number(kind="money", value=2500000, unit="EUR", scale=1000000)

`ATOM`, made by `atom()`, matches one number; `numbers` reads all of a sentence that no mask covers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from extractors.rules.quantities.masks import Masked
from extractors.rules.quantities.numerals import FIGURE, WORD, WORD_BEGINNING, parse_figure, parse_word
from extractors.rules.quantities.patterns import NUMERALS, UNITS
from models.calendar import YEARS
from models.quantity import Comparator, Kind

MOST_DIGITS = 18
"""Longer figures are account numbers and the like; scaled up they would not fit a Decimal's 28 digits."""
_MILLION = Decimal(1_000_000)
_VULGAR = {
    **dict.fromkeys(("¼", "1/4"), Decimal("0.25")),
    **dict.fromkeys(("½", "1/2"), Decimal("0.5")),
    **dict.fromkeys(("¾", "3/4"), Decimal("0.75")),
}


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
    figures: bool = False
    """Whether it is written in figures."""

    @property
    def like_year(self) -> bool:
        """Whether it looks like a year, four bare figures from 1900 to 2099."""
        four = self.bare and self.value_to is None and self.end - self.start == 4
        return four and self.is_of_years

    @property
    def is_of_years(self) -> bool:
        """Whether its value is that of a year."""
        # A Decimal is compared with every year of a range, a whole number with its ends.
        return self.value % 1 == 0 and int(self.value) in YEARS

    @property
    def compared(self) -> bool:
        """Whether words say that it is exceeded or about reached; "bis zu" may as well stand before a year."""
        return self.cue is not None and self.comparator != "<="

    @property
    def is_adjective(self) -> bool:
        """Whether a duration is part of an adjective: "zweijährig"."""
        return self.kind == "duration" and self.digits_end == self.end


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: Kind
    symbol: str
    factor: Decimal = Decimal(1)


def _alternatives(patterns: list[str]) -> str:
    """The patterns as one alternation, longest first, with their blanks kept in verbose expressions."""
    return "|".join(sorted(patterns, key=len, reverse=True)).replace(" ", r"\ ")


@cache
def _units() -> dict[str, _Unit]:
    table = {
        pattern: _Unit(kind, symbol)
        for kind, units in UNITS.by_kind.items()
        for symbol, patterns in units.items()
        for pattern in patterns
    }
    kinds = {symbol: kind for kind, units in UNITS.by_kind.items() for symbol in units}
    multiples = {
        pattern: _Unit(kinds[multiple.unit], multiple.unit, multiple.factor)
        for multiple in UNITS.multiples
        for pattern in multiple.patterns
    }
    return table | multiples


@cache
def _any_unit() -> re.Pattern[str]:
    return re.compile("|".join(_units()))


@lru_cache(maxsize=20_000)
def unit_of(literal: str) -> _Unit | None:
    """The unit that a literal writes ("Kilometern": km), None where it writes none."""
    if _any_unit().fullmatch(literal) is None:
        return None
    return next((unit for pattern, unit in _units().items() if re.fullmatch(pattern, literal)), None)


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
    money = [p for patterns in UNITS.money.values() for p in patterns]
    before = _alternatives([*money, *(p for m in UNITS.multiples if m.unit in UNITS.money for p in m.patterns)])
    adjectives = "|".join(UNITS.duration_adjectives.values())
    counts = "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn"
    # Most words begin like none of these, and need no closer look.
    quarters = r"(?:[Ee]iner?\s)?(?:[Dd]rei)?[Vv]iertel"
    begin = rf"[-+±−\d]|,\d\d\s?[€E]|{quarters}|(?i:{WORD_BEGINNING}|jede|minus|plus)|{before}|\w{{2,5}}\sHälfte"
    return re.compile(
        rf"""
        (?<!\w)(?={begin})(?:
          (?P<part>(?i:{counts}))\s?(?P<denominator>(?i:{"|".join(NUMERALS.fractions)}))[ns]?(?!\w)
        | (?:(?:[Dd]i|[Zz]u|[Dd]e)[er]\s|[Ee]iner\s|[Rr]und\s|[Ee]twa\s|[Kk]napp\s|[Gg]ut\s)(?P<half>Hälfte)(?!\w)
        | [Jj]ede[rsnm]?\s(?P<each>(?i:{"|".join(NUMERALS.ordinals)}))e[rnsm]?(?!\w)
        | (?:(?P<adjective_figure>\d+)[-\s]?|(?P<adjective_word>(?i:ein|{WORD})))
          (?P<adjective>{adjectives})(?:e[nrsm]?)?(?!\w)
        | (?:(?P<dozens>(?i:{counts})|\d+)
          (?P<about_dozen>\s(?:knappes|gutes|rundes))?(?P<half_dozen>\shalbes?)?)\sDutzend(?!\w)
        | (?:[Ee]iner?\s)?(?P<quarters>[Dd]reiviertel|[Vv]iertel)-?\s?(?P<quarters_of>[Mm]illion|[Mm]illiarde)
          (?:\s(?P<quarters_unit>{unit}))?(?!\w)
        | (?<!\d\s)(?P<upper>[1-9])/(?P<lower>[2-9]|10|20)(?=\s(?:der|dieser|aller|von)\s)
        | (?:(?P<currency>{before})\s?)?(?P<sign>[-+±](?=\d)|−\s?|minus\s|plus\s)?
          (?:(?:(?<![\w/§])|(?<=EUR))(?<![A-Za-zÄÖÜäöüß][−-])(?<!\d[.,])
             (?P<figure>\d+(?:\.|,\s)\d{{1,2}}(?=\s?(?:{scale})(?!\w))|{FIGURE}|,\d\d(?=\s?(?:€|Euro|EUR)))
             (?P<vulgar>[¼½¾]|\s(?:1/2|[13]/4)(?![\d/]))?(?:,(?:-{{1,2}}|–)-?)?
             (?!(?!(?:{unit}|{scale})(?!\w))\w|[.,/:]\d|-[A-Za-zÄÖÜäöü]|\s?x\s)
           |(?<![\w-])(?P<word>(?i:{WORD}|zweier|dreier|eine[rn]?\shalben?)
             |[Ee]in(?:e[rnm]?)?(?=\s(?:Million|Milliarde|Billion|Euro|Prozent|Jahr|Monat|Jahrzehnt)(?:en?|e?s)?\b)
            )(?!\w|-(?!\sbis\s(?:\d|(?i:{WORD})(?!\w)))))
          (?:\s?(?P<scale>{scale})(?!\w)(?:\s(?:und\s)?(?P<rest>(?i:{WORD}))(?!\w))?)?
          (?:[\s-]?(?P<unit>{unit})(?!\w|-[A-Za-zÄÖÜäöü]))?
        )""",
        re.VERBOSE,
    )


def numbers(sentence: str, masks: Sequence[Masked]) -> Iterator[Number]:
    """The numbers of a sentence in their order, those that a mask covers left out."""
    for match in _atom().finditer(sentence):
        if any(mask.start < match.end() and match.start() < mask.end for mask in masks):
            continue
        if len(match[0]) > MOST_DIGITS and sum(character.isdigit() for character in match[0]) > MOST_DIGITS:
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
    if match["quarters"]:
        return _quarters(match)
    if match["upper"]:
        share = Decimal(100) * int(match["upper"]) / int(match["lower"])
        return Number("share", _rounded(share), None, "%", None, start, end, end, whole_noun=True, figures=True)
    return _read_plain(match)


def _quarters(match: re.Match[str]) -> Number:
    """ "eine Viertelmillion Euro", "eine Dreiviertelmillion Menschen"."""
    unit, scale = unit_of(match["quarters_unit"] or ""), _scale_of(match["quarters_of"].capitalize())
    value = Decimal("0.75" if match["quarters"].lower() == "dreiviertel" else "0.25") * scale
    start, end = match.span()
    if unit is None:
        return Number("count", value, None, None, scale, start, end, end)
    return Number(unit.kind, value * unit.factor, None, unit.symbol, scale, start, end, match.end("quarters_of"))


def _read_plain(match: re.Match[str]) -> Number | None:
    word, literal = match["word"], match["figure"]
    scale = _scale_of(match["scale"]) if match["scale"] else None
    value = _figure(literal, scale) if literal else _small(word)
    if match["vulgar"]:
        value += _VULGAR[match["vulgar"].strip()]
    if word and word.lower().startswith("ein") and scale is None and match["unit"] is None:
        return None
    if match["sign"] and match["sign"].strip() in ("-", "−", "minus"):
        value = -value
    value = value * (scale or 1) + (_small(match["rest"]) if match["rest"] else 0)
    unit = unit_of(match["currency"] or match["unit"] or "")
    bare = bool(literal) and literal.isdigit() and not (scale or unit or match["vulgar"])
    return Number(
        unit.kind if unit else "count",
        value * (unit.factor if unit else 1),
        None,
        unit.symbol if unit else None,
        scale,
        match.start(),
        match.end(),
        match.end("figure") if literal else match.end("word"),
        bare=bare,
        figures=bool(literal),
    )


def _figure(literal: str, scale: Decimal | None) -> Decimal:
    """Figures with their scale: "2.256 Millionen" means 2,256; "1.200" and "35.664 Millionen" are thousands of them."""
    whole, dot, rest = literal.partition(".")
    if dot and scale is not None and rest.isdigit():
        english = len(whole) == 1 and scale >= _MILLION and rest[-1] != "0"
        if len(rest) < 3 or english:
            return Decimal(f"{whole}.{rest}")
    return parse_figure(literal.replace(", ", ","))  # "16, 8 Millionen", with a blank that slipped in


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
