"""The records of the API: flat, JSON-ready, numbers as text so that no digit is lost."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from comparison.findings import Verdict
from db.curation.reviews import ReviewRecord
from db.releases.proofs import Proof
from db.releases.queries import ReleaseDetail, ReleaseSummary
from models.archived import Archived
from models.calendar import BERLIN
from models.claim import Aspect, Modality, ReportingBasis, RestrictionKind
from models.quantity import Comparator, Kind
from models.statuses import Status
from models.stored import StoredClaim
from output.records import record, stored_record

BerlinTime = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(BERLIN))]
"""As of Germany, where a release of the first was none of the day before."""

_COLLECTION = (
    "the collection that the release was imported with, which names no press office of the single release; else null"
)

EXAMPLE: dict[str, Any] = {
    "key": "f4vy4pbn3agu5gw3",
    "kind": "count",
    "value": "42",
    "value_to": None,
    "comparator": "=",
    "unit": None,
    "counted": "Projektvorschlag",
    "of": "73",
    "status": "completed",
    "subject": "Ruhr-Konferenz",
    "since": None,
    "until": None,
    "as_of": None,
    "modality": "actual",
    "speaker": None,
    "aspect": "level",
    "per": None,
    "predicate": None,
    "span": None,
    "scope": [],
    "reporting_date": "2024-12-31",
    "reporting_basis": "release",
    "quote": "42 abgeschlossen",
    "start": 512,
    "end": 528,
    "sentence": "Von den 73 Projektvorschlägen sind 42 abgeschlossen und 16 in Umsetzung.",
    "sentence_start": 477,
    "cues": [{"role": "status", "start": 515, "end": 528, "text": "abgeschlossen"}],
    "rule": "quantity",
    "extractor_version": "1",
    "whole_key": "p5wd2ka7qj3xe6ft",
    "release_id": "k2m4x7qzt5aevd3w",
    "release_title": "Fortschrittsbericht 2024",
    "url": "https://www.example.org/pressemitteilung/fortschrittsbericht-2024",
    "source": "example",
    "collection": None,
    "published": "2025-11-26T12:00:00+01:00",
    "gone_at": None,
    "snapshot": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "first_seen": "2025-11-26T13:00:00+01:00",
    "decision": None,
    "current": True,
    "comparator_word": None,
    "restricted_to": None,
    "two_scales": None,
    "as_read": {},
}


class CueRecord(BaseModel):
    """Words that made a claim what it is; `text` is empty where they stand outside of its sentence."""

    role: str
    start: int
    end: int
    text: str


class RestrictionRecord(BaseModel):
    """What a number is restricted to; for a change, `against` is what it is measured against."""

    kind: RestrictionKind
    value: str
    start: int
    end: int


class ClaimRecord(BaseModel):
    """A claim with its evidence. Offsets count characters of the release's canonical text."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    key: str = Field(description="lasting address of the claim")
    kind: Kind
    value: str | None = Field(description="plain digits; money in whole units, shares in percent")
    value_to: str | None
    comparator: Comparator | None
    unit: str | None
    counted: str | None
    of: str | None
    status: Status | None
    subject: str | None
    since: str | None
    until: str | None
    as_of: str | None
    modality: Modality
    speaker: str | None
    aspect: Aspect | None
    per: str | None = Field(description='for each of what it is meant: "Antrag", "Jahr"; "each" for "jeweils"')
    predicate: str | None
    span: str | None
    scope: list[RestrictionRecord]
    reporting_date: str | None
    reporting_basis: ReportingBasis
    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    cues: list[CueRecord]
    rule: str
    extractor_version: str
    whole_key: str | None
    release_id: str
    release_title: str
    url: str
    source: str
    collection: str | None = Field(description=_COLLECTION)
    published: BerlinTime | None
    gone_at: BerlinTime | None = Field(description="when its office no longer had the release; null while it has")
    snapshot: str = Field(description="SHA-256 of the bytes that prove it")
    first_seen: BerlinTime
    decision: str | None
    current: bool
    comparator_word: str | None = Field(description='what makes it "about" or "more than" in its sentence: "knapp"')
    restricted_to: str | None = Field(description='what of `scope` says of less the number is: "place: Pankow"')
    two_scales: str | None = Field(
        description='words by which the number may be a thousand times more or less: "1.665 Millionen"; null elsewhere'
    )
    as_read: dict[str, str | None] = Field(description="the fields that a reviewer corrected, as the rules read them")


class ClaimPage(BaseModel):
    """Some claims of a longer list; `next` continues it as `after`, null at the end."""

    claims: list[ClaimRecord]
    next: str | None


class ReviewOut(BaseModel):
    """A decision on a claim; it stands while `retracted_at` is null."""

    claim_key: str
    decision: str
    corrected: dict[str, str | None]
    note: str | None
    author: str
    decided_at: BerlinTime
    retracted_at: BerlinTime | None


class ProofRecord(BaseModel):
    """The answer that proves a claim; with `archive` it was given to a web archive, from whose copy it is read."""

    fetched_at: BerlinTime = Field(description="when the office answered")
    fetched_from: str
    archive: str | None = Field(description="name of the web archive or WARC file, null where we were answered")
    archive_place: str | None = Field(description="address of its copy; of a file SHA-256 and id of the record")
    retrieved_at: BerlinTime | None = Field(description="when the copy was fetched or read")


class ClaimDetail(BaseModel):
    """A claim with its proof, its readings as the rules made them (the oldest first) and all decisions on it."""

    claim: ClaimRecord
    proof: ProofRecord | None
    readings: list[ClaimRecord]
    reviews: list[ReviewOut]


class ReleaseRecord(BaseModel):
    """A release in a list."""

    id: str
    source_id: str
    url: str
    title: str
    published: BerlinTime | None
    first_seen: BerlinTime
    gone_at: BerlinTime | None
    reporting_date: str | None
    revisions: int
    claims: int
    collection: str | None = Field(description=_COLLECTION)


class RevisionRecord(BaseModel):
    """What a release said from `seen_at` on, with the hash of the bytes that prove it."""

    id: str
    seen_at: BerlinTime
    unchanged_until: BerlinTime | None = Field(description="when the office was last seen to say what it said before")
    repeats: bool = Field(description="says what the revision before it says, and is no correction")
    snapshot: str
    fetched_from: str
    archive: str | None = Field(description="name of the web archive or WARC file, null where we were answered")
    archive_place: str | None
    retrieved_at: BerlinTime | None
    page_version: str
    date_method: str
    title: str
    text: str


class TwinRecord(BaseModel):
    """The same release as another office published it."""

    release_id: str
    source_id: str
    url: str
    title: str
    similarity: float = Field(ge=0, le=1, description="share of the text that both have")


class DocumentRecord(BaseModel):
    """A document that a release links to: `release_id` where it was read, else `reason` says why not."""

    url: str
    release_id: str | None
    title: str | None
    reason: str | None


class ReleaseOut(BaseModel):
    """A release with its addresses, its revisions (the oldest first) and its current claims in text order."""

    release: ReleaseRecord
    urls: list[str]
    twins: list[TwinRecord] = Field(description="the same release at other offices, the most alike first")
    projects: list[str]
    revisions: list[RevisionRecord]
    claims: list[ClaimRecord]
    documents: list[DocumentRecord]


class FindingRecord(BaseModel):
    """What the stored claims say to one claim of a statement; `sentences` by language."""

    quote: str
    start: int
    end: int
    verdict: Verdict
    reason: str
    programme: str | None
    date: str | None
    unsaid_actor: str | None = Field(
        description="who did it, as the statement says, where no sentence of the evidence says so"
    )
    sentences: dict[str, str]
    evidence: list[dict[str, Any]]
    similar: list[dict[str, Any]] = Field(
        description="what is similar, the most akin first, with `reason` and `why` (by language) no verdict rests on it"
    )


class CheckRecord(BaseModel):
    """A statement with its gravest verdict, the evidence for that, and a finding for each claim in it.

    With `said_on` the findings rest on what was known then, and `now` has those by what is known today.
    """

    statement: str
    said_on: str | None
    verdict: Verdict
    evidence: list[dict[str, Any]]
    findings: list[FindingRecord]
    now: list[FindingRecord]
    spelt: str | None = Field(description="the statement as it may be meant, where nothing was found for it as it is")


def claim_record(stored: StoredClaim) -> ClaimRecord:
    """A stored claim as the API gives it."""
    return ClaimRecord(**stored_record(stored))


def proof_record(proof: Proof) -> ProofRecord:
    """A claim's proof as the API gives it."""
    return ProofRecord(fetched_at=proof.fetched_at, fetched_from=proof.address, **_handed_on(proof.archived))


def _handed_on(archived: Archived | None) -> dict[str, Any]:
    if archived is None:
        return {"archive": None, "archive_place": None, "retrieved_at": None}
    return {
        "archive": archived.archive,
        "archive_place": archived.place,
        "retrieved_at": archived.retrieved_at,
    }


def review_record(review: ReviewRecord) -> ReviewOut:
    """A decision as the API gives it."""
    return ReviewOut(**record(review))


def release_record(summary: ReleaseSummary) -> ReleaseRecord:
    """A release in a list."""
    return ReleaseRecord(**record(summary))


def release_detail(detail: ReleaseDetail) -> ReleaseOut:
    """A release with all that is known of it, but the archived bytes."""
    return ReleaseOut(
        release=release_record(detail.summary),
        urls=list(detail.urls),
        twins=[TwinRecord(**record(twin)) for twin in detail.twins],
        projects=list(detail.projects),
        revisions=[
            RevisionRecord(
                id=revision.id,
                seen_at=revision.seen_at,
                unchanged_until=revision.unchanged_until,
                repeats=revision.repeats,
                snapshot=revision.snapshot.hash,
                fetched_from=revision.snapshot.url,
                **_handed_on(revision.snapshot.archived),
                page_version=revision.page_version,
                date_method=revision.release.date_method,
                title=revision.release.title,
                text=revision.release.text,
            )
            for revision in detail.revisions
        ],
        claims=[claim_record(claim) for claim in detail.claims],
        documents=[DocumentRecord(**record(document)) for document in detail.documents],
    )
