"""Series: numbers of several dates that may be laid side by side, as a batch has found them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class SeriesRow(Base):
    """A series, under the key of its first claim; all rows are made anew by each batch."""

    __tablename__ = "series"

    key: Mapped[str] = mapped_column(ForeignKey("claims.key"), primary_key=True)
    words: Mapped[str]
    """What it is found by, folded: headlines, sentences, noun and programme of its first and its newest claim."""
    dates: Mapped[int]
    years: Mapped[int]
    since: Mapped[str]
    until: Mapped[str]
    telling: Mapped[int]
    """Its place in lists, the greatest first."""

    __table_args__ = (Index(None, "telling", "key"), CheckConstraint("dates > 1", name="dates"))


class SeriesMember(Base):
    """A claim of a series, at the point of time that it tells of; a claim is in one series at most."""

    __tablename__ = "series_members"

    claim_key: Mapped[str] = mapped_column(ForeignKey("claims.key"), primary_key=True)
    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"))
    point: Mapped[int]
    time: Mapped[str]

    __table_args__ = (Index(None, "series_key", "point", "claim_key"),)


class SeriesBatch(Base):
    """The batch that made the series: by which rules, from what; one row."""

    __tablename__ = "series_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str]
    seen: Mapped[str]
    """What was stored then; another state asks for a new batch."""
    made_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("id = 1", name="one"),)
