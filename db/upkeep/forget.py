"""Taking a release out of the database for good: its bytes, texts, claims, and what was decided about them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from json import dumps
from typing import Any

from sqlalchemy import Column, Connection, Engine, Select, Table, delete, select, text, update

from db.bulk import in_batches, insert_ignore
from db.engine import write
from db.tables import (
    Alert,
    Base,
    CaptureRow,
    ClaimRow,
    DocumentRow,
    Fetch,
    Forgotten,
    IndexQuery,
    PageReading,
    ReleaseRow,
    ReleaseUrl,
    Revision,
    SeriesBatch,
    SeriesMember,
    SeriesRow,
    SnapshotRow,
    Text,
)


def forget(engine: Engine, addresses: Collection[str], reason: str, *, now: datetime) -> dict[str, int]:
    """Removes the releases at these addresses with all that hangs on them, in one transaction.

    What others need too (bytes, texts) stays. All addresses of the releases are kept with the reason, so that no run
    takes them up again; an address of which nothing is stored is kept too.

    Args:
        engine: the database.
        addresses: that are meant, each as it may be stored.
        reason: why, for the log.
        now: the time.

    Returns:
        Rows that were removed, by table; empty where nothing was stored.
    """

    def work(connection: Connection) -> dict[str, int]:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA secure_delete = ON"))  # else the bytes stay in the file until it is reused
        removed = _Removal(connection)
        releases = _releases(connection, addresses)
        urls = sorted({*addresses, *_addresses(connection, releases)})
        hashes = _contents(connection, releases, urls)
        _take_out_of_messages(connection, releases)
        if releases:
            for table in (SeriesMember, SeriesRow, SeriesBatch):  # made anew without it
                removed.remove(_table(table), None)
        removed.remove(_table(CaptureRow), CaptureRow.url.in_(urls))
        removed.remove(_table(IndexQuery), IndexQuery.url.in_(urls))
        removed.remove(_table(Fetch), Fetch.url.in_(urls) | Fetch.answered_by.in_(urls))
        removed.remove(_table(ReleaseRow), ReleaseRow.id.in_(releases))
        removed.drop_unused(hashes)
        rows = sum(removed.rows.values())
        insert_ignore(connection, Forgotten, [{"url": url, "at": now, "reason": reason, "rows": rows} for url in urls])
        return {name: count for name, count in removed.rows.items() if count}

    return write(engine, work)


class _Removal:
    """Removes rows with all that refers to them, whatever tables there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rows: dict[str, int] = {}

    def remove(self, table: Table, condition: Any) -> None:
        """Removes the rows of a table that a condition picks, all where there is none; first what refers to them."""
        picked = [] if condition is None else [condition]
        for other in Base.metadata.sorted_tables:
            for column in other.columns:
                for reference in column.foreign_keys:
                    if reference.column.table is table:
                        self._remove_referring(other, column, select(reference.column).where(*picked))
        found = self._connection.execute(delete(table).where(*picked))
        self.rows[table.name] = self.rows.get(table.name, 0) + found.rowcount

    def _remove_referring(self, table: Table, column: Column[Any], values: Any) -> None:
        for batch in in_batches(self._connection.scalars(values).all()):
            if self._connection.execute(select(column).where(column.in_(batch)).limit(1)).first() is not None:
                self.remove(table, column.in_(batch))

    def drop_unused(self, hashes: tuple[set[str], set[str]]) -> None:
        """Removes bytes and texts that nothing refers to any more."""
        for table, wanted in zip((_table(SnapshotRow), _table(Text)), hashes, strict=True):
            for hash_ in sorted(wanted):
                if not self._is_used(table, hash_):
                    self.remove(table, table.c.hash == hash_)

    def _is_used(self, table: Table, value: str) -> bool:
        referring = [
            column
            for other in Base.metadata.sorted_tables
            for column in other.columns
            if any(reference.column.table is table for reference in column.foreign_keys)
        ]
        return any(
            self._connection.execute(select(column).where(column == value).limit(1)).first() is not None
            for column in referring
        )


def _take_out_of_messages(connection: Connection, releases: Collection[str]) -> None:
    """Messages to watches quote what they tell of; one that is not sent yet and then tells nothing goes."""
    keys = connection.scalars(select(ClaimRow.key).where(ClaimRow.release_id.in_(releases))).all()
    named = {*releases, *keys}
    if not named:
        return
    for row in connection.execute(select(Alert.id, Alert.items, Alert.sent_at)).all():
        kept = [item for item in row.items if not any(name in dumps(item) for name in named)]
        if len(kept) == len(row.items):
            continue
        if kept or row.sent_at is not None:
            connection.execute(update(Alert).where(Alert.id == row.id).values(items=kept))
        else:
            connection.execute(delete(Alert).where(Alert.id == row.id))


def _releases(connection: Connection, addresses: Collection[str]) -> list[str]:
    listed = select(ReleaseUrl.release_id).where(ReleaseUrl.url.in_(addresses))
    named = select(ReleaseRow.id).where(ReleaseRow.url.in_(addresses))
    found = {*connection.scalars(listed), *connection.scalars(named)}
    documents = connection.scalars(select(DocumentRow.release_id).where(DocumentRow.part_of.in_(found)))
    return sorted(found | {each for each in documents if each is not None})


def _addresses(connection: Connection, releases: Collection[str]) -> Iterable[str]:
    yield from connection.scalars(select(ReleaseUrl.url).where(ReleaseUrl.release_id.in_(releases)))
    yield from connection.scalars(select(ReleaseRow.url).where(ReleaseRow.id.in_(releases)))


def _contents(connection: Connection, releases: Collection[str], urls: Collection[str]) -> tuple[set[str], set[str]]:
    """Hashes of the bytes and of the texts of these releases."""
    revisions = select(Revision.id).where(Revision.release_id.in_(releases))
    bytes_of: list[Select[Any]] = [
        select(Revision.snapshot_hash).where(Revision.release_id.in_(releases)),
        select(PageReading.snapshot_hash).where(PageReading.revision_id.in_(revisions)),
        select(Fetch.snapshot_hash).where(Fetch.url.in_(urls) | Fetch.release_id.in_(releases)),
        select(CaptureRow.body_hash).where(CaptureRow.url.in_(urls)),
    ]
    texts = select(PageReading.text_hash).where(PageReading.revision_id.in_(revisions))
    found = {each for statement in bytes_of for each in connection.scalars(statement) if each is not None}
    return found, set(connection.scalars(texts))


def _table(mapped: type[Base]) -> Table:
    table = mapped.__table__
    assert isinstance(table, Table)
    return table
