"""What must hold between processes: runs and their results, leases, spacing per host."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base

STATES = ("running", "completed", "degraded", "failed", "interrupted")


class Run(Base):
    """One ingest, backfill or re-extraction."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    state: Mapped[str]
    scheduled: Mapped[bool]
    """Begun by a schedule, for what was due; not by hand"""

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_runs_started_at", "started_at"),
    )


class RunSource(Base):
    """What a run found at one source."""

    __tablename__ = "run_sources"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    state: Mapped[str]
    reason: Mapped[str | None]
    counts: Mapped[dict[str, Any]]
    """found, new, corrected, unchanged, gone, blocked, claims"""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)


class ListPosition(Base):
    """How far a list of a press office was read, where its end was not reached in one run."""

    __tablename__ = "list_positions"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    """The list as the source file names it: its address with placeholders, and what is posted to it."""
    position: Mapped[dict[str, Any]]
    """The values of the placeholders, or the page's own address, of the page on which the next run goes on."""
    noted_at: Mapped[datetime]


class Lease(Base):
    """Who works on something (a source) until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    expires_at: Mapped[datetime]


class HostSlot(Base):
    """When the next request to a host may go out, whichever process sends it."""

    __tablename__ = "host_slots"

    host: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
