"""What reviewers state: fields that should read otherwise, and claims that the rules missed."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from db.curation.reviews import add_claim
from db.releases.queries import release
from extractors.rules.quantities.units import units
from inquiries.search import Empty, IsoDate, ShortText, StatedNumber
from models.calendar import berlin_day
from models.claim import Claim, Modality, plain
from models.errors import InputError
from models.quantity import Comparator, Kind
from models.settings import settings
from models.statuses import Status
from web.http.refusals import not_found
from web.site import Site

_LONGEST_QUOTE = 200

# Which there are is known when the program runs; to the type checker each is a word.
if TYPE_CHECKING:
    Unit: TypeAlias = str
else:
    Unit = Literal[units()]


def _as_typed(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


class _Stated(BaseModel):
    """What reviewers state of a claim; each of them says which kind and value are allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value_to: StatedNumber = None
    comparator: Annotated[Comparator | None, Empty] = None
    unit: Annotated[Unit | None, Empty] = None
    counted: ShortText = None
    of: StatedNumber = None
    status: Annotated[Status | None, Empty] = None
    subject: ShortText = None
    modality: Modality = "actual"
    speaker: ShortText = None
    reporting_date: IsoDate = None


class Correction(_Stated):
    """Fields as they should read, numbers as plain digits; what is not given stays."""

    kind: Kind = "count"
    value: Annotated[Decimal, Field(max_digits=20, allow_inf_nan=False)] = Decimal(0)
    since: IsoDate = None
    until: IsoDate = None
    as_of: IsoDate = None

    def changes(self) -> dict[str, str | None]:
        """The fields that were given, as `db.curation.reviews.decide` takes them."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: plain(value) if isinstance(value, Decimal) else value for name, value in given.items()}


class Missed(_Stated):
    """A claim as a reviewer reads it. `quote` stands in the release, at `start` or for the first time."""

    quote: Annotated[str, BeforeValidator(_as_typed), Field(min_length=1, max_length=_LONGEST_QUOTE)]
    start: Annotated[
        Annotated[int, Field(ge=0)] | None, Empty, Field(description="characters of the canonical text")
    ] = None
    kind: Kind
    value: StatedNumber = None
    note: Annotated[Annotated[str, Field(max_length=2000)] | None, Empty] = None

    @model_validator(mode="after")
    def _stated(self) -> "Missed":
        if (self.kind == "status") != (self.value is None):
            raise ValueError("A status has no value; every other kind has one.")
        if self.kind == "status" and self.status is None:
            raise ValueError("Say which status it is.")
        return self


def add_missed(site: Site, release_id: str, missed: Missed, *, user_id: int) -> str:
    """Adds a missed claim; its key.

    Raises:
        Refused: 404, there is no such release.
        InputError: the words do not stand there, or the claim is known already.
    """
    try:
        detail = release(site.engine, release_id)
    except InputError as error:
        raise not_found(error) from error
    text = detail.revisions[-1].release.text
    start = text.find(missed.quote) if missed.start is None else missed.start
    if start < 0 or text[start : start + len(missed.quote)] != missed.quote:
        raise InputError("These words do not stand in the newest text of the release; mark them anew.")
    sentence_start, sentence = _sentence(text, start, start + len(missed.quote))
    given = missed.model_dump(exclude={"start", "note", "quote", "reporting_date", "comparator"})
    summary = detail.summary
    claim = Claim(
        **given,
        comparator=missed.comparator or (None if missed.kind == "status" else "="),
        quote=missed.quote,
        start=start,
        end=start + len(missed.quote),
        sentence=sentence,
        sentence_start=sentence_start,
        rule="",
        reporting_date=missed.reporting_date or summary.reporting_date or berlin_day(summary.published),
        reporting_basis="stated" if missed.reporting_date else "release" if summary.reporting_date else "published",
    )
    return add_claim(site.engine, release_id, claim, user_id=user_id, now=site.now(), note=missed.note)


def _sentence(text: str, start: int, end: int) -> tuple[int, str]:
    """The sentence, or the run of them, that holds the words."""
    from extractors.german import load

    sentences = load(settings().spacy_model)(text).sents
    touched = [each for each in sentences if each.start_char < end and each.end_char > start]
    first, last = touched[0].start_char, touched[-1].end_char
    sentence = text[first:last]
    lead = len(sentence) - len(sentence.lstrip())
    return first + lead, sentence.strip()
