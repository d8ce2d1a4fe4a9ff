"""Checking a statement on a page."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from inquiries.statement import LONGEST_STATEMENT, check
from output.marks import Mark, runs
from web.http.language import href
from web.render import page
from web.site import site_of

router = APIRouter()


@router.get("/check")
def show(request: Request, statement: Annotated[str | None, Query(max_length=LONGEST_STATEMENT)] = None) -> Response:
    """The form, and under it what the stored claims say; the address keeps the statement."""
    site = site_of(request)
    asked = (statement or "").strip()
    checked = check(site.engine, asked, site.extractor()) if asked else None
    findings = checked.findings if checked else ()
    marks = [Mark(each.asked.start, each.asked.end, each.verdict) for each in findings]
    return page(
        request,
        "check.html",
        twin=href("/api/v1/check", parameters={"statement": asked}) if asked else None,
        statement=asked,
        longest=LONGEST_STATEMENT,
        checked=checked,
        marked=runs(asked, marks),
    )
