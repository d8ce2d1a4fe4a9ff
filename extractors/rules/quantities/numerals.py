"""German numerals, in figures and in words, as exact decimals.

The grammar is written out (rather than left to a library) because the libraries at hand read "1.250"
as 1.25 and do not know "anderthalb", "zweieinhalb" or "ein Dutzend".
"""

import re
from decimal import Decimal

from extractors.rules.quantities.patterns import NUMERALS

_ONES, _TEENS, _TENS = NUMERALS.ones, NUMERALS.teens, NUMERALS.tens

_unit = "|".join(word for word, value in _ONES.items() if value > 1)
_below_100 = f"(?:(?:ein|{_unit})und)?(?:{'|'.join(_TENS)})|{'|'.join(_TEENS)}|{_unit}"
_below_1000 = f"(?:ein|{_unit}|{'|'.join(list(_TEENS)[1:])})?hundert(?:und)?(?:{_below_100}|eins?)?|{_below_100}"
_cardinal = f"(?:(?:{_below_1000}|ein)?tausend(?:und)?(?:{_below_1000}|eins?)?|{_below_1000})"
_half = f"(?:anderthalb|(?:ein|{_unit})einhalb)(?:tausend)?"

_beginnings = {word[:3] for word in (*_ONES, *_TEENS, *_TENS, "hundert", "tausend", "anderthalb")}

WORD_BEGINNING = "|".join(sorted(_beginnings))
"""Pattern of the letters with which a cardinal begins: by them most words are known to be none."""

WORD = rf"(?:(?={WORD_BEGINNING})(?:{_half}|{_cardinal}))"
"""Pattern of a cardinal written as one word, from two upwards; matched without regard to case."""

FIGURE = (
    r"(?:\d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d\d(?!\d))?|"
    r"(?:\d{1,3}(?:[.\u00a0\u202f\u2009 ’']\d{3})+(?!\d)|\d+)(?:,\d+)?)"
)
"""Pattern of a number in figures, with German separators, or with Swiss ones ("1'250.50")."""

_WORD_PARTS = re.compile(
    rf"(?:(?P<half>anderthalb|(?P<whole>ein|{_unit})einhalb)(?P<of_thousand>tausend)?"
    rf"|(?:(?P<thousands>{_below_1000}|ein)?(?P<thousand>tausend)(?:und)?)?(?P<rest>{_below_1000}|eins?)?)",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(
    rf"(?:(?P<n>ein|{_unit}|{'|'.join(list(_TEENS)[1:])})?(?P<h>hundert)(?:und)?)?(?P<rest>{_below_100}|eins?)?",
    re.IGNORECASE,
)
_BELOW_100 = re.compile(
    rf"(?:(?:(?P<u>ein|{_unit})und)?(?P<tens>{'|'.join(_TENS)})|(?P<plain>{'|'.join(_TEENS)}|{_unit}|eins?))$",
    re.IGNORECASE,
)
_SEPARATORS = str.maketrans("", "", ".\u00a0\u202f\u2009 ’'")


def parse_figure(literal: str) -> Decimal:
    """The value of figures such as "1.250,50", "11 000" or "1'250.50" (of the pattern FIGURE) or ",50"."""
    swiss = "." if "'" in literal or "’" in literal else ","
    whole, _, fraction = literal.partition(swiss if swiss in literal else ",")
    digits = whole.translate(_SEPARATORS)
    return Decimal(f"{digits or 0}.{fraction}" if fraction.strip("0") else digits)


def parse_word(word: str) -> Decimal | None:
    """The value of a cardinal written as one word ("zweiundzwanzig", "anderthalb"), or None."""
    word = word.lower()
    match = _WORD_PARTS.fullmatch(word)
    if not word or match is None:
        return None
    if match["half"]:
        value = Decimal("1.5") if match["half"] == "anderthalb" else _ONES[match["whole"]] + Decimal("0.5")
        return value * 1000 if match["of_thousand"] else value
    thousands = _below_thousand(match["thousands"]) if match["thousands"] else 1
    return Decimal((thousands * 1000 if match["thousand"] else 0) + _below_thousand(match["rest"] or ""))


def _below_thousand(word: str) -> int:
    match = _HUNDREDS.fullmatch(word)
    if match is None:  # cannot be: the caller's pattern is made of the same parts
        raise ValueError(f"no German number word: {word!r}")
    hundreds = ((_ONES | _TEENS)[match["n"]] if match["n"] else 1) * 100 if match["h"] else 0
    return hundreds + _below_hundred(match["rest"] or "")


def _below_hundred(word: str) -> int:
    if not word:
        return 0
    match = _BELOW_100.match(word)
    if match is None:
        raise ValueError(f"no German number word: {word!r}")
    if match["tens"]:
        return _TENS[match["tens"]] + (_ONES[match["u"]] if match["u"] else 0)
    plain = match["plain"]
    return _TEENS.get(plain) or _ONES[plain]
