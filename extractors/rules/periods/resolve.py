"""What each form of date resolves to: an ISO date or a prefix of one, as exact as the words are.

Each function takes the match of its form (see `forms`) and the reference; None: the words name no date.
"""

import re
from datetime import date, timedelta

from extractors.german.words.months import MONTHS
from extractors.german.words.weekdays import WEEKDAYS
from extractors.rules.periods import calendar
from extractors.rules.periods.calendar import Reference, ResolvedDate
from extractors.rules.periods.patterns import SHIFT, WEEKDAY, WORDS, by_name, shift

_BEFORE_A_MONTH = re.compile(
    r"\b(?:[Ii]m|[Ii]n\sden|[Ss]eit|[Aa]b|[Bb]is|[Zz]um|[Vv]on|[Vv]om|[Zz]wischen|[Ee]nde|[Aa]nfang|[Mm]itte|[Bb]eginn"
    r"|[Mm]onats?|[Ss]tand:?)\s"
    rf"(?:{SHIFT}\s)?$|{SHIFT}\s$"
)
_BEFORE_A_WEEKDAY = re.compile(rf"\b(?:[Aa]m|[Dd]en|[Bb]is|[Bb]is\seinschließlich|[Ss]eit|[Aa]b|{SHIFT})\s$")
_SINCE = re.compile(r"\b[Ss]eit\s(?:dem\s)?$")
_BEFORE_A_DAY = re.compile(r"\b(?:[Aa]m|[Zz]um|[Vv]om|[Dd]em|[Dd]en|[Bb]is|[Ss]eit|[Aa]b|tag,)\s$")
_DAYS_OF_THE_WEEK = re.compile(rf"{WEEKDAY}s?\s(?:bis|und)\s$")
_SHIFTED = re.compile(rf"({SHIFT})\s$")

Match = re.Match[str]


def _before(match: Match) -> str:
    return match.string[max(0, match.start() - 40) : match.start()]


def _shift_before(match: Match) -> int | None:
    """ "im vergangenen Dezember", "am kommenden Montag": in which direction."""
    found = _SHIFTED.search(_before(match))
    return shift(found[1]) if found else None


def _shifted_year(word: str, reference: Reference) -> int | None:
    return reference.published.year + shift(word) if reference.published else None


def _year(match: Match, name: str, month: int, reference: Reference) -> int | None:
    """The year of a month: named behind it, told behind or before it, or the one that lies near."""
    if match[f"{name}_year"]:
        return int(match[f"{name}_year"])
    if match[f"{name}_shift"]:
        return _shifted_year(match[f"{name}_shift"], reference)
    direction, published = _shift_before(match), reference.published
    if published and not direction and _SINCE.search(_before(match)) and month > published.month:
        return published.year - 1
    if direction and published:
        return (
            published.year - (month >= published.month)
            if direction < 0
            else published.year + (month <= published.month)
        )
    return calendar.year_of_month(month, reference, match.start())


def _full(figures: str) -> int:
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _reading(first: str | None) -> ResolvedDate | None:
    return ResolvedDate(first) if first else None


def _span(first: str | None, last: str | None) -> ResolvedDate | None:
    return ResolvedDate(first, last) if first and last and first < last else None


def iso(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "2024-12-31"."""
    year, month, day = (int(part) for part in match["iso"].split("-"))
    return _reading(calendar.day(year, month, day))


def day(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "3. Mai 2019", "3. Mai", "3. Mai dieses Jahres"."""
    month = by_name(MONTHS, match["day_month"])
    year = _year(match, "day", month, reference)
    return _reading(calendar.day(year, month, int(match["day_number"]))) if year else None


def day_span(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "3. bis 5. Mai 2019", "1. November 2023 bis zum 31. Januar 2024"."""
    month = by_name(MONTHS, match["ds_month"])
    year = _year(match, "ds", month, reference)
    if year is None:
        return None
    first_month = by_name(MONTHS, match["ds_month1"]) if match["ds_month1"] else month
    first_year = int(match["ds_year1"]) if match["ds_year1"] else year - (first_month > month)
    return _span(
        calendar.day(first_year, first_month, int(match["ds_day1"])), calendar.day(year, month, int(match["ds_day"]))
    )


def numeric(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "17.01.2022", "am 17.1."; without a year only behind a preposition, else it is another number."""
    month, number = int(match["n_month"]), int(match["n_day"])
    if match["n_year"]:
        return _reading(calendar.day(_full(match["n_year"]), month, number))
    year = calendar.year_of_month(month, reference, match.start()) if _BEFORE_A_DAY.search(_before(match)) else None
    return _reading(calendar.day(year, month, number)) if year else None


def numeric_span(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "1.1. bis 30.6.2024", "01.09.2023–31.08.2024"."""
    year = _full(match["ns_year"])
    first_year = _full(match["ns_year1"]) if match["ns_year1"] else year
    return _span(
        calendar.day(first_year, int(match["ns_month1"]), int(match["ns_day1"])),
        calendar.day(year, int(match["ns_month"]), int(match["ns_day"])),
    )


def month(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "März 2022", "März dieses Jahres", "im März"; a bare name is none ("August Macke", "April, April")."""
    if not (match["m_year"] or match["m_shift"] or _BEFORE_A_MONTH.search(_before(match))):
        return None
    number = by_name(MONTHS, match["m_month"])
    year = _year(match, "m", number, reference)
    return ResolvedDate(f"{year}-{number:02}") if year else None


def month_span(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "Januar bis Juni 2024", "Oktober 2023 bis Ende März 2024"."""
    number, first_number = by_name(MONTHS, match["ms_month"]), by_name(MONTHS, match["ms_month1"])
    if not (match["ms_year"] or _BEFORE_A_MONTH.search(_before(match))):
        return None
    year = _year(match, "ms", number, reference)
    if year is None:
        return None
    first_year = int(match["ms_year1"]) if match["ms_year1"] else year - (first_number > number)
    last = f"{year}-{number:02}"
    return _span(f"{first_year}-{first_number:02}", calendar.last_day(last) if match["ms_edge"] else last)


def quarter(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "ersten Halbjahr 2023", "3. Quartal", "Q1 2024": the year, with the days that are meant."""
    if match["q_figure"]:
        number, length = int(match["q_figure"]), 3
        year: int | None = int(match["q_figure_year"])
    else:
        number = WORDS.ordinals[match["q_ordinal"].rstrip("ens")]
        length = 3 if match["q_noun"].startswith("Q") else 6
        year = _year(match, "q", min(12, number * length), reference)
    if year is None or number * length > 12:
        return None
    return ResolvedDate(str(year), days=calendar.months(year, (number - 1) * length + 1, length))


def week(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "6. KW 2021", "Woche (51. KW)": its Sunday or, within it, the day of publication; else the last such week."""
    published, number = reference.published, int(match["wk_number"])
    if not 1 <= number <= 53 or (published is None and not match["wk_year"]):
        return None
    if match["wk_year"]:
        year = int(match["wk_year"])
    else:
        assert published is not None
        this_year, this_week, _ = published.isocalendar()
        year = this_year - (number > this_week + 1)
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None  # not every year has a 53rd
    last = first + timedelta(days=6)
    told = published if published is not None and first <= published < last else last
    return ResolvedDate(told.isoformat(), days=(first, last))


def named_year(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "Schuljahr 2022/23", "WS 2019/20", "Saison 2024": its first year, with the days that are meant."""
    first, length = by_name(WORDS.named_years, match["ny_name"])
    year = int(match["ny_year"])
    return ResolvedDate(str(year), days=calendar.months(year, first, length))


def school_year(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "im kommenden Schuljahr"."""
    year = _shifted_year(match["sy_shift"], reference)
    if reference.published is None or year is None:
        return None
    first, length = WORDS.named_years["Schuljahr"]
    year -= reference.published.month < first
    return ResolvedDate(str(year), days=calendar.months(year, first, length))


def season(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "Herbst 2025", "im Frühjahr": the year, with the days that are meant."""
    if not (match["s_year"] or match["s_shift"] or _BEFORE_A_MONTH.search(_before(match))):
        return None
    month = by_name(WORDS.seasons, match["s_season"])
    year = _year(match, "s", month, reference)
    return ResolvedDate(str(year), days=calendar.months(year, month - 1, 3)) if year else None


def year_span(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "2019 bis 2021", "2024 bis Ende 2027"."""
    return _span(match["ys_first"], f"{match['ys_last']}-12-31" if match["ys_edge"] else match["ys_last"])


def year(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "2024", and "2024/25", which is its first year."""
    return ResolvedDate(match["y"])


def year_end(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "Jahresende 2024", "Ende des Jahres": in what tells of the past, of the year that the text speaks of."""
    if match["ye_year"]:
        return ResolvedDate(f"{match['ye_year']}-12-31")
    if match["ye_shift"]:
        meant = _shifted_year(match["ye_shift"], reference)
    elif reference.direction(match.start()) == "past" and reference.year:
        meant = reference.year
    elif reference.direction(match.start()) == "past":
        meant = calendar.year_of_month(12, reference, match.start())
    else:
        meant = reference.published.year if reference.published else None
    return ResolvedDate(f"{meant}-12-31") if meant else None


def year_start(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "seit Jahresanfang", "zu Jahresbeginn 2024": the year that begins."""
    if match["yb_year"]:
        return ResolvedDate(match["yb_year"])
    meant = _shifted_year(match["yb_shift"] or "diese", reference)
    return ResolvedDate(str(meant)) if meant else None


def relative_year(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "im vergangenen Jahr", "dieses Jahres", "heuer", "im Laufe des Jahres"."""
    if match[0] == "Jahres" and reference.direction(match.start()) == "past" and reference.year:
        return ResolvedDate(str(reference.year))
    meant = _shifted_year(match["r_shift"] or "diese", reference)
    return ResolvedDate(str(meant)) if meant else None


def beside(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "im Vorjahr", "ein Jahr zuvor", "im Folgejahr": beside the year that the text speaks of."""
    meant = reference.year or (reference.published.year if reference.published else None)
    return ResolvedDate(str(meant + 1 if match["b_next"] else meant - 1)) if meant else None


def today(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "heute", "am gestrigen Dienstag", "morgen"."""
    meant = reference.published and reference.published + timedelta(days=WORDS.days[match["t_stem"].lower()])
    return ResolvedDate(meant.isoformat()) if meant else None


def weekday(match: Match, reference: Reference) -> ResolvedDate | None:
    """ "am Freitag": the nearest one, ahead unless the clause tells of the past; "Montag bis Freitag" is none."""
    before = _before(match)
    if reference.published is None or not _BEFORE_A_WEEKDAY.search(before) or _DAYS_OF_THE_WEEK.search(before):
        return None
    number = WEEKDAYS.index(match["w_name"].replace("Sonnabend", "Samstag"))
    ahead = (number - reference.published.weekday()) % 7
    direction = _shift_before(match)
    if direction:
        ahead = ahead - 7 if direction < 0 else ahead or 7
    elif ahead and (_SINCE.search(before) or reference.direction(match.start()) == "past"):
        ahead -= 7
    return ResolvedDate((reference.published + timedelta(days=ahead)).isoformat())
