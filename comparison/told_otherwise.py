"""Whether stored claims may tell otherwise what a verdict would rest on: in other words, or of a later date."""

from collections.abc import Sequence
from dataclasses import replace

from comparison.agreement import allowed, supporting
from comparison.alike import Akin, apart, in_noun
from comparison.findings import Finding
from comparison.named_dates import agree, is_at, may_go_on, named_date
from comparison.reasons import DOUBT
from models.claim import Claim
from models.stored import StoredClaim

_NEARLY_AS_AKIN = 0.6
_TELLING = 100
_LEAP = 20


def may_differ(asked: Claim, day: str, finding: Finding, about: Sequence[Akin]) -> bool:
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
        if not each.unsaid <= said_of_it or not may_go_on(asked, each.claim):
            continue  # something else is told of it, or of another span of time
        too_old = each.stored.date < latest or (each.stored.date == latest and not total)
        other = not any(proof.nouns <= each.nouns for proof in proofs)
        if too_old or other or each.claim.value is None or each.shared < least or allowed(each.claim).overlaps(wanted):
            continue
        if _many_times(asked, each.claim):
            continue  # nothing becomes so much more, or less
        reached = _as_reached(each.stored) if asked.modality == "actual" else each.stored
        reason = apart(asked, day, replace(each, missing=None, stored=reached), same_number=False)
        # "Je Stunde" and "je Zeitstunde" are one; that another is meant must not be guessed from words.
        if reason is None or reason[0].startswith(DOUBT) or reason[0] == "per":
            return True
    return False


def told_elsewhere(asked: Claim, day: str, finding: Finding, about: Sequence[Akin]) -> bool:
    """Whether the number itself is stated of what may be the same thing.

    That is so where it is kept apart only by words or in doubt, and where all that the statement says stands around
    it: "74.789 Ukrainer" were told as "74.789 Kriegsgeflüchtete aus der Ukraine". A release that tells another number
    of the very noun tells the two apart itself.
    """
    named = named_date(asked)
    # Of an outdated number it is known that it was told; it must not have been told again since.
    since = finding.later[0].reporting_date if finding.verdict == "outdated" and finding.later else ""
    keys = {each.key for each in finding.evidence}
    telling_apart = {
        each.stored.release_id
        for each in about
        if each.stored.key in keys and each.thing == "same" and asked.kind == "count"
    }
    of_other_time = {(each.stored.release_id, each.claim.value) for each in about if _is_of_other_time(named, each)}
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
        told = each.claim.predicate
        if asked.predicate and told and asked.predicate != told and not in_noun(asked, each.claim):
            continue  # told there of those that are in use, not of those that are free
        is_part = each.stored.whole_key in keys
        of_whole = is_part and (asked.aspect == "total" or not each.said or each.narrower is not None)
        if of_whole or (each.stored.release_id, each.claim.value) in of_other_time:
            continue  # told there of what it is, a part or of another time
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
        told_apart = each.thing == "kin" and each.stored.release_id in telling_apart
        # Of money and measures a noun of the statement tells what they are of.
        told_apart |= asked.counted is None and all_said and (each.missing or "")[:1].isupper()
        if each.thing == "other" or told_apart or each.shared < least:
            continue
        reason = apart(asked, day, replace(each, missing=None, passed=False), same_number=True)
        if reason is None or reason[0].startswith(DOUBT) or (reason[0] == "narrower" and each.missing is None):
            return True
    return False


def _many_times(asked: Claim, other: Claim) -> bool:
    if asked.value is None or other.value is None:
        return False
    low, high = sorted((abs(asked.value), abs(other.value)))
    return low * _LEAP < high


def _is_of_other_time(named: str | None, each: Akin) -> bool:
    told = each.claim.as_of
    return named is not None and told is not None and not agree(named, told)


def _as_reached(stored: StoredClaim) -> StoredClaim:
    """A plan as if it had come true, which it may have since."""
    if stored.claim.modality != "planned":
        return stored
    return replace(stored, claim=replace(stored.claim, modality="actual"))
