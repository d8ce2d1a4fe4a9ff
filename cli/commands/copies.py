"""Of `bilanz db`: what copies the database, to files and into others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cli.language import _
from cli.printing import NOTHING_FOUND, cannot_be_written, console, destination
from models.database import database_url
from models.errors import InputError


def export_database(
    target: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="A file to write, or the URL of an empty database to fill.")
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Copy everything, rows and archived bytes, to one file or straight into another database.

    SQLite and PostgreSQL can be filled from the same file.

    Example: `bilanz db export bilanz.jsonl.gz`
    """
    from cli.opening import open_database
    from db.upkeep.transfer import export

    is_url = "://" in target
    if not is_url:
        _refuse_to_replace(Path(target), overwrite=overwrite)
    engine = open_database()
    with TemporaryDirectory() as folder, _progress() as progress:
        path = Path(folder) / "export.jsonl.gz" if is_url else Path(target)
        try:
            exported = export(engine, path, progress)
        except OSError as error:
            raise cannot_be_written(path, error) from error
        if is_url:
            _fill(target, path, progress)
    rows = exported.rows
    console().print(_("{rows} rows of {count} tables were exported.", rows=sum(rows.values()), count=len(rows)))
    if exported.lost:
        told = _(
            "The database is damaged: rows of {lost} are lost; compare with a backup.", lost=", ".join(exported.lost)
        )
        console(stderr=True).print(told, soft_wrap=True)
        raise typer.Exit(NOTHING_FOUND)


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as backup.db.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
    daily: Annotated[
        bool, typer.Option("--daily", help="One is made every day: `bilanz health` tells when it stays away.")
    ] = False,
) -> None:
    """Copy a SQLite database while runs write it, and prove the copy before it takes an older one's place.

    To restore the database from it, stop all that reads or writes, remove the files `-wal` and `-shm` beside the
    database, put the copy in its place, and prove it by `bilanz db verify`.

    Example: `bilanz db backup backup.db`
    """
    from datetime import UTC, datetime
    from time import perf_counter

    from cli.opening import open_database
    from db.engine import connect
    from db.operation.runs import record_copy
    from db.upkeep.backup import backup as copy
    from db.upkeep.verify import Violation
    from db.upkeep.verify import verify as violations

    _refuse_to_replace(path, overwrite=overwrite)
    engine = open_database()
    with console(stderr=True).status(_("Copying ...")) as status:
        faults: list[Violation] = []
        at = datetime.now(UTC)
        moments = [perf_counter()]

        def is_sound(made: Path) -> bool:
            moments.append(perf_counter())
            status.update(_("Proving the copy ..."))
            copied = connect(f"sqlite:///{made}")
            faults.extend(violations(copied))
            copied.dispose()
            return not faults

        sound = copy(engine, path, is_sound)
        moments.append(perf_counter())
    if not sound:
        told = _(
            "{path} was not written: the copy has {count} faults, as the database has; `bilanz db verify` names them.",
            path=path,
            count=len(faults),
        )
        console(stderr=True).print(told, soft_wrap=True)
        raise typer.Exit(NOTHING_FOUND)
    size = path.stat().st_size / 1_000_000
    began, halfway, proved = moments
    console().print(
        _(
            "{path}: {size:.1f} MB, copied in {copied:.1f} s and proved in {proved:.1f} s.",
            path=path,
            size=size,
            copied=halfway - began,
            proved=proved - halfway,
        ),
        soft_wrap=True,
    )
    record_copy(engine, began=at, now=datetime.now(UTC), daily=daily)


def warc(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as answers.warc.gz.")],
    source: Annotated[str | None, typer.Option(help="Only what this press office answered.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Write the archived answers as WARC, the format of web archives, for other tools and `bilanz import` to read.

    Example: `bilanz db warc answers.warc.gz`
    """
    from cli.opening import open_database
    from db.archive.snapshots import kept_answers
    from scrapers.http.warc import write_warc

    _refuse_to_replace(path, overwrite=overwrite)
    engine = open_database()
    with destination(path) as out:
        count = write_warc(out.buffer, kept_answers(engine, source=source))
    console().print(_("{count} answers were written.", count=count))


def import_database(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What `bilanz db export` wrote.")],
) -> None:
    """Fill the database, which must be empty, from an export; hashes prove every byte.

    Example: `bilanz db import bilanz.jsonl.gz`
    """
    if not path.is_file():
        raise InputError(f"There is no file {path}; `bilanz db export {path}` makes one.")
    with _progress() as progress:
        rows = _fill(database_url(), path, progress)
    console().print(_("{rows} rows of {count} tables were imported.", rows=sum(rows.values()), count=len(rows)))


def _refuse_to_replace(path: Path, *, overwrite: bool) -> None:
    from cli.opening import refuse_the_database

    refuse_the_database(path)
    if path.exists() and not overwrite:
        raise InputError(f"{path} exists already; move it away, or give --overwrite.")


def _fill(url: str, path: Path, progress: Callable[[str, int], None]) -> dict[str, int]:
    from db.engine import connect
    from db.upkeep.schema import check_schema
    from db.upkeep.transfer import import_

    engine = connect(url)
    check_schema(engine)
    return import_(engine, path, progress)


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Shows how many rows of which table are done; nothing where standard error is no terminal."""
    with console(stderr=True).status(_("Copying ...")) as status:
        yield lambda table, rows: status.update(_("Copying {table}: {rows} rows ...", table=table, rows=rows))
