"""`bilanz compare`: one programme from report to report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.printing import DataOption, OutputFile, nothing_found, show_table, write_result
from output.formats.result import Result
from output.formats.table import widths_of
from output.nouns import counted_in, noun_beside
from output.sentences import amount, archived_lines, grouped, proof_lines
from output.states import rest_words, state_words, status_said
from output.terms import value_term
from output.words import column_day, day, own_hedge, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console
    from sqlalchemy import Engine

    from comparison.figures import Evidence, Figure
    from comparison.parts import Row
    from comparison.plans import Plan
    from comparison.programme import Comparison
    from db.releases.proofs import Proof
    from inquiries.reports import ReportedProjects


_MOST_BLOCKS = 12
"""Dates where each has lines of its own."""


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
        nothing_found(
            _(
                "No counts were found for {programme}; `bilanz claims` shows what else is stated.",
                programme=comparison.programme,
            )
        )
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
        nothing_found(
            _("No progress report with a row for each project of {programme} is stored.", programme=found.programme)
        )
    result = Result(rows=project_rows(found), value=reports_record(found), show=partial(_show_projects, found))
    write_result(result, form, file)


def _show_projects(found: ReportedProjects, out: Console) -> None:
    columns = (_("project"), *(column_day(report.date, language()) for report in found.reports))
    rows = [
        (
            project.name,
            *(status_said(each.claim, language()) if each else "" for each in project.states),
        )
        for project in found.projects
    ]
    title = _("{programme}: projects from report to report", programme=found.programme)
    shown, left_out = _newest_that_fit(columns, rows, out.width)
    show_table(out, columns[:1] + columns[1 + left_out :], shown, title=title)
    _tell_left_out(left_out, out)
    show_checks(found, out)


def _newest_that_fit(
    columns: tuple[str, ...], rows: list[tuple[str, ...]], width: int
) -> tuple[list[tuple[str, ...]], int]:
    """Rows with as many of the latest dates as a table has room for, and how many dates are left out."""
    for left_out in range(len(columns) - 1):
        shown = [row[:1] + row[1 + left_out :] for row in rows]
        if widths_of(columns[:1] + columns[1 + left_out :], shown, width) is not None:
            return shown, left_out
    return rows, 0


def _tell_left_out(count: int, out: Console) -> None:
    if count:
        told = _("{count} earlier dates are left out; a wider terminal and --format csv have them.", count=count)
        out.print(told, soft_wrap=True)


def show_checks(found: ReportedProjects, out: Console) -> None:
    """Prints how many rows of each report are in which state, beside what its release says."""
    from output.reports import check_lines

    columns = (_("as of"), _("state"), _("rows of the report"), _("its release says"), _("agree"))
    show_table(out, columns, list(check_lines(found, language())), title=_("The rows of the reports counted"))
    for report in found.reports:
        for sentence in report.unread:
            out.print(f"{report.title}: {sentence}", soft_wrap=True)


def _proven(engine: Engine, comparison: Comparison) -> dict[str, Proof]:
    """Who was answered with what proves each number, by the key of its claim."""
    from db.claims.queries import claim
    from db.releases.proofs import proofs

    figures = (figure for row in comparison.rows for _name, figure in _figures(comparison, row))
    keys = {each.key for figure in figures for each in (*figure.evidence, *figure.disputed)}
    return proofs(engine, [claim(engine, key) for key in sorted(keys)])


def show(comparison: Comparison, out: Console, *, proven: Mapping[str, Proof] | None = None) -> None:
    """Prints the table, what its parts come to, and on request the sentences behind it with what proves them."""
    states = [state_words(comparison, each, language()) for each in comparison.statuses]
    rest = [rest_words(comparison, language())] if any(row.rest for row in comparison.rows) else []
    columns = (_("as of"), _("in all"), *states, *rest, _("adds up"))
    rows = [
        (
            column_day(row.label, language()),
            _shown(row.total),
            *(_shown(row.parts.get(status)) for status in comparison.statuses),
            *(_shown(row.rest) for _rest in rest),
            _balance(row),
        )
        for row in comparison.rows
    ]
    title = _(
        "{programme}: {counted} by status", programme=comparison.programme, counted=", ".join(counted_in(comparison))
    )
    left_out = show_table(out, columns, rows, title=title, most=_MOST_BLOCKS)
    _tell_left_out(left_out, out)
    out.print()
    if len(comparison.nouns) > 1:
        out.print(_("Counted as one series: {nouns}.", nouns=", ".join(comparison.nouns)))
    out.print(_("“nothing found” means that no such number was found in the releases, not that none was stated."))
    if comparison.rejected:
        out.print(_("{rejected} claims were rejected by reviewers and are left out.", rejected=comparison.rejected))
    for line in _notes(comparison):
        out.print(line, soft_wrap=True)
    if proven is not None:
        for row in comparison.rows:
            _show_evidence(comparison, row, proven, out)


def _figures(comparison: Comparison, row: Row) -> Iterator[tuple[str, Figure]]:
    if row.total:
        yield _("in all"), row.total
    for status, figure in row.parts.items():
        yield state_words(comparison, status, language()), figure
    if row.rest:
        yield rest_words(comparison, language()), row.rest


def _notes(comparison: Comparison) -> Iterator[str]:
    """What the table does not show: numbers stated otherwise later, years without a report, plans."""
    for each in comparison.restatements:
        what = state_words(comparison, each.status, language()) if each.status else _("in all")
        before, after = (
            f"{_stated(one)} ({_day(one.published or one.reporting_date)})" for one in (each.before, each.after)
        )
        silently = each.kind == "correction"
        told = "Stated otherwise later in the same release" if silently else "Stated otherwise later"
        yield f"{_(told)}, {what}: {before} → {after}"
    for gap in comparison.gaps:
        to_read = ", ".join(ref.url for ref in gap.releases) or _("no release is stored")
        yield _("{date}: nothing found; to look at: {to_read}", date=gap.date, to_read=to_read)
    yield from (" ".join(_plan(plan)) for plan in comparison.plans if plan.target is not None)


def _plan(plan: Plan) -> Iterator[str]:
    """A plan, when it is due, what was known then, and what came of it."""
    counted = noun_beside(plan.counted, plan.evidence) or unit_name(plan.unit, language())
    of = filter(None, (_shown(plan.target), counted, plan.subject and f"({plan.subject})"))
    due = _(", until {date}", date=_day(plan.due)) if plan.due else ""
    yield _(
        "Announced: {what}{due}; {outcome}.",
        what=" ".join(of),
        due=due,
        outcome=value_term("outcome", plan.outcome, language()),
    )
    if plan.known:
        yield _("Known then: {figure}.", figure=_shown(plan.known.figure))
    for name, points in (("Later: {figures}.", plan.results), ("Perhaps it: {figures}.", plan.perhaps)):
        if points:
            yield _(name, figures=", ".join(f"{_shown(each.figure)} ({_day(each.date)})" for each in points))


def _published(proof: Evidence) -> str:
    return _day(proof.published or proof.reporting_date)


def _day(iso: str) -> str:
    return day(iso, language())


def _stated(proof: Evidence) -> str:
    assert proof.value is not None
    return amount(proof.value, proof.value_to, own_hedge(proof, language()), language())


def _show_evidence(comparison: Comparison, row: Row, proven: Mapping[str, Proof], out: Console) -> None:
    for name, figure in _figures(comparison, row):
        proofs = [("", proof) for proof in figure.evidence] + [(_("disputed: "), proof) for proof in figure.disputed]
        out.print(f"\n{_day(row.label)}, {name}: {_shown(figure)}", style="bold", soft_wrap=True)
        for mark, proof in proofs:
            sentence, *place = proof_lines(proof, language())
            for line in (f"{mark}{sentence}", *place, *archived_lines(proven.get(proof.key), language())):
                out.print(f"  {line}", soft_wrap=True)


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return _("nothing found")
    text = amount(figure.value, figure.value_to, own_hedge(figure, language()), language())
    return _("{text} (disputed)", text=text) if figure.disputed else text


def _balance(row: Row) -> str:
    if row.adds_up is None:
        return _("cannot be told")
    if row.adds_up:
        return _("yes")
    missing = row.unaccounted
    if missing is None:
        return _("no")
    number = grouped(abs(missing), language())
    return _("no, {number} unaccounted for" if missing > 0 else "no, {number} too many", number=number)
