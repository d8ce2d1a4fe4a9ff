"""May two statements be laid side by side? One function, used by all that compares.

    relate(a, b) -> Relation("same", 0.93, (ExclusionReason("words around alike", …), …))

First rules keep apart what differs in thing, scope, aspect, state or basis, each with its reason; then a scorer over
named features decides the rest. Its weights are learned from judged pairs (`make train-relations`) and lie in
`relation.json`; the thresholds are set on precision, for a comparison that is wrong misleads.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from comparison.dating import year_told
from comparison.exclusions import exclusion, foresees, unlike
from comparison.headlines import OF_ONE_FORM, months
from comparison.intervals import interval
from comparison.likeness import Stated, StatedPair
from comparison.reasons import DOUBT, ExclusionReason
from comparison.wording import misread
from models.claim import Claim
from models.keys import name_key
from models.stored import StoredClaim

RelationKind = Literal["same", "repeat", "plan", "part", "different"]
COMPARABLE: frozenset[RelationKind] = frozenset({"same", "repeat", "plan"})
"""What a difference, a plan's outcome or a verdict may rest on."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ONE_HEADLINE = 0.8
"""How like the headlines of a bulletin are, which differ in their date alone."""
_TOLD = 4
"""Features that are given as reasons."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How two statements stand to each other, how sure that is (0 to 1), and why.

    `reasons` are what differs with how it reads on either side ("place", "Pankow", "Buch"), or the features that
    weighed most ("words around alike", "", ""). `sure`: enough for a change to be told.
    """

    kind: RelationKind
    confidence: float
    reasons: tuple[ExclusionReason, ...]
    sure: bool = False

    @property
    def comparable(self) -> bool:
        """Whether a comparison may rest on it."""
        return self.kind in COMPARABLE

    @property
    def tells_change(self) -> bool:
        """Whether what lies between the two may be told: nothing in a number told again, a change else."""
        return self.sure and self.kind in ("same", "repeat")

    @property
    def doubtful(self) -> bool:
        """Whether they are kept apart only because one of them does not say enough."""
        return any(what.startswith(DOUBT) for what, _, _ in self.reasons)


@dataclass(frozen=True, slots=True)
class Scorer:
    """A weighted sum of named features; features without a weight count nothing.

    From `threshold` on two statements may be compared, from `sure` on a change between them is told: a number is laid
    beside many, few of which are of its thing, so that more of those wrongly held for the same are found among them
    than among pairs that people ask for.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    sure: float

    def probability(self, found: Mapping[str, float]) -> float:
        """That two statements may be compared."""
        return 1 / (1 + math.exp(-self.bias - sum(self.weights.get(name, 0) * each for name, each in found.items())))

    def reasons(self, found: Mapping[str, float], sign: int) -> tuple[ExclusionReason, ...]:
        """The features that weighed most for (1) or against it (-1)."""
        parts = sorted((-sign * self.weights.get(name, 0) * value, name) for name, value in found.items())
        return tuple((name, "", "") for weight, name in parts[:_TOLD] if weight < 0)


@cache
def scorer() -> Scorer:
    """The learned weights, read once a process."""
    content = json.loads((files("comparison") / "relation.json").read_text("utf-8"))
    return Scorer(content["weights"], content["bias"], content["threshold"], content["sure"])


def stated(stored: StoredClaim, counted: str | None = None) -> Stated:
    """A stored claim as a statement that can be related; `counted`: the series that its noun counts in."""
    return Stated(stored.claim, stored.release_title, stored.date, counted)


def stands(stored: StoredClaim) -> bool:
    """Whether a claim counts where claims are compared: no reviewer rejected it, and no rule knows it to be misread.

    Of what a reviewer looked at no rule knows better.
    """
    return stored.decision != "rejected" and (stored.decision is not None or misread(stated(stored)) is None)


def relate(a: Stated, b: Stated, learned: Scorer | None = None) -> Relation:
    """The relation of two statements, the same whichever comes first; `learned` are other weights than the shipped."""
    if a.claim.kind == "status" or b.claim.kind == "status":
        return _of_states(a.claim, b.claim)
    if (whole := _part(a.claim, b.claim)) is not None:
        return Relation("part", 1.0, (whole,))
    pair = StatedPair(a, b)
    if (reason := exclusion(pair) or unlike(pair)) is not None:
        return Relation("different", 1.0, (reason,))
    found, learned = pair.features, learned or scorer()
    probability = learned.probability(found)
    if probability < learned.sure and _of_one_partition(a, b):
        return _kind(a, b, learned.sure, (("parts of one named whole in the same state", "", ""),), sure=True)
    if probability < learned.threshold and _done_as_planned(a, b):
        return Relation("plan", learned.threshold, (("planned number of one project reached", "", ""),))
    if probability < learned.threshold:
        return Relation("different", 1 - probability, learned.reasons(found, -1))
    sure = probability >= learned.sure or _of_one_bulletin(pair)
    return _kind(a, b, probability, learned.reasons(found, 1), sure=sure)


def _of_states(a: Claim, b: Claim) -> Relation:
    """Two states of a project: told again, planned and reached, or of another project."""
    for what, one, other in (("kind", a.kind, b.kind), ("subject", a.subject, b.subject)):
        if one != other:
            return Relation("different", 1.0, ((what, one or "", other or ""),))
    if a.subject is not None and foresees(a, b) != foresees(b, a):
        return Relation("plan", 1.0, (("status", a.status or "", b.status or ""),))
    if a.status == b.status and a.modality == b.modality and a.subject is not None:
        return Relation("repeat", 1.0, (("same status", "", ""),))
    return Relation("different", 1.0, (("status", a.status or "", b.status or ""),))


def _part(a: Claim, b: Claim) -> ExclusionReason | None:
    """One is stated "of" the other: "12 von 58" beside "58"."""
    if (a.kind, a.unit) != (b.kind, b.unit):
        return None
    for part, whole in ((a, b), (b, a)):
        if part.of is not None and whole.of is None and part.of == whole.value and part.counted == whole.counted:
            return "part", part.quote, whole.quote
    return None


def _of_one_partition(a: Stated, b: Stated) -> bool:
    """ "22 of 73" and "42 of 73 completed", of one named programme: however their sentences are worded."""
    x, y = a.claim, b.claim
    parts = x.of is not None and y.of is not None and a.noun_key == b.noun_key
    named = x.subject is not None and y.subject is not None and name_key(x.subject) == name_key(y.subject)
    return parts and named and x.status is not None and x.status == y.status


def _of_one_bulletin(pair: StatedPair) -> bool:
    """ "Aktuelle Kapazitäten (1. KW 2021)": "938 waren belegt", "(1. KW 2022)": "980 waren belegt"."""
    x, y = pair.a.claim, pair.b.claim
    alike = (x.subject, x.status, x.predicate) == (
        y.subject,
        y.status,
        y.predicate,
    ) and pair.a.noun_key == pair.b.noun_key
    return alike and x.subject is not None and x.predicate is not None and pair.headlines_alike >= _ONE_HEADLINE


def _done_as_planned(a: Stated, b: Stated) -> bool:
    """ "576 Plätze sollen entstehen", "576 Plätze sind entstanden": the very number of one named project."""
    x, y = a.claim, b.claim
    named = x.subject is not None and y.subject is not None and name_key(x.subject) == name_key(y.subject)
    return named and x.kind == "count" and x.value == y.value and (foresees(x, y) or foresees(y, x))


def _kind(a: Stated, b: Stated, confidence: float, reasons: tuple[ExclusionReason, ...], *, sure: bool) -> Relation:
    """Of two statements that may be compared which relation it is."""
    x, y = a.claim, b.claim
    if (foresees(x, y) and not _lies_ahead(b)) or (foresees(y, x) and not _lies_ahead(a)):
        return Relation("plan", confidence, (("planned against actual", x.quote, y.quote), *reasons))
    equal, of_one_edition = _equal(x, y), not other_editions(a, b)
    if equal and of_one_edition:
        return Relation("repeat", confidence, (("same number", "", ""), *reasons), sure)
    if not equal and x.modality != y.modality:
        return Relation("different", confidence, ((f"{DOUBT}modality", x.modality, y.modality),))
    if not equal and of_one_edition and _same_time(x, y):
        restated = ("another number for the same time", x.quote, y.quote)
        return Relation("repeat", confidence, (restated, *reasons), sure)
    return Relation("same", confidence, reasons, sure)


def _lies_ahead(result: Stated) -> bool:
    """Whether what is told as reached has its date still before it, as a target told without a future has."""
    date = result.claim.until or result.claim.as_of
    return bool(date and result.day) and (date or "") > result.day


def _equal(x: Claim, y: Claim) -> bool:
    if x.value is None or y.value is None:
        return False
    one, other = (interval(c.value, c.value_to, c.comparator) for c in (x, y) if c.value is not None)
    return x.value == y.value or (x.comparator == y.comparator == "~" and not one.below(other) and not other.below(one))


def other_editions(a: Stated, b: Stated) -> bool:
    """Whether their sentences are of different years, as far as they say, or their like headlines of different months:
    the prizes of 2022 and of 2023, the awards of March and of October. The year of one may stand in the headline only.
    """
    years = [_years(side.claim) for side in (a, b)]
    named = (months(a.title), months(b.title))
    of_one_form = StatedPair(a, b).headlines_alike >= OF_ONE_FORM
    if of_one_form and all(named) and not named[0] & named[1]:
        return True
    if of_one_form and any(years):
        years = [each or _titled_years(side) for each, side in zip(years, (a, b), strict=True)]
    return bool(years[0] and years[1] and not years[0] & years[1])


def _titled_years(stated: Stated) -> set[str]:
    return set(_YEAR.findall(stated.title))


def _years(claim: Claim) -> set[str]:
    """The years that a sentence names, unless they are only those with which its number is compared."""
    if (told := year_told(claim)) is not None:
        return {told}
    return set(_YEAR.findall(" ".join([claim.sentence, *filter(None, (claim.since, claim.until, claim.as_of))])))


def _same_time(x: Claim, y: Claim) -> bool:
    times = [(c.since, c.until, c.as_of or year_told(c)) for c in (x, y)]
    return times[0] == times[1] and any(times[0])
