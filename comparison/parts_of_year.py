"""Of which part of a year a number is told to be: a season is no year, and a winter no summer.

"in der Saison 2018/19" / "2019"          a season against a year
"im Winter 2019" / "im Sommer 2019"       another season of one year
"von Januar bis September 2019" / "2020"  nine months against a year
"im vergangenen Winter" / "2019"          a season of which no year is read
"""

import re

from models.claim import Claim

_SEASONS = re.compile(r"(winter|sommer|herbst|frühjahr|frühling|oster|pfingst|weihnacht)", re.IGNORECASE)
_KINDS = {
    "semester": "semester",
    "ferien": "ferien",
    "schuljahr": "schuljahr",
    "ausbildungsjahr": "ausbildungsjahr",
    "saison": "saison",
    "spielzeit": "saison",
}
_NAMED = re.compile("|".join(_KINDS), re.IGNORECASE)
_COUNTED = re.compile(r"(\w+)\.?\s+(halbjahr|quartal)", re.IGNORECASE)
_ORDINALS = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = {"halbjahr": 6, "quartal": 3}
_OVER_TWO_YEARS = re.compile(r"\b(?:19|20)\d\d\s?/\s?(?:20)?\d\d\b")
_UNREAD = re.compile(
    r"\b(?:[Ii]m|[Ii]n de[nr]|[Dd]iese[mnr]|[Vv]ergangenen|[Ll]etzten)\s+(?:[a-zäöüß]+\s+)?((?:Sommer-? und )?"
    r"(?:(?:Winter|Sommer|Herbst|Frühjahr|Frühling)(?:s|saison|monaten?|halbjahr|ferien|semester)?|(?:Oster|Pfingst)ferien"
    r"|Schuljahr|Spielzeit|[A-Z]?[\wäöü-]*[Ss]aison))\b"
)
_YEAR_LENGTH, _MONTH_LENGTH = len("2024"), len("2024-12")
_WHOLE = "01-12"
_TWO = "two years"


def parts_of_year_apart(a: Claim, b: Claim) -> tuple[str, str] | None:
    """What two numbers are told to be of, where one is of another part of a year than the other."""
    if a.value == b.value and not (_is_dated(a) and _is_dated(b)):
        return None  # the same number, told again with what it is of
    one, other = _part(a), _part(b)
    if one is None or other is None or one == other or ({_TWO} in (one, other) and _TWO in one & other):
        return None
    if one and other:
        one, other = one - {_TWO}, other - {_TWO}  # "Saison 2019" may be that of 2018/19
    return (_said(a), _said(b)) if one != other else None


def _part(claim: Claim) -> frozenset[str] | None:
    """The words for a part of the year in what dates a claim, none for a whole year; None where that is not said."""
    words = _said(claim)
    if claim.since and claim.until and len(claim.since) == len(claim.until) == _MONTH_LENGTH:
        months = f"{claim.since[-2:]}-{claim.until[-2:]}"
        return frozenset() if months == _WHOLE else frozenset({months})
    if (
        not words
        or (claim.as_of is None and (claim.since or claim.until))
        or len(claim.as_of or "2024") != _YEAR_LENGTH
    ):
        return None
    found = {season.lower() for season in _SEASONS.findall(words)}
    found |= {_KINDS[name.lower()] for name in _NAMED.findall(words)}
    found |= {_months(which.lower(), _MONTHS[unit.lower()]) for which, unit in _COUNTED.findall(words)}
    return frozenset(found | ({_TWO} if _OVER_TWO_YEARS.search(words) else set()))


def _said(claim: Claim) -> str:
    """The words that date a number; where no date is read, the season that its sentence names."""
    return " ".join(claim.words("period") if _is_dated(claim) else _UNREAD.findall(claim.sentence))


def _is_dated(claim: Claim) -> bool:
    return bool(claim.as_of or claim.since or claim.until)


def _months(which: str, length: int) -> str:
    """The first and the last month of a half-year or quarter: "im ersten Halbjahr" is "01-06"."""
    place = next((number for begin, number in _ORDINALS.items() if which.startswith(begin)), 0)
    return f"{(place - 1) * length + 1:02d}-{place * length:02d}"
