"""`bilanz check`: a statement beside what the press offices reported."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.documents import statements, text_of
from cli.language import _, language
from cli.opening import open_database
from cli.options import day
from cli.printing import NOTHING_FOUND, ListOption, write_result
from cli.settings import settings
from models.calendar import BERLIN
from models.errors import InputError
from output.formats.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from sqlalchemy import Engine

    from inquiries.statement import Check

_UNDECIDED = ("unknown", "not_comparable")


def check(
    text: Annotated[
        str | None, typer.Argument(help="What someone said, a sentence or a paragraph; - reads standard input.")
    ] = None,
    *,
    said_on: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="When it was said; what was known then decides.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", dir_okay=False, help="A longer text, each paragraph of it a statement.")
    ] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Statements, a JSON line each: id, statement, said_on; answered likewise."),
    ] = None,
    form: ListOption = "table",
) -> None:
    """Compare the numbers and states of a statement with those that are stored, and show the evidence.

    The exit status is 1 where nothing stored can decide it (unknown, not comparable).

    Example: `bilanz check "Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen."`
    """
    if [text, file, jsonl].count(None) != 2:
        raise InputError("Give one thing to check: a statement, a text with --file, or statements with --jsonl.")
    from output.records import check_record, check_rows

    engine = open_database()
    if jsonl is not None:
        for answer in _answers(engine, jsonl, said_on):
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    statement = text_of(file) if file else sys.stdin.read() if text == "-" else text or ""
    checked = _checked(engine, statement, said_on, long=file is not None)
    found = check_record(checked)
    write_result(Result(check_rows(found), value=found, show=partial(_show, checked)), form)
    if checked.verdict in _UNDECIDED:
        raise typer.Exit(NOTHING_FOUND)


def _checked(engine: Engine, statement: str, said_on: date | None, *, long: bool = False) -> Check:
    from extractors.claims import extract
    from inquiries.statement import check as check_statement
    from inquiries.statement import check_text

    extractor = partial(extract, published=said_on or datetime.now(BERLIN).date(), tagger=settings().spacy_model)
    return (check_text if long else check_statement)(engine, statement, extractor, said_on=said_on)


def _answers(engine: Engine, path: Path, said_on: date | None) -> Iterator[dict[str, Any]]:
    """The answer to each statement of a file; one that cannot be checked is answered with an error."""
    from output.records import check_record

    for asked in statements(path):
        try:
            checked = _checked(engine, asked.statement, asked.said_on or said_on)
            yield {"id": asked.id} | check_record(checked)
        except InputError as error:
            yield {"id": asked.id, "error": str(error), "findings": []}


def _show(checked: Check, out: Console) -> None:
    from output.sentences import proof_lines
    from output.similar import why
    from output.terms import value_term
    from output.verdicts import headline, sentence

    out.print(value_term("verdict", checked.verdict, language()), style="bold")
    if not checked.findings:
        out.print(_("No number and no project status was recognised in this statement."))
    if checked.spelt:
        out.print(_("Did you mean: {spelt}", spelt=checked.spelt), soft_wrap=True)
    for number, finding in enumerate(checked.findings):
        out.print(f"\n„{finding.asked.quote}“: {headline(finding, language())}", soft_wrap=True)
        out.print(f"  {sentence(finding, language())}", soft_wrap=True)
        # Several claims may stand in one sentence.
        for proof in dict.fromkeys(proof_lines(each, language()) for each in finding.evidence):
            for line in proof:
                out.print(f"  {line}", soft_wrap=True)
        for similar in finding.similar:
            words, release, address = proof_lines(similar.proof, language())
            for line in (_("similar, but {why}:", why=why(similar, language())), words, release, address):
                out.print(f"    {line}", soft_wrap=True)
        now = checked.now[number] if checked.now else finding
        if now.verdict != finding.verdict:
            out.print(
                _(
                    "  By what is known today: {verdict}. {now}",
                    verdict=headline(now, language()),
                    now=sentence(now, language()),
                ),
                soft_wrap=True,
            )
