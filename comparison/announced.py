"""What of all that is planned is announced of a programme, and each target once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from comparison.events import is_event
from comparison.own_level import names_it, namings
from comparison.plans import Plan, due_date
from comparison.relation import stands
from comparison.told_of_name import place_of_state, tells_its_state
from comparison.wording import is_expected, is_of_all_there_will_be
from models.calendar import MONTHS, berlin_day
from models.claim import Claim
from models.quantity import DAY_LENGTH, days_of
from models.statuses import LASTING, Status
from models.stored import StoredClaim

_EACH = re.compile(r"\b(?:je|jeweils|pro|à|Platz für)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NO_PROMISE = re.compile(
    r"\bwie geplant\b|^\W*(?:Das|Dies) (?:entspricht|wären)\b|\bmüssten?\b|\bursprünglich(?:e[mnrs]?)?\b"
    r"|\bnicht mehr (?:erreichbar|zu erreichen|zu halten)\b"
    r"|\bwurden?\b[^.;]*\b(?:erfüllt|erreicht|übertroffen)\b|\b[Aa]ls (?:Abschluss|Auftakt|Höhepunkt)\b"
    r"|\b(?:monatlich|jährlich)\w*\b|\bvergibt\b|\bfrühestens\b|\bmindestens bis\b|\bjährt\b|\bJahrestag\b"
    r"|\b(?:ist|sind)\b[^.;,]*\bgestartet\b"
    r"|\b20\d\d hinaus\b|\b[Pp]rogno(?:se|sti)|\bZahl der [\w*:]+ (?:steigt|wächst|sinkt)\b|\bSollten\b"
)
_OTHER_DATE = re.compile(
    r"\b(?:gelten|gilt|noch bis)\b|\b[Vv]om [^.,;]{1,20}\.? [^,;]{0,12}\bbis\b|\bbis\b[^.;]*\bgeöffnet\b"
)
"""Then the date of a state is not that of its beginning: "soll bis 2026 gelten", "startet vom 30. Mai bis 19. Juni"."""
_IF = re.compile(r"\b(?:[Ww]enn|[Ss]ofern|[Ff]alls|[Ss]oweit)\b[^,;:]*$")
"""Before what is told: then it is a condition of something else."""
_ENDS = re.compile(r"\b(?:Laufzeit\w*|Dauer|und|sowie|dann|läuft)\b[^.;,]{0,20}\bbis\b")
"""Then the date is of the end: "beginnt 2024 und ist bis 2027 fertig", "startet mit einer Laufzeit bis 2030"."""
_GOES_ON = re.compile(r"\bweiter(?:hin)?\b")
_OF_SOME = re.compile(r"\b(?:von denen|davon|darunter|wovon)\b")
_FOR_COMPARISON = re.compile(r"\b[Zz]um Vergleich\b[^)]*$")
_TO_EACH = re.compile(r" \([^()\d]+\), \d|[^.;]{0,40}\bmehr\b")
"""Behind a sum: what each of several kinds gets, "1.000 Euro (Lastenrad), 2.000 Euro (…)", or what is added."""
_YEAR = re.compile(r"\b20\d\d\b")
_TWO_YEARS = re.compile(r"20\d\d/(?:20)?\d\d\b")
_FROM = re.compile(r"\b[Aa]b [\w. ]*20\d\d\b|\b[Vv]om [\w. ]*20\d\d an\b")
_LONGEST = 500
"""Characters of a sentence: longer ones are lines that were read as one, and say nothing of each other."""
_PRIZE = re.compile(r"[Pp]reisgeld|\bdotiert|\bJury\b|\bPreisträger")
_ASIDE = re.compile(
    r"\b(?:bei|in|an|aus|durch|mit)\s+(?:(?:den|dem|der|mehr als|rund|etwa|über|knapp)\s+)*$", re.IGNORECASE
)
_OPENLY = re.compile(
    r"(?:soll(?:en)?$|woll|will|möcht|plan|geplant|vorgesehen|vorseh|sieht|beabsichtig|angestreb|streb|voraussichtlich)",
    re.IGNORECASE,
)
_WILL_BE = re.compile(r"(?:wird|werden|werde|künftig|zukünftig|entsteht|entstehen)$", re.IGNORECASE)
"""Of a name these words tell that its state will come; of a number "werden" as often tells what is the rule."""
_NOW = re.compile(
    r"\b(?:(?:seit|bereits|schon|heute|aktuell|derzeit|gegenwärtig|laufend|unser|dies)(?:e[mnrs]?|ig\w*)?"
    r"|hatten?|wurden?|waren?)\b",
    re.IGNORECASE,
)
"""What is there or was done, and needs a word that tells a plan to be one."""
_SIZES = frozenset({"m", "m2", "kW"})
"""Units of what a thing is like."""
_NOT_YET: frozenset[Status] = frozenset({"proposed", "under_review", "paused", "rejected"})
"""States in which nothing is reached that could have been promised."""
_YEAR_OF_NAME = re.compile(r"[„\"»][^“”\"«]*\b(20\d\d)[“”\"«]")
_ATTRIBUTE = re.compile(r"(?:geplant|vorgesehen)e[mnrs]?$", re.IGNORECASE)
"""Then it is told in passing that something is planned: "in der geplanten Brücke"."""
_UNDER = re.compile(r"\b(?:nach|gemaess|laut|aus)(?: (?:\w*[md]e[mnrs]))? $")
"""Before a name, folded: then a number is of something that comes of it, and no target of its own."""
_PART_OF = r"[A-ZÄÖÜ][\w-]+ (?:der|des|eines|einer) (?:[\wäöüß-]+ ){0,2}"
"""Before a name in the genitive: what belongs to it."""
_SUM_OF_ONE = 10_000
"""Euros below which a sum is what one of many gets."""


def is_promise(stored: StoredClaim, names: Sequence[str]) -> bool:
    """Whether a claim announces what may be held against a programme; nothing else is listed as its plan anywhere.

    Its sentence must name the programme, or tell how many of what was counted before there will be in all: what a
    sentence beside it announces is as often of another thing. And that something will start or be done is only the
    programme's where it says so of its name.

    Args:
        stored: what is said.
        names: of the programme, its own first.
    """
    claim = stored.claim
    if not is_announced(stored) or _is_of_another_edition(claim, names):
        return False
    if not (names_it(claim.sentence, names) or _is_all(claim)):
        return False
    return tells_its_state(claim, names) if claim.kind == "status" else not _is_under(claim, names)


def is_announced(stored: StoredClaim) -> bool:
    """Whether a claim announces what may be held against whoever says it, be it of a programme that is named or not.

    A number of what takes place on one day, as what a course costs, is no target, nor is a prize. Nor is how long
    something takes, nor what each of several gets, nor what is only expected or proposed, nor a number that only says
    where or by what something will be ("bei den 270 Partnern"), nor what no word and no date says to be still to come.
    That something takes place, or is opened with a ceremony, is no plan either.
    """
    claim = stored.claim
    if claim.modality != "planned" or not _says_so(claim) or _NO_PROMISE.search(claim.sentence) or _is_over(stored):
        return False
    if len(claim.sentence) > _LONGEST or claim.status in _NOT_YET or is_event(claim) or _is_of_more_years(claim):
        return False
    if _is_of_name(claim) or _IF.search(claim.sentence[: place_of_state(claim)]):
        return False
    told = _will_come(claim) if claim.kind == "status" else _is_target(claim)
    return told and stands(stored)


def is_its_own(claim: Claim, names: Sequence[str]) -> bool:
    """Whether what is promised is told of the name itself: not of what is counted, nor of what belongs to it, as in
    "der Rückbau der Brücke soll 2024 beginnen".
    """
    if claim.kind != "status":
        return claim.kind != "count"
    return not any(re.search(_PART_OF + re.escape(name), claim.sentence[: place_of_state(claim)]) for name in names)


def _is_under(claim: Claim, names: Sequence[str]) -> bool:
    found = [each.string[: each.start()] for each in namings(claim.sentence, names)]
    return bool(found) and all(map(_UNDER.search, found))


def _is_of_name(claim: Claim) -> bool:
    """Whether the year in which it is due only stands in a name: "Kommission „Stadt der Seen 2030“"."""
    named = _YEAR_OF_NAME.search(claim.sentence)
    return named is not None and due_date(claim) == named[1] and claim.sentence.count(named[1]) == 1


def _is_of_more_years(claim: Claim) -> bool:
    """Whether it is of two years, of which a plan can name one, or begins in one."""
    spans = bool(_TWO_YEARS.search(claim.sentence)) and claim.kind != "status"
    return spans or (not claim.until and not claim.as_of and bool(_FROM.search(claim.sentence)))


def _is_of_another_edition(claim: Claim, names: Sequence[str]) -> bool:
    said = set(_YEAR.findall(claim.sentence))
    editions = set(_YEAR.findall(names[0]))
    return bool(said and editions and not said & editions and claim.kind != "status")


def _is_all(claim: Claim) -> bool:
    return claim.kind == "count" and is_of_all_there_will_be(claim)


def _will_come(claim: Claim) -> bool:
    """Whether a state is one that will be entered, at the time that is told."""
    dated = claim.until or claim.as_of
    if claim.status == "in_progress" or (claim.status == "planned" and not dated):
        return False
    if claim.status == "started" and claim.until and _ENDS.search(claim.sentence):
        return False
    if claim.status == "planned" and _ATTRIBUTE.search(claim.status_word or ""):
        return False
    if claim.status == "extended" and not _is_openly_planned(claim):
        return False  # "wird bis März verlängert": by what is told
    goes_on = claim.status == "completed" and _GOES_ON.search(claim.sentence)
    return not (_OTHER_DATE.search(claim.sentence) or goes_on)


def _is_target(claim: Claim) -> bool:
    goes_on = claim.status in LASTING and claim.as_of is None
    if claim.aspect == "change" or goes_on:
        return False
    on_one_day = claim.until is None and claim.as_of is not None and len(claim.as_of) == DAY_LENGTH
    if on_one_day or claim.kind == "duration" or claim.per is not None or claim.unit in _SIZES:
        return False
    if claim.kind == "money" and (_PRIZE.search(claim.sentence) or (claim.value or 0) < _SUM_OF_ONE):
        return False
    if _OF_SOME.search(claim.behind) or _TO_EACH.match(claim.behind) or _FOR_COMPARISON.search(claim.before):
        return False
    if claim.kind == "share" and claim.comparator == "<=":
        return False
    if claim.status is None and (claim.comparator == "<=" or (not claim.until and _ASIDE.search(claim.before))):
        return False
    return not is_expected(claim) and not _EACH.search(claim.before)


def _says_so(claim: Claim) -> bool:
    """Whether a word says that it lies ahead, or a date beside a state: it is read from what is around, too."""
    if _is_openly_planned(claim):
        return True
    if claim.status is None or _NOW.search(claim.sentence):
        return False
    told = claim.kind == "status" and any(map(_WILL_BE.match, claim.words("modality")))
    return told or bool(claim.until or claim.as_of)


def _is_openly_planned(claim: Claim) -> bool:
    return any(map(_OPENLY.match, claim.words("modality")))


def _is_over(stored: StoredClaim) -> bool:
    """Whether a time that something was read as planned for had passed when it was told, or was that very day."""
    due, told = stored.claim.until or stored.claim.as_of, berlin_day(stored.published)
    if told is None:
        return False
    day = date.fromisoformat(told)
    if due is None:
        return f"{day.day}. {MONTHS[day.month - 1][0]}" in stored.claim.sentence
    return days_of(due)[1] < day


def each_once(found: Sequence[Plan]) -> tuple[Plan, ...]:
    """Plans, those of one target as one: "25 Prozent bis 2035" is one promise, be it of electricity or of energy.

    Counts are one only where they count the same. What is told of a target without its date belongs to that with it.
    """
    kept: list[Plan] = []
    for plan in sorted(found, key=lambda each: each.due is None):
        place = next((place for place, other in enumerate(kept) if _are_one(plan, other)), None)
        if place is None:
            kept.append(plan)
        else:
            kept[place] = _joined(kept[place], plan)
    return tuple(sorted(kept, key=_told))


def _told(plan: Plan) -> tuple[str, str]:
    return plan.evidence[0].reporting_date, repr(plan)


def _are_one(plan: Plan, other: Plan) -> bool:
    if plan.target is None or other.target is None or plan.target.stated != other.target.stated:
        return False
    thing = plan.counted == other.counted or plan.kind != "count"
    of = (plan.subject, plan.kind, plan.unit) == (other.subject, other.kind, other.unit)
    return thing and of and plan.due in (other.due, None)


def _joined(plan: Plan, other: Plan) -> Plan:
    """The earlier and surer of two, with the proofs of both."""
    first, second = sorted((plan, other), key=lambda each: (not (each.results or each.fulfilled_by), _told(each)))
    due = first.due or second.due
    return replace(first, due=due, known=first.known or second.known, evidence=first.evidence + second.evidence)
