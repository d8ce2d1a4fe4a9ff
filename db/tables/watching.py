"""What changed, who wants to hear of it, and the messages that tell them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base
from models.language import LANGUAGES
from models.watching import CHANNELS, FREQUENCIES, TOPICS

CAUSES = ("release", "correction", "rules", "deletion", "return")
# As each database writes the condition, else it would not use the index.
_UNTOLD: dict[str, Any] = {"sqlite_where": text("told = 0"), "postgresql_where": text("NOT told")}
_WAITING: dict[str, Any] = dict.fromkeys(
    ("sqlite_where", "postgresql_where"), text("sent_at IS NULL AND failed_at IS NULL")
)


class ChangeRow(Base):
    """A claim that was stated for the first time, otherwise, or no longer. Written with what it tells of."""

    __tablename__ = "claim_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))
    cause: Mapped[str]
    """Whether the office published, corrected or deleted something, or our rules read the same text otherwise."""
    at: Mapped[datetime]
    told: Mapped[bool]
    """Whether watches have been asked."""

    __table_args__ = (
        CheckConstraint(f"cause IN {CAUSES}", name="cause"),
        CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name="something"),
        Index("ix_claim_changes_at", "at"),
        Index("ix_claim_changes_untold", "id", **_UNTOLD),
    )


class Watch(Base):
    """What someone wants to hear of: changes among the claims of a query, or how sources are."""

    __tablename__ = "watches"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    query: Mapped[str]
    """As in the address of the search page; of sources at most "source=ID"."""
    wanted: Mapped[dict[str, Any]]
    """The same as the database takes it: what is set of a `ClaimFilter`."""
    channel: Mapped[str]
    target: Mapped[str]
    language: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    """The part of its page's address that nobody can guess."""
    secret: Mapped[str]
    """Signs the links by which it is confirmed, paused and ended; it leaves the database never."""
    frequency: Mapped[str]
    """How often at most it is told: after every run, once a day, once a week."""
    on_page: Mapped[bool]
    """Made on a page, by anybody: its target must be a public address."""
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When its receiver said that it is wanted; before that nothing is told."""
    paused_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"topic IN {TOPICS}", name="topic"),
        CheckConstraint(f"frequency IN {FREQUENCIES}", name="frequency"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"language IN {LANGUAGES}", name="language"),
    )


class WatchedSource(Base):
    """The state of a source that a watch was last told, or is about to be."""

    __tablename__ = "watched_sources"

    watch_id: Mapped[int] = mapped_column(ForeignKey("watches.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    state: Mapped[str]


class Alert(Base):
    """A message to a watch's target. It grows until it is first tried, and is then the same at every try."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """By which a receiver knows a message that comes twice."""
    watch_id: Mapped[int] = mapped_column(ForeignKey("watches.id"), index=True)
    items: Mapped[list[dict[str, Any]]]
    left_out: Mapped[int]
    """Changes beyond those that a message holds."""
    raised_at: Mapped[datetime]
    tries: Mapped[int]
    not_before: Mapped[datetime]
    """While a process delivers it, no other does; a process that was killed holds it no longer than this."""
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    """When it was given up."""
    problem: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("tries >= 0 AND left_out >= 0", name="counts"),
        Index("ix_alerts_waiting", "not_before", **_WAITING),
    )
