"""`bilanz import`: releases from files, under a source of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _
from cli.options import day
from cli.printing import UNUSABLE, console, nothing_found
from cli.progress import in_lines
from cli.run_flow import ended_between_steps, interrupted
from cli.settings import settings
from models.errors import InputError
from models.keys import fold

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from flows.importing.files import ImportFile
    from flows.importing.store import Import, Imported
    from models.source import Source
    from scrapers.archives.warc import WarcFile


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="JSON lines or CSV, also as .gz, a folder with texts, WARC (also .gz) or WACZ."
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="ID",
            help="Where to store them, by default the file's name; of WARC and WACZ the only office that is read.",
        ),
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Whose collection it is, by default the source's id; no release is attributed to it."
        ),
    ] = None,
    published: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="Day of publication, where none is stated.")
    ] = None,
) -> None:
    """Store the releases of files, each with the record that proves it; what is stored already is passed over.

    A JSON line or a row of CSV has id or url, published, title and text. A text file holds a
    headline, an empty line and the text; its day may stand in its name. An import that was stopped
    or killed is simply run again. Records that cannot be used are named; where none can, the exit
    status is 2.

    Of WARC and WACZ files the releases of known press offices are stored as theirs, with who fetched
    them and when; what others answered is passed over.

    Example: `bilanz import releases.jsonl.gz --source senat --publisher "Senat von Berlin"`
    """
    from db.engine import connect
    from db.upkeep.schema import check_schema
    from flows.importing.files import open_file
    from flows.importing.store import Import, free_source
    from scrapers.archives.warc import SUFFIXES, open_warc

    recorded = [path for path in files if path.name.lower().endswith(SUFFIXES) and not path.is_dir()]
    if recorded and (publisher or published):
        raise InputError("--publisher and --published are for records that name neither; leave them out for WARC.")
    found = [open_file(path) for path in files if path not in recorded]
    ids = [free_source(source or _source_id(file), settings().sources) for file in found]
    warcs = [open_warc(path) for path in recorded]
    offices = _offices(source) if recorded else []
    engine = connect(settings().database_url)
    check_schema(engine)
    works = [Import(file, source_id, publisher, published) for file, source_id in zip(found, ids, strict=True)]
    try:
        with ended_between_steps() as asked_to_end:
            results = [_import(engine, work, asked_to_end) for work in works]
            results += [_import_warc(engine, warc, offices, asked_to_end) for warc in warcs]
    except KeyboardInterrupt:
        raise interrupted() from None
    if any(result.new or result.corrected for result in results):
        console().print(_("`bilanz relate --all` makes series of its numbers, as every report does."), soft_wrap=True)
    if not any(result.usable for result in results):
        if any(result.bad for result in results):
            raise typer.Exit(UNUSABLE)
        nothing_found(_("There is no release in it."))


def _source_id(file: ImportFile) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(file.stem))) or "import"


def _unless(asked_to_end: Event, progress: Callable[[int], None]) -> Callable[[int], None]:
    """Tells of each record, and ends the import behind one where it was asked to end."""

    def step(number: int) -> None:
        if asked_to_end.is_set():
            raise KeyboardInterrupt
        progress(number)

    return step


def _records(name: str) -> Callable[[int], str]:
    return lambda number: _("Reading {name}: {number} records ...", name=name, number=number)


def _import(engine: Engine, work: Import, asked_to_end: Event) -> Imported:
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from flows.importing.store import import_file

    errors = console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task(work.file.path.name, total=work.file.length)
        step = in_lines(_records(work.file.path.name), lambda number: progress.update(task, completed=number))
        result = import_file(engine, work, _unless(asked_to_end, step))
    _show(work, result)
    return result


def _offices(source: str | None) -> list[Source]:
    from scrapers.registry import all_sources
    from scrapers.registry import source as source_by_id

    own = settings().sources
    return list(all_sources(own)) if source is None else [source_by_id(source, own)]


def _import_warc(engine: Engine, file: WarcFile, offices: list[Source], asked_to_end: Event) -> Imported:
    from flows.importing.warc import import_warc

    with console(stderr=True).status(_("Reading {name} ...", name=file.path.name)) as status:
        records = _records(file.path.name)
        step = in_lines(records, lambda number: status.update(records(number)))
        result = import_warc(engine, file, offices, _unless(asked_to_end, step))
    also = _(", {documents} documents", documents=result.documents) if result.documents else ""
    passed = (
        _("; {passed_over} other answers were passed over", passed_over=result.passed_over)
        if result.passed_over
        else ""
    )
    names = ", ".join(sorted(result.by_source)) or "nothing"
    console().print(
        _(
            "{path} is imported as {names}: {result}{also}{passed}.",
            path=file.path,
            names=names,
            result=_counts(result),
            also=also,
            passed=passed,
        ),
        soft_wrap=True,
    )
    _show_unusable(result)
    return result


def _show(work: Import, result: Imported) -> None:
    console().print(
        _(
            "{path} is imported as {source_id}: {result}.",
            path=work.file.path,
            source_id=work.source_id,
            result=_counts(result),
        ),
        soft_wrap=True,
    )
    if result.undated:
        told = _(
            "{count} of the new releases name no day (published), so that their claims have none.", count=result.undated
        )
        console().print(told, soft_wrap=True)
    _show_unusable(result)


def _counts(result: Imported) -> str:
    known = _(
        "{new} new releases, {corrected} corrected, {known} known already",
        new=result.new,
        corrected=result.corrected,
        known=result.known,
    )
    return _("{known}; {claims} new claims", known=known, claims=result.claims)


def _show_unusable(result: Imported) -> None:
    errors = console(stderr=True)
    if result.bad:
        errors.print(
            _("{bad} of {all} records could not be used:", bad=result.bad, all=result.bad + result.usable),
            soft_wrap=True,
        )
    for named in result.named:
        errors.print(f"  {named}", soft_wrap=True, markup=False)
    if result.bad > len(result.named):
        errors.print(_("  and {count} more.", count=result.bad - len(result.named)))
