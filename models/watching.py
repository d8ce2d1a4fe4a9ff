"""What can be watched, which ways messages go, and how often."""

from typing import Literal, get_args

Topic = Literal["claims", "sources"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

Channel = Literal["mail", "webhook", "slack", "teams", "matrix", "block"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)

WatchState = Literal["told", "paused", "not confirmed yet"]
"""Whether who watches is told of what changes."""
Frequency = Literal["run", "day", "week"]
"""How often at most someone is told: after every run, once a day, once a week (on its Monday)."""
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
