"""What addresses name, in path and query: a claim, a release, a watch, a project, a place in a list."""

from datetime import datetime
from typing import Annotated, TypedDict

from fastapi import Path
from pydantic import Field

from inquiries.search import NAME_LENGTH, Empty, printable
from models.calendar import day_bounds
from models.quantity import days_of
from models.source import State

MOST_ROWS = 200
_KEY = "[0-9a-z]{16}"
"""Pattern of the lasting keys of claims, releases and revisions."""

ClaimKey = Annotated[str, Path(pattern=f"^{_KEY}$", examples=["f4vy4pbn3agu5gw3"])]
ReleaseId = Annotated[str, Path(pattern=f"^{_KEY}$", examples=["k2m4x7qzt5aevd3w"])]
OtherClaim = Annotated[Annotated[str, Field(pattern=f"^{_KEY}$")] | None, Empty]
ObjectionNumber = Annotated[int, Path(ge=1, le=2**31 - 1, examples=[17])]
WatchToken = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{20,64}$")]
WatchLink = Annotated[str, Path(pattern=r"^[0-9]{1,9}\.[0-9A-Za-z_-]{24}$")]
ProjectName = Annotated[str, printable, Path(max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"])]

OfLand = Annotated[
    State | None,
    Empty,
    Field(description="Land of the press office, ISO 3166-2 without its DE-; DE is the federation"),
]

Cursor = Annotated[
    Annotated[str, Field(pattern=rf"^[0-9]{{1,3}}~[0-9-]{{0,10}}~{_KEY}$")] | None,
    Empty,
    Field(description="`next` of the page before"),
]
NumberCursor = Annotated[
    Annotated[str, Field(pattern=r"^[0-9]{1,7}$")] | None,
    Empty,
    Field(description="`next` of the page before"),
]
ReleaseCursor = Annotated[
    Annotated[str, Field(pattern=rf"^([0-9-]{{10}}T[0-9:]{{8}}\.[0-9]{{6}}Z)?~{_KEY}$")] | None,
    Empty,
    Field(description="`next` of the page before"),
]


class Published(TypedDict):
    """When releases were published: from a moment on, and before another."""

    since: datetime | None
    until: datetime | None


def published_between(since: str | None, until: str | None) -> Published:
    """The moments between two days in Germany, which are ISO dates or prefixes of them; the last day is in it."""
    return {
        "since": day_bounds(days_of(since)[0])[0] if since else None,
        "until": day_bounds(days_of(until)[1])[1] if until else None,
    }
