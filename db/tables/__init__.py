"""The tables, by what they hold: archive, claims, curation, documents, history, operation, series, watching."""

from db.tables.archive import (
    Fetch,
    PageReading,
    ReleaseRow,
    ReleaseTwin,
    ReleaseUrl,
    Revision,
    SnapshotRow,
    SourceRow,
    Text,
)
from db.tables.base import Base
from db.tables.claims import ClaimRow, CueRow, Reading, ReleaseProject, SearchTerm
from db.tables.curation import Judgement, ListingRow, ObjectionRow, PromiseRow, Review, SeriesNoun, Token, User
from db.tables.documents import DocumentPlaces, DocumentRow
from db.tables.history import CaptureRow, Forgotten, IndexQuery
from db.tables.operation import HostSlot, Lease, ListPosition, Run, RunSource
from db.tables.series import SeriesBatch, SeriesMember, SeriesRow
from db.tables.watching import Alert, ChangeRow, Watch, WatchedSource

__all__ = [
    "Alert",
    "Base",
    "CaptureRow",
    "ChangeRow",
    "ClaimRow",
    "CueRow",
    "DocumentPlaces",
    "DocumentRow",
    "Fetch",
    "Forgotten",
    "HostSlot",
    "IndexQuery",
    "Judgement",
    "Lease",
    "ListPosition",
    "ListingRow",
    "ObjectionRow",
    "PageReading",
    "PromiseRow",
    "Reading",
    "ReleaseProject",
    "ReleaseRow",
    "ReleaseTwin",
    "ReleaseUrl",
    "Review",
    "Revision",
    "Run",
    "RunSource",
    "SearchTerm",
    "SeriesBatch",
    "SeriesMember",
    "SeriesNoun",
    "SeriesRow",
    "SnapshotRow",
    "SourceRow",
    "Text",
    "Token",
    "User",
    "Watch",
    "WatchedSource",
]  # fmt: skip
