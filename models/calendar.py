"""Days as people in Germany count them."""

from datetime import datetime
from typing import overload
from zoneinfo import ZoneInfo

_BERLIN = ZoneInfo("Europe/Berlin")


@overload
def berlin_day(moment: datetime) -> str: ...
@overload
def berlin_day(moment: None) -> None: ...
def berlin_day(moment: datetime | None) -> str | None:
    """The ISO day of a moment in Germany; a release of midnight there is of the day before in UTC."""
    return None if moment is None else moment.astimezone(_BERLIN).date().isoformat()
