"""Claims in words, in German and English: numbers, states, dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from comparison.scales import two_scales
from models.claim import Modality
from models.language import Language
from models.quantity import Comparator
from models.statuses import TRAITS, Status
from output.quotation import paired

if TYPE_CHECKING:
    from models.source import State

STATUS_WORDS: Mapping[Status, Mapping[Language, str]] = {
    status: {"de": traits.german, "en": traits.english} for status, traits in TRAITS.items()
}
MODALITY_WORDS: Mapping[Modality, Mapping[Language, str]] = {
    "actual": {"de": "eingetreten", "en": "actual"},
    "planned": {"de": "angekündigt", "en": "announced"},
    "possible": {"de": "möglich", "en": "possible"},
    "denied": {"de": "verneint", "en": "denied"},
}
STATE_WORDS: Mapping[State, Mapping[Language, str]] = {
    "DE": {"de": "Bund", "en": "Federation"},
    "BW": {"de": "Baden-Württemberg", "en": "Baden-Württemberg"},
    "BY": {"de": "Bayern", "en": "Bavaria"},
    "BE": {"de": "Berlin", "en": "Berlin"},
    "BB": {"de": "Brandenburg", "en": "Brandenburg"},
    "HB": {"de": "Bremen", "en": "Bremen"},
    "HH": {"de": "Hamburg", "en": "Hamburg"},
    "HE": {"de": "Hessen", "en": "Hesse"},
    "MV": {"de": "Mecklenburg-Vorpommern", "en": "Mecklenburg-Western Pomerania"},
    "NI": {"de": "Niedersachsen", "en": "Lower Saxony"},
    "NW": {"de": "Nordrhein-Westfalen", "en": "North Rhine-Westphalia"},
    "RP": {"de": "Rheinland-Pfalz", "en": "Rhineland-Palatinate"},
    "SL": {"de": "Saarland", "en": "Saarland"},
    "SN": {"de": "Sachsen", "en": "Saxony"},
    "ST": {"de": "Sachsen-Anhalt", "en": "Saxony-Anhalt"},
    "SH": {"de": "Schleswig-Holstein", "en": "Schleswig-Holstein"},
    "TH": {"de": "Thüringen", "en": "Thuringia"},
    "AT": {"de": "Österreich", "en": "Austria"},
    "CH": {"de": "Schweiz", "en": "Switzerland"},
    "EU": {"de": "Europäische Union", "en": "European Union"},
}
_COMPARATORS: Mapping[Comparator, Mapping[Language, str]] = {
    "=": {"de": "", "en": ""},
    "~": {"de": "rund", "en": "about"},
    ">": {"de": "mehr als", "en": "more than"},
    ">=": {"de": "mindestens", "en": "at least"},
    "<": {"de": "weniger als", "en": "less than"},
    "<=": {"de": "höchstens", "en": "at most"},
}
_DIRECTIONS: Mapping[str, str] = {
    **dict.fromkeys(("knapp", "kurz vor"), "just under"),
    **dict.fromkeys(("fast", "nahezu", "beinahe", "annähernd"), "nearly"),
    **dict.fromkeys(("gut", "reichlich"), "a good"),
}
"""On which side of its number another lies, in English: "about" would not tell."""
TIME_WORDS: Mapping[str, Mapping[Language, tuple[str, str]]] = {
    "year": {"de": ("Jahr", "Jahre"), "en": ("year", "years")},
    "month": {"de": ("Monat", "Monate"), "en": ("month", "months")},
    "week": {"de": ("Woche", "Wochen"), "en": ("week", "weeks")},
    "day": {"de": ("Tag", "Tage"), "en": ("day", "days")},
    "hour": {"de": ("Stunde", "Stunden"), "en": ("hour", "hours")},
    "minute": {"de": ("Minute", "Minuten"), "en": ("minute", "minutes")},
}
UNIT_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "US\u2011$", "m2": "m²", "km2": "km²", "m3": "m³"}
LARGE_NUMBERS: tuple[tuple[Decimal, Mapping[Language, str]], ...] = (
    (Decimal(10**9), {"de": "Mrd.", "en": "bn"}),
    (Decimal(10**6), {"de": "Mio.", "en": "m"}),
)
_DECIMALS = {Decimal(10**9): 3, Decimal(10**6): 2}
"""So many of a large number are shown, where no digit is lost."""
_QUOTED = re.compile(r"[„“\"]([^„“”\"]*)[“”\"]")
_OPENED = re.compile(r"„|[“\"](?=\w)(?<!\w.)")
_CLOSED = re.compile(r"[“”\"]")
_MARKS: Mapping[Language, tuple[str, str, str, str]] = {"de": ("„", "“", "‚", "‘"), "en": ("“", "”", "‘", "’")}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def status_words(status: Status, language: Language) -> str:
    """A status in plain words: "in Umsetzung"."""
    return STATUS_WORDS[status][language]


@lru_cache(maxsize=10_000)
def number(value: Decimal, language: Language, *, grouped_from: int = 10_000) -> str:
    """All digits, grouped: "136.000.000", "−2,5"; four digits stay together."""
    from babel.numbers import format_decimal

    pattern = "0.##########" if abs(value) < grouped_from else "#,##0.##########"
    shown = format_decimal(abs(value), format=pattern, locale=language, decimal_quantization=False)
    return f"−{shown}" if value < 0 else shown


def short_number(value: Decimal, language: Language) -> str:
    """Millions and billions by name where few decimals remain, so that nothing is lost: "48,5 Mio.", "1,665 Mrd."."""
    for size, words in LARGE_NUMBERS:
        scaled = value / size
        if abs(scaled) >= 1 and scaled == round(scaled, _DECIMALS[size]):
            # No year could be meant, for whose sake four digits stay together elsewhere.
            return f"{number(scaled, language, grouped_from=1000)}\u00a0{words[language]}"
    return number(value, language)


def amount(
    value: Decimal,
    value_to: Decimal | None,
    comparator: Comparator | str | None,
    unit: str | None,
    language: Language,
) -> str:
    """A stated quantity: "mehr als 50", "120 bis 150 ha", "136 Mio. €".

    Args:
        value: the number; `value_to` the upper end of a range.
        value_to: see `value`.
        comparator: the sign, or the word that the text has for it.
        unit: as in the claim record; None for counts.
        language: of the words.
    """
    shown = short_number(value, language)
    if value_to is not None:
        shown += (" bis " if language == "de" else " to ") + short_number(value_to, language)
    parts = [hedge(comparator, language), shown, _unit(unit, value if value_to is None else value_to, language)]
    return "\u00a0".join(part for part in parts if part)


class WordedNumber(Protocol):
    """What has a number and the words that state it."""

    @property
    def value(self) -> Decimal | None:
        """The number."""

    @property
    def value_to(self) -> Decimal | None:
        """The upper end of a range."""

    @property
    def unit(self) -> str | None:
        """As in the claim record."""

    @property
    def quote(self) -> str:
        """The words."""


def own_amount(stated: WordedNumber, comparator: Comparator | str | None, language: Language) -> str:
    """A claim's number as `amount` says it; as its release writes it where that can be read in two scales."""
    assert stated.value is not None
    written = two_scales(stated.quote)
    if written is None:
        return amount(stated.value, stated.value_to, comparator, stated.unit, language)
    sign = "−" if stated.value < 0 else ""
    parts = [hedge(comparator, language), sign + written, _unit(stated.unit, stated.value, language)]
    return "\u00a0".join(filter(None, parts)).replace(" ", "\u00a0")


def hedge(comparator: Comparator | str | None, language: Language) -> str:
    """The word before a number that is not exact, "" where it is: "rund", "mehr als", the text's own "knapp"."""
    sign = next((words for known, words in _COMPARATORS.items() if known == comparator), None)
    return sign[language] if sign else comparator or ""


class Hedged(Protocol):
    """What has a number, perhaps with a word before it that makes it "about" or "more than"."""

    @property
    def comparator(self) -> Comparator | None:
        """What the word means."""

    @property
    def comparator_word(self) -> str | None:
        """The word, as its sentence has it."""


def own_hedge(stated: Hedged, language: Language) -> str:
    """The word before a number as its sentence has it: "knapp", in English "just under"; "" where it is exact."""
    word = stated.comparator_word
    own = word if language == "de" else None
    return own or directed_hedge(word or "", stated.comparator, language)


def directed_hedge(word: str, comparator: Comparator | None, language: Language) -> str:
    """A word that tells on which side of a number another lies; where it is none what the sign is called."""
    if comparator != "~" or word not in _DIRECTIONS:
        return hedge(comparator, language)
    return word if language == "de" else _DIRECTIONS[word]


def quoted(words: str, language: Language) -> str:
    """Words in quotation marks; those that stand within are single ones then: „Das Haus ‚Anna‘ öffnet.“."""
    opening, closing, begin, end = _MARKS[language]
    inner = _QUOTED.sub(rf"{begin}\1{end}", paired(words))
    # One within that goes on beyond these words is opened or closed alone.
    return opening + _CLOSED.sub(end, _OPENED.sub(begin, inner)) + closing


@lru_cache(maxsize=10_000)
def day(iso: str, language: Language) -> str:
    """A date or prefix of one: "2024", "März 2024", "Ende 2024", "21. Januar 2020"."""
    match = _DATE.fullmatch(iso)
    if match is None or match[2] is None:
        return iso
    from babel.dates import format_date

    if match[3] is None:
        return format_date(date(int(match[1]), int(match[2]), 1), "LLLL y", locale=language)
    if (match[2], match[3]) == ("12", "31"):
        return f"Ende {match[1]}" if language == "de" else f"the end of {match[1]}"
    pattern = "d. MMMM y" if language == "de" else "d MMMM y"
    return format_date(date.fromisoformat(iso), pattern, locale=language)


def column_day(iso: str, language: Language) -> str:
    """A date in a column of a table: in English as it is, so that dates stand below each other."""
    return iso if language == "en" else day(iso, language)


def unit_name(unit: str | None, language: Language) -> str:
    """A unit as it stands beside numbers: "€", "Jahre", "" for counts."""
    return _unit(unit, Decimal(2), language)


def _unit(unit: str | None, value: Decimal, language: Language) -> str:
    if unit is None:
        return ""
    times = TIME_WORDS.get(unit)
    if times is not None:
        return times[language][0 if abs(value) == 1 else 1]
    return UNIT_SYMBOLS.get(unit, unit)
