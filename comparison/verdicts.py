"""Verdicts: what stored claims of the same thing say to a claim that is checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from comparison.alike import newest_report, same_state, same_thing
from comparison.figures import Evidence, evidence, merged_dates
from comparison.intervals import Interval, interval
from models.claim import Claim
from models.nouns import Nouns
from models.statuses import TRAITS
from models.stored import StoredClaim

Verdict = Literal["supported", "outdated", "contradicted", "differs", "not_comparable", "unknown"]
Reason = Literal[
    "same", "earlier", "not_since", "other_at_date", "other_latest", "leaves_room", "several_numbers", "other_state",
    "not_asserted", "no_programme", "nothing_at_date", "nothing",
]  # fmt: skip

# From the verdict that most needs a person's eyes to the one that least does.
GRAVITY: tuple[Verdict, ...] = ("contradicted", "differs", "outdated", "unknown", "not_comparable", "supported")
MOST_EVIDENCE = 3

_BELOW = frozenset({"knapp", "fast", "nahezu", "beinahe", "annähernd", "kurz vor"})
_ABOVE = frozenset({"gut", "reichlich"})
_ENDED = frozenset(status for status, traits in TRAITS.items() if traits.end)


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
    """

    asked: Claim
    verdict: Verdict
    reason: Reason
    programme: str | None
    stated: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()

    @property
    def date(self) -> str | None:
        """Reporting date of what the verdict rests on."""
        return self.stated[0].reporting_date if self.stated else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on, then what overtook it."""
        return self.stated + self.later


def allowed(claim: Claim) -> Interval:
    """All numbers that a claim leaves open; "knapp" lies only below its number, "gut" only above."""
    assert claim.value is not None
    open_to = interval(claim.value, claim.value_to, claim.comparator)
    word = claim.comparator_word
    if claim.comparator == "~" and word in _BELOW:
        return Interval(open_to.low, claim.value_to or claim.value)
    if claim.comparator == "~" and word in _ABOVE:
        return Interval(claim.value, open_to.high)
    return open_to


def judge(
    asked: Claim, programme: str, about: Sequence[StoredClaim], nouns: Nouns, *, is_whole: bool = False
) -> Finding:
    """The verdict on a claim about a programme.

    Args:
        asked: the claim that is checked.
        programme: what it is about.
        about: stored claims about that, and the parts of its wholes; none that was rejected.
        nouns: which nouns count the same.
        is_whole: whether other claims of the statement are parts of it.
    """
    if asked.kind == "status":
        return _judge_state(asked, programme, [each for each in about if each.claim.kind == "status"])
    alike = same_thing(asked, about, nouns)
    comparable = same_state(asked, alike, {each.whole_key for each in about}, is_whole=is_whole)
    if comparable:
        return _judge_number(asked, programme, comparable, newest_report(asked, alike))
    return found(asked, "not_comparable", "other_state", programme, alike) if alike else nothing(asked, programme)


def _judge_number(
    asked: Claim, programme: str, claims: Sequence[StoredClaim], newest: Sequence[StoredClaim]
) -> Finding:
    """The verdict by claims of the same thing in the same state; `newest` are of other states too."""
    named = named_date(asked)
    if named is None:
        return _judge_latest(asked, programme, _by_date(claims), newest)
    at_date = at(named, claims)
    if not at_date:
        return found(asked, "unknown", "nothing_at_date", programme, claims)
    if same := supporting(asked, at_date):
        return found(asked, "supported", "same", programme, same)
    return _unlike(asked, programme, at_date, "contradicted", "other_at_date")


def _judge_latest(
    asked: Claim,
    programme: str,
    by_date: Mapping[str, Sequence[StoredClaim]],
    newest: Sequence[StoredClaim],
) -> Finding:
    latest, *earlier = sorted(by_date, reverse=True)
    if same := supporting(asked, by_date[latest]):
        if newest and newest[0].date > latest:
            return found(asked, "outdated", "not_since", programme, same, newest)
        return found(asked, "supported", "same", programme, same)
    for date in earlier:
        if same := supporting(asked, by_date[date]):
            return found(asked, "outdated", "earlier", programme, same, by_date[latest])
    return _unlike(asked, programme, by_date[latest], "differs", "other_latest")


def _unlike(asked: Claim, programme: str, stated: Sequence[StoredClaim], verdict: Verdict, reason: Reason) -> Finding:
    """The verdict that the numbers of a date exclude the one asked; a milder one where they do not."""
    wanted = allowed(asked)
    intervals = [allowed(each.claim) for each in stated]
    if not all(a.overlaps(b) for a in intervals for b in intervals):
        return found(asked, "not_comparable", "several_numbers", programme, stated)
    excluding = [each for each in stated if not wanted.overlaps(allowed(each.claim))]
    if not excluding:
        return found(asked, "not_comparable", "leaves_room", programme, stated)
    return found(asked, verdict, reason, programme, excluding)


def supporting(asked: Claim, stated: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Claims that say no less than the one asked: 42 for "mehr als 40"; "rund 1.500" for 1500, not the reverse."""
    wanted = allowed(asked)
    return [each for each in stated if _within(allowed(each.claim), wanted) or _same_literal(asked, each.claim)]


def _same_literal(asked: Claim, stated: Claim) -> bool:
    one_sided = asked.comparator_word in _BELOW | _ABOVE
    about = stated.comparator == "~" and asked.comparator in ("=", "~") and not one_sided
    return about and (asked.value, asked.value_to) == (stated.value, stated.value_to)


def _within(inner: Interval, outer: Interval) -> bool:
    above = inner.low > outer.low or (inner.low == outer.low and (inner.low_open or not outer.low_open))
    below = inner.high < outer.high or (inner.high == outer.high and (inner.high_open or not outer.high_open))
    return above and below


def _judge_state(asked: Claim, programme: str, claims: Sequence[StoredClaim]) -> Finding:
    """The status of a project: an end overrules what was before it; other states may stand side by side."""
    claims = [each for each in claims if each.claim.modality == asked.modality]
    named = named_date(asked)
    dated = claims if named is None else at(named, claims)
    if not dated:
        return found(asked, "unknown", "nothing_at_date", programme, claims) if claims else nothing(asked, programme)
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


def at(named: str, claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """The claims of a date, or of the period that its prefix names."""
    return [each for each in claims if _is_at(named, each.date) or _is_at(named, each.claim.as_of or "")]


def _is_at(named: str, date: str) -> bool:
    return bool(date) and (date.startswith(named) or named.startswith(date))


def _by_date(claims: Sequence[StoredClaim]) -> dict[str, list[StoredClaim]]:
    merged = merged_dates(each.date for each in claims)
    grouped: dict[str, list[StoredClaim]] = {}
    for each in claims:
        grouped.setdefault(merged[each.date], []).append(each)
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
