"""Comparisons: a programme from report to report."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from comparison.programme import Comparison, cells
from inquiries.search import NAME_LENGTH, ShortText, printable
from models.statuses import Status
from output.reports import project_rows, reports_record
from web.answers import As, answer, next_page
from web.http.parameters import MOST_ROWS
from web.http.refusals import PROBLEMS
from web.lookups import MOST_PROGRAMMES, comparison_of, reports_of
from web.site import site_of

router = APIRouter(tags=["comparison"], responses=PROBLEMS)

MOST_PROJECTS = 10_000
"""Of a programme that are passed over at most."""

ProgrammeName = Annotated[
    str, printable, Query(min_length=1, max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"], description="by any name")
]


@router.get("/comparison", responses={200: {"model": Comparison, "content": {"text/csv": {}}}})
def one_comparison(request: Request, programme: ProgrammeName, form: As = "json") -> Response:
    """What releases say of a programme, by reporting date: parts, wholes, changes, plans, gaps."""
    found = comparison_of(site_of(request), programme)
    return answer(found, list(cells(found)), form)


class StatedCount(BaseModel):
    """A claim of the release that says how many there are."""

    claim: str
    value: str | None
    quote: str


class CountCheckRecord(BaseModel):
    """How many rows of a report are in a state (null: in all), and what its release says (null: nothing)."""

    status: Status | None
    rows: int
    stated: list[StatedCount]
    agrees: bool | None


class ReportRecord(BaseModel):
    """A progress report with a row for each project; `unread` says what could not be read of it."""

    id: str
    title: str
    url: str
    release_id: str
    release_title: str
    reporting_date: str
    agrees: bool | None
    checks: list[CountCheckRecord]
    unread: list[str]


class ReportedState(BaseModel):
    """The state of a project in a report, and the claim that proves it."""

    claim: str
    status: Status


class ReportedProject(BaseModel):
    """A project: its state in each of the reports, in their order, null where none names it."""

    name: str
    changed: bool
    states: list[ReportedState | None]


class Reports(BaseModel):
    """The progress reports of a programme, the oldest first, and all projects in their rows."""

    programme: str
    reports: list[ReportRecord]
    projects: list[ReportedProject]


@router.get("/reports", responses={200: {"model": Reports, "content": {"text/csv": {}}}})
def reports(
    request: Request,
    programme: ProgrammeName,
    after: Annotated[int, Query(ge=0, le=MOST_PROJECTS, description="projects that are passed over")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 100,
    form: As = "json",
) -> Response:
    """What the progress reports of a programme say of each project, counted beside what their releases say."""
    every = reports_of(site_of(request), programme)
    found = replace(every, projects=every.projects[after : after + limit])
    following = str(after + limit) if after + limit < min(len(every.projects), MOST_PROJECTS) else None
    return answer(reports_record(found), project_rows(found), form, next_page(request, following))


class Comparisons(BaseModel):
    """Several programmes, in the order in which they were asked for."""

    comparisons: list[Comparison]


@router.get("/comparisons", responses={200: {"model": Comparisons, "content": {"text/csv": {}}}})
def several_comparisons(
    request: Request,
    programme: Annotated[
        list[ShortText], Query(min_length=1, max_length=MOST_PROGRAMMES, examples=[["Ruhr-Konferenz", "Klinikfonds"]])
    ],
    form: As = "json",
) -> Response:
    """What releases say of several programmes, to be put side by side."""
    site = site_of(request)
    found = [comparison_of(site, name) for name in dict.fromkeys(filter(None, programme))]
    rows = [cell for each in found for cell in cells(each)]
    return answer({"comparisons": found}, rows, form)
