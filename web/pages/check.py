"""Checking a statement on a page, and what the verdicts mean."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comparison.findings import GRAVITY
from db.claims.queries import claims
from inquiries.search import Empty
from inquiries.statement import LONGEST_STATEMENT, check
from inquiries.suggested import most_told
from models.filters import ClaimFilter
from output.marks import Mark, runs
from web.http.language import href
from web.lookups import project_of, related_to
from web.render import page
from web.site import Site, site_of

router = APIRouter()

_MANY, _SHORT, _LOOKED_AT = Decimal(10), 160, 50
"""A number and a sentence's characters that make an example; claims that are looked at for one."""


@router.get("/check")
def show(
    request: Request,
    statement: Annotated[str | None, Query(max_length=LONGEST_STATEMENT)] = None,
    said_on: Annotated[date | None, Empty, Query()] = None,
) -> Response:
    """The form, and under it what the stored claims say; the address keeps the statement and its day."""
    site = site_of(request)
    asked = (statement or "").strip()
    checked = check(site.engine, asked, site.extractor(said_on), said_on=said_on) if asked else None
    findings = checked.findings if checked else ()
    marks = [Mark(each.asked.start, each.asked.end, each.verdict) for each in findings]
    programmes = dict.fromkeys(each.programme for each in findings if each.programme)
    parameters = {"statement": asked} | ({"said_on": said_on.isoformat()} if said_on else {})
    return page(
        request,
        "check.html",
        twin=href("/api/v1/check", parameters=parameters) if asked else None,
        statement=asked,
        said_on=checked.said_on or "" if checked else "",
        longest=LONGEST_STATEMENT,
        checked=checked,
        marked=runs(asked, marks),
        counts=sorted(Counter(each.verdict for each in findings).items(), key=lambda each: GRAVITY.index(each[0])),
        programmes={name: related_to(site, project_of(site, name)) for name in programmes},
        example=None if asked else _example(site),
    )


def _example(site: Site) -> str | None:
    """The newest sentence that counts something of the programme that most is told of, to show what happens."""
    programme = next(iter(most_told(site.engine)), None)
    wanted = ClaimFilter(project=programme, kind="count", modality="actual", at_least=_MANY)
    found = [each.claim for each in claims(site.engine, wanted, limit=_LOOKED_AT).claims]
    telling = [claim for claim in found if claim.status and len(claim.sentence) <= _SHORT]
    return next((claim.sentence for claim in telling or found), None)


@router.get("/check/verdicts")
def legend(request: Request) -> Response:
    """What each verdict means, from the surest to the one that says least."""
    return page(request, "verdicts.html", verdicts=tuple(reversed(GRAVITY)))
