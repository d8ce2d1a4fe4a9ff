"""The forms in which German writes dates: for each a pattern with named groups and the function that resolves it.

"Ende", "seit" and the like before a form are read in `scan`.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from extractors.german.words import weekdays
from extractors.german.words.months import MONTHS
from extractors.rules.periods import resolve
from extractors.rules.periods.calendar import Reference, ResolvedDate
from extractors.rules.periods.patterns import EARLY_YEAR, MONTH, SHIFT, WEEKDAY, WORDS, YEAR

_TO = r"\s?(?:bis(?:\s(?:zum\sJahr|zum|zur|einschließlich|in\sden|ins\sJahr))?|–|-|und)\s?(?:dem\s|den\s)?"
_DAY = r"\d{1,2}"
_DAY_OF_WEEK = rf"(?:{WEEKDAY},?\s(?:dem\s|den\s|der\s)?)?"
_STEM = 3
"""Letters of the beginning of a word that are looked at."""
_SHORT = r"\d\d(?!\d)"
_NOT_A_YEAR = r"[\w%€/]|[.,:]\d|\s?(?:Euro|EUR|€|Mio|Mrd|Millionen|Milliarden|Prozent|%|Uhr)"


def _tail(name: str) -> str:
    """The year behind a month, a quarter or a season: its number, or told from the publication."""
    return (
        rf"(?:\s(?:des\sJahres\s)?(?P<{name}_year>{EARLY_YEAR})(?!\d)(?:/\d\d)?"
        rf"|\s(?:im\s|des\s)?(?P<{name}_shift>{SHIFT})\sJahre?s?(?!\w))?"
    )


class Form(NamedTuple):
    """A way of writing dates.

    `begins` has all words with which it may begin, in either case; one that begins with a figure needs none.
    A form is tried at no other word.
    """

    pattern: str
    resolve: Callable[[re.Match[str], Reference], ResolvedDate | None]
    begins: Iterable[str] = ()


_FORMS: dict[str, Form] = {
    "iso_date": Form(rf"(?P<iso>{YEAR}-\d\d-\d\d)(?!\d)", resolve.iso),
    "week": Form(
        rf"(?:Woche\s\()?(?P<wk_number>{_DAY})\.\s?(?:KW|Kalenderwoche)(?!\w)(?:\s?/?\s?(?P<wk_year>{YEAR})(?!\d))?",
        resolve.week,
        ("Woche",),
    ),
    "day_span": Form(
        rf"(?P<ds_day1>{_DAY})\.(?:\s?(?P<ds_month1>{MONTH})(?:\s(?P<ds_year1>{YEAR}))?)?{_TO}"
        rf"(?:{WEEKDAY},?\s(?:dem\s|den\s)?)?(?P<ds_day>{_DAY})\.\s?(?P<ds_month>{MONTH}){_tail('ds')}",
        resolve.day_span,
    ),
    "numeric_span": Form(
        rf"(?P<ns_day1>{_DAY})\.(?P<ns_month1>{_DAY})\.(?P<ns_year1>{YEAR}|{_SHORT})?{_TO}"
        rf"(?P<ns_day>{_DAY})\.(?P<ns_month>{_DAY})\.(?P<ns_year>{YEAR}|{_SHORT})",
        resolve.numeric_span,
    ),
    "day": Form(
        rf"{_DAY_OF_WEEK}(?P<day_number>{_DAY})\.\s?(?P<day_month>{MONTH}){_tail('day')}",
        resolve.day,
        weekdays.NAMES,
    ),
    "numeric": Form(
        rf"{_DAY_OF_WEEK}(?P<n_day>{_DAY})\.\s?(?P<n_month>{_DAY})\.(?:\s?(?P<n_year>{YEAR}|{_SHORT}))?(?!\d)",
        resolve.numeric,
        weekdays.NAMES,
    ),
    "month_span": Form(
        rf"(?P<ms_month1>{MONTH})(?:\s(?P<ms_year1>{YEAR}))?{_TO}(?P<ms_edge>Ende\s)?(?P<ms_month>{MONTH}){_tail('ms')}",
        resolve.month_span,
        MONTHS,
    ),
    "month": Form(rf"(?P<m_month>{MONTH}){_tail('m')}", resolve.month, MONTHS),
    "quarter": Form(
        rf"(?:Q(?P<q_figure>[1-4])[\s/](?P<q_figure_year>{YEAR})"
        r"|(?P<q_ordinal>(?:erst|zweit|dritt|viert)e[ns]?|[1-4]\.|IV\.|I{1,3}\.)"
        rf"\s(?P<q_noun>Quartals?|Halbjahr(?:es)?)(?!\w){_tail('q')})",
        resolve.quarter,
        ("Q", "I", "II", "III", "IV", "erst", "zweit", "dritt", "viert"),
    ),
    "named_year": Form(
        rf"(?P<ny_name>(?:{'|'.join(WORDS.named_years)})(?:e?s)?)\s(?P<ny_year>{YEAR})(?:\s?[/–-]\s?(?:{YEAR}|\d\d)(?!\d))?",
        resolve.named_year,
        WORDS.named_years,
    ),
    "school_year": Form(
        rf"(?P<sy_shift>{SHIFT})\s(?:Schul|Kita|Kindergarten|Ausbildungs)jahr(?:e?s)?(?!\w)",
        resolve.school_year,
        WORDS.shifts,
    ),
    "season": Form(rf"(?P<s_season>(?:{'|'.join(WORDS.seasons)})s?)(?!\w){_tail('s')}", resolve.season, WORDS.seasons),
    "year_span": Form(
        rf"(?P<ys_first>{YEAR}){_TO}(?P<ys_edge>Ende\s(?:des\sJahres\s)?)?(?P<ys_last>{YEAR})(?![.,/]?\d)",
        resolve.year_span,
    ),
    "year": Form(rf"(?P<y>{YEAR})(?:/(?:{YEAR}|\d\d)(?!\d)|(?!{_NOT_A_YEAR}))", resolve.year),
    "year_end": Form(
        rf"(?:Jahresende|(?<=Ende\sdes\s)Jahres(?!\s\d))(?:\s(?P<ye_year>{YEAR})|\s(?:des\s)?(?P<ye_shift>{SHIFT})\sJahres)?(?!\w)",
        resolve.year_end,
        ("Jahresende", "Jahres"),
    ),
    "year_start": Form(
        rf"Jahres(?:anfang|beginn)(?:\s(?P<yb_year>{YEAR})|\s(?:des\s)?(?P<yb_shift>{SHIFT})\sJahres)?(?!\w)",
        resolve.year_start,
        ("Jahresanfang", "Jahresbeginn"),
    ),
    "relative_year": Form(
        rf"(?:(?P<r_shift>{SHIFT})\s(?:Haushalts|Kalender|Förder|Berichts|Geschäfts)?[Jj]ahr(?:es)?(?!\w)|[Hh]euer(?!\w)|(?<=Laufe\sdes\s)Jahres(?!\s\d|\w))",
        resolve.relative_year,
        (*WORDS.shifts, "heuer", "Jahres"),
    ),
    "beside": Form(
        r"(?:Vorjahr(?:e?s)?(?!\w)|Jahr\s(?:zuvor|davor)(?!\w)"
        r"|(?P<b_next>Jahr\sdarauf|Folgejahr(?:e?s)?|(?:darauf)?folgenden\sJahr)(?!\w))",
        resolve.beside,
        ("Vorjahr", "Jahr", "Folgejahr", "folgenden", "darauffolgenden"),
    ),
    "today": Form(
        rf"(?P<t_stem>[Hh]eut|[Vv]orgest|[Gg]est|morg|[Üü]bermorg)(?:e|ern|en|r?igen?)(?!\w)(?:\s{WEEKDAY}(?!\w))?",
        resolve.today,
        WORDS.days,
    ),
    "weekday": Form(
        rf"(?P<w_name>{WEEKDAY})(?:{'|'.join(WORDS.times_of_day)})?(?!s?\w)",
        resolve.weekday,
        weekdays.NAMES,
    ),
}


def joined() -> str:
    """All forms as one pattern, each in a group of its name."""
    return "|".join(f"(?P<form_{name}>{form.pattern})" for name, form in _FORMS.items())


@cache
def pattern() -> re.Pattern[str]:
    """All forms, tried where a figure stands or a word begins like one of them."""
    # A cheap look at the first letters keeps the forms from being tried at every word.
    words = {word for form in _FORMS.values() for word in form.begins}
    stems = sorted({written[:_STEM] for word in words for written in (word, word.capitalize())})
    return re.compile(rf"(?<![\w.])(?=\d|{'|'.join(stems)})(?:{joined()})")


def read(match: re.Match[str], reference: Reference) -> ResolvedDate | None:
    """What a match of `pattern()` names, or None."""
    form = next(form for name, form in _FORMS.items() if match[f"form_{name}"] is not None)
    return form.resolve(match, reference)
