"""`bilanz check`: a statement beside what the press offices reported."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import open_database
from cli.printing import NOTHING_FOUND, ListOption, write_result
from models.calendar import BERLIN
from models.settings import settings
from output.formats.result import Result
from output.records import check_record, check_rows
from output.sentences import proof_lines
from output.verdicts import sentence

if TYPE_CHECKING:
    from rich.console import Console

    from inquiries.statement import Check

_UNDECIDED = ("unknown", "not_comparable")


def check(
    text: Annotated[str, typer.Argument(help="What someone said, a sentence or a paragraph; - reads standard input.")],
    form: ListOption = "table",
) -> None:
    """Compare the numbers and states of a statement with those that are stored, and show the evidence.

    The exit status is 1 where nothing stored can decide it (unknown, not comparable).

    Example: `bilanz check "Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen."`
    """
    from extractors.claims import extract
    from inquiries.statement import check as check_statement

    today = datetime.now(BERLIN).date()
    statement = sys.stdin.read() if text == "-" else text
    extractor = partial(extract, published=today, tagger=settings().spacy_model)
    checked = check_statement(open_database(), statement, extractor)
    found = check_record(checked)
    write_result(Result(check_rows(found), value=found, show=partial(_show, checked)), form)
    if checked.verdict in _UNDECIDED:
        raise typer.Exit(NOTHING_FOUND)


def _show(checked: Check, out: Console) -> None:
    out.print(checked.verdict.replace("_", " "), style="bold")
    if not checked.findings:
        out.print("No number and no project status was recognised in this statement.")
    for finding in checked.findings:
        out.print(f"\n„{finding.asked.quote}“: {finding.verdict.replace('_', ' ')}", soft_wrap=True)
        out.print(f"  {sentence(finding, 'en')}", soft_wrap=True)
        # Several claims may stand in one sentence.
        for proof in dict.fromkeys(map(proof_lines, finding.evidence)):
            for line in proof:
                out.print(f"  {line}", soft_wrap=True)
