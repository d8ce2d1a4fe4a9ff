"""Checking a statement."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from inquiries.statement import LONGEST_STATEMENT, check
from output.formats import AnswerFormat
from output.records import check_record, check_rows
from web.answers import As, answer
from web.api.records import CheckRecord
from web.http.refusals import PROBLEMS
from web.site import Site, site_of

router = APIRouter(tags=["check"], responses=PROBLEMS)

_EXAMPLE = "Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen."


class Statement(BaseModel):
    """A statement to be checked."""

    model_config = ConfigDict(extra="forbid")

    statement: str = Field(min_length=1, max_length=LONGEST_STATEMENT, pattern=r"\S", examples=[_EXAMPLE])
    said_on: date | None = Field(default=None, description="when it was said; what was known then decides")


@router.get("/check", responses={200: {"model": CheckRecord, "content": {"text/csv": {}}}})
def check_short(
    request: Request,
    statement: Annotated[str, Query(min_length=1, max_length=LONGEST_STATEMENT, pattern=r"\S", examples=[_EXAMPLE])],
    said_on: Annotated[date | None, Query(description="when it was said; what was known then decides")] = None,
    form: As = "json",
) -> Response:
    """What the stored claims say to a statement; longer ones are sent by POST."""
    return _answer(site_of(request), statement, said_on, form)


@router.post("/check", responses={200: {"model": CheckRecord}})
def check_posted(request: Request, posted: Statement) -> Response:
    """What the stored claims say to a statement."""
    return _answer(site_of(request), posted.statement, posted.said_on, "json")


def _answer(site: Site, statement: str, said_on: date | None, form: AnswerFormat) -> Response:
    found = check_record(check(site.engine, statement, site.extractor(said_on), said_on=said_on))
    return answer(found, check_rows(found), form)
