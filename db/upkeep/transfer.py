"""Everything from one database to another, whichever kind: export to a file, import, proven by hash.

The file is gzipped JSON lines: the schema's revision, then one line a row, then a count for each
table and the SHA-256 of all lines before.
"""

import base64
import gzip
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Row, Table, func, insert, select, text
from sqlalchemy.exc import StatementError

from db.archive.snapshots import archived_body
from db.engine import write
from db.tables import Base, SnapshotRow
from db.tables.base import ExactDecimal, Restrictions, UtcDateTime
from db.upkeep.salvage import DAMAGE, Salvage, is_damaged
from db.upkeep.schema import current_revision
from models.claim import Restriction
from models.errors import InputError

_ROWS = 500

_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    zlib.error,
    StatementError,
)
"""What reading and storing raise where a file is not what was written."""

Progress = Callable[[str, int], None]


def _silent(_table: str, _rows: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table, and the tables of a damaged file of which rows may be lost."""

    rows: dict[str, int]
    lost: tuple[str, ...] = ()


def export(engine: Engine, path: Path, progress: Progress = _silent) -> Exported:
    """Writes all rows and bytes to `path`, of a damaged database those that can be read.

    The database is read in one transaction, so the file holds one moment of it.
    """
    part = path.with_suffix(path.suffix + ".part")
    with _one_moment(engine).connect() as connection:
        salvage = Salvage(connection) if is_damaged(connection) else None
        try:
            counts = _write(connection, salvage, part, progress)
        except DAMAGE:
            # The pages of the file are whole, but what stands in them cannot be understood.
            if salvage is not None or connection.dialect.name != "sqlite":
                raise
            salvage = Salvage(connection)
            counts = _write(connection, salvage, part, progress)
    part.replace(path)
    return Exported(counts, tuple(salvage.lost) if salvage else ())


def import_(engine: Engine, path: Path, progress: Progress = _silent) -> dict[str, int]:
    """Fills an empty database from an export, in one transaction; the number of rows for each table.

    Raises:
        InputError: the file is no export, is damaged, or is of another schema; or the database is
            not empty. Nothing is stored then.
    """

    def work(connection: Connection) -> dict[str, int]:
        _refuse_rows(connection)
        counts = _read_all(connection, path, progress)
        _check_bodies(connection)
        if connection.dialect.name == "postgresql":
            restart_sequences(connection)
        return counts

    try:
        return write(engine, work)
    except _DAMAGE as error:
        reason = " ".join(str(error).split("\n")[0].split()) or type(error).__name__
        raise InputError(
            f"{path} cannot be read as an export ({reason}); make it again with `bilanz db export`."
        ) from error


def _write(connection: Connection, salvage: Salvage | None, path: Path, progress: Progress) -> dict[str, int]:
    digest, counts = sha256(), Counter[str]()
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for line in _lines(connection, salvage, counts, progress):
            digest.update(line.encode())
            file.write(line)
        file.write(_line({"rows": dict(counts), "sha256": digest.hexdigest()}))
    return dict(counts)


def _one_moment(engine: Engine) -> Engine:
    # A transaction of SQLite sees one moment as it is.
    return (
        engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine
    )


def _lines(connection: Connection, salvage: Salvage | None, counts: Counter[str], progress: Progress) -> Iterator[str]:
    yield _line({"schema": current_revision()})
    for table in Base.metadata.sorted_tables:
        for row in salvage.rows(table) if salvage else _rows(connection, table):
            counts[table.name] += 1
            yield _line({"table": table.name, "row": _encode(row)})
        progress(table.name, counts[table.name])


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    yield from connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*table.primary_key))


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n"


def _encode(row: Row[Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row._mapping.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [asdict(each) for each in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _read_all(connection: Connection, path: Path, progress: Progress) -> dict[str, int]:
    digest, counts = sha256(), Counter[str]()
    tables = Base.metadata.tables
    pending: list[dict[str, Any]] = []
    current: Table | None = None
    with gzip.open(path, "rt", encoding="utf-8") as file:
        first = next(file, "")
        _check_schema(first, path)
        digest.update(first.encode())
        for line in file:
            record = json.loads(line)
            if "sha256" in record:
                _insert(connection, current, pending)
                if record["sha256"] != digest.hexdigest() or record["rows"] != dict(counts):
                    break
                return dict(counts)
            digest.update(line.encode())
            table = tables[record["table"]]
            if table is not current or len(pending) == _ROWS:
                _insert(connection, current, pending)
                pending = []
                if current is not None and table is not current:
                    progress(current.name, counts[current.name])
            current = table
            counts[table.name] += 1
            pending.append(_decode(table, record["row"]))
    raise InputError(f"{path} is not as it was written; make it again with `bilanz db export`.")


def _check_schema(line: str, path: Path) -> None:
    found = json.loads(line).get("schema") if line.startswith("{") else None
    if found is None:
        raise InputError(f"{path} is not an export of this program.")
    if found != current_revision():
        raise InputError(
            f"{path} was made with schema {found}, this program has {current_revision()}; "
            "upgrade the older of the two and export again."
        )


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)


def _decode(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: _typed(column.type, row[column.name]) for column in table.columns}


def _typed(column_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column_type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column_type, ExactDecimal):
        return Decimal(value)
    if isinstance(column_type, Restrictions):
        return tuple(Restriction(**each) for each in value)
    return base64.b64decode(value) if isinstance(column_type, LargeBinary) else value


def _refuse_rows(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise InputError(f"The database is not empty (table {table.name}); import into a new one.")


def _check_bodies(connection: Connection) -> None:
    for snapshot_hash in connection.scalars(select(SnapshotRow.hash)):
        archived_body(connection, snapshot_hash)


def restart_sequences(connection: Connection) -> None:
    """Lets PostgreSQL count on from the rows that came with numbers of their own."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            newest = connection.scalar(select(func.max(column)))
            if newest is not None:
                sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :newest)")
                connection.execute(sequence, {"table": table.name, "column": column.name, "newest": newest})
