"""When press offices are read: every night at the same time of the clock on the wall in Berlin."""

from datetime import UTC, datetime, time, timedelta

from models.calendar import BERLIN

NIGHT = time(2, 30)
"""By the clock in Berlin."""

EARLY = timedelta(minutes=90)
"""How long before its time an office may be read by a run that someone else has scheduled.

Where clocks are put forward there is no half past two, and schedulers make of it what they like:
Prefect begins an hour before we do.
"""


def next_night(after: datetime, night: time = NIGHT) -> datetime:
    """The first night after a moment (aware), in UTC.

    In the night in which 2:30 does not exist it is 3:30, in that in which it exists twice the first one.

    Args:
        after: the moment.
        night: when offices are read, by the clock in Berlin.
    """
    day = after.astimezone(BERLIN).date()
    while True:
        begins = datetime.combine(day, night, BERLIN).astimezone(UTC)
        if begins > after:
            return begins
        day += timedelta(days=1)
