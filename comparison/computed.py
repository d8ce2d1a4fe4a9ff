"""Shares that nobody states but two stated numbers give: "fast zwei Drittel" where 4,263 of 6,737 are told."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from comparison.agreement import ABOVE, BELOW
from comparison.alike import Akin
from comparison.likeness import stem
from models.claim import Claim
from models.keys import fold

_ABOUT, _NEARLY, _EXACTLY = Decimal(3), Decimal(6), Decimal("0.5")
"""Points that "etwa", "fast" or "gut", and a number in figures leave."""


_CASE = "fall"


def computed(asked: Claim, counts: Sequence[Akin]) -> tuple[Akin, Akin] | None:
    """A part and its whole, told by one release, of which a share that is asked for can be computed.

    The part must tell all that the statement says, and nothing told alike in the release may give another share. The
    newest release that tells such numbers decides.

    Args:
        asked: a share.
        counts: stored counts that may speak of the same, the most akin first.
    """
    releases: dict[str, list[Akin]] = defaultdict(list)
    for each in counts:
        if each.claim.modality == "actual" and each.claim.value and not each.passed and not each.narrower:
            releases[each.stored.release_id].append(each)
    for told in sorted(releases.values(), key=lambda each: max(one.stored.date for one in each), reverse=True):
        pairs = [pair for pair in permutations(told, 2) if _is_part(asked, *pair)]
        in_cases = [pair for pair in pairs if _in_cases(asked, *pair)]
        of_state = [pair for pair in pairs if pair[0].claim.status == asked.status]
        if pairs := in_cases or of_state or pairs:
            return pairs[0] if all(_fits(asked, *pair) for pair in pairs) else None
    return None


def percent(part: Akin, whole: Akin) -> Decimal:
    """The share of a part in its whole."""
    assert part.claim.value is not None and whole.claim.value
    return 100 * part.claim.value / whole.claim.value


def _is_part(asked: Claim, part: Akin, whole: Akin) -> bool:
    """Whether they tell of the same things, and the part all that the statement says."""
    x, y = part.claim, whole.claim
    assert x.value is not None and y.value is not None
    same = x.of == y.value or (x.of is None and (_noun(x) == _noun(y) or _in_cases(asked, part, whole)))
    of_that = asked.of is None or asked.of == y.value
    return same and of_that and x.value < y.value and part.said and not part.lacking


def _in_cases(asked: Claim, part: Akin, whole: Akin) -> bool:
    """ "In 143 Fällen wurde das Ersuchen aufgegriffen" counts requests: of them "158 Ersuchen" are the whole."""
    noun = _noun(whole.claim)
    told = all(noun in fold(each.sentence) for each in (asked, part.claim))
    return _noun(part.claim) == _CASE and noun != _CASE and bool(noun) and told


def _noun(claim: Claim) -> str:
    return stem(fold(claim.counted or ""))


def _fits(asked: Claim, part: Akin, whole: Akin) -> bool:
    share, value = percent(part, whole), asked.value
    assert value is not None
    match asked.comparator:
        case ">" | ">=":
            return share > value
        case "<" | "<=":
            return share < value
        case "~" if asked.comparator_word in BELOW:
            return value - _NEARLY <= share <= value
        case "~" if asked.comparator_word in ABOVE:
            return value <= share <= value + _NEARLY
        case "~":
            return abs(share - value) <= _ABOUT
        case _:
            return abs(share - value) <= _EXACTLY
