"""Releases: in a list, and one with its text, revisions and claims."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from db.releases.queries import cursor_of, releases
from inquiries.search import IsoDate, ShortText
from output.records import flat
from web.answers import As, answer, next_page
from web.api.records import ReleaseOut, ReleaseRecord, release_detail, release_record
from web.http.parameters import MOST_ROWS, ReleaseCursor, ReleaseId, published_between
from web.http.refusals import PROBLEMS
from web.lookups import release_of
from web.offices import refuse_unknown_office
from web.site import site_of

router = APIRouter(tags=["releases"], responses=PROBLEMS)


class ReleaseList(BaseModel):
    """Releases, the newest publication first; `next` continues the list as `after`, null at the end."""

    releases: list[ReleaseRecord]
    next: str | None


@router.get("/releases", responses={200: {"model": ReleaseList, "content": {"text/csv": {}}}})
def list_releases(  # noqa: PLR0913 - parameters of the address
    request: Request,
    source: Annotated[ShortText, Query(description="id of the press office")] = None,
    project: Annotated[ShortText, Query(description="only those that name this project")] = None,
    since: Annotated[IsoDate, Query(description="day of publication, an ISO date or prefix")] = None,
    until: IsoDate = None,
    after: ReleaseCursor = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    form: As = "json",
) -> Response:
    """Releases, the newest publication first; those without a date come last."""
    site = site_of(request)
    refuse_unknown_office(site, source)
    span = published_between(since, until)
    found = releases(site.engine, source=source, project=project, **span, limit=limit + 1, after=after)
    shown = found[:limit]
    following = cursor_of(shown[-1]) if len(found) > limit else None
    dumped = ReleaseList(releases=[release_record(each) for each in shown], next=following).model_dump(mode="json")
    return answer(dumped, dumped["releases"], form, next_page(request, following))


@router.get("/releases/{release_id}", responses={200: {"model": ReleaseOut, "content": {"text/csv": {}}}})
def one_release(request: Request, release_id: ReleaseId, form: As = "json") -> Response:
    """A release with all its revisions and current claims; as CSV its claims."""
    found = release_detail(release_of(site_of(request), release_id)).model_dump(mode="json")
    return answer(found, [flat(each) for each in found["claims"]], form)
