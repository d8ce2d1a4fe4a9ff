"""How reliable the readings are: what was measured, for all pages that tell it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """Shares in percent, on releases annotated by hand: what is right of what is given out, and what is found at all.

    The former on releases that no rule was written with, the latter on those that rules were written and weights
    learned with: of others more is missed.

    Attributes:
        releases: how many these are.
        numbers: of the numbers given out, those that are numbers of the text with the right value.
        statuses: of the statuses of numbers, those that are right.
        project_statuses: the same of named projects.
        programmes: of the links from a claim to its programme, those that are right.
        known_releases: how many rules were written with.
        numbers_found: of the numbers in these that a person annotated, those that are given out.
        project_statuses_found: the same of statuses of named projects.
        plans: of the lines in the list of plans, those that are a plan of that time.
    """

    releases: int
    numbers: int
    statuses: int
    project_statuses: int
    programmes: int
    known_releases: int
    numbers_found: int
    project_statuses_found: int
    plans: int


MEASURED = Reliability(
    releases=40, numbers=96, statuses=87, project_statuses=72, programmes=70,
    known_releases=168, numbers_found=97, project_statuses_found=78, plans=90,
)  # fmt: skip
"""On releases of Berlin offices."""
