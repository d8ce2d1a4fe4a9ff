"""Between which stored numbers a difference that is asked for may lie."""

from collections.abc import Sequence
from itertools import combinations

from comparison.dating import times_compare
from comparison.relation import relate, stated
from models.stored import StoredClaim

_LOOKED_AT = 12
"""The newest numbers among which two are sought."""


def subtractable(levels: Sequence[StoredClaim], counted: str | None) -> tuple[StoredClaim, ...]:
    """The newest two numbers of one thing at two dates that may surely be subtracted; none where there are no such two.

    Args:
        levels: numbers that tell how much there was at a time.
        counted: what all of them count.
    """
    newest = sorted(levels, key=lambda each: (each.date, each.key), reverse=True)[:_LOOKED_AT]
    for later, earlier in combinations(newest, 2):
        of_two_dates = later.date > earlier.date and later.release_id != earlier.release_id
        of_one_thing = of_two_dates and relate(stated(earlier, counted), stated(later, counted)).tells_change
        if of_one_thing and times_compare(earlier, later):
            return later, earlier
    return ()
