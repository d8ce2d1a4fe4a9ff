"""Captures of web archives: the work list of reading years before the first run, and what is never to be read."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base

CAPTURE_KINDS = ("release", "list")
CAPTURE_OUTCOMES = (
    "waiting", "stored", "repeated", "listed", "blocked", "refused", "excluded", "unreadable", "unavailable",
)  # fmt: skip


class CaptureRow(Base):
    """A copy that an archive has of a release or of a list, and what came of it."""

    __tablename__ = "captures"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    archive: Mapped[str]
    """Id of the archive."""
    kind: Mapped[str]
    url: Mapped[str]
    """Canonical address, under which it is stored."""
    original: Mapped[str]
    """The address as the archive names it."""
    archived_at: Mapped[datetime]
    digest: Mapped[str | None]
    status: Mapped[int | None]
    mime: Mapped[str | None]
    record: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(default="waiting")
    """`repeated`: it says what the copy before it says, and was not fetched."""
    reason: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    body_hash: Mapped[str | None] = mapped_column(ForeignKey("snapshots.hash"), index=True)
    headers: Mapped[list[list[str]]]
    """What came with the bytes; empty before."""
    retrieved_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_captures_copy", "source_id", "archive", "original", "archived_at", unique=True),
        Index("ix_captures_source_id_archive_outcome", "source_id", "archive", "outcome"),
        Index("ix_captures_url_archived_at", "url", "archived_at"),
        Index("ix_captures_digest", "digest"),
        CheckConstraint(f"kind IN {CAPTURE_KINDS}", name="kind"),
        CheckConstraint(f"outcome IN {CAPTURE_OUTCOMES}", name="outcome"),
    )


class IndexQuery(Base):
    """What an archive's index was asked, and how far it has answered."""

    __tablename__ = "index_queries"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    archive: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    match: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    resume: Mapped[str | None]
    """Where to go on; None at the beginning and at the end."""
    answered_at: Mapped[datetime | None]
    """When the last page came; None where pages are missing."""
    reason: Mapped[str | None]
    """Why there is nothing to be had, or why there was none at the last try."""

    __table_args__ = (CheckConstraint("match IN ('exact', 'prefix')", name="match"),)


class Forgotten(Base):
    """An address whose release was taken out of the database, and is not taken up again."""

    __tablename__ = "forgotten"

    url: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    reason: Mapped[str]
    rows: Mapped[int]
    """That were removed with it."""
