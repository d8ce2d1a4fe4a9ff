"""`bilanz language`: how a German sentence is analysed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.printing import Format, console, nothing_found, table, write_csv, write_json
from models.settings import settings

_COLUMNS = ("text", "tag", "lemma", "clause", "verb", "noun phrase")


def language(
    text: Annotated[str, typer.Argument(help="One or more German sentences.")],
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Show tokens, tags, lemmas, clauses and noun phrases of a text.

    Example: `bilanz language "Von den 73 Projekten sind 42 abgeschlossen."`
    """
    from extractors.german import show

    rows = show(text, settings().spacy_model)
    if not rows:
        nothing_found("The text is empty.")
    if output is Format.JSON:
        write_json([asdict(row) for row in rows])
    elif output is Format.CSV:
        write_csv([asdict(row) for row in rows])
    else:
        cells = [
            (row.text, row.tag, row.lemma, f"{row.clause} {row.clause_kind}", row.verb, row.noun_phrase) for row in rows
        ]
        console().print(table(_COLUMNS, cells))
