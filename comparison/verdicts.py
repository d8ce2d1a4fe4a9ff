"""Verdicts: what stored claims of the same thing say to a claim that is checked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from comparison.agreement import allowed, is_greater, may_be_other_sum, may_be_rounded, moved_on, supporting
from comparison.alike import Akin, apart, newest_report
from comparison.dating import times_compare, told_since
from comparison.differences import subtractable
from comparison.exclusions import exclusion
from comparison.figures import merged_dates
from comparison.findings import Finding, Reason, Verdict, found, likest, nothing, with_similar
from comparison.likeness import StatedPair
from comparison.named_dates import (
    agree,
    is_at,
    is_near,
    may_go_on,
    named_date,
    names_season,
    names_start,
    names_year,
    of_weeks,
    of_whole,
    only_published,
    sums_up,
    tells_time,
)
from comparison.reasons import UNSAID, ExclusionReason
from comparison.relation import relate
from comparison.relation import stated as as_stated
from comparison.told_otherwise import may_differ, told_elsewhere
from models.claim import Claim
from models.statuses import TRAITS
from models.stored import StoredClaim

_LEVELS, _DIFFERENCES = ("level", "total"), ("change", "increment")
_ENDED = frozenset(status for status, traits in TRAITS.items() if traits.end)


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
    fits = _very_things(_wholes([each for each in about if reasons[each.stored.key] is None], asked), asked)
    fits = _no_rests(fits, asked, about)
    if not about:
        return nothing(asked, programme)
    if asked.modality in ("possible", "denied"):
        finding = _judge_latest(asked, programme, fits, ()) if fits and asked.modality == "possible" else None
        told = finding is not None and finding.verdict in ("supported", "outdated")
        if finding is None or not told or may_differ(asked, day, finding, about):
            finding = found(asked, "not_comparable", "not_asserted", programme, ())
        return with_similar(finding, about, reasons)
    if not fits:
        return _nothing_fits(asked, programme, about, reasons)
    newest = newest_report(asked, fits, [each.stored for each in about if each.thing != "other"])
    named = named_date(asked)
    if named is None:
        finding = _judge_latest(asked, programme, fits, newest)
        if finding.reason == "same" and may_differ(asked, day, finding, about):
            finding = found(asked, "not_comparable", "may_differ", programme, ())
    else:
        finding = _judge_at(named, asked, programme, fits)
    if finding.verdict in ("differs", "contradicted", "outdated") and told_elsewhere(asked, day, finding, about):
        finding = found(asked, "not_comparable", "told_elsewhere", programme, ())
    if finding.reason in ("nothing_at_date", "other_time"):
        time: ExclusionReason = ("time", named or asked.since or UNSAID, UNSAID)
        reasons = {key: reason or time for key, reason in reasons.items()}
    return with_similar(finding, about, reasons)


def _nothing_fits(
    asked: Claim, programme: str | None, about: Sequence[Akin], reasons: Mapping[str, ExclusionReason | None]
) -> Finding:
    """The finding where nothing may be laid beside the claim: for a difference the levels that it may be between."""
    done = [each.stored for each in about if (reasons[each.stored.key] or UNSAID)[0] == "actor"]
    if same := supporting(asked, done):
        return with_similar(found(asked, "not_comparable", "other_actor", programme, same), about, reasons)
    alike = [each for each in about if each.thing != "other" and each.claim.kind == asked.kind]
    if asked.kind == "count" and programme is None and not alike:
        return with_similar(nothing(asked, programme), about, reasons)
    told = [each for each in alike if each.claim.aspect in _LEVELS and each.claim.modality == "actual"]
    levels = likest(asked, told, programme)
    if asked.aspect not in _DIFFERENCES or not levels:
        return with_similar(found(asked, "not_comparable", "other_state", programme, ()), about, reasons)
    sure = [each for each in levels if each.thing == "same" and each.missing is None and each.narrower is None]
    of_state = [each.stored for each in sure if _said_of(each.claim) == _said_of(asked)]
    between = subtractable(of_state, asked.counted)
    finding = found(asked, "not_comparable", "difference" if between else "no_difference", programme, between)
    return with_similar(finding, levels if between else about, reasons)


def _said_of(claim: Claim) -> tuple[object, ...]:
    return claim.status, claim.predicate, claim.of is None


def _wholes(fits: Sequence[Akin], asked: Claim) -> list[Akin]:
    """Those that are no parts of others: "1.100 Personen, von denen 350 gewaltbereit sind" are 1,100.

    Where the statement speaks more of a part than of its whole ("die der Bezirke"), the part is meant.
    """
    if asked.of is not None:
        return list(fits)
    shared = {each.stored.key: each.shared for each in fits}
    meant = {each.stored.key for each in fits if each.shared > shared.get(each.stored.whole_key or "", 1.0)}
    divided = {each.stored.whole_key for each in fits if each.stored.key in meant}
    parts = {each.stored.key for each in fits if each.stored.whole_key in shared} - meant
    return [each for each in fits if each.stored.key not in parts | divided]


def _no_rests(fits: Sequence[Akin], asked: Claim, about: Sequence[Akin]) -> list[Akin]:
    """Without parts of another number that are in the state of their whole, which alone may speak against the asked.

    "4.000 Plätze gingen in Betrieb, davon 2.800 aus dem Landesprogramm": who speaks of 6,500 does not mean the 2,800,
    even where the 4,000 may not be laid beside them.
    """
    states = {each.stored.key: (each.claim.status, each.claim.predicate) for each in about}
    return [
        each
        for each in fits
        if asked.of is not None
        or states.get(each.stored.whole_key or "") != (each.claim.status, each.claim.predicate)
        or supporting(asked, [each.stored])
    ]


def _very_things(fits: Sequence[Akin], asked: Claim) -> list[Akin]:
    """Without what is only akin where the same release counts the very thing, too: it tells the two apart.

    Of what is akin, a number that is open to one side is told by the same number alone.
    """
    counting = {each.stored.release_id for each in fits if each.thing == "same"}
    is_open = asked.comparator in (">", ">=", "<", "<=")
    return [
        each
        for each in fits
        if each.thing == "same"
        or (each.stored.release_id not in counting and not (is_open and each.claim.comparator != asked.comparator))
    ]


def reasons_of(
    asked: Claim, about: Sequence[Akin], *, day: str = "", is_whole: bool = False
) -> dict[str, ExclusionReason | None]:
    """Why each stored claim may not be laid beside one that is checked, by key; None where it may."""
    return {each.stored.key: _apart(asked, day, each, is_whole=is_whole) for each in about}


def _apart(asked: Claim, day: str, other: Akin, *, is_whole: bool) -> ExclusionReason | None:
    same = other.claim.value is not None and bool(supporting(asked, [other.stored]))
    return apart(asked, day, other, same_number=same, is_whole=is_whole)


def _judge_at(named: str, asked: Claim, programme: str | None, fits: Sequence[Akin]) -> Finding:
    """The verdict by claims that may be laid beside it, of the date that the statement names."""
    at_date = [each for each in fits if is_at(named, each.stored) and not only_published(asked, each.stored)]
    # What was only published within a year may tell of another month than the statement means.
    told = [each for each in at_date if tells_time(named, each.stored) and not sums_up(asked, each.claim)]
    told = of_whole(named, told)
    near = at_date or [each for each in fits if is_near(named, each.stored)]
    dated = {(each.stored.release_id, each.claim.sentence_start) for each in told}  # the year is theirs
    of_year = [
        each
        for each in fits
        if (names_year(named, each.stored) or names_season(asked, each.stored))
        and (each.stored.release_id, each.claim.sentence_start) not in dated
    ]
    if same := _sure(asked, told) or _sure(asked, near) or _sure(asked, of_year):
        if others := _told_besides(asked, same, told):
            return found(asked, "supported", "others_then", programme, same, others)
        return found(asked, "supported", "at_one_time" if of_weeks(named, same) else "same", programme, same)
    if not at_date:
        return _of_other_time(asked, programme, fits)
    if not told:
        return found(asked, "not_comparable", "nothing_at_date", programme, ())
    return _unlike(asked, programme, told, "contradicted", "other_at_date")


def _judge_latest(asked: Claim, programme: str | None, fits: Sequence[Akin], newest: Sequence[StoredClaim]) -> Finding:
    """The verdict by the latest claims that may be laid beside it; `newest` are of other states too."""
    # "Seit 2016 …": what is told of a year or a school alone neither overtakes a total nor speaks against it.
    spanning = [each for each in fits if asked.since is None or names_start(asked.since, each.claim)]
    if not spanning:
        return _of_other_time(asked, programme, fits)
    fits = [each for each in fits if may_go_on(asked, each.claim)]
    newest = [each for each in newest if may_go_on(asked, each.claim)]
    by_date = _by_date(fits)
    wanted = allowed(asked)
    for date in sorted(by_date, reverse=True):
        if supporting(asked, [each.stored for each in by_date[date]]):
            same = _sure(asked, by_date[date])
            if not same:
                return found(asked, "not_comparable", "several_numbers", programme, [e.stored for e in by_date[date]])
            later = [e for other in by_date if other > date for e in by_date[other]]
            later = [e for e in later if not allowed(e.claim).overlaps(wanted) or moved_on(asked, e.claim)]
            if later:
                equal = [each for each in fits if supporting(asked, [each.stored]) and each.stored.date <= date]
                return _overtaken(asked, programme, equal, later)
            if newest and newest[0].date > date:
                return found(asked, "outdated", "not_since", programme, same, newest)
            if others := _told_besides(asked, same, by_date[date]):
                return found(asked, "supported", "others_then", programme, same, others)
            return found(asked, "supported", "same", programme, same)
    against = _by_date(spanning)
    return _unlike(asked, programme, against[max(against)], "differs", "other_latest")


def _told_besides(asked: Claim, same: Sequence[StoredClaim], at_date: Sequence[Akin]) -> list[StoredClaim]:
    """What other releases state of the very thing for the same time; all must say of when it is."""
    wanted, told = allowed(asked), {each.release_id for each in same}
    if any(each.claim.reporting_basis != "stated" for each in same):
        return []
    return [
        each.stored
        for each in at_date
        if each.thing == "same"
        and each.distant is None
        and each.stored.release_id not in told
        and each.claim.reporting_basis == "stated"
        and not allowed(each.claim).overlaps(wanted)
        and not any(may_be_rounded(*pair) for pair in ((each.claim, asked), (asked, each.claim)))
        and not may_be_other_sum(asked, each.claim)
    ]


def _of_other_time(asked: Claim, programme: str | None, fits: Sequence[Akin]) -> Finding:
    """That nothing is told of the time in question; what another number was at another time says nothing of it."""
    same = supporting(asked, [each.stored for each in fits if each.thing == "same" and each.distant is None])
    return found(asked, "not_comparable", "other_time" if same else "nothing_at_date", programme, same)


def _overtaken(asked: Claim, programme: str | None, same: Sequence[Akin], later: Sequence[Akin]) -> Finding:
    """The verdict where other numbers were stated since: both must surely tell of what is asked."""
    tight = [each.stored for each in later if each.distant is None and not may_be_other_sum(asked, each.claim)]
    newest = max((each.date for each in tight), default="")
    stated = [each.stored for each in same if each.distant is None]
    sure = [each for each in tight if each.date == newest and any(_may_follow(each, other) for other in stated)]
    if sure and stated:
        return found(asked, "outdated", "earlier", programme, stated, sure)
    if stated:
        # What was told since may be of something else: then what is asked is so for its own date, and no more is said.
        return found(asked, "supported", "others_since", programme, stated, [each.stored for each in later])
    return found(asked, "not_comparable", "several_numbers", programme, [each.stored for each in (*same, *later)])


def _may_follow(later: StoredClaim, earlier: StoredClaim) -> bool:
    """Whether nothing keeps two stored numbers apart, so that one may have taken the place of the other.

    That both count what is asked for is known, in whatever words.
    """
    reason = exclusion(StatedPair(as_stated(earlier), as_stated(later)))
    if times_compare(earlier, later):
        return reason is None or reason[0] == "thing"
    return told_since(later, earlier) and relate(as_stated(earlier), as_stated(later)).tells_change


def _sure(asked: Claim, fits: Sequence[Akin]) -> list[StoredClaim]:
    """Those that say no less than what is asked, unless another number is as much spoken of."""
    same = supporting(asked, [each.stored for each in fits])
    keys = {each.key for each in same}
    best = max((each.shared for each in fits if each.stored.key in keys), default=0.0)
    wanted = allowed(asked)
    others = [each for each in fits if each.stored.key not in keys and not allowed(each.claim).overlaps(wanted)]
    if any(each.shared > best for each in others):
        return []
    # "Insgesamt 75.000 Euro" beside "15.000 Euro" for each: which is meant, is not said.
    rivals = {each.stored.release_id for each in others if each.distant is None}
    told = (asked.aspect, None, "level")
    # "872 Straftaten durch Clans, 519.827 im Ganzen": what is said of both as well may be a part of the greater.
    greater = {
        (each.stored.release_id, each.stored.date)
        for each in others
        if asked.kind == "count" and asked.of is None and each.thing == "same" and each.shared >= best
        if is_greater(each.claim, asked)
    }
    same = [each for each in same if (each.release_id, each.date) not in greater]
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
    other = [each for each in fits if not wanted.overlaps(allowed(each.claim))]
    excluding = [each for each in other if not may_be_rounded(each.claim, asked)]
    if not excluding:
        return found(asked, "not_comparable", "leaves_room", programme, stated)
    # What is told of the very date need not repeat what it is about, unless it is a sum: of these a year has many.
    repeats = verdict == "contradicted" and asked.kind != "money"
    sure = [each.stored for each in excluding if each.distant is None or repeats]
    if verdict == "differs":
        sure = [each for each in sure if not may_be_other_sum(asked, each.claim)]
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
        same = [each for each in claims if each.claim.status == asked.status]
        return found(asked, "not_comparable", "other_time" if same else "nothing_at_date", programme, same)
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
    return asked.until is None or (stated.until is not None and agree(asked.until, stated.until))


def _by_date(fits: Sequence[Akin]) -> dict[str, list[Akin]]:
    merged = merged_dates(each.stored.date for each in fits)
    grouped: dict[str, list[Akin]] = {}
    for each in fits:
        grouped.setdefault(merged[each.stored.date], []).append(each)
    return grouped
