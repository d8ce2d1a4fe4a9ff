"""`bilanz extract`: claims from files, without a database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.documents import TextFile, documents
from cli.language import _, language
from cli.options import day
from cli.printing import console, nothing_found
from cli.settings import settings
from models.claim import Claim, claim_record, not_claim_record
from output.formats.jsonl import write_line
from output.sentences import as_of, exact_statement

if TYPE_CHECKING:
    from rich.console import Console

    from extractors.claims.deciding import Decided
    from models.claim import Extraction


def extract(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Text, HTML, PDF or .jsonl[.gz]; - reads standard input.")
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON line for each release.")] = False,
    published: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="Day of publication, where a file states none.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the rule and words that led to each claim, and why other numbers are none."
        ),
    ] = False,
) -> None:
    """Read claims from releases in files.

    A text file holds a headline, an empty line and the text. A PDF is read in a process of its own, with the rows of
    its tables. A JSON line holds id, title, text and published; offsets count in the title, two newlines and the
    text, as they are given: broken lines, no-break spaces and decomposed letters are read, and nothing is moved.

    Example: `bilanz extract release.txt --published 2025-11-26`
    """
    from rich.progress import Progress

    tagger = settings().spacy_model
    out = console()
    found = 0
    errors = console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task(_("Reading"), total=None)
        for path in files:
            for document in documents(path, published):
                extraction, unread = _claims(document, tagger)
                for sentence in unread:
                    errors.print(f"{document.id}: {sentence}", soft_wrap=True)
                found += len(extraction.claims)
                if jsonl:
                    write_line(_record(document, extraction), sys.stdout)
                else:
                    _show(
                        document,
                        extraction,
                        out,
                        _decided(document, extraction, tagger) if explain else None,
                    )
                progress.update(task, advance=1, description=_("Reading {id}", id=document.id))
    if not found and not jsonl:
        nothing_found(_("No claim was found."))


def _claims(document: TextFile, tagger: str | None) -> tuple[Extraction, Sequence[str]]:
    """What a document states, and what of it could not be read."""
    if document.report is not None:
        from extractors.document.claims import Linked, document_claims

        found = document_claims(document.report, Linked(document.published), tagger=tagger)
        return found.extraction, (*document.report.warnings, *found.unread)
    from extractors.claims import extract as read_claims

    return (
        read_claims(document.text, published=document.published, paragraphs=document.paragraphs, tagger=tagger),
        (),
    )


def _record(document: TextFile, extraction: Extraction) -> dict[str, Any]:
    version = extraction.extractor_version
    return {
        "id": document.id,
        "published": _iso(document.published),
        "reporting_date": extraction.reporting_date,
        "reporting_basis": extraction.reporting_basis,
        "claims": [claim_record(claim, document.text, version) for claim in extraction.claims],
        "not_claims": [not_claim_record(other, document.text) for other in extraction.not_claims],
        "projects": [{"name": project.name, "aliases": list(project.aliases)} for project in extraction.projects],
        "extractor_version": version,
    }


def _decided(document: TextFile, extraction: Extraction, tagger: str | None) -> Sequence[Sequence[Decided]]:
    if document.report is not None:
        return [()] * len(extraction.claims)  # most are of rows, in which nothing is weighed
    from extractors.claims.deciding import decided

    return decided(document.text, published=document.published, paragraphs=document.paragraphs, tagger=tagger)


def _show(
    document: TextFile, extraction: Extraction, out: Console, learned: Sequence[Sequence[Decided]] | None
) -> None:
    """Prints what was read; with what led to it, where `learned` has the learned decisions of each claim."""
    title = document.text.partition("\n\n")[0]
    out.print(title, style="bold", soft_wrap=True)
    dated = extraction.reporting_date
    basis = as_of(dated, extraction.reporting_basis, language()) if dated else ""
    out.print(", ".join(filter(None, (document.id, _iso(document.published), basis))), style="dim", soft_wrap=True)
    for index, claim in enumerate(extraction.claims):
        out.print(f"  {exact_statement(claim, language())}", soft_wrap=True)
        if learned is not None:
            for line in (*_reasons(claim, document.text), *map(_weighed, learned[index])):
                out.print(f"      {line}", style="dim", soft_wrap=True, markup=False)
    if learned is not None:
        for other in extraction.not_claims:
            out.print(
                _("  No claim: „{text}“ ({reason})", text=document.text[other.start : other.end], reason=other.reason),
                soft_wrap=True,
            )
    if extraction.projects:
        out.print(
            _("  Projects: {names}", names=", ".join(project.name for project in extraction.projects)), soft_wrap=True
        )
    out.print()


def _reasons(claim: Claim, text: str) -> list[str]:
    lines = [_("rule {rule}, characters {start} to {end}", rule=claim.rule, start=claim.start, end=claim.end)]
    lines += [f"{cue.role}: „{text[cue.start : cue.end]}“" for cue in claim.cues]
    lines += [f"{each.kind}: {each.value}" for each in claim.scope]
    about = [f"{name} {value}" for name in ("aspect", "per", "predicate", "span") if (value := getattr(claim, name))]
    lines += [", ".join(about)] if about else []
    period = [f"{name} {value}" for name in ("since", "until", "as_of") if (value := getattr(claim, name))]
    return lines + ([", ".join(period)] if period else []) + [_("in: {sentence}", sentence=claim.sentence)]


def _weighed(decision: Decided) -> str:
    weights = ", ".join(f"{name} {weight:+.1f}" for name, weight in decision.reasons)
    return f"{decision.what} {decision.chosen}: {weights or _('nothing weighed')}"


def _iso(published: date | None) -> str | None:
    return published.isoformat() if published else None
