"""The forms in which German writes dates: for each a pattern with named groups and the function that resolves it.

"Ende", "seit" and the like before a form are read in `scan`.
"""

import re
from collections.abc import Callable
from functools import cache

from extractors.german.words.months import MONTHS
from extractors.rules.periods import resolve
from extractors.rules.periods.calendar import Reading, Reference
from extractors.rules.periods.patterns import MONTH, SHIFT, WEEKDAY, WORDS, YEAR

_TO = r"\s?(?:bis(?:\s(?:zum\sJahr|zum|zur|einschließlich|in\sden|ins\sJahr))?|–|-|und)\s?(?:dem\s|den\s)?"
_DAY = r"\d{1,2}"
_SHORT = r"\d\d(?!\d)"
_NOT_A_YEAR = r"[\w%€/]|[.,:]\d|\s?(?:Euro|EUR|€|Mio|Mrd|Millionen|Milliarden|Prozent|%|Uhr)"


def _tail(name: str) -> str:
    """The year behind a month, a quarter or a season: its number, or told from the publication."""
    return (
        rf"(?:\s(?:des\sJahres\s)?(?P<{name}_year>{YEAR})(?!\d)(?:/\d\d)?"
        rf"|\s(?:im\s|des\s)?(?P<{name}_shift>{SHIFT})\sJahre?s?(?!\w))?"
    )


_FORMS: dict[str, tuple[str, Callable[[re.Match[str], Reference], Reading | None]]] = {
    "iso_date": (rf"(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)", resolve.iso),
    "day_span": (
        rf"(?P<ds_day1>{_DAY})\.(?:\s?(?P<ds_month1>{MONTH})(?:\s(?P<ds_year1>{YEAR}))?)?{_TO}"
        rf"(?:{WEEKDAY},?\s(?:dem\s|den\s)?)?(?P<ds_day>{_DAY})\.\s?(?P<ds_month>{MONTH}){_tail('ds')}",
        resolve.day_span,
    ),
    "numeric_span": (
        rf"(?P<ns_day1>{_DAY})\.(?P<ns_month1>{_DAY})\.(?P<ns_year1>{YEAR}|{_SHORT})?{_TO}"
        rf"(?P<ns_day>{_DAY})\.(?P<ns_month>{_DAY})\.(?P<ns_year>{YEAR}|{_SHORT})",
        resolve.numeric_span,
    ),
    "day": (rf"(?P<day_number>{_DAY})\.\s?(?P<day_month>{MONTH}){_tail('day')}", resolve.day),
    "numeric": (
        rf"(?P<n_day>{_DAY})\.\s?(?P<n_month>{_DAY})\.(?:\s?(?P<n_year>{YEAR}|{_SHORT}))?(?!\d)",
        resolve.numeric,
    ),
    "month_span": (
        rf"(?P<ms_month1>{MONTH})(?:\s(?P<ms_year1>{YEAR}))?{_TO}(?P<ms_edge>Ende\s)?(?P<ms_month>{MONTH}){_tail('ms')}",
        resolve.month_span,
    ),
    "month": (rf"(?P<m_month>{MONTH}){_tail('m')}", resolve.month),
    "quarter": (
        rf"(?:Q(?P<q_figure>[1-4])[\s/](?P<q_figure_year>{YEAR})"
        r"|(?P<q_ordinal>(?:erst|zweit|dritt|viert)e[ns]?|[1-4]\.|IV\.|I{1,3}\.)"
        rf"\s(?P<q_noun>Quartals?|Halbjahr(?:es)?)(?!\w){_tail('q')})",
        resolve.quarter,
    ),
    "named_year": (
        rf"(?P<ny_name>(?:{'|'.join(WORDS.named_years)})(?:e?s)?)\s(?P<ny_year>{YEAR})(?:\s?[/–-]\s?(?:{YEAR}|\d\d)(?!\d))?",
        resolve.named_year,
    ),
    "school_year": (
        rf"(?P<sy_shift>{SHIFT})\s(?:Schul|Kita|Kindergarten|Ausbildungs)jahr(?:e?s)?(?!\w)",
        resolve.school_year,
    ),
    "season": (rf"(?P<s_season>(?:{'|'.join(WORDS.seasons)})s?)(?!\w){_tail('s')}", resolve.season),
    "year_span": (
        rf"(?P<ys_first>{YEAR}){_TO}(?P<ys_edge>Ende\s(?:des\sJahres\s)?)?(?P<ys_last>{YEAR})(?![.,/]?\d)",
        resolve.year_span,
    ),
    "year": (rf"(?P<y>{YEAR})(?:/(?:{YEAR}|\d\d)(?!\d)|(?!{_NOT_A_YEAR}))", resolve.year),
    "year_end": (
        rf"(?:Jahresende|(?<=Ende\sdes\s)Jahres(?!\s\d))(?:\s(?P<ye_year>{YEAR})|\s(?:des\s)?(?P<ye_shift>{SHIFT})\sJahres)?(?!\w)",
        resolve.year_end,
    ),
    "relative_year": (
        rf"(?:(?P<r_shift>{SHIFT})\s(?:Haushalts|Kalender|Förder|Berichts|Geschäfts)?[Jj]ahr(?:es)?(?!\w)|[Hh]euer(?!\w))",
        resolve.relative_year,
    ),
    "beside": (
        r"(?:Vorjahr(?:e?s)?(?!\w)|Jahr\s(?:zuvor|davor)(?!\w)"
        r"|(?P<b_next>Jahr\sdarauf|Folgejahr(?:e?s)?|(?:darauf)?folgenden\sJahr)(?!\w))",
        resolve.beside,
    ),
    "today": (
        rf"(?P<t_stem>[Hh]eut|[Vv]orgest|[Gg]est|morg|[Üü]bermorg)(?:e|ern|en|r?igen?)(?!\w)(?:\s{WEEKDAY}(?!\w))?",
        resolve.today,
    ),
    "weekday": (rf"(?P<w_name>{WEEKDAY})(?!s?\w)", resolve.weekday),
}


def _stems() -> set[str]:
    """First letters of all words that a form may begin with."""
    names = {
        *MONTHS,
        *WORDS.weekdays,
        "Sonnabend",
        *WORDS.seasons,
        *WORDS.named_years,
        "Jahr",
        "Vorjahr",
        "Folgejahr",
        "Q",
        "I",
        "IV",
    }
    words = {"erst", "zweit", "dritt", "viert", "darauf", "folgend", "heuer", *WORDS.days, *WORDS.shifts}
    return {name[:3] for name in names} | {form[:3] for word in words for form in (word, word.capitalize())}


@cache
def pattern() -> re.Pattern[str]:
    """All forms in one pattern."""
    named = "|".join(f"(?P<form_{name}>{form})" for name, (form, _) in _FORMS.items())
    # A cheap look at the first letters keeps the forms from being tried at every word.
    return re.compile(rf"(?<![\w.])(?=\d|{'|'.join(sorted(_stems()))})(?:{named})")


def read(match: re.Match[str], reference: Reference) -> Reading | None:
    """What a match of `pattern()` names, or None."""
    return next(resolver for name, (_, resolver) in _FORMS.items() if match[f"form_{name}"] is not None)(
        match, reference
    )
