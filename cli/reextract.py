"""`bilanz reextract`: what the present extractors see in what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.database import open_database
from cli.output import NOTHING_FOUND, Format, console, nothing_found, write_csv, write_json
from cli.wording import statement

if TYPE_CHECKING:
    from rich.console import Console

    from flows.reextraction import Reread

_CHANGES = ("added", "altered", "superseded")


def reextract(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    source: Annotated[str | None, typer.Option("--source", metavar="ID", help="Only releases of this office.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Read all archived pages again with the present extractors, and report what changed.

    What older extractors read is kept as history. Pages that cannot be read any more keep their
    claims; they are named, and the exit status is 1.

    Example: `bilanz reextract --dry-run`
    """
    found = _read_all(source, dry_run)
    if not found:
        nothing_found(f"No release of {source} is stored." if source else "No release is stored.")
    rows = [row for each in found for row in _rows(each)]
    if output is Format.JSON:
        write_json(rows)
    elif output is Format.CSV and rows:
        write_csv(rows)
    elif output is Format.TABLE:
        _show(found, console(), dry_run=dry_run)
    problems = [each for each in found if each.problem]
    for each in problems:
        console(stderr=True).print(f"{each.url}: {each.problem}", soft_wrap=True)
    if problems:
        raise typer.Exit(NOTHING_FOUND)


def _read_all(source: str | None, dry_run: bool) -> list[Reread]:
    from rich.progress import Progress

    from flows.reextraction import reextract as read_again

    engine = open_database()
    found = []
    errors = console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("Reading", total=None)
        for each in read_again(engine, source=source, dry_run=dry_run):
            found.append(each)
            progress.update(task, advance=1, description=f"Reading, {len(found)} done")
    return found


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
    out.print(f"{len(found)} pages read again, {changed} of them otherwise than before: {said}.", soft_wrap=True)
    if dry_run:
        out.print("Nothing was stored.")


def _lines(each: Reread) -> Iterator[str]:
    changes = each.changes
    yield from (f"+ {statement(change.after)}" for change in changes.added if change.after)
    for change in changes.altered:
        if change.before and change.after:
            yield f"~ {statement(change.before)}  →  {statement(change.after)}"
    yield from (f"- {statement(change.before)}" for change in changes.superseded if change.before)


def _rows(each: Reread) -> Iterator[dict[str, Any]]:
    for name in _CHANGES:
        for change in getattr(each.changes, name):
            yield {
                "release_id": each.release_id,
                "url": each.url,
                "title": each.title,
                "change": name,
                "key": change.key,
                "before": statement(change.before) if change.before else None,
                "after": statement(change.after) if change.after else None,
            }
