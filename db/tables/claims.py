"""What releases state: claims by lasting key, their append-only readings, and how to find them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Restrictions
from models.claim import KINDS, MODALITIES, Restriction
from models.statuses import STATUSES

# As each database writes the condition `Reading.current`, else it would not use the index.
_CURRENT: dict[str, Any] = {"sqlite_where": text("current = 1"), "postgresql_where": text("current")}
_SUPERSEDED: dict[str, Any] = {"sqlite_where": text("current = 0"), "postgresql_where": text("NOT current")}
_HAS_WHOLE: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), text("whole_key IS NOT NULL"))


class ClaimRow(Base):
    """A statement at its place in a release, whatever the rules make of it."""

    __tablename__ = "claims"

    key: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), index=True)
    first_seen: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Reading(Base):
    """A claim as one extractor version reads it in one text.

    Rows are only added. `current` alone moves on: it marks the newest reading of what the newest
    revision states.
    """

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"))
    page_reading_id: Mapped[int] = mapped_column(ForeignKey("page_readings.id"), index=True)
    extractor_version: Mapped[str]
    content_hash: Mapped[str]
    """Hash of all that was read, so that an identical reading adds no row."""
    current: Mapped[bool]
    read_at: Mapped[datetime]

    kind: Mapped[str]
    value: Mapped[Decimal | None]
    value_order: Mapped[str | None]
    """`value` in a form that sorts bytewise; see db.number_text.order_key."""
    value_to: Mapped[Decimal | None]
    comparator: Mapped[str | None]
    unit: Mapped[str | None]
    counted: Mapped[str | None]
    counted_folded: Mapped[str | None]
    of: Mapped[Decimal | None]
    status: Mapped[str | None]
    subject: Mapped[str | None]
    subject_key: Mapped[str | None]
    since: Mapped[str | None]
    until: Mapped[str | None]
    as_of: Mapped[str | None]
    modality: Mapped[str]
    speaker: Mapped[str | None]
    aspect: Mapped[str | None]
    per: Mapped[str | None]
    predicate: Mapped[str | None]
    span: Mapped[str | None]
    scope: Mapped[tuple[Restriction, ...]] = mapped_column(Restrictions, nullable=True)
    reporting_date: Mapped[str]
    """Empty where none is known: NULL would sort differently on either database."""
    reporting_basis: Mapped[str]
    quote: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    sentence: Mapped[str]
    sentence_start: Mapped[int]
    rule: Mapped[str]
    whole_key: Mapped[str | None] = mapped_column(ForeignKey("claims.key"))
    """The claim that `of` comes from."""

    source_id: Mapped[str]
    """Of the release, repeated here so that one index can filter and sort."""
    published: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_readings_superseded", "subject_key", **_SUPERSEDED),
        Index("ix_readings_whole", "whole_key", **_HAS_WHOLE),
        UniqueConstraint(
            "claim_key", "page_reading_id", "extractor_version", "content_hash", name="uq_readings_identical"
        ),
        Index("uq_readings_current", "claim_key", unique=True, **_CURRENT),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint(f"modality IN {MODALITIES}", name="modality"),
        CheckConstraint("(kind = 'status') = (value IS NULL)", name="value"),
        CheckConstraint("(value IS NULL) = (value_order IS NULL)", name="value_order"),
        CheckConstraint("0 <= start AND start < \"end\" AND quote <> ''", name="evidence"),
        CheckConstraint("reporting_basis IN ('stated', 'release', 'published')", name="reporting_basis"),
        # All that facets count, so that 10,000 hits are counted without reading their rows.
        Index(
            "ix_readings_facets",
            "reporting_date", "claim_key", "source_id", "subject_key", "kind", "status", "modality", "speaker",
            "counted", "unit", "current",
            **_CURRENT,
        ),
        # The same for all claims about one noun, which mostly are the most that are counted.
        Index(
            "ix_readings_counted",
            "counted_folded", "reporting_date", "claim_key", "status", "source_id", "subject_key", "kind", "modality",
            "speaker", "counted", "unit", "current",
            **_CURRENT,
        ),
        # With the status, by which most other filters are narrowed.
        *(
            Index(f"ix_readings_{name}", column, "reporting_date", "claim_key", "status", "current", **_CURRENT)
            for name, column in {
                "subject": "subject_key",
                "source": "source_id",
                "kind": "kind",
                "modality": "modality",
                "speaker": "speaker",
                "value": "value_order",
            }.items()
        ),
        Index("ix_readings_status", "status", "reporting_date", "claim_key", **_CURRENT),
    )  # fmt: skip


class CueRow(Base):
    """Words that made a reading what it is."""

    __tablename__ = "cues"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]

    __table_args__ = (CheckConstraint('0 <= start AND start < "end"', name="span"),)


class ReleaseProject(Base):
    """A name that a release gives to a project; `alias_of` is the name it stands for there."""

    __tablename__ = "release_projects"

    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(index=True)
    alias_of: Mapped[str | None]


class SearchTerm(Base):
    """A word under which a current claim is found; its date is repeated so that one index sorts.

    `weight` is 1 for a word of the claim, in whatever form, and 0 for what is only a part of a compound.

    Rows are found again by the words that a claim's fields give: an index by claim would be as large
    as the table, which is the largest of all.
    """

    __tablename__ = "search_terms"

    term: Mapped[str] = mapped_column(primary_key=True)
    weight: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    reporting_date: Mapped[str] = mapped_column(primary_key=True)
    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"), primary_key=True)

    __table_args__ = (CheckConstraint("weight IN (0, 1)", name="weight"), {"sqlite_with_rowid": False})
