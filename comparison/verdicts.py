"""Verdicts: what stored claims of the same thing say to a claim that is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comparison.agreement import allowed, supporting
from comparison.alike import Akin, apart, newest_report
from comparison.exclusions import DOUBT, ExclusionReason
from comparison.figures import Evidence, evidence, merged_dates
from models.calendar import berlin_day
from models.claim import Claim
from models.statuses import TRAITS
from models.stored import StoredClaim

Verdict = Literal["supported", "outdated", "contradicted", "differs", "not_comparable", "unknown"]
Reason = Literal[
    "same", "earlier", "not_since", "other_at_date", "other_latest", "leaves_room", "several_numbers", "other_state",
    "told_elsewhere", "may_differ", "vague", "computed",
    "not_asserted", "nothing_at_date", "nothing",
]  # fmt: skip

# From the verdict that most needs a person's eyes to the one that least does.
GRAVITY: tuple[Verdict, ...] = ("contradicted", "differs", "outdated", "unknown", "not_comparable", "supported")
MOST_EVIDENCE, MOST_SIMILAR = 3, 5

_NEARLY_AS_AKIN = 0.6
_TELLING = 100
_DAY = len("2024-12-31")
_ENDED = frozenset(status for status, traits in TRAITS.items() if traits.end)


@dataclass(frozen=True, slots=True)
class Similar:
    """A stored claim that speaks of the same or the like, and why no verdict rests on it.

    `reason` is what differs and how it reads on either side, as `comparison.exclusions` has it; None where it may be
    laid beside what is asked, but other claims weigh more.
    """

    proof: Evidence
    reason: ExclusionReason | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the stored claims say to one claim of a statement.

    Attributes:
        asked: the claim as read from the statement.
        verdict: `supported`: equal to the latest reporting date, or to the date that the statement
            names; `outdated`: equal to an earlier date; `contradicted`: the statement names a date
            and another number was reported for it; `differs`: no date named, the latest number is
            another; `not_comparable`, `unknown`.
        reason: what led to it.
        programme: the project or programme it was sought under, None where none is named.
        stated: the claims that the verdict rests on, the newest first.
        later: those that overtook them.
        similar: claims that are similar, the most akin first, five at most; none of them is evidence.
    """

    asked: Claim
    verdict: Verdict
    reason: Reason
    programme: str | None
    stated: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def date(self) -> str | None:
        """Reporting date of what the verdict rests on."""
        return self.stated[0].reporting_date if self.stated else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on, then what overtook it."""
        return self.stated + self.later


def judge(
    asked: Claim, programme: str | None, about: Sequence[Akin], *, day: str = "", is_whole: bool = False
) -> Finding:
    """The verdict on a claim of a statement.

    Args:
        asked: the claim that is checked.
        programme: what it is about, where that has a name.
        about: stored claims that may speak of the same, the most akin first; none that was rejected.
        day: when it was said; what was published later is none of `about`.
        is_whole: whether other claims of the statement are parts of it.
    """
    if asked.kind == "status":
        return _judge_state(asked, programme, [each.stored for each in about if each.claim.kind == "status"])
    wholes = {each.stored.whole_key for each in about}
    about = [replace(each, whole=each.stored.key in wholes) for each in about]
    reasons = reasons_of(asked, about, day=day, is_whole=is_whole)
    fits = _wholes([each for each in about if reasons[each.stored.key] is None], asked)
    if not about:
        return nothing(asked, programme)
    if asked.modality in ("possible", "denied"):
        finding = _judge_latest(asked, programme, fits, ()) if fits and asked.modality == "possible" else None
        if finding is None or finding.verdict != "supported":
            finding = found(asked, "not_comparable", "not_asserted", programme, ())
        return with_similar(finding, about, reasons)
    if not fits:
        return with_similar(found(asked, "not_comparable", "other_state", programme, ()), about, reasons)
    newest = newest_report(asked, fits, [each.stored for each in about if each.thing != "other"])
    named = named_date(asked)
    if named is None:
        finding = _judge_latest(asked, programme, fits, newest)
        if finding.verdict == "supported" and _may_differ(asked, day, finding, about):
            finding = found(asked, "not_comparable", "may_differ", programme, ())
    else:
        finding = _judge_at(named, asked, programme, fits)
    if finding.verdict in ("differs", "contradicted", "outdated") and _told_elsewhere(asked, day, finding, about):
        finding = found(asked, "not_comparable", "told_elsewhere", programme, ())
    return with_similar(finding, about, reasons)


def _wholes(fits: Sequence[Akin], asked: Claim) -> list[Akin]:
    """Those that are no parts of others: "1.100 Personen, von denen 350 gewaltbereit sind" are 1,100."""
    keys = {each.stored.key for each in fits}
    return [each for each in fits if asked.of is not None or each.stored.whole_key not in keys]


def reasons_of(
    asked: Claim, about: Sequence[Akin], *, day: str = "", is_whole: bool = False
) -> dict[str, ExclusionReason | None]:
    """Why each stored claim may not be laid beside one that is checked, by key; None where it may."""
    return {each.stored.key: _apart(asked, day, each, is_whole=is_whole) for each in about}


def _apart(asked: Claim, day: str, other: Akin, *, is_whole: bool) -> ExclusionReason | None:
    same = other.claim.value is not None and bool(supporting(asked, [other.stored]))
    return apart(asked, day, other, same_number=same, is_whole=is_whole)


def _may_differ(asked: Claim, day: str, finding: Finding, about: Sequence[Akin]) -> bool:
    """Whether another number may have been stated of the same thing since, or of one where the same release tells all.

    That is so where only the words around it do not say enough.
    """
    keys = {each.key for each in finding.evidence}
    proofs = [each for each in about if each.stored.key in keys]
    least = min(each.shared for each in proofs) * _NEARLY_AS_AKIN
    latest = max(each.stored.date for each in proofs)
    total = all(each.claim.aspect == "total" for each in proofs) and asked.aspect != "total"
    wanted = allowed(asked)
    said_of_it = frozenset[str]().union(*(each.unsaid for each in proofs))
    for each in about:
        if not each.unsaid <= said_of_it:
            continue  # something else is told of it
        too_old = each.stored.date < latest or (each.stored.date == latest and not total)
        other = not any(proof.nouns <= each.nouns for proof in proofs)
        if too_old or other or each.claim.value is None or each.shared < least or allowed(each.claim).overlaps(wanted):
            continue
        reached = _as_reached(each.stored) if asked.modality == "actual" else each.stored
        reason = apart(asked, day, replace(each, missing=None, stored=reached), same_number=False)
        # "Je Stunde" and "je Zeitstunde" are one; that another is meant must not be guessed from words.
        if reason is None or reason[0].startswith(DOUBT) or reason[0] == "per":
            return True
    return False


def _as_reached(stored: StoredClaim) -> StoredClaim:
    """A plan as if it had come true, which it may have since."""
    if stored.claim.modality != "planned":
        return stored
    return replace(stored, claim=replace(stored.claim, modality="actual"))


def _told_elsewhere(asked: Claim, day: str, finding: Finding, about: Sequence[Akin]) -> bool:
    """Whether the number itself is stated of what may be the same thing.

    That is so where it is kept apart only by words or in doubt, and where all that the statement says stands around
    it: "74.789 Ukrainer" were told as "74.789 Kriegsgeflüchtete aus der Ukraine". A release that tells another number
    of the very noun tells the two apart itself.
    """
    named = named_date(asked)
    # Of an outdated number it is known that it was told; it must not have been told again since.
    since = finding.later[0].reporting_date if finding.verdict == "outdated" and finding.later else ""
    keys = {each.key for each in finding.evidence}
    telling_apart = {each.stored.release_id for each in about if each.stored.key in keys and each.thing == "same"}
    latest = max((each.reporting_date for each in finding.evidence), default="")
    proofs = [each for each in about if each.stored.key in keys]
    all_said = not any(each.lacking for each in proofs)
    least = min((each.shared for each in proofs), default=0.0) * _NEARLY_AS_AKIN
    one_number = asked.comparator in ("=", "~")
    for each in about:
        if each.claim.value is None or each.stored.date < since or not supporting(asked, [each.stored]):
            continue
        if finding.verdict == "differs" and all_said and each.unsaid and each.stored.date < latest:
            continue  # told of it before that, but not what the statement says of it
        if named is not None and not is_at(named, each.stored):
            continue
        of_a_kind = (asked.kind, asked.unit) == (each.claim.kind, each.claim.unit) and not each.passed
        # Small numbers are of many things.
        telling = each.thing != "other" or each.claim.value >= _TELLING
        if (
            one_number
            and telling
            and each.missing is None
            and of_a_kind
            and each.stored.release_id not in telling_apart
        ):
            return True
        if each.thing == "other" or each.shared < least:
            continue
        reason = apart(asked, day, replace(each, missing=None, passed=False), same_number=True)
        if reason is None or reason[0].startswith(DOUBT):
            return True
    return False


def with_similar(finding: Finding, about: Sequence[Akin], reasons: Mapping[str, ExclusionReason | None]) -> Finding:
    """The finding with what is similar: one claim of a release, none that is evidence already."""
    shown = {each.release_id for each in finding.evidence}
    similar: list[Similar] = []
    for each in about:
        if each.stored.release_id not in shown and len(similar) < MOST_SIMILAR:
            shown.add(each.stored.release_id)
            similar.append(Similar(evidence(each.stored), reasons.get(each.stored.key)))
    return replace(finding, similar=tuple(similar))


def _judge_at(named: str, asked: Claim, programme: str | None, fits: Sequence[Akin]) -> Finding:
    """The verdict by claims that may be laid beside it, of the date that the statement names."""
    at_date = [each for each in fits if is_at(named, each.stored) and not _only_published(asked, each.stored)]
    # What was only published within a year may tell of another month than the statement means.
    told = _of_whole(named, [each for each in at_date if _tells_time(named, each.stored)])
    near = at_date or [each for each in fits if is_near(named, each.stored)]
    if same := _sure(asked, told) or _sure(asked, near):
        return found(asked, "supported", "same", programme, same)
    if not at_date:
        return found(asked, "not_comparable", "nothing_at_date", programme, [each.stored for each in fits])
    if not told:
        return found(asked, "not_comparable", "nothing_at_date", programme, [each.stored for each in at_date])
    return _unlike(asked, programme, told, "contradicted", "other_at_date")


def _of_whole(named: str, told: Sequence[Akin]) -> list[Akin]:
    """Of a year or month that has passed what was told behind its end, if anything: what was "bislang" is less."""
    behind = [each for each in told if (berlin_day(each.stored.published) or "")[: len(named)] > named]
    return behind if behind and len(named) < _DAY else list(told)


def _tells_time(named: str, stored: StoredClaim) -> bool:
    """Whether a claim itself tells of the time that is named, or was published on that very day."""
    return (
        stored.claim.reporting_basis != "published" or _is_at(named, stored.claim.as_of or "") or named == stored.date
    )


def _only_published(asked: Claim, stored: StoredClaim) -> bool:
    """Whether what came about within a year is told of no time, only published within that year."""
    event = asked.status is not None and TRAITS[asked.status].event
    told = (stored.claim.as_of, stored.claim.since, stored.claim.until)
    return event and asked.span == "year" and not any(told) and stored.claim.reporting_basis == "published"


def _judge_latest(asked: Claim, programme: str | None, fits: Sequence[Akin], newest: Sequence[StoredClaim]) -> Finding:
    """The verdict by the latest claims that may be laid beside it; `newest` are of other states too."""
    by_date = _by_date(fits)
    wanted = allowed(asked)
    for date in sorted(by_date, reverse=True):
        if supporting(asked, [each.stored for each in by_date[date]]):
            same = _sure(asked, by_date[date])
            if not same:
                return found(asked, "not_comparable", "several_numbers", programme, [e.stored for e in by_date[date]])
            later = [e for other in by_date if other > date for e in by_date[other]]
            later = [each for each in later if not allowed(each.claim).overlaps(wanted)]
            if later:
                equal = [each for each in fits if supporting(asked, [each.stored]) and each.stored.date <= date]
                return _overtaken(asked, programme, equal, later)
            if newest and newest[0].date > date:
                return found(asked, "outdated", "not_since", programme, same, newest)
            return found(asked, "supported", "same", programme, same)
    latest = by_date[max(by_date)]
    return _unlike(asked, programme, latest, "differs", "other_latest")


def _overtaken(asked: Claim, programme: str | None, same: Sequence[Akin], later: Sequence[Akin]) -> Finding:
    """The verdict where other numbers were stated since: both must surely tell of what is asked."""
    tight = [each.stored for each in later if each.distant is None]
    newest = max((each.date for each in tight), default="")
    sure = [each for each in tight if each.date == newest]
    stated = [each.stored for each in same if each.distant is None]
    if sure and stated:
        return found(asked, "outdated", "earlier", programme, stated, sure)
    return found(asked, "not_comparable", "several_numbers", programme, [each.stored for each in (*same, *later)])


def _sure(asked: Claim, fits: Sequence[Akin]) -> list[StoredClaim]:
    """Those that say no less than what is asked, unless another number is as much spoken of."""
    same = supporting(asked, [each.stored for each in fits])
    keys = {each.key for each in same}
    best = max((each.shared for each in fits if each.stored.key in keys), default=0.0)
    wanted = allowed(asked)
    others = [each for each in fits if not allowed(each.claim).overlaps(wanted)]
    if any(each.shared > best for each in others):
        return []
    # "Insgesamt 75.000 Euro" beside "15.000 Euro" for each: which is meant, is not said.
    rivals = {each.stored.release_id for each in others if each.distant is None}
    told = (asked.aspect, None, "level")
    return [each for each in same if each.claim.aspect in told or each.release_id not in rivals]


def _unlike(asked: Claim, programme: str | None, fits: Sequence[Akin], verdict: Verdict, reason: Reason) -> Finding:
    """The verdict that the numbers of a date exclude the one asked; a milder one where they do not."""
    wanted = allowed(asked)
    # Beside what stands with all that the statement says, what stands further from it counts nothing.
    fits = [each for each in fits if each.distant is None] or fits
    stated = [each.stored for each in fits]
    intervals = [allowed(each.claim) for each in fits]
    if not all(a.overlaps(b) for a in intervals for b in intervals):
        return found(asked, "not_comparable", "several_numbers", programme, stated)
    excluding = [each for each in fits if not wanted.overlaps(allowed(each.claim))]
    if not excluding:
        return found(asked, "not_comparable", "leaves_room", programme, stated)
    # What is told of the very date need not repeat what it is about.
    sure = [each.stored for each in excluding if each.distant is None or verdict == "contradicted"]
    if verdict == "differs" and asked.predicate is not None:
        sure = [each for each in sure if each.claim.predicate is not None]  # who says "beschäftigt" means no advised
    if not sure:
        return found(asked, "not_comparable", "other_state", programme, ())
    return found(asked, verdict, reason, programme, sure)


def _judge_state(asked: Claim, programme: str | None, claims: Sequence[StoredClaim]) -> Finding:
    """The status of a project: an end overrules what was before it; other states may stand side by side."""
    claims = [each for each in claims if each.claim.modality == asked.modality]
    named = named_date(asked)
    dated = claims if named is None else [each for each in claims if is_at(named, each)]
    if not dated:
        if not claims:
            return nothing(asked, programme)
        return found(asked, "not_comparable", "nothing_at_date", programme, claims)
    latest = max(dated, key=lambda each: each.date)
    ended = latest.claim.status in _ENDED
    of_status = [each for each in dated if each.claim.status == asked.status]
    same = [each for each in of_status if _until_same(asked, each.claim)]
    if same and ended and asked.status not in _ENDED:
        return found(asked, "outdated", "earlier", programme, same, [latest])
    if same:
        return found(asked, "supported", "same", programme, same)
    if of_status:
        return found(asked, "differs", "other_latest", programme, of_status)
    if ended or asked.status in _ENDED:
        return found(asked, "differs", "other_latest", programme, [latest])
    return found(asked, "not_comparable", "other_state", programme, dated)


def _until_same(asked: Claim, stated: Claim) -> bool:
    return asked.until is None or (stated.until is not None and _is_at(asked.until, stated.until))


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
    """Whether a claim is of a date, or of the period that its prefix names."""
    return _is_at(named, stored.date) or _is_at(named, stored.claim.as_of or "")


def is_near(named: str, stored: StoredClaim) -> bool:
    """Whether a claim was published in the weeks that the end of a year or month stands for ("Ende 2015")."""
    year, _, rest = named.partition("-")
    if rest == "12-31":
        return stored.date[:7] in (f"{year}-10", f"{year}-11", f"{year}-12", f"{int(year) + 1}-01")
    return len(named) == _DAY and stored.date[:7] == named[:7]


def _is_at(named: str, date: str) -> bool:
    return bool(date) and (date.startswith(named) or named.startswith(date))


def _by_date(fits: Sequence[Akin]) -> dict[str, list[Akin]]:
    merged = merged_dates(each.stored.date for each in fits)
    grouped: dict[str, list[Akin]] = {}
    for each in fits:
        grouped.setdefault(merged[each.stored.date], []).append(each)
    return grouped


def nothing(asked: Claim, programme: str | None) -> Finding:
    """Nothing stored speaks of this."""
    return found(asked, "unknown", "nothing", programme, ())


def found(
    asked: Claim,
    verdict: Verdict,
    reason: Reason,
    programme: str | None,
    claims: Sequence[StoredClaim],
    later: Sequence[StoredClaim] = (),
) -> Finding:
    """A finding that rests on `claims`, and on `later` ones where these have been overtaken."""
    return Finding(asked, verdict, reason, programme, _proofs(claims), _proofs(later))


def _proofs(claims: Sequence[StoredClaim]) -> tuple[Evidence, ...]:
    """The newest first."""
    ordered = sorted(claims, key=lambda each: (each.date, each.published is not None, each.published), reverse=True)
    return tuple(map(evidence, ordered[:MOST_EVIDENCE]))
