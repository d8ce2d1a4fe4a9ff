"""Which claims are wanted, and the fields by which they are narrowed and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from models.claim import KINDS, MODALITIES
from models.language import Language
from models.statuses import STATUSES

NOT_STATED = "not stated"
Order = Literal["relevance", "date", "published", "oldest", "number"]
"""What comes first in a list of claims: what fits the words best, has the newest date, was published last or first, or
the greatest number."""
ORDERS: tuple[Order, ...] = get_args(Order)
DECISIONS = ("confirmed", "rejected", "corrected", "added")


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field by whose values claims are narrowed and counted.

    Attributes:
        name: of the filter, of the option and in addresses.
        words: what people call it, by language.
        column: of the readings, or what stands for one in `db.claims.facets`.
        values: those that it can have, any words where there are none.
        option: what the command line says of it, None where it has no such option.
        place: among the facets that pages show, the first is 1; None where they show none.
    """

    name: str
    words: Mapping[Language, str]
    column: str
    values: tuple[str, ...] = ()
    option: str | None = None
    place: int | None = None


FACETS: tuple[FacetField, ...] = (
    FacetField(
        "source", {"de": "Pressestelle", "en": "Press office"}, "source_id", option="Id of a press office.", place=4
    ),
    FacetField(
        "project",
        {"de": "Programm oder Projekt", "en": "Programme or project"},
        "subject",
        option="Project or programme, by any of its names.",
        place=1,
    ),
    FacetField("kind", {"de": "Art", "en": "Kind"}, "kind", KINDS, option="What is stated.", place=6),
    FacetField(
        "status",
        {"de": "Stand", "en": "Status"},
        "status",
        STATUSES,
        option="What became of the counted things or the project; what is announced is planned, without --modality.",
        place=2,
    ),
    FacetField(
        "modality",
        {"de": "Aussage", "en": "Statement"},
        "modality",
        MODALITIES,
        option="Fact, plan, possibility or denial.",
        place=7,
    ),
    FacetField("speaker", {"de": "Sprecher", "en": "Speaker"}, "speaker", option="Who said it.", place=8),
    FacetField("counted", {"de": "Gezähltes", "en": "Counted"}, "counted"),
    FacetField("unit", {"de": "Einheit", "en": "Unit"}, "unit"),
    FacetField("year", {"de": "Jahr", "en": "Year"}, "year", option="Year of the reporting date (YYYY).", place=3),
    FacetField("decision", {"de": "Durchsicht", "en": "Review"}, "decision", DECISIONS, place=10),
)


OFFICE_FACETS: tuple[FacetField, ...] = (
    FacetField("state", {"de": "Land", "en": "Federal state"}, "source_id", place=5),
    FacetField("health", {"de": "Zustand der Quelle", "en": "Health of the source"}, "source_id", place=9),
)
"""Those told apart by what is known of the office that a claim is from, which the database does not count."""

SHOWN_FACETS = tuple(
    facet.name for facet in sorted((*FACETS, *OFFICE_FACETS), key=lambda facet: facet.place or 0) if facet.place
)
"""Those that pages show, in their order."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; all that is given must hold.

    `status` is what has happened: what is announced is `planned`, whatever it will be, and what is only possible or
    denied is in none. Beside a `modality` it is the status that is meant there: with "planned" the announced one.
    `NOT_STATED` in place of a value finds claims that do not state it. Dates are ISO dates or
    prefixes: `since` "2023" begins with 2023-01-01, `until` "2023" ends with 2023-12-31. So do days of publication,
    and the time for which something is announced, by or in which it is due.
    `parts` "with" takes the named parts of `project` along. `sources` are press offices of which it may be any.
    """

    text: str | None = None
    project: str | None = None
    parts: str | None = None
    source: str | None = None
    sources: frozenset[str] | None = None
    kind: str | None = None
    status: str | None = None
    modality: str | None = None
    speaker: str | None = None
    counted: str | None = None
    unit: str | None = None
    since: str | None = None
    until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    due_since: str | None = None
    due_until: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    release: str | None = None
    decision: str | None = None
