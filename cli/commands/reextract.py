"""`bilanz reextract`: what the present extractors see in what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.options import Runner
from cli.printing import NOTHING_FOUND, ListOption, console, nothing_found, write_result
from cli.progress import in_lines
from cli.settings import settings
from output.formats.result import Result
from output.sentences import exact_statement

if TYPE_CHECKING:
    from rich.console import Console

    from flows.office.archive import Reread, RereadMode

_CHANGES = ("added", "altered", "superseded")


def reextract(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    source: Annotated[str | None, typer.Option("--source", metavar="ID", help="Only releases of this office.")] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also pages that the present extractors have read; after a source file changed."),
    ] = False,
    runner: Runner = None,
    form: ListOption = "table",
) -> None:
    """Read archived pages again that older extractors have read, and report what changed.

    What older extractors read is kept as history. Pages that cannot be read any more keep their
    claims; they are named, and the exit status is 1. A run that was stopped or killed is simply run
    again, and goes on where it was.

    Example: `bilanz reextract --dry-run`
    """
    if _is_empty(source):
        from scrapers.registry import source as known_source

        if source:
            known_source(source, settings().sources)
        nothing_found(_("No release of {source} is stored.", source=source) if source else _("No release is stored."))
    mode = _mode(dry_run=dry_run, everything=everything)
    runner = runner or settings().runner
    if runner:
        from cli.run_flow import run_reextract

        found = run_reextract(source, mode, runner=runner)
    else:
        found = _read_here(source, mode)
    rows = [row for each in found for row in _rows(each)]
    write_result(Result(rows, show=partial(_show, found, dry_run=dry_run)), form)
    problems = [each for each in found if each.problem]
    for each in problems:
        console(stderr=True).print(f"{each.url}: {each.problem}", soft_wrap=True)
    if problems:
        raise typer.Exit(NOTHING_FOUND)


def _is_empty(source: str | None) -> bool:
    from flows.office.archive import RereadMode, batches

    return next(batches(open_database(), source, RereadMode.PREVIEW_ALL), None) is None


def _mode(*, dry_run: bool, everything: bool) -> RereadMode:
    from flows.office.archive import RereadMode

    if dry_run:
        return RereadMode.PREVIEW_ALL if everything else RereadMode.PREVIEW_OUTDATED
    return RereadMode.ALL if everything else RereadMode.OUTDATED


def _read_here(source: str | None, mode: RereadMode) -> list[Reread]:
    from cli.run_flow import ended_between_steps, interrupted

    try:
        with ended_between_steps() as asked_to_end:
            return _read(source, mode, asked_to_end)
    except KeyboardInterrupt:
        raise interrupted() from None


def _read(source: str | None, mode: RereadMode, asked_to_end: Event) -> list[Reread]:
    """Without Prefect, which has nothing to do where one process reads what is on this machine."""
    from rich.progress import Progress

    from flows.office.archive import batches, begin, offices_of, reextract_batch
    from flows.runs.rereads import recorded

    engine = open_database()
    offices = offices_of(source, settings().sources)
    begin(engine, source, mode)
    errors = console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task(_("Reading"), total=None)
        step = in_lines(
            lambda number: _("Reading again: {number} releases ...", number=number),
            lambda number: progress.update(task, completed=number),
        )

        def results() -> Iterator[list[Reread]]:
            read = 0
            for batch in batches(engine, source, mode):
                if asked_to_end.is_set():
                    raise KeyboardInterrupt
                yield reextract_batch(engine, offices, batch, mode)
                read += len(batch)
                step(read)

        if mode.is_preview:
            return [page for batch in results() for page in batch]
        return recorded(engine, results())[0]


def _show(found: Sequence[Reread], out: Console, *, dry_run: bool) -> None:
    """Prints each release that changed with its claims, then the sums."""
    for each in found:
        if lines := list(_lines(each)):
            out.print(each.title, style="bold", soft_wrap=True)
            out.print(each.url, style="dim", soft_wrap=True)
            for line in lines:
                out.print(f"  {line}", soft_wrap=True)
            out.print()
    sums = {name: sum(len(getattr(each.changes, name)) for each in found) for name in _CHANGES}
    said = ", ".join(f"{count} {name}" for name, count in sums.items())
    changed = sum(any(_lines(each)) for each in found)
    out.print(
        _(
            "{count} pages read again, {changed} of them otherwise than before: {said}.",
            count=len(found),
            changed=changed,
            said=said,
        ),
        soft_wrap=True,
    )
    if dry_run:
        out.print(_("Nothing was stored."))


def _lines(each: Reread) -> Iterator[str]:
    changes = each.changes
    yield from (f"+ {exact_statement(change.after, language())}" for change in changes.added if change.after)
    for change in changes.altered:
        if change.before and change.after:
            yield f"~ {exact_statement(change.before, language())}  →  {exact_statement(change.after, language())}"
    yield from (f"- {exact_statement(change.before, language())}" for change in changes.superseded if change.before)


def _rows(each: Reread) -> Iterator[dict[str, Any]]:
    for name in _CHANGES:
        for change in getattr(each.changes, name):
            yield {
                "release_id": each.release_id,
                "url": each.url,
                "title": each.title,
                "change": name,
                "key": change.key,
                "before": exact_statement(change.before, "en") if change.before else None,
                "after": exact_statement(change.after, "en") if change.after else None,
            }
