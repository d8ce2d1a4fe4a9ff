"""Days as they begin and end in Germany."""

from datetime import UTC, date, datetime, time, timedelta

from web.site import BERLIN


def bounds(day: date) -> tuple[datetime, datetime]:
    """Beginning and end of a day in Germany, in UTC."""
    start = datetime.combine(day, time(), BERLIN)
    return start.astimezone(UTC), datetime.combine(day + timedelta(days=1), time(), BERLIN).astimezone(UTC)
