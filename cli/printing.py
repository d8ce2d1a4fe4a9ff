"""What all commands print with: the choice of a format, and the way to say that nothing was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer

from cli.language import _, language, recognised
from cli.opening import refuse_the_database
from models.errors import InputError
from output.formats import FORMATS, DataFormat, ListFormat
from output.formats.result import Result
from output.formats.table import console, table
from output.formats.table import show as show_table

__all__ = [
    "NOTHING_FOUND", "UNUSABLE", "DataOption", "ListOption", "OutputFile", "cannot_be_written", "console",
    "destination", "for_people", "nothing_found", "show_table", "table", "write_result", "write_rows",
]  # fmt: skip

_VOCABULARY = {
    "state": ("health", "watch"),
    "run": ("health",),
    "last_run": ("health", "watch"),
    "kind": ("run",),
    "every": ("frequency",),
}
"""What columns hold, where the vocabulary calls it otherwise."""
_SENTENCES = frozenset({"level", "note", "problem", "reason", "verified"})
"""Columns of what the program says in words of its own."""

NOTHING_FOUND = 1
UNUSABLE = 2

ListOption = Annotated[ListFormat, typer.Option("--format", help="How to print.")]
DataOption = Annotated[DataFormat, typer.Option("--format", help="How to print.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", dir_okay=False, help="File to write, instead of printing.")
]


def write_result(result: Result, form: DataFormat, file: Path | None = None) -> None:
    """Prints a result, or writes it to a file; tables are for people, who read their headings in their language."""
    if form == "table" and result.show is None:
        result = replace(
            result, rows=[{_(name): _cell(name, value) for name, value in row.items()} for row in result.rows]
        )
    with destination(file) as out:
        FORMATS[form].write(result, out)


def for_people(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its headings, and words of the vocabulary, in the language that is spoken."""
    return {_(name): _cell(name, value) for name, value in row.items()}


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, str):
        return value
    from output.dates import stamps_shown
    from output.terms import value_term

    shown = stamps_shown(value, language())
    if language() == "en" or shown != value:
        return shown
    if name in _SENTENCES:
        return recognised(value)
    named = (value_term(field, value, language()) for field in _VOCABULARY.get(name, (name,)))
    return next((words for words in named if words != value), value)


def write_rows(rows: Sequence[Mapping[str, Any]], form: ListFormat, *, empty: str, value: Any = None) -> None:
    """Rows that all have the keys of the first, and what of them is no row; without any `empty` is said.

    Raises:
        typer.Exit: there are none.
    """
    if not rows:
        nothing_found(empty)
    write_result(Result(rows, value), form)


def cannot_be_written(file: Path, error: OSError) -> InputError:
    """What is told where a file that a command was to write could not be."""
    return InputError(f"{file} cannot be written ({error.strerror}); look after its folder and rights.")


@contextmanager
def destination(file: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there when all is written and not before.

    Raises:
        InputError: it cannot be written, or is the database.
    """
    if file is None:
        yield sys.stdout
        return
    refuse_the_database(file)
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(file)
    except OSError as error:
        raise cannot_be_written(file, error) from error
    finally:
        part.unlink(missing_ok=True)


def nothing_found(sentence: str) -> NoReturn:
    """Says that the answer is empty, and ends."""
    console(stderr=True).print(recognised(sentence), soft_wrap=True)
    raise typer.Exit(NOTHING_FOUND)
