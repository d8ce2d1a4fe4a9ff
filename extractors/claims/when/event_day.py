"""The day of an event that a release announces, for what is to happen at it."""

from extractors.claims.found import Found
from extractors.claims.when.dates import Dates, by_role, periods_of
from extractors.rules.statuses.mention import StatusMention
from models.quantity import DAY_LENGTH, Period

_BEGINNING = frozenset({"started", "operating"})
"""States that begin with an event: it starts, it is opened."""
_FARTHEST = 3
"""Sentences from the day to what happens on it."""


def of_event(found: Found, mention: StatusMention) -> Dates:
    """ "Am 8. Juli feiert der Kiez sein Fest. Eröffnet wird es von …": the day ahead that a sentence just before names.

    Nouns ("die Eröffnung") and headlines tell of the event as a whole and take no day from elsewhere.
    """
    tokens = found.tokens
    if mention.source == "event" or mention.status not in _BEGINNING or mention.start < found.title_end:
        return Dates()
    sentence = tokens.sentence[mention.first]
    for earlier in range(sentence - 1, max(sentence - 1 - _FARTHEST, -1), -1):
        start, _ = tokens.sentences[earlier]
        if tokens.starts[start] < found.title_end:
            break
        ahead = [period for period in periods_of(found, start) if _is_day_ahead(found, period)]
        if ahead:
            return by_role(ahead, mention.first)
    return Dates()


def _is_day_ahead(found: Found, period: Period) -> bool:
    day = period.role == "as_of" and len(period.date) == DAY_LENGTH
    return day and found.published is not None and period.date > found.published.isoformat()
