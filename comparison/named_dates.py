"""The date that a statement names, and which stored claims are of it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from comparison.agreement import is_greater
from comparison.alike import Akin
from comparison.headline_dates import dated_apart
from models.calendar import berlin_day
from models.claim import Claim
from models.quantity import DAY_LENGTH
from models.statuses import TRAITS
from models.stored import StoredClaim

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_RISEN = re.compile(r"\bvon\s[^.;]*?\b(?:19|20)\d\d\s+auf\s+(?:\w+\s+)?$")
_SEASON = re.compile(r"\b((?:19|20)\d\d)\s?/\s?(?:20)?(\d\d)\b")
_SINCE = re.compile(r"\b(?:[Ss]eit|[Zz]wischen|[Bb]is Ende)\b[^.;]*\b(?:19|20)\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def named_date(claim: Claim) -> str | None:
    """The date that a statement names itself; that it is made today names none.

    A plan's date lies ahead, and how long a state lasts says nothing of when it was reported.
    """
    if claim.modality == "planned":
        return None
    until = None if claim.kind == "status" else claim.until
    stated = claim.reporting_date if claim.reporting_basis != "published" else None
    return claim.as_of or until or (None if stated == claim.until and until is None else stated)


def is_at(named: str, stored: StoredClaim) -> bool:
    """Whether a claim is of a date, or of the period that its prefix names; what is told of one is of no other."""
    claim = stored.claim
    if claim.as_of and claim.since and claim.as_of < claim.since and not agree(claim.as_of, claim.since):
        return False  # "von Januar bis Juli 2023 mehr als im Jahr zuvor" is of no 2022
    return agree(named, claim.as_of or stored.date)


def is_near(named: str, stored: StoredClaim) -> bool:
    """Whether a claim was published in the weeks that the end of a year or month stands for ("Ende 2015").

    For another day it stands only where it names no day itself, or where its headline names another one.
    """
    year, _, rest = named.partition("-")
    if rest == "12-31":
        return stored.date[:7] in (f"{year}-10", f"{year}-11", f"{year}-12", f"{int(year) + 1}-01")
    if len(named) < DAY_LENGTH or stored.date[:7] != named[:7]:
        return False
    names_other = stored.claim.as_of is not None and len(stored.claim.as_of) == DAY_LENGTH
    return not names_other or _ends_month(named) or dated_apart(stored.release_title, stored.claim.sentence) is not None


def _ends_month(day: str) -> bool:
    return (date.fromisoformat(day) + timedelta(days=1)).day == 1


def agree(named: str, told: str) -> bool:
    """Whether one of two dates is the other, or a day or month within it."""
    return bool(told) and (told.startswith(named) or named.startswith(told))


def tells_time(named: str, stored: StoredClaim) -> bool:
    """Whether a claim itself tells of the time that is named, or its headline, or it was published on that very day."""
    claim = stored.claim
    told = claim.reporting_basis != "published" or agree(named, claim.as_of or "") or named == stored.date
    return told or (agree(named, stored.date) and set(_YEAR.findall(stored.release_title)) == {named})


def names_year(named: str, stored: StoredClaim) -> bool:
    """Whether a claim of which no time is read stands in a sentence that names this year, and no other.

    Not where the year is that of what it is compared with: "von 867 im Jahr 2022 auf 1.094".
    """
    claim = stored.claim
    told = (claim.as_of, claim.since, claim.until)
    dated = claim.reporting_basis == "release" and not agree(named, stored.date)
    if dated or _RISEN.search(claim.before):
        return False
    return not any(told) and set(_YEAR.findall(_IN_BRACKETS.sub("", claim.sentence))) == {named}


def names_season(asked: Claim, stored: StoredClaim) -> bool:
    """Whether both sentences name the same season or school year: "2023/2024", "2023/24"."""
    return bool(set(_SEASON.findall(asked.sentence)) & set(_SEASON.findall(stored.claim.sentence)))


def sums_up(asked: Claim, claim: Claim) -> bool:
    """Whether what is dated by a year is told since or between others: "zwischen 2016 und 2021 rund 25.000"."""
    return asked.since is None and _SINCE.search(claim.before) is not None and _SINCE.search(asked.sentence) is None


def of_whole(named: str, told: Sequence[Akin]) -> list[Akin]:
    """Of a year or month that has passed what was told behind its end, if anything: what was "bislang" is less."""
    behind = [each for each in told if (berlin_day(each.stored.published) or "")[: len(named)] > named]
    return behind if behind and len(named) < DAY_LENGTH else list(told)


def of_weeks(named: str, same: Sequence[StoredClaim]) -> bool:
    """Whether a month or year is named, and what agrees is only of weeks in it."""
    return len(named) < DAY_LENGTH and all(each.claim.span == "week" for each in same)


def only_published(asked: Claim, stored: StoredClaim) -> bool:
    """Whether what came about within a year is told of no time, only published within that year."""
    event = asked.status is not None and TRAITS[asked.status].event
    told = (stored.claim.as_of, stored.claim.since, stored.claim.until)
    return event and asked.span == "year" and not any(told) and stored.claim.reporting_basis == "published"


def names_start(start: str, claim: Claim) -> bool:
    """Whether a claim is about what has been since a year, by its span or by the words of its sentence."""
    year = start[:4]
    return (claim.since or "").startswith(year) or year in claim.sentence


def may_go_on(asked: Claim, claim: Claim) -> bool:
    """Whether a claim may tell of what is asked since the same year: a total only grows, whatever its span is."""
    return asked.since is None or names_start(asked.since, claim) or is_greater(claim, asked)
