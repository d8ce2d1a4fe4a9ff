"""A search as people ask it: the parameters of an address, checked, and what they mean to the database."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from db.operation.health import SourceState
from models.claim import Modality
from models.filters import ClaimFilter, Order
from models.quantity import DAY_LENGTH, Kind
from models.source import State
from models.statuses import Status

NotStated = Literal["not stated"]
Parts = Literal["with"]
NAME_LENGTH = 200
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _plain(value: Any) -> Any:
    """Pasted words without what no one typed: tabs, line breaks, no-break and zero-width spaces, soft hyphens."""
    return " ".join(value.translate(_UNSEEN).split()) if isinstance(value, str) else value


def _is_printable(value: str | None) -> str | None:
    if value is not None and not value.isprintable():
        raise ValueError("must not have control characters")
    return value


def _is_in_calendar(value: str) -> str:
    date.fromisoformat(f"{value}-01-01"[:DAY_LENGTH])
    return value


Empty = BeforeValidator(_none_if_empty)
printable = AfterValidator(_is_printable)
# What is last runs first.
ShortText = Annotated[Annotated[str, Field(max_length=NAME_LENGTH)] | None, Empty, BeforeValidator(_plain), printable]
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
IsoDate = Annotated[Annotated[str, Field(pattern=_DATE), AfterValidator(_is_in_calendar)] | None, Empty]
StatedNumber = Annotated[Annotated[Decimal, Field(max_digits=20, allow_inf_nan=False)] | None, Empty]
Year = Annotated[Annotated[str, Field(pattern=r"^[0-9]{4}$")] | None, Empty]


Sort = Annotated[
    Order,
    Field(
        description="what fits best, has the newest date, was published last or first, or the greatest number first; "
        "the last leaves out states"
    ),
]


class SearchQuery(BaseModel):
    """Which claims are wanted. "not stated" in place of a value finds claims that do not state it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: ShortText = Field(
        default=None,
        description='words, in any form, with synonyms and as parts of compounds; "phrases", -exclusions, questions',
    )
    project: ShortText = Field(default=None, description="a project or programme by any of its names")
    parts: Annotated[Parts | None, Empty] = Field(default=None, description='of a project: "with" its named parts, too')
    source: ShortText = Field(default=None, description="id of the press office")
    state: Annotated[State | NotStated | None, Empty] = Field(
        default=None, description="Land of the press office, ISO 3166-2 without its DE-; DE is the federation"
    )
    health: Annotated[SourceState | NotStated | None, Empty] = Field(
        default=None, description="how the last run left the press office; or imported"
    )
    kind: Annotated[Kind | None, Empty] = None
    status: Annotated[Status | NotStated | None, Empty] = Field(
        default=None,
        description="what has happened; what is announced is planned, unless a modality says which of them is meant",
    )
    modality: Annotated[Modality | None, Empty] = None
    speaker: ShortText = None
    counted: ShortText = Field(default=None, description="what is counted, in its dictionary form")
    unit: ShortText = None
    year: Year = None
    since: IsoDate = Field(default=None, description="reporting date, an ISO date or prefix")
    until: IsoDate = None
    published_since: IsoDate = Field(default=None, description="day of publication, an ISO date or prefix")
    published_until: IsoDate = None
    due_since: IsoDate = Field(default=None, description="for when it is announced, an ISO date or prefix")
    due_until: IsoDate = None
    at_least: StatedNumber = None
    at_most: StatedNumber = None
    release: ShortText = None
    decision: Annotated[Literal["confirmed", "rejected", "corrected", "added", "not stated"] | None, Empty] = None

    def search(self) -> "SearchQuery":
        """The search alone, without what a page or the API adds to it."""
        return SearchQuery(**{name: getattr(self, name) for name in SearchQuery.model_fields})

    def filter(self, sources: frozenset[str] | None = None) -> ClaimFilter:
        """As the database takes it; a year narrows `since` and `until`.

        Args:
            sources: the press offices that state and health leave, for the database knows neither.
        """
        given = self.search().model_dump(exclude={"q", "year", "state", "health"})
        bounds = {"since": self.since or self.year, "until": self.until or self.year}
        return ClaimFilter(**given | bounds, text=self.q, sources=sources)

    def parameters(self) -> dict[str, str]:
        """What is asked for, as parameters of an address."""
        given = self.search().model_dump(mode="json", exclude_none=True)
        return {name: str(value) for name, value in given.items()}

    def replaced(self, **changes: str | None) -> dict[str, str]:
        """The parameters with some set anew, or taken away by None."""
        merged: dict[str, str | None] = {**self.parameters(), **changes}
        return {name: value for name, value in merged.items() if value is not None}
