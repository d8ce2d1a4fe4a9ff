"""Releases: in a list, and one with its text, revisions and claims."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from db.releases.queries import cursor_of, release, releases
from models.errors import InputError
from web.answers import As, answer, flat, next_page
from web.api.records import ReleaseOut, ReleaseRecord, release_detail, release_record
from web.errors import PROBLEMS, not_found
from web.http.query import KEY, MOST_ROWS, ReleaseCursor, Words
from web.site import site_of

router = APIRouter(tags=["releases"], responses=PROBLEMS)

ReleaseId = Annotated[str, Path(pattern=f"^{KEY}$", examples=["k2m4x7qzt5aevd3w"])]


class ReleaseList(BaseModel):
    """Releases, the newest publication first; `next` continues the list as `after`, null at the end."""

    releases: list[ReleaseRecord]
    next: str | None


@router.get("/releases", responses={200: {"model": ReleaseList, "content": {"text/csv": {}}}})
def list_releases(
    request: Request,
    source: Annotated[Words, Query(description="id of the press office")] = None,
    project: Annotated[Words, Query(description="only those that name this project")] = None,
    after: ReleaseCursor = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    form: As = "json",
) -> Response:
    """Releases, the newest publication first; those without a date come last."""
    found = releases(site_of(request).engine, source=source, project=project, limit=limit + 1, after=after)
    shown = found[:limit]
    following = cursor_of(shown[-1]) if len(found) > limit else None
    dumped = ReleaseList(releases=[release_record(each) for each in shown], next=following).model_dump(mode="json")
    return answer(dumped, dumped["releases"], form, next_page(request, following))


@router.get("/releases/{release_id}", responses={200: {"model": ReleaseOut, "content": {"text/csv": {}}}})
def one_release(request: Request, release_id: ReleaseId, form: As = "json") -> Response:
    """A release with all its revisions and current claims; as CSV its claims."""
    try:
        found = release_detail(release(site_of(request).engine, release_id)).model_dump(mode="json")
    except InputError as error:
        raise not_found(error) from error
    return answer(found, [flat(each) for each in found["claims"]], form)
