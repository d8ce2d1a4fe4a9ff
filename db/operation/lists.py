"""How far the lists of press offices were read, where that takes more than one run."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from db.bulk import insert_ignore
from db.engine import write
from db.tables import ListPosition, SourceRow


def list_positions(engine: Engine, source_id: str) -> dict[str, dict[str, Any]]:
    """Where the next run goes on in a source's lists, by the list's name; those read to their end are not in it."""
    noted = select(ListPosition.name, ListPosition.position).where(ListPosition.source_id == source_id)
    with engine.connect() as connection:
        return {row.name: row.position for row in connection.execute(noted)}


def note_list_positions(
    engine: Engine, source_id: str, reached: Mapping[str, Mapping[str, Any] | None], *, now: datetime
) -> None:
    """Notes how far lists were read; None for one that was read to its end, of which nothing more is known then."""

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": source_id, "paused": False}])
        mine = ListPosition.source_id == source_id
        connection.execute(delete(ListPosition).where(mine, ListPosition.name.in_(reached)))
        rows = [
            {"source_id": source_id, "name": name, "position": dict(position), "noted_at": now}
            for name, position in reached.items()
            if position is not None
        ]
        if rows:
            connection.execute(insert(ListPosition), rows)

    if reached:
        write(engine, work)
