"""What a check finds: a verdict with its reason, what it rests on, and what is similar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comparison.alike import Akin
from comparison.figures import Evidence, evidence
from comparison.named_dates import is_at, named_date
from comparison.reasons import UNSAID, ExclusionReason, doubtful
from models.calendar import berlin_day
from models.claim import Claim
from models.stored import StoredClaim

Verdict = Literal["supported", "disputed", "outdated", "contradicted", "differs", "not_comparable", "unknown"]
Reason = Literal[
    "same", "at_one_time", "others_since", "others_then", "computed", "otherwise_too", "earlier", "not_since",
    "other_at_date", "other_latest", "leaves_room", "several_numbers", "other_state", "other_actor", "told_elsewhere",
    "may_differ", "vague", "difference", "no_difference", "not_asserted", "other_time", "nothing_at_date", "nothing",
]  # fmt: skip

# From the verdict that most needs a person's eyes to the one that least does.
GRAVITY: tuple[Verdict, ...] = (
    "contradicted", "differs", "disputed", "outdated", "unknown", "not_comparable", "supported",
)  # fmt: skip
MOST_EVIDENCE, MOST_SIMILAR = 3, 5
_NEARLY = 0.8


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
            names; `disputed`: so it is told, but another release tells another number of the same thing
            for the same date; `outdated`: equal to an earlier date; `contradicted`: the statement names a date
            and another number was reported for it; `differs`: no date named, the latest number is
            another; `not_comparable`, `unknown`.
        reason: what led to it.
        programme: the project or programme it was sought under, None where none is named.
        stated: the claims that the verdict rests on, the newest first.
        otherwise: those of other releases that tell another number of the same thing for the same date.
        later: those that were told since: they overtook them, or may be of something else (`others_since`); with
            `others_then` they tell another number of the same time.
        similar: claims that are similar, the most akin first, five at most; none of them is evidence.
        unsaid_actor: who did it, as the statement says, where no sentence that the verdict rests on says so.
    """

    asked: Claim
    verdict: Verdict
    reason: Reason
    programme: str | None
    stated: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()
    otherwise: tuple[Evidence, ...] = ()
    similar: tuple[Similar, ...] = ()
    unsaid_actor: str | None = None

    @property
    def date(self) -> str | None:
        """Reporting date of what the verdict rests on."""
        return self.stated[0].reporting_date if self.stated else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on, then what was told otherwise, then what overtook it."""
        return self.stated + self.otherwise + self.later


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


def with_similar(finding: Finding, about: Sequence[Akin], reasons: Mapping[str, ExclusionReason | None]) -> Finding:
    """The finding with what is similar: one claim of a release, none that is evidence already.

    The last place is for the newest release that counts the like, so that what is told since is not overlooked.
    """
    shown = {each.release_id for each in finding.evidence}
    once: dict[str, Akin] = {}
    for each in about:
        if each.stored.release_id not in shown:
            once.setdefault(each.stored.release_id, each)
    similar = list(once.values())[:MOST_SIMILAR]
    alike = likest(finding.asked, [each for each in once.values() if each.thing != "other"], finding.programme)
    newest = max(alike, key=_newness, default=None)
    if newest is not None and all(_newness(each) < _newness(newest) for each in similar):
        similar[-1] = newest
    proofs = tuple(Similar(evidence(each.stored), _why(finding, each, reasons)) for each in similar)
    return replace(finding, similar=proofs)


def _why(finding: Finding, akin: Akin, reasons: Mapping[str, ExclusionReason | None]) -> ExclusionReason | None:
    """Why no verdict rests on a claim; that others fit better can only be said where some are evidence."""
    named, reason = named_date(finding.asked), reasons.get(akin.stored.key)
    if reason is None and named is not None and not is_at(named, akin.stored):
        return "time", named, akin.stored.date
    return reason if reason is not None or finding.evidence else doubtful("evidence", None, None)


def likest(asked: Claim, about: Sequence[Akin], programme: str | None) -> list[Akin]:
    """Those of the programme; where none is known those of what is named, or that share nearly the most."""
    best = max((each.shared for each in about), default=0.0)
    of_it = [each for each in about if each.claim.subject == (programme or asked.subject or UNSAID)]
    if programme is not None and of_it:
        return of_it
    return [each for each in about if each in of_it or each.shared >= _NEARLY * best]


def _newness(akin: Akin) -> tuple[str, str]:
    return berlin_day(akin.stored.published) or akin.stored.date, akin.stored.key


def _proofs(claims: Sequence[StoredClaim]) -> tuple[Evidence, ...]:
    """The newest first."""
    ordered = sorted(claims, key=lambda each: (each.date, each.published is not None, each.published), reverse=True)
    return tuple(map(evidence, ordered[:MOST_EVIDENCE]))
