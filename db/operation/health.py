"""How sources are, by the last run that each was in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from db.clocks import latest_credible
from db.operation.runs import RunState
from db.releases.documents import is_document
from db.tables import ReleaseRow, Run, RunSource, SourceRow

SourceState = Literal[RunState, "imported"]
"""How the last run left a press office; what was imported is never asked for, however the import went."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source as its last run left it.

    Attributes:
        state: of the last run, None where there was none.
        last_new: when a new release was last found.
        newest_published: when its newest release was published.
        releases: stored.
    """

    source_id: str
    state: SourceState | None
    reason: str | None
    last_run: datetime | None
    last_new: datetime | None
    newest_published: datetime | None
    releases: int
    due_at: datetime | None
    paused: bool


_state = case((SourceRow.publisher.is_not(None), "imported"), else_=RunSource.state).label("state")


def health(engine: Engine) -> list[SourceHealth]:
    """All sources of which a run has noted anything, and those that are paused, by id."""
    stored = (
        select(
            ReleaseRow.source_id,
            func.count().label("releases"),
            func.max(ReleaseRow.first_seen).label("last_new"),
            func.max(ReleaseRow.published).label("newest"),
        )
        .where(~is_document(ReleaseRow.id))
        .group_by(ReleaseRow.source_id)
        .subquery()
    )
    statement = (
        select(
            SourceRow.id,
            _state,
            RunSource.reason,
            RunSource.started_at,
            stored.c.last_new,
            stored.c.newest,
            func.coalesce(stored.c.releases, 0),
            SourceRow.due_at,
            SourceRow.paused,
        )
        .select_from(SourceRow)
        .outerjoin(RunSource, _is_newest(RunSource))
        .outerjoin(stored, stored.c.source_id == SourceRow.id)
        .where(SourceRow.paused | exists().where(RunSource.source_id == SourceRow.id).correlate(SourceRow))
        .order_by(SourceRow.id)
    )
    with engine.connect() as connection:
        return [SourceHealth(*row) for row in connection.execute(statement, {"credible": latest_credible()})]


def last_counts(engine: Engine) -> dict[str, Mapping[str, int]]:
    """What the last run of each source came to, by its id."""
    earlier = aliased(RunSource)
    sound = earlier.started_at <= latest_credible()
    own = (earlier.source_id == RunSource.source_id) & sound & _of_the_office(earlier)
    newest = select(func.max(earlier.started_at)).where(own).scalar_subquery()
    statement = select(RunSource.source_id, RunSource.counts).where(RunSource.started_at == newest)
    with engine.connect() as connection:
        return {row.source_id: row.counts for row in connection.execute(statement)}


def last_states(engine: Engine) -> dict[str, SourceState | None]:
    """How the last run left each source that was ever read, by id; None where there was none."""
    with engine.connect() as connection:
        rows = connection.execute(_last_states(), {"credible": latest_credible()})
        return {row.id: row.state for row in rows}


@lru_cache(maxsize=1)
def _last_states() -> Select[Any]:
    """Made once: every list of claims asks for them."""
    return select(SourceRow.id, _state).outerjoin(RunSource, _is_newest(RunSource))


def _is_newest(run_source: type[RunSource]) -> ColumnElement[bool]:
    """Whether nothing that happened to a source began later, of what has begun by the moment `credible`."""
    earlier = aliased(RunSource)
    # What a clock that ran ahead has dated would stand for the last run until that day.
    sound = earlier.started_at <= bindparam("credible")
    own = (earlier.source_id == SourceRow.id, sound, _of_the_office(earlier))
    newest = select(func.max(earlier.started_at)).where(*own).correlate(SourceRow)
    return (run_source.source_id == SourceRow.id) & (run_source.started_at == newest.scalar_subquery())


def _of_the_office(run_source: type[RunSource]) -> ColumnElement[bool]:
    """Whether a run asked the office itself, to the end.

    How archives fare, what is stored, or when somebody had enough says nothing of how the office is.
    """
    return (run_source.state != "interrupted") & ~exists().where(
        Run.id == run_source.run_id, Run.kind.in_(("history", "reextract"))
    )
