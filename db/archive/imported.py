"""Imported sources: who published what they hold, and which records are stored."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db.bulk import in_batches
from db.engine import write
from db.tables import Fetch, SourceRow
from models.errors import InputError


def imported_sources(engine: Engine) -> dict[str, str]:
    """The publisher of each imported source by its id, in the order of the ids."""
    statement = select(SourceRow.id, SourceRow.publisher).where(SourceRow.publisher.is_not(None))
    with engine.connect() as connection:
        return {row.id: row.publisher for row in connection.execute(statement.order_by(SourceRow.id))}


def collections(engine: Engine) -> dict[str, str]:
    """What each imported source is called where press offices stand, by its id; nobody takes it for the sender."""
    return {source: f"Import „{publisher}“" for source, publisher in imported_sources(engine).items()}


def is_imported(source_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether releases of a source were imported: they are history, and no news."""
    return source_id.in_(select(SourceRow.id).where(SourceRow.publisher.is_not(None)))


def note_import(engine: Engine, source_id: str, publisher: str | None) -> None:
    """Makes an imported source, or gives it another publisher; where none is given it keeps its own, first its id.

    Raises:
        InputError: releases were fetched under this id.
    """

    def work(connection: Connection) -> None:
        known = connection.execute(select(SourceRow.publisher).where(SourceRow.id == source_id)).first()
        if known is None:
            connection.execute(insert(SourceRow).values(id=source_id, paused=False, publisher=publisher or source_id))
        elif known.publisher is None:
            raise InputError(f"{source_id} is a press office; choose another --source for what you import.")
        elif publisher is not None:
            connection.execute(update(SourceRow).where(SourceRow.id == source_id).values(publisher=publisher))

    write(engine, work)


def stored_records(engine: Engine, source_id: str, addresses: Sequence[str]) -> dict[str, str]:
    """SHA-256 of the record that was last stored under each of these addresses."""
    found: dict[str, str] = {}
    with engine.connect() as connection:
        for batch in in_batches(addresses):
            statement = (
                select(Fetch.url, Fetch.body_hash)
                .where(Fetch.url.in_(batch), Fetch.source_id == source_id, Fetch.body_hash.is_not(None))
                .order_by(Fetch.fetched_at)
            )
            found |= {row.url: row.body_hash for row in connection.execute(statement)}
    return found
