"""`bilanz language`: how a German sentence is analysed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.printing import ListOption, nothing_found, table, write_result
from models.settings import settings
from output.formats.result import Result

_COLUMNS = ("text", "tag", "lemma", "clause", "verb", "noun phrase")


def language(
    text: Annotated[str, typer.Argument(help="One or more German sentences.")],
    form: ListOption = "table",
) -> None:
    """Show tokens, tags, lemmas, clauses and noun phrases of a text.

    Example: `bilanz language "Von den 73 Projekten sind 42 abgeschlossen."`
    """
    from extractors.german import show

    rows = show(text, settings().spacy_model)
    if not rows:
        nothing_found("The text is empty.")
    cells = [
        (row.text, row.tag, row.lemma, f"{row.clause} {row.clause_kind}", row.verb, row.noun_phrase) for row in rows
    ]
    write_result(Result([asdict(row) for row in rows], show=lambda out: out.print(table(_COLUMNS, cells))), form)
