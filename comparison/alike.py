"""Which stored claims may be laid beside one that is checked, and why the others may not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from comparison.basis import basis
from comparison.exclusions import exclusion
from comparison.likeness import Stated, StatedPair, stem
from comparison.reasons import DOUBT, UNSAID, ExclusionReason
from models.claim import Claim, Restriction
from models.keys import fold
from models.quantity import DAY_LENGTH
from models.statuses import Status
from models.stored import StoredClaim

Kinship = Literal["same", "kin", "other"]
"""Whether two numbers count the same: "Straftaten" and "Delikte"; "Plätze" and "Kitaplätze"; "Kinder" and "Plätze"."""

ActorTold = Literal["told", "unsaid", "other"]
"""Whether a sentence says of whom the statement says it: so it does, it names nobody, or somebody else."""

_SOON = 31
"""Days for which what is to come is announced, and no longer only planned."""

_ADJECTIVE = ("er", "e", "es", "em", "en")

_NOT_YET: frozenset[Status | None] = frozenset(
    {"proposed", "under_review", "planned", "approved", "started", "in_progress"}
)
"""Of what is so far not said that it is there; a statement that names no state says that it is."""


@dataclass(frozen=True, slots=True)
class Akin:
    """A stored claim beside one that is checked, and how much of the statement is said of it.

    Attributes:
        stored: the claim.
        thing: whether it counts the same.
        shared: the share (0 to 1) of the statement's words that stand around it, by their rarity.
        missing: the rarest telling word of the statement that stands nowhere in the release, if any.
        distant: the rarest that does not stand near the number.
        narrower: what restricts it, though the statement says nothing of that.
        scope, asked_scope: its restrictions, and those of the claim asked for, that are said on one side only.
        lacking: all telling words of the statement that do not stand near it.
        said: a verb or adjective of the statement stands in its sentence.
        nouns: those of the statement that stand near it.
        passed: told only as what a later number of the same sentence replaced ("von 13,00 auf 13,69").
        whole: parts of it are stored.
        rated: it is said there for each of what the statement means its number ("Stunde").
        actor: whether it is told there of whoever does it in the statement.
    """

    stored: StoredClaim
    thing: Kinship
    shared: float
    missing: str | None = None
    distant: str | None = None
    narrower: str | None = None
    scope: tuple[Restriction, ...] = ()
    asked_scope: tuple[Restriction, ...] = ()
    lacking: frozenset[str] = frozenset()
    said: bool = False
    nouns: frozenset[str] = frozenset()
    passed: bool = False
    whole: bool = False
    rated: bool = False
    actor: ActorTold = "told"

    @property
    def claim(self) -> Claim:
        """The current reading."""
        return self.stored.claim

    @property
    def unsaid(self) -> frozenset[str]:
        """What the statement says of its thing, verbs and adjectives, that does not stand near the number."""
        return frozenset(word for word in self.lacking if not word[:1].isupper())


def apart(asked: Claim, day: str, other: Akin, *, same_number: bool, is_whole: bool = False) -> ExclusionReason | None:
    """Why a claim may not be laid beside the one asked for; None where it may.

    Args:
        asked: the claim that is checked; `day` is when it was said.
        other: the stored claim.
        same_number: whether it says no less than what is asked.
        is_whole: whether the statement names parts of the one asked for.
    """
    if (reason := _apart_at_sight(asked, other, is_whole=is_whole)) is not None:
        return reason
    mine, theirs = _aligned(asked, day, other, same_number=same_number, is_whole=is_whole)
    if basis(mine) == "flow" and (basis(theirs) == "cumulative" or theirs.of is not None):
        return "span", mine.as_of or UNSAID, theirs.as_of or UNSAID
    if mine.modality != theirs.modality:
        return "modality", mine.modality, theirs.modality
    noun = other.claim.counted  # which counts the same, in whatever word
    pair = StatedPair(
        Stated(mine, "", day, noun or mine.counted),
        Stated(theirs, other.stored.release_title, other.stored.date, noun),
    )
    reason = exclusion(pair)
    if reason is not None and same_number and other.distant is None and reason[0].startswith(DOUBT):
        reason = None  # all that the statement says stands beside its very number
    if reason is not None:
        one_sided = (asked.per is None) != (other.claim.per is None)
        return (f"{DOUBT}per", *reason[1:]) if reason[0] == "per" and one_sided else reason
    return None if other.narrower is None else ("narrower", UNSAID, other.narrower)


def _aligned(asked: Claim, day: str, other: Akin, *, same_number: bool, is_whole: bool) -> tuple[Claim, Claim]:
    """Both claims as they are compared: with what one of them need not say, since the words around it do."""
    mine = replace(_comparable(asked, whole=is_whole), scope=other.asked_scope)
    theirs = replace(_comparable(other.claim, whole=other.whole or is_whole), scope=other.scope)
    if mine.modality == "actual" and _has_come(theirs, other.stored.date, day):
        theirs = replace(theirs, modality="actual")
    if mine.modality == "possible" and theirs.modality == "actual" and mine.status is None and theirs.status is None:
        theirs = replace(theirs, modality="possible")  # who may order are those who are entitled to
    if mine.subject is None:
        theirs = replace(theirs, subject=None)  # the words of the statement say what it is about
    if in_noun(mine, theirs) or in_noun(theirs, mine) or (other.said and None in (mine.predicate, theirs.predicate)):
        # What the rules read on one side only, the words around the number agree in.
        mine, theirs = replace(mine, predicate=None), replace(theirs, predicate=None)
    if same_number:
        # What may be in doubt of other numbers is not of the same one.
        mine = replace(mine, value=theirs.value, value_to=theirs.value_to, span=theirs.span)
    if same_number and other.distant is None and theirs.aspect == "average" and mine.aspect == "level":
        theirs = replace(theirs, aspect="level")  # who tells of the week that the average is of need not say so again
    if mine.aspect == "limit" and asked.status is not None and asked.kind == "count" and theirs.aspect != "average":
        mine = replace(mine, aspect=theirs.aspect)  # "höchstens 45 sind fertig" is no rule, but says how many are
    if (mine.per is None) != (theirs.per is None) and (same_number or other.rated):
        mine = replace(mine, per=theirs.per)
    return mine, theirs


def _apart_at_sight(asked: Claim, other: Akin, *, is_whole: bool) -> ExclusionReason | None:
    """What keeps them apart before their fields are compared."""
    if (asked.kind, asked.unit) != (other.claim.kind, other.claim.unit):
        return "kind", asked.unit or asked.kind, other.claim.unit or other.claim.kind
    if (reason := _of_another_thing(asked, other)) is not None:
        return reason
    if is_whole and other.claim.of is not None:
        return "whole", asked.quote, other.claim.quote
    if asked.of is not None and other.claim.of is None and other.claim.status != asked.status:
        return "status", asked.status or UNSAID, other.claim.status or UNSAID
    stateless = asked.of is None and asked.status is None and asked.predicate is None and asked.kind == "count"
    if stateless and other.claim.of is not None and other.claim.status is not None and not other.said:
        return "whole", asked.quote, other.claim.quote
    if other.passed:
        return "passed", asked.quote, other.claim.quote
    if (
        asked.status is None
        and not other.whole
        and other.claim.status in _NOT_YET
        and not other.said
        and asked.kind in ("count", "measure")
    ):
        return "status", UNSAID, other.claim.status or UNSAID
    if other.whole and not is_whole and asked.status is not None and asked.status != other.claim.status:
        return "status", asked.status, other.claim.status or UNSAID
    return None


def _of_another_thing(asked: Claim, other: Akin) -> ExclusionReason | None:
    if other.thing == "other":
        return "thing", asked.counted or UNSAID, other.claim.counted or UNSAID
    if other.missing is not None:
        return "words", other.missing, UNSAID
    if other.actor == "other":
        return "actor", UNSAID, UNSAID
    if _of_one_kind(asked.subject, other.claim.subject):
        return "which of a kind", asked.subject or UNSAID, other.claim.subject or UNSAID
    return _planned_for_other_time(asked, other.claim)


def _planned_for_other_time(asked: Claim, other: Claim) -> ExclusionReason | None:
    """What is planned for one year is not planned for another; what has come about is judged by its date."""
    for mine, theirs in ((asked.as_of, other.as_of), (asked.until, other.until)):
        if asked.modality == "planned" and mine and theirs and not (mine.startswith(theirs) or theirs.startswith(mine)):
            return "span", mine, theirs
    return None


def _of_one_kind(name: str | None, other: str | None) -> bool:
    """Whether two names begin with one noun and have nothing else in common: "JVA Nord", "JVA Süd"."""
    (first, *rest), (second, *others) = ((each or "").split() or [""] for each in (name, other))
    named = bool(rest) and bool(others) and first == second and not first.endswith(_ADJECTIVE)
    return named and not set(rest) & set(others)


def in_noun(claim: Claim, other: Claim) -> bool:
    """Whether the noun of another claim says what the predicate of one does: "Menschen arbeitslos", "Arbeitslose"."""
    return claim.predicate is not None and fold(other.counted or "").startswith(stem(fold(claim.predicate)))


def _has_come(claim: Claim, told: str, day: str) -> bool:
    """Whether a number was announced for a day soon after, which has come: "am 22. September werden … gesperrt".

    Args:
        claim: the stored claim.
        told: when it was told, an ISO date.
        day: when the statement was made; "" for today.
    """
    begin = claim.as_of or claim.since
    if claim.modality != "planned" or begin is None or not len(begin) == len(told) == DAY_LENGTH:
        return False
    return (
        told <= begin
        and (date.fromisoformat(begin) - date.fromisoformat(told)).days <= _SOON
        and begin <= (day or begin)
    )


def newest_report(asked: Claim, fits: Sequence[Akin], alike: Sequence[StoredClaim]) -> list[StoredClaim]:
    """The parts that the newest report of a whole names, where what may be laid beside the claim is a part of it."""
    wholes = {each.claim.of for each in fits} - {None}
    parts = [each for each in alike if each.claim.of in wholes and each.claim.modality == asked.modality]
    newest = max((each.date for each in parts), default="")
    return [each for each in parts if asked.status is not None and each.date == newest]


def _comparable(claim: Claim, *, whole: bool) -> Claim:
    """Money that flows is granted money, whether the clause says so or not; a whole is one whatever its own status."""
    if whole or (claim.kind == "money" and claim.status == "approved"):
        return replace(claim, status=None)
    return claim
