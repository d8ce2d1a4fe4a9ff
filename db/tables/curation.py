"""What people decide: names, nouns, reviews, what became of promises; and what readers object to."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base
from models.objections import ANSWERS, FAULTS
from models.promises import PROMISE_STATES

VERDICTS = ("same", "different", "unsure")
DECISIONS = ("confirmed", "rejected", "corrected", "added")
_STANDING = text("retracted_at IS NULL")
_OPEN = text("answer IS NULL")


class Judgement(Base):
    """Whether two names mean one project; retracted rows stay as the log."""

    __tablename__ = "judgements"

    id: Mapped[int] = mapped_column(primary_key=True)
    left: Mapped[str]
    right: Mapped[str]
    left_key: Mapped[str]
    right_key: Mapped[str]
    verdict: Mapped[str]
    author: Mapped[str]
    note: Mapped[str | None]
    made_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]
    retracted_by: Mapped[str | None]

    __table_args__ = (
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
        CheckConstraint("left_key < right_key", name="pair"),
        Index(
            "uq_judgements_standing", "left_key", "right_key",
            unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
    )  # fmt: skip


class ListingRow(Base):
    """Whether a name is in the list of programmes, or under which name; retracted rows stay as the log."""

    __tablename__ = "listings"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_key: Mapped[str]
    name: Mapped[str]
    shown_as: Mapped[str | None]
    """The name under which it is listed; None where it is hidden."""
    author: Mapped[str]
    note: Mapped[str | None]
    made_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]
    retracted_by: Mapped[str | None]

    __table_args__ = (
        Index("uq_listings_standing", "name_key", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )


class SeriesNoun(Base):
    """A noun that counts the same thing as the series' name, in one programme or (empty) in all."""

    __tablename__ = "series_nouns"

    programme_key: Mapped[str] = mapped_column(primary_key=True)
    noun_folded: Mapped[str] = mapped_column(primary_key=True)
    noun: Mapped[str]
    series: Mapped[str]
    author: Mapped[str]
    made_at: Mapped[datetime]


class User(Base):
    """Someone who may decide; tokens are kept as hashes only."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Token(Base):
    """A personal token of a user, with the scopes it opens."""

    __tablename__ = "tokens"

    hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str]
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("length(hash) = 64", name="hash"),)


class Review(Base):
    """A decision on a claim; it hangs on the claim's key, so it outlives new rules."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"), index=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    """What the reviewer saw."""
    decision: Mapped[str]
    corrected: Mapped[dict[str, Any]]
    """Fields as the reviewer reads them; the reading itself is never edited."""
    note: Mapped[str | None]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"decision IN {DECISIONS}", name="decision"),
        Index(
            "uq_reviews_standing", "claim_key",
            unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
    )  # fmt: skip


class PromiseRow(Base):
    """What someone says became of what a claim announces; retracted rows stay as the log."""

    __tablename__ = "promises"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"), index=True)
    state: Mapped[str]
    reason: Mapped[str]
    source: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    rated_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]
    retracted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (
        CheckConstraint(f"state IN {PROMISE_STATES}", name="state"),
        CheckConstraint("reason <> '' AND source <> ''", name="why"),
        Index("uq_promises_standing", "claim_key", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )


class ObjectionRow(Base):
    """What a reader says is wrong with a claim, and how a reviewer answered; it stays when it is answered."""

    __tablename__ = "objections"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"), index=True)
    fault: Mapped[str]
    sentence: Mapped[str]
    sender: Mapped[str | None]
    """Address for the answer, forgotten some time after that."""
    made_at: Mapped[datetime]
    answer: Mapped[str | None]
    reason: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"fault IN {FAULTS}", name="fault"),
        CheckConstraint("sentence <> ''", name="sentence"),
        CheckConstraint(f"answer IN {ANSWERS}", name="answer"),
        CheckConstraint("(answer = 'dismissed') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index("ix_objections_open", "made_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
