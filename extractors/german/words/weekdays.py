"""The days of the week as running text names them."""

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
"""From the first to the last."""
NAMES = (*WEEKDAYS, "Sonnabend")
"""All that they are called; Sonnabend is a Samstag."""
