"""Documents that releases link to, as a rule PDFs, and where their text stands on their pages."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class DocumentRow(Base):
    """A document by its address, and what came of reading it."""

    __tablename__ = "documents"

    url: Mapped[str] = mapped_column(primary_key=True)
    part_of: Mapped[str] = mapped_column(ForeignKey("releases.id"), index=True)
    """The release that links to it."""
    release_id: Mapped[str | None] = mapped_column(ForeignKey("releases.id"), unique=True)
    """Itself, as what has revisions and claims of its own; None where it could not be read."""
    snapshot_hash: Mapped[str] = mapped_column(ForeignKey("snapshots.hash"))
    version: Mapped[str]
    """Of the document reader."""
    reason: Mapped[str | None]
    """Why it could not be read: one sentence for people."""

    __table_args__ = (CheckConstraint("(release_id IS NULL) = (reason IS NOT NULL)", name="outcome"),)


class DocumentPlaces(Base):
    """Where the text of a reading of a document stands on its pages."""

    __tablename__ = "document_places"

    page_reading_id: Mapped[int] = mapped_column(ForeignKey("page_readings.id"), primary_key=True)
    pages: Mapped[int]
    labels: Mapped[list[str]]
    """What each page calls itself; empty where the document does not say so."""
    runs: Mapped[bytes] = mapped_column(LargeBinary)
    """Start in the text, length, page and index of each run: JSON of one flat list, compressed (zlib)."""
