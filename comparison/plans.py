"""Plans beside what came of them. An outcome is told only where a later statement surely answers; else none is."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from comparison.complements import complement, named_apart
from comparison.exclusions import exclusion, foresees
from comparison.figures import Evidence, Figure, evidence, figure
from comparison.intervals import interval
from comparison.likeness import Stated, StatedPair
from comparison.relation import Relation, relate, stated
from comparison.series import Point, SeriesKey, has_level, points, series_key
from comparison.told_of_name import tells_its_state
from comparison.wording import is_of_all_there_will_be, is_so_far_counted
from models.calendar import MONTHS
from models.claim import Claim
from models.keys import fold
from models.names import is_distinctive
from models.nouns import Nouns
from models.quantity import DAY_LENGTH, Kind, days_of
from models.statuses import BEGUN, LASTING, TRAITS, Status
from models.stored import StoredClaim

PlanOutcome = Literal["reached", "not reached", "open", "undecided", "nothing found"]

_LATEST, _LATEST_AFTER_DAY = 400, 60
"""Days after a plan, or after its due date or day, within which its result is told; later it is of another round."""
_RETOLD, _RETOLD_WORDS = 0.6, 4
"""Likeness of sentences, and words in both, from which on they tell one event, if they tell one state of one thing."""
ENTERED: frozenset[Status] = frozenset({"started", "operating", "completed", "discontinued"})
"""States that a project enters once, so that a later report can say that it did."""
_YEAR = re.compile(r"\b20\d\d\b")
_ANNOUNCED = re.compile(r"\b(?:soll|sollen|will|wollen|plant|planen|gesichert)\b")
"""In a headline: then what the release tells as done is still to come."""
_NAMED = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{3,}")
_SAYING = frozenset(
    {"start", "beginn", "auftakt", "eroeffnung", "kraft", "betrieb", "inbetriebnahme", "abschluss", "fertigstellung"}
    | {fold(name) for names in MONTHS for name in names}
)
"""Words that tell of a state or its time, not of what is in it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Something announced, beside what was reported.

    Attributes:
        target: what was to be reached; None for the status of a named project.
        due: ISO date or prefix by which, None where none was stated.
        known: what the plan's own release tells that there is so far.
        results: later figures that are its result.
        fulfilled_by: later claims of that status without a number.
        perhaps: later figures that may belong to it: told in the state that was planned, nothing keeps them apart, and
            not enough joins them. The very target's own number is none: as likely as not it is told again, in words
            that do not say that it lies ahead.
        outcome: "open" while the due date lies after the last report or none was stated; "nothing
            found" where it has passed and no report speaks of it, which does not say that there is none;
            "undecided" where only figures that may belong to it were reported by then.
    """

    subject: str | None
    counted: str | None
    unit: str | None
    kind: Kind
    status: Status | None
    target: Figure | None
    due: str | None
    evidence: tuple[Evidence, ...]
    known: Point | None
    results: tuple[Point, ...]
    perhaps: tuple[Point, ...]
    fulfilled_by: tuple[Evidence, ...]
    outcome: PlanOutcome


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """What was reported beside a plan: what answers it, what there is so far, what may belong to it."""

    answers: list[StoredClaim]
    so_far: list[StoredClaim]
    perhaps: list[StoredClaim]


def plans(claims: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]) -> tuple[Plan, ...]:
    """Each plan among some claims with what they report of the same thing."""
    groups: dict[tuple[SeriesKey, str | None], list[StoredClaim]] = defaultdict(list)
    for each in claims:
        if each.claim.modality == "planned" and each.date:
            groups[series_key(each, nouns, names), due_date(each.claim)].append(each)
    last_report = max((each.date for each in claims), default="")
    actual = [each for each in claims if each.claim.modality == "actual" and each.date]
    made = []
    for (key, due), together in groups.items():
        reported = [each for each in actual if _fulfils(series_key(each, nouns, names), key)]
        made += [
            _plan(key, due, planned, _sorted_out(planned, reported, nouns), last_report) for planned in _apart(together)
        ]
    return tuple(sorted(made, key=lambda plan: (plan.evidence[0].reporting_date, str(plan.subject), repr(plan))))


def _apart(planned: Sequence[StoredClaim]) -> list[list[StoredClaim]]:
    """Plans of one noun and time: one that was announced again and again, or several where a release tells several."""
    by_number: dict[tuple[Decimal | None, Decimal | None], list[StoredClaim]] = defaultdict(list)
    for each in planned:
        by_number[each.claim.value, each.claim.value_to].append(each)
    told = {(number, each.release_id) for number, some in by_number.items() for each in some}
    several = len(told) > len({each.release_id for each in planned})
    return list(by_number.values()) if several else [list(planned)]


def reached_by(plan: Plan) -> Evidence | None:
    """What tells first that a plan was reached; None where nothing surely does."""
    if plan.outcome != "reached":
        return None
    if plan.target is None:
        return plan.fulfilled_by[0]
    wanted = interval(*plan.target.stated)
    return next(point.figure.evidence[0] for point in plan.results if not interval(*point.figure.stated).below(wanted))


def _sorted_out(planned: Sequence[StoredClaim], reported: Sequence[StoredClaim], nouns: Nouns) -> _SortedOut:
    """What answers a plan: its result as a later release tells it; the number told again says not that it was reached.

    Another number may be of another round, part or purpose: shown is only what the plan's own release tells that there
    is so far, and what was reported later in the state that was planned.
    """
    targets = [stated(each, nouns.series(each.claim.counted)) for each in planned]
    releases = {each.release_id for each in planned}
    found = _SortedOut([], [], [])
    for each in reported:
        if each.claim.value is None:
            if each.release_id not in releases and any(_enters(plan, each) for plan in planned):
                found.answers.append(each)
            continue
        one = stated(each, nouns.series(each.claim.counted))
        if each.release_id in releases:
            if any(_beside(target, one) for target in targets):
                found.so_far.append(each)
            continue
        relations = [relate(target, one) for target in targets]
        timely = any(_timely(plan, each) for plan in planned) and not _ANNOUNCED.search(each.release_title)
        if timely and each.claim.status in ENTERED and any(relation.kind == "plan" for relation in relations):
            found.answers.append(each)
        elif any(_may_answer(target, one, relation) for target, relation in zip(targets, relations, strict=True)):
            found.perhaps.append(each)
    return found


def _may_answer(target: Stated, one: Stated, relation: Relation) -> bool:
    """Whether another number was reported in the state that was planned, which no rule knows to be of another thing."""
    x, y = target.claim, one.claim
    return relation.confidence < 1 and x.value != y.value and y.status in ENTERED and foresees(x, y)


def _beside(target: Stated, one: Stated) -> bool:
    """ "Bislang lehren 27 Professuren. Insgesamt sollen es 50 werden": what is counted in one breath as what there is,
    no rule being against it.

    A unit alone, of money or time, says nothing of the kind.
    """
    first, then = sorted((one.claim, target.claim), key=lambda claim: claim.sentence_start)
    between = then.sentence_start - first.sentence_start - len(first.sentence)
    in_one_breath = then.sentence_start == first.sentence_start or (
        0 <= between <= 1 and one.claim.counted == target.claim.counted
    )
    so_far = is_so_far_counted(one.claim) or is_of_all_there_will_be(target.claim)
    return in_one_breath and one.claim.kind == "count" and so_far and exclusion(StatedPair(target, one)) is None


def _timely(plan: StoredClaim, result: StoredClaim) -> bool:
    """Whether a result is of the time that was planned for, and not told before it or of a later round."""
    due, of = due_date(plan.claim), due_date(result.claim)
    if due and of and len(due) == len(of) and due != of:
        return False
    years = [set(_YEAR.findall(each.release_title)) for each in (plan, result)]
    if all(years) and not years[0] & years[1]:
        return False  # the prize of another year
    if of and days_of(of)[1] < days_of(plan.date)[0]:
        return False
    if plan.claim.since and result.date < plan.claim.since:
        return False  # told before it was to begin
    begin, end = days_of(due or plan.date)
    told = days_of(result.date)[1]
    if told < min(begin, days_of(plan.date)[0]):
        return False
    if due is None and plan.claim.value is not None:
        return True  # that very number tells which plan it was
    return (told - end).days <= (_LATEST_AFTER_DAY if due and len(due) == DAY_LENGTH and of != due else _LATEST)


def _enters(plan: StoredClaim, result: StoredClaim) -> bool:
    """Whether a report surely says that a named thing has entered the state that was announced of it."""
    x, y = plan.claim, result.claim
    if x.status not in ENTERED or not x.subject or not y.subject or not is_distinctive(x.subject):
        return False
    if y.sentence in (x.sentence, plan.release_title):
        return False  # the announcement told again
    if named_apart(x.subject, x.sentence, y.subject, y.sentence) or not _timely(plan, result):
        return False
    return _names_either(plan, result) or _comes_on_its_day(x, result) or _retells(plan, result)


def _names_either(plan: StoredClaim, result: StoredClaim) -> bool:
    """Whether either side says it of the thing by its name, the plan perhaps by its noun alone: "die Brücke".

    What is said of "it" may be said of a part; and neither may say it of more than the name.
    """
    x, y = plan.claim, result.claim
    assert x.subject is not None and y.subject is not None
    name, other = fold(x.subject), fold(y.subject)
    if x.quote == y.quote or other not in fold(y.quote):
        return False
    if name not in fold(x.quote) and not (_has_its_noun(x.quote, x.subject) and tells_its_state(y, [y.subject])):
        return False
    if (complement(x.subject, x.sentence) is None) != (complement(y.subject, y.sentence) is None):
        return False  # one of what belongs to it
    return not _besides(x, name, result) and not _besides(y, other, plan)


def _has_its_noun(quote: str, name: str) -> bool:
    """Whether a quote has the noun that a name begins with, or its end: "Halle" of "Sporthalle am See"."""
    noun = fold(name.split()[0].rpartition("-")[2])
    return any(noun.endswith(fold(word)) for word in _NAMED.findall(quote))


def _comes_on_its_day(planned: Claim, result: StoredClaim) -> bool:
    """Whether the very state is told of the thing on the day, or as of the day, for which it was announced."""
    due, told = due_date(planned), result.claim
    if due is None or len(due) != DAY_LENGTH or told.status != planned.status or told.subject is None:
        return False
    return due in (result.date, due_date(told)) and tells_its_state(told, [told.subject])


def _retells(plan: StoredClaim, result: StoredClaim) -> bool:
    """Whether the announcement's own sentence is told as done: "startet im Herbst die Reihe", "startete die Reihe"."""
    pair = StatedPair(stated(plan), stated(result))
    alike = pair.sentences_alike >= _RETOLD and len(pair.a.words & pair.b.words) >= _RETOLD_WORDS
    return alike and pair.b.other_numbers <= pair.a.other_numbers and plan.claim.status == result.claim.status


def _besides(claim: Claim, name: str, other: StoredClaim) -> set[str]:
    """What a quote names besides a name that the other statement does not have."""
    rest = fold(f"{other.release_title} {other.claim.sentence}")
    words = {fold(word) for word in _NAMED.findall(claim.quote)}
    return {word for word in words if word not in name and word not in rest and word not in _SAYING}


def _plan(key: SeriesKey, due: str | None, planned: list[StoredClaim], reported: _SortedOut, last_report: str) -> Plan:
    made_at = max(each.date for each in planned)
    target = None if key.kind == "status" else figure(planned)
    known = points([each for each in reported.so_far if each.date <= made_at and _leads_to(target, each)])
    later = [each for each in reported.answers if each.date > made_at]
    results = points([each for each in later if each.claim.value is not None])
    later_too = [each for each in reported.perhaps if each.date > made_at]
    perhaps = points([each for each in later_too if any(_timely(plan, each) for plan in planned)])
    return Plan(
        subject=key.subject,
        counted=key.counted,
        unit=key.unit,
        kind=key.kind,
        status=key.status,
        target=target,
        due=due,
        evidence=target.evidence + target.disputed if target else tuple(map(evidence, planned)),
        known=known[-1] if known else None,
        results=results,
        perhaps=perhaps,
        fulfilled_by=tuple(evidence(each) for each in later if each.claim.value is None),
        outcome=_outcome(target, due, results, perhaps, later, last_report),
    )


def _leads_to(target: Figure | None, reported: StoredClaim) -> bool:
    """Whether a figure is on the way to a target: what is as much, or more, before it begins is of another thing, and
    what was replaced by another number is no longer known.
    """
    value = reported.claim.value
    return target is None or (value is not None and value < target.value and has_level(reported.claim))


def _outcome(
    target: Figure | None,
    due: str | None,
    results: tuple[Point, ...],
    perhaps: tuple[Point, ...],
    later: list[StoredClaim],
    last_report: str,
) -> PlanOutcome:
    if target is None:
        reached = bool(later)
    else:
        wanted = interval(*target.stated)
        reached = any(not interval(*point.figure.stated).below(wanted) for point in results)
    if reached:
        return "reached"
    # A plan for "2023" is due when 2023 is over.
    if due is None or last_report <= due or last_report.startswith(due):
        return "open"
    if any(each.date >= due for each in later):
        return "not reached"
    return "undecided" if any(point.date >= due for point in perhaps) else "nothing found"


def _fulfils(reported: SeriesKey, planned: SeriesKey) -> bool:
    """Whether a number reported can be laid beside a plan: the same thing in the same state."""
    return (reported.subject, reported.counted, reported.unit, reported.kind) == (
        planned.subject,
        planned.counted,
        planned.unit,
        planned.kind,
    ) and (
        planned.status in (reported.status, None)
        or (reported.status is not None and planned.status in TRAITS[reported.status].brings)
    )


def due_date(claim: Claim) -> str | None:
    """By when something is announced: ISO date or prefix, None where that is not said.

    Until when something is extended is not when that will be done; what lasts for a time begins when that begins.
    """
    if claim.kind == "status" and claim.status in BEGUN and claim.since:
        return claim.since
    lasts = claim.kind == "status" and claim.status in LASTING
    return claim.as_of if lasts else claim.until or claim.as_of
