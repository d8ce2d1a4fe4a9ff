"""What press offices published: sources, releases, revisions, and the bytes that prove them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from db.tables.base import Base

OUTCOMES = ("stored", "unchanged", "not_modified", "gone", "blocked", "layout_changed", "failed")


class SourceRow(Base):
    """A press office; what describes it is its YAML file, here stands when it is due. Or files that were imported."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(default=False)
    publisher: Mapped[str | None]
    """Whose collection was imported, not who wrote its releases; None for a press office, which its YAML file names."""


class ReleaseRow(Base):
    """A press release: an identity, with any number of addresses and revisions."""

    __tablename__ = "releases"

    id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    """The newest canonical address."""
    title: Mapped[str]
    published: Mapped[datetime | None]
    first_seen: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    reporting_date: Mapped[str | None]
    reporting_basis: Mapped[str]

    __table_args__ = (
        Index("ix_releases_source_id_published", "source_id", "published"),
        Index("ix_releases_published", "published"),
        Index("ix_releases_first_seen", "first_seen"),
        CheckConstraint("reporting_basis IN ('stated', 'release', 'published')", name="reporting_basis"),
    )


class ReleaseUrl(Base):
    """An address under which a release was listed."""

    __tablename__ = "release_urls"

    url: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), index=True)
    first_seen: Mapped[datetime]


class ReleaseTwin(Base):
    """Two offices published the same release; each pair stands here in both directions."""

    __tablename__ = "release_twins"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    twin_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    similarity: Mapped[float] = mapped_column(Double)
    """Share (0 to 1) of the text that both have."""

    __table_args__ = (CheckConstraint("release_id <> twin_id", name="two"),)


class SnapshotRow(Base):
    """Bytes of an answer, once for each content, compressed (zlib)."""

    __tablename__ = "snapshots"

    hash: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    digest: Mapped[str | None] = mapped_column(index=True)
    """SHA-1 (base32), by which web archives name contents; None for bytes that were damaged when it came to be kept."""
    body: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    __table_args__ = (CheckConstraint("length(hash) = 64 AND size >= 0", name="hash"),)


class Fetch(Base):
    """One answer of a press office, to us or to an archive: what was asked, when, and what came of it."""

    __tablename__ = "fetches"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    """The address asked for."""
    answered_by: Mapped[str]
    """The address that answered, after redirects."""
    fetched_at: Mapped[datetime]
    """When the office answered."""
    archive: Mapped[str | None]
    """Who was answered: the name of a web archive or of a WARC file; None where we were."""
    archive_place: Mapped[str | None]
    """Address of the copy in the archive; of a file its SHA-256 and the id of the record."""
    retrieved_at: Mapped[datetime | None]
    """When the copy was fetched from the archive, or read from the file."""
    outcome: Mapped[str]
    status: Mapped[int | None]
    body_hash: Mapped[str | None]
    snapshot_hash: Mapped[str | None] = mapped_column(ForeignKey("snapshots.hash"), index=True)
    release_id: Mapped[str | None] = mapped_column(ForeignKey("releases.id"), index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    headers: Mapped[list[list[str]]]
    reason: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("url", "fetched_at"),
        Index("ix_fetches_source_id_fetched_at", "source_id", "fetched_at"),
        Index("ix_fetches_answered_by", "answered_by"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    )


class Text(Base):
    """A canonical text, once for each content."""

    __tablename__ = "texts"

    hash: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class Revision(Base):
    """What a release said from `seen_at` on; a second one is a correction by the publisher."""

    __tablename__ = "revisions"

    id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"))
    snapshot_hash: Mapped[str] = mapped_column(ForeignKey("snapshots.hash"), index=True)
    seen_at: Mapped[datetime]
    repeats: Mapped[bool] = mapped_column(default=False)
    """Whether it says what the revision before it says, which an archive has shown since: it is no correction."""

    __table_args__ = (UniqueConstraint("release_id", "seen_at", "snapshot_hash"),)


class PageReading(Base):
    """A revision as one version of the page extractor reads it."""

    __tablename__ = "page_readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revisions.id"))
    page_version: Mapped[str]
    snapshot_hash: Mapped[str] = mapped_column(ForeignKey("snapshots.hash"), index=True)
    seen_at: Mapped[datetime]
    """When the bytes that were read had been fetched."""
    extractor_version: Mapped[str | None]
    """Of the rules that last read claims in the text; None where that is not known."""
    text_hash: Mapped[str] = mapped_column(ForeignKey("texts.hash"), index=True)
    title: Mapped[str]
    published: Mapped[datetime | None]
    date_precision: Mapped[str]
    date_method: Mapped[str]
    kicker: Mapped[str | None]
    place: Mapped[str | None]
    contact: Mapped[str | None]
    language: Mapped[str]
    generic: Mapped[bool]
    paragraphs: Mapped[list[dict[str, Any]]]
    attachments: Mapped[list[dict[str, Any]]]
    warnings: Mapped[list[str]]
    read_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("revision_id", "page_version"),)
