"""`bilanz language`: how a German sentence is analysed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.language import _
from cli.printing import ListOption, nothing_found, table, write_result
from cli.settings import settings
from output.formats.result import Result

_COLUMNS = ("text", "tag", "lemma", "clause", "verb", "noun phrase", "number")


def language(
    text: Annotated[str, typer.Argument(help="One or more German sentences.")],
    form: ListOption = "table",
) -> None:
    """Show tokens, tags, lemmas, clauses, noun phrases and numbers of a text.

    Each number is a count, a sum and so on, or no claim, with the reason.

    Example: `bilanz language "Von den 73 Projekten sind 42 abgeschlossen."`
    """
    from extractors.german import show
    from extractors.rules.quantities.show import readings

    tagger = settings().spacy_model
    rows = show(text, tagger)
    numbers = readings(text, tagger)
    if not rows:
        nothing_found(_("The text is empty."))
    read = [numbers.get(row.start, "") for row in rows]
    cells = [
        (row.text, row.tag, row.lemma, f"{row.clause} {row.clause_kind}", row.verb, row.noun_phrase, number)
        for row, number in zip(rows, read, strict=True)
    ]
    records = [asdict(row) | {"number": number} for row, number in zip(rows, read, strict=True)]
    write_result(Result(records, show=lambda out: out.print(table(_COLUMNS, cells))), form)
