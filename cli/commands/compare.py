"""`bilanz compare`: one programme from report to report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import open_database
from cli.printing import DataOption, OutputFile, nothing_found, table, write_result
from output.formats.result import Result
from output.sentences import amount, archived_lines, grouped, proof_lines, status_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console
    from sqlalchemy import Engine

    from comparison.figures import Evidence, Figure
    from comparison.parts import Row
    from comparison.programme import Comparison
    from db.releases.proofs import Proof
    from inquiries.reports import ReportedProjects

NOTHING = "nothing found"


def compare(
    programme: Annotated[str, typer.Argument(help="A programme or project, by any of its names.")],
    evidence: Annotated[bool, typer.Option("--evidence", help="Show the sentence behind each number.")] = False,
    projects: Annotated[
        bool, typer.Option("--projects", help="List its projects instead, with their state in each progress report.")
    ] = False,
    form: DataOption = "table",
    file: OutputFile = None,
) -> None:
    """Put the numbers of a programme side by side, by reporting date and status.

    Example: `bilanz compare "Ruhr-Konferenz" --evidence`
    """
    from comparison.programme import cells
    from inquiries.programme import compare as compare_stored
    from output.formats.frames import comparison_frame
    from output.records import record

    if projects:
        _compare_projects(programme, form, file)
        return
    engine = open_database()
    comparison = compare_stored(engine, programme)
    if not comparison.rows:
        nothing_found(f"No counts were found for {comparison.programme}; `bilanz claims` shows what else is stated.")
    result = Result(
        rows=list(cells(comparison)),
        value=record(comparison),
        show=partial(show, comparison, proven=_proven(engine, comparison) if evidence else None),
        frame=partial(comparison_frame, comparison),
    )
    write_result(result, form, file)


def _compare_projects(programme: str, form: DataOption, file: OutputFile) -> None:
    from inquiries.reports import reported_projects
    from output.reports import project_rows, reports_record

    found = reported_projects(open_database(), programme)
    if not found.projects:
        nothing_found(f"No progress report with a row for each project of {found.programme} is stored.")
    result = Result(rows=project_rows(found), value=reports_record(found), show=partial(_show_projects, found))
    write_result(result, form, file)


def _show_projects(found: ReportedProjects, out: Console) -> None:
    columns = ("project", *(report.date for report in found.reports))
    rows = [
        (
            project.name,
            *(status_words(each.claim.status) if each and each.claim.status else "" for each in project.states),
        )
        for project in found.projects
    ]
    out.print(table(columns, rows, title=f"{found.programme}: projects from report to report"))
    show_checks(found, out)


def show_checks(found: ReportedProjects, out: Console) -> None:
    """Prints how many rows of each report are in which state, beside what its release says."""
    from output.reports import check_lines

    columns = ("as of", "state", "rows of the report", "its release says", "agree")
    out.print(table(columns, list(check_lines(found)), title="The rows of the reports counted"))
    for report in found.reports:
        for sentence in report.unread:
            out.print(f"{report.title}: {sentence}", soft_wrap=True)


def _proven(engine: Engine, comparison: Comparison) -> dict[str, Proof]:
    """Who was answered with what proves each number, by the key of its claim."""
    from db.claims.queries import claim
    from db.releases.proofs import proofs

    figures = (figure for row in comparison.rows for _, figure in _figures(row))
    keys = {each.key for figure in figures for each in (*figure.evidence, *figure.disputed)}
    return proofs(engine, [claim(engine, key) for key in sorted(keys)])


def show(comparison: Comparison, out: Console, *, proven: Mapping[str, Proof] | None = None) -> None:
    """Prints the table, what its parts come to, and on request the sentences behind it with what proves them."""
    columns = ("as of", "in all", *map(status_words, comparison.statuses), "adds up")
    rows = [
        (
            row.label,
            _shown(row.total),
            *(_shown(row.parts.get(status)) for status in comparison.statuses),
            _balance(row),
        )
        for row in comparison.rows
    ]
    out.print(table(columns, rows, title=f"{comparison.programme}: {comparison.counted} by status"))
    out.print()
    if len(comparison.nouns) > 1:
        out.print(f"Counted as one series: {', '.join(comparison.nouns)}.")
    out.print(f"“{NOTHING}” means that no such number was found in the releases, not that none was stated.")
    if comparison.rejected:
        out.print(f"{comparison.rejected} claims were rejected by reviewers and are left out.")
    for line in _notes(comparison):
        out.print(line, soft_wrap=True)
    if proven is not None:
        for row in comparison.rows:
            _show_evidence(row, proven, out)


def _figures(row: Row) -> Iterator[tuple[str, Figure]]:
    if row.total:
        yield "in all", row.total
    for status, figure in row.parts.items():
        yield status_words(status), figure


def _notes(comparison: Comparison) -> Iterator[str]:
    """What the table does not show: numbers stated otherwise later, years without a report, plans."""
    for each in comparison.restatements:
        what = status_words(each.status) if each.status else "in all"
        steps = [f"{_stated(proof)} ({proof.published or proof.reporting_date})" for proof in (each.before, each.after)]
        silently = ", in the same release" if each.kind == "correction" else ""
        yield f"Stated otherwise later, {what}: {', then '.join(steps)}{silently}."
    for gap in comparison.gaps:
        to_read = ", ".join(ref.url for ref in gap.releases) or "no release is stored"
        yield f"{gap.date}: {NOTHING}; to look at: {to_read}"
    for plan in comparison.plans:
        if plan.target is None:
            continue
        due = f" by {plan.due}" if plan.due else ""
        known = f", {_shown(plan.known.figure)} at the time" if plan.known else ""
        results = "".join(f", {_shown(point.figure)} in {point.date}" for point in plan.results)
        results += "".join(f", perhaps {_shown(point.figure)} in {point.date}" for point in plan.perhaps)
        what = " ".join(filter(None, (plan.counted or plan.unit, f"({plan.subject})" if plan.subject else "")))
        yield f"Planned: {_shown(plan.target)} {what}{due}{known}{results}: {plan.outcome}."


def _stated(proof: Evidence) -> str:
    assert proof.value is not None
    return amount(proof.value, proof.value_to, proof.comparator or "=")


def _show_evidence(row: Row, proven: Mapping[str, Proof], out: Console) -> None:
    for name, figure in _figures(row):
        proofs = [("", proof) for proof in figure.evidence] + [("disputed: ", proof) for proof in figure.disputed]
        out.print(f"\n{row.label}, {name}: {_shown(figure)}", style="bold", soft_wrap=True)
        for mark, proof in proofs:
            sentence, *place = proof_lines(proof)
            for line in (f"{mark}{sentence}", *place, *archived_lines(proven.get(proof.key))):
                out.print(f"  {line}", soft_wrap=True)


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return NOTHING
    text = amount(figure.value, figure.value_to, figure.comparator)
    return f"{text} (disputed)" if figure.disputed else text


def _balance(row: Row) -> str:
    if row.adds_up is None:
        return "cannot be told"
    if row.adds_up:
        return "yes"
    missing = row.unaccounted
    if missing is None:
        return "no"
    return f"no, {grouped(abs(missing))} {'unaccounted for' if missing > 0 else 'too many'}"
