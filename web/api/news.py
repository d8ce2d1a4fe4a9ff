"""What is new, and how the sources are."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from db.claims.changes import changes
from db.operation.health import SourceHealth, health
from db.operation.vitals import Vitals, vitals
from db.releases.news import read_late, whats_new
from inquiries.search import ShortText
from models.calendar import day_bounds
from models.filters import ClaimFilter
from output.records import flat
from web.answers import As, answer, next_page
from web.api.records import ClaimRecord, ReleaseRecord, claim_record, release_record
from web.api.watches import ChangeRecord, change_record
from web.http.parameters import MOST_ROWS, NumberCursor, OfLand
from web.http.refusals import PROBLEMS
from web.http.slow import LatelySlow
from web.offices import offices_asked_for, refuse_unknown_office
from web.site import site_of

router = APIRouter(tags=["news"], responses=PROBLEMS)


class NewRecord(BaseModel):
    """What was fetched for the first time on one day: releases, corrected releases, claims; and what changed."""

    day: date
    late: int = Field(description="further releases first read on that day that are no news: published long before")
    releases: list[ReleaseRecord]
    corrected: list[ReleaseRecord]
    deleted: list[ReleaseRecord] = Field(description="no longer to be found at their publishers since that day")
    claims: list[ClaimRecord]
    changed: list[ChangeRecord] = Field(description="claims that a correction states otherwise, or no longer")
    next: str | None = Field(description="continues all five lists as `after`, null at the end")


class HealthRecord(BaseModel):
    """How the program is, and each source as its last run left it."""

    state: Literal["well", "unwell"] = Field(description="unwell where there is any of `vitals.concerns`")
    vitals: Vitals
    slow: LatelySlow
    sources: list[SourceHealth]


@router.get("/new", responses={200: {"model": NewRecord, "content": {"text/csv": {}}}})
def what_is_new(  # noqa: PLR0913 - parameters of the address
    request: Request,
    day: Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2200, 1, 1), description="default: today")] = None,
    source: Annotated[ShortText, Query(description="id of the press office")] = None,
    project: Annotated[ShortText, Query(description="a project or programme by any of its names")] = None,
    state: OfLand = None,
    after: NumberCursor = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="of each of the lists")] = MOST_ROWS,
    form: As = "json",
) -> Response:
    """What was fetched for the first time on a day, as days begin and end in Germany."""
    site = site_of(request)
    refuse_unknown_office(site, source)
    day = day or site.today()
    since, until = day_bounds(day)
    skip = int(after or 0)
    sources = offices_asked_for(site, source, state)
    found = whats_new(
        site.engine, since=since, until=until, sources=sources, project=project, limit=limit + 1, skip=skip
    )
    late = read_late(site.engine, since=since, until=until, sources=sources, project=project)
    most = skip + limit + 1
    wanted = ClaimFilter(sources=sources, project=project)
    latest = changes(site.engine, since=since, until=until, wanted=wanted, known_before=True, limit=most)
    altered = latest[skip:most]
    lists = (found.releases, found.corrected, found.deleted, found.claims, altered)
    following = str(skip + limit) if max(map(len, lists)) > limit else None
    dumped = NewRecord(
        day=day,
        late=late.releases if late else 0,
        releases=[release_record(each) for each in found.releases[:limit]],
        corrected=[release_record(each) for each in found.corrected[:limit]],
        deleted=[release_record(each) for each in found.deleted[:limit]],
        claims=[claim_record(each) for each in found.claims[:limit]],
        changed=[change_record(each) for each in altered[:limit]],
        next=following,
    ).model_dump(mode="json")
    return answer(dumped, [flat(each) for each in dumped["claims"]], form, next_page(request, following))


@router.get("/health", responses={200: {"model": HealthRecord, "content": {"text/csv": {}}}})
def sources_health(request: Request, form: As = "json") -> Response:
    """How the program is, and how each source fared in its last run; as CSV the sources."""
    site = site_of(request)
    sources = health(site.engine)
    how = vitals(site.engine, sources, now=site.now())
    state: Literal["well", "unwell"] = "unwell" if how.concerns else "well"
    found = HealthRecord(state=state, vitals=how, slow=site.slow.lately(), sources=sources).model_dump(mode="json")
    return answer(found, found["sources"], form)
