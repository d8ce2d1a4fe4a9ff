"""Of when a number is, where its date alone would mislead."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from comparison.figures import Evidence
from models.calendar import berlin_day
from models.claim import Claim
from models.quantity import DAY_LENGTH, days_of
from models.stored import StoredClaim

_FROM, _TO = re.compile(r"\bvon\s+(?:\w+\s+)?$"), re.compile(r"\s+(?:\w+\s+){0,4}auf\s+(?:\w+\s+)?\d")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s*(?:\b(?:mit|bei|noch|waren es)\b|:|\()?\s*$")
_AS_THE_YEAR_BEFORE = re.compile(
    r"^[^.;(]{0,40}\b(?:Niveau|unter|über|als|wie|gegenüber)\b[^.;(]{0,25}\b(?:Vorjahr|(?:letzten|vergangenen) Jahr)"
)
_COMPARED_WITH = re.compile(
    r"\b(?:[Vv]erglichen mit|[Gg]egenüber|[Ii]m Vergleich (?:zum?|mit))\b[^,.;:]{0,25}?\b((?:19|20)\d\d)\b"
)
_AT_FIRST = re.compile(r"\b(?:anfangs|ursprünglich|seinerzeit)\s+(?:rund\s+|etwa\s+)?$", re.IGNORECASE)
_YEARS_ASIDE = re.compile(r"\s*\(((?:19|20)\d\d)\s*:")
_BEHIND_ANOTHER = re.compile(r"\d[\d.,]*\s*(?:(?:€|Euro|Prozent|%|Mio\.?|Mrd\.?|Millionen|Milliarden)\s*)*\(\s*$")
_BRACKET_ENDS = re.compile(r"\s*\)")
_NAMED_YEAR_BEFORE = re.compile(r"\bVorjahr(?:e?s)?\s*\(((?:19|20)\d\d)\b")
_MORE_THAN_IN = re.compile(
    r"\b(?:Plus|mehr|Anstieg|Zuwachs|Minus|weniger|Rückgang)\b[^.;:]*?\bgegenüber ((?:19|20)\d\d)\b"
)
_YEARS_EACH = re.compile(r"((?:\b(?:19|20)\d\d, )*\b(?:19|20)\d\d und (?:19|20)\d\d)\b[^.;]*?\bjeweils\b")
_TOLD_OF = re.compile(
    r"\b(?:[Ii]m Jahre?|[Ii]n|[Gg]egenüber(?: dem)?(?: Vorjahr| Jahre?)?|\w*bericht\w*) ((?:19|20)\d\d)\b"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_PART_OF_YEAR, _SINCE = re.compile(r"Halbjahr|Quartal"), re.compile(r"\bseit (?:\w+ )?$")
_PAST_WEEK = re.compile(r"\b(?:vergangenen|vorigen|letzten) Woche\b")
_NUMBERS = re.compile(r"[\d.,]+")
_TOLD_SOON = 31
"""Days in which two releases may tell of one state."""
_TOLD_AGAIN = 200
"""Days in which a number that is told again is still the same news."""
_ISSUED_AGAIN = 5
"""Days in which a release of the same headline corrects another; a bulletin of every week reports on a new state."""
_SEVERAL = 5
"""Days of publication that releases of one date and form have, from which on it is no date of theirs."""


def passed(claim: Claim | Evidence) -> bool:
    """Whether a number is told only as what another replaced: "von 13,00 auf 13,69", "anfangs 214"."""
    if _AT_FIRST.search(claim.before):
        return True
    return bool(_FROM.search(claim.before) and _TO.match(claim.behind))


def long_after(earlier: str, later: str) -> bool:
    """Whether a number that is told again so much later (ISO dates or prefixes) holds of its own time: next year's
    prizes are as many as this year's, and not this year's told once more.
    """
    return (days_of(later)[1] - days_of(earlier)[1]).days > _TOLD_AGAIN


def misdated(claim: Claim) -> bool:
    """Whether the year that a number was read as of is another's: "wie im Jahr 2019 mit 12,71", or only what it is
    compared with: "Gegenüber dem Vorjahr 2021 stiegen die Ausgaben auf 867", "mit 96,5 auf dem Niveau des Vorjahres";
    or the year before that which is called the year before: "lagen mit 80 unter denen des Vorjahres (2018: 81,7)"; or
    the first of several that have a number each: "2020 und 2021 jeweils 12 und 15"; or a number alone between brackets
    behind another: "31 Mio. (2017: 30 Mio.), davon 6 (5) an Betriebe".
    """
    if claim.as_of is None:
        return False
    year, before, behind = claim.as_of[:4], claim.before, claim.behind
    other_year = any(each != year for each in _YEARS_ASIDE.findall(claim.sentence))
    if other_year and _BEHIND_ANOTHER.search(before) and _BRACKET_ENDS.match(behind):
        return True
    if any(int(each) == int(year) + 1 for each in _NAMED_YEAR_BEFORE.findall(claim.sentence)):
        return True
    if (each := _YEARS_EACH.search(before)) is not None:
        years = re.findall(r"\d{4}", each[1])
        return year != next(iter(years[len(_NUMBERS.findall(before[each.end() :])) :]), year)
    aside = _YEARS_ASIDE.match(behind)
    if aside is not None and aside[1] == year:
        return year not in before
    found, compared = _YEAR_BEFORE.search(before), _COMPARED_WITH.search(before)
    if compared is not None and compared[1] > year and year not in claim.sentence:
        return True
    if year not in claim.sentence and "ahr" not in before:
        return bool(_AS_THE_YEAR_BEFORE.search(behind))
    if found is not None:
        return found[1] != year
    return compared is not None and compared[1] == year and before.count(year) == before[compared.start() :].count(year)


def year_told(claim: Claim) -> str | None:
    """The year of a number without a date that is said to be more or less than in the year before: "auf 1.198, ein Plus
    von 11 Prozent gegenüber 2016".
    """
    if claim.as_of or claim.since or claim.until:
        return None
    found = _MORE_THAN_IN.search(claim.behind)
    return str(int(found[1]) + 1) if found else None


def is_of_part_of_year(claim: Claim) -> bool:
    """Whether what is dated by a year is of less: "im 1. Halbjahr 2023 bei 182 Wohnungen"."""
    return claim.as_of is not None and bool(_YEARS.fullmatch(claim.as_of) and _PART_OF_YEAR.search(claim.sentence))


def is_growing_old(claim: Claim) -> bool:
    """Whether a number only tells how long ago something began: "findet seit bald sechs Jahren statt"."""
    return claim.kind == "duration" and _SINCE.search(claim.before) is not None


def year_of_round(stored: StoredClaim) -> str | None:
    """The year of a number that is told of it alone, in its course or the year before: "vergibt für 2021 Mittel an
    sieben Projekte"; what is planned for later years is a target.
    """
    year, published = stored.claim.as_of, berlin_day(stored.published)
    if year is None or published is None or not _YEARS.fullmatch(year):
        return None
    return year if int(year) - int(published[:4]) in (0, 1) and _is_its_own(year, stored.claim) else None


def week_before(stored: StoredClaim) -> str | None:
    """The last day of the week before a number was told, where its sentence says that it is of that: "In der
    vergangenen Woche (8. KW) waren durchschnittlich 253 Plätze frei".
    """
    told = berlin_day(stored.published)
    if told is None or not _PAST_WEEK.search(stored.claim.sentence):
        return None
    day = date.fromisoformat(told)
    return (day - timedelta(days=day.isoweekday())).isoformat()


def _is_its_own(year: str, claim: Claim) -> bool:
    """Whether a sentence has no year but this one, or has it right before or behind the number, none between: "für 2023
    1,8 Mio. und für 2024 167.000 Euro für insgesamt 30 Projekte" tells of projects of both.
    """
    if set(_YEARS.findall(claim.sentence)) <= {year}:
        return True
    beside = (_NUMBERS.findall(claim.before)[::-1], _NUMBERS.findall(claim.behind))
    return any(found[:1] == [year] and not any(map(_YEARS.fullmatch, found[1:2])) for found in beside)


def times_compare(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether the dates of two numbers tell which of them is of the later time, and how much later.

    Of what is told on one day nothing has changed since, unless each number is stated to be of a time of its own. What
    is dated by its publication alone is of that day or of any time before: it may be as old as what was told before,
    or as what is stated to be of a year that had begun. Where its sentence speaks of earlier years only, it is of them,
    and where a release is issued again within days it corrects what was told.
    """
    if a.published is None or b.published is None:
        return True
    if a.published.date() == b.published.date():
        dated = a.claim.reporting_basis == b.claim.reporting_basis == "stated"
        return dated or a.claim.value == b.claim.value
    if _issued_again(a, b) or any(map(_speaks_of_earlier, (a, b))) or _may_be_as_old(a, b) or _may_be_as_old(b, a):
        return False
    first, second = (a, b) if a.published < b.published else (b, a)
    return first.claim.reporting_basis != "published" or days_of(first.date)[1] <= days_of(second.date)[1]


def told_since(later: StoredClaim, earlier: StoredClaim) -> bool:
    """Whether a number was told after another one was, weeks or more, and of no year before that one's."""
    if later.published is None or earlier.published is None:
        return False
    years = _YEARS.findall(later.claim.sentence) or [str(later.published.year)]
    return (later.published - earlier.published).days > _TOLD_SOON and max(years) >= earlier.date[:4]


def _issued_again(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether two numbers that differ stand below one headline, some days apart, and state no time of their own."""
    if (
        a.claim.value == b.claim.value
        or a.release_title != b.release_title
        or a.published is None
        or b.published is None
    ):
        return False
    undated = a.claim.reporting_basis == b.claim.reporting_basis == "published"
    near = abs((a.published - b.published).days) <= _ISSUED_AGAIN
    return undated and near and a.claim.value != b.claim.value


def _speaks_of_earlier(stored: StoredClaim) -> bool:
    """ "Die Rufe in 2019 verteilen sich auf …", told in 2020; not "die 73 Projekte von 2019"."""
    if stored.claim.reporting_basis != "published" or stored.published is None:
        return False
    years = _TOLD_OF.findall(stored.claim.sentence)
    return bool(years) and max(map(int, years)) < stored.published.year


def _may_be_as_old(loose: StoredClaim, stated: StoredClaim) -> bool:
    """Whether one is dated by its publication alone, and the other states a year or month that had begun by then."""
    if loose.claim.reporting_basis != "published" or stated.claim.reporting_basis == "published":
        return False
    if year_of_round(loose) is not None:
        return False
    return len(stated.date) < DAY_LENGTH and days_of(stated.date)[0] <= days_of(loose.date)[1]


def own_dates(claims: Sequence[StoredClaim]) -> list[StoredClaim]:
    """Claims with the date of their own release: one that bulletins give day by day is that of something they quote.

    "As of 31 December" stands in each of them because that is when the inhabitants were counted.
    """
    days: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for each in claims:
        if each.claim.reporting_basis == "release":
            days[_edition(each)].add(berlin_day(each.published))
    return [
        _of_its_day(each) if each.claim.reporting_basis == "release" and len(days[_edition(each)]) >= _SEVERAL else each
        for each in claims
    ]


def _edition(stored: StoredClaim) -> tuple[str, str]:
    """The date that is given, and the headline but for its numbers."""
    return stored.date, _NUMBERS.sub("", stored.release_title)


def _of_its_day(stored: StoredClaim) -> StoredClaim:
    claim = replace(stored.claim, reporting_date=berlin_day(stored.published), reporting_basis="published")
    return replace(stored, claim=claim)
