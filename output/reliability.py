"""How reliable the readings are: what was measured, for all pages that tell it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """Shares in percent, on releases annotated by hand that no rule was written with.

    Attributes:
        releases: how many these are.
        numbers: of the numbers given out, those that are numbers of the text with the right value.
        statuses: of the statuses of numbers, those that are right.
        project_statuses: the same of named projects.
        programmes: of the links from a claim to its programme, those that are right.
    """

    releases: int
    numbers: int
    statuses: int
    project_statuses: int
    programmes: int


MEASURED = Reliability(releases=40, numbers=96, statuses=87, project_statuses=72, programmes=70)
"""On releases of Berlin offices."""
