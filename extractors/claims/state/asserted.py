"""What numbers and status words assert by themselves: their clause, their dates, and what its modality is judged of."""

from dataclasses import replace

from extractors.claims.found import Found
from extractors.claims.state.assertion import Assertion
from extractors.claims.when.dates import Dates
from extractors.claims.when.dating import of_statement
from extractors.rules.statuses.mention import StatusMention
from models.quantity import Quantity


def of_number(found: Found, quantity: Quantity, mention: StatusMention | None) -> Assertion | None:
    """What a number asserts, with the words that give its status; None outside of any clause."""
    clause = found.clause(quantity.first)
    if clause is None:
        return None
    return Assertion.of(found, clause, mention, dates_of_number(found, quantity, mention).all(), quantity)


def of_status(found: Found, mention: StatusMention) -> Assertion:
    """What status words assert that stand in a clause."""
    dates = of_statement(found, mention.first, mention.last, carry=False)
    return Assertion.of(found, found.clauses[mention.clause], mention, dates.all())


def dates_of_number(
    found: Found, quantity: Quantity, mention: StatusMention | None, whole: Quantity | None = None
) -> Dates:
    """The dates of what a number asserts; those of its whole, where it is a part.

    "Am Freitag wird über die neun vorgelegten Entwürfe beraten": what they are already has not that date.
    """
    dates = of_statement(found, quantity.first, quantity.last, carry=True, whole=whole.first if whole else None)
    if mention is None or mention.source != "participle" or dates.as_of is None or found.published is None:
        return dates
    return replace(dates, as_of=None) if dates.as_of.interval[0] > found.published else dates
