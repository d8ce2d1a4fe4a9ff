"""Sources that are read no longer: what runs noted of them goes, what is stored of them stays."""

from sqlalchemy import Connection, Engine, delete, select, update

from db.engine import write
from db.tables import ListPosition, RunSource, SourceRow, WatchedSource
from models.errors import InputError


def drop_source(engine: Engine, source_id: str) -> None:
    """Takes a source out of the health of sources: how its runs ended, when it is due, how far its lists were read.

    Its releases, claims, archived bytes and the log of its fetches stay.

    Raises:
        InputError: nothing is known of such a source.
    """

    def work(connection: Connection) -> None:
        if connection.scalar(select(SourceRow.id).where(SourceRow.id == source_id)) is None:
            raise InputError(f"No source {source_id!r} was ever read; `bilanz health` lists those that were.")
        for table in (RunSource, ListPosition, WatchedSource):
            connection.execute(delete(table).where(table.source_id == source_id))
        connection.execute(update(SourceRow).where(SourceRow.id == source_id).values(due_at=None, paused=False))

    write(engine, work)
