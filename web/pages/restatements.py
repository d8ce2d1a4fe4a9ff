"""What was later told otherwise: pairs of statements, and releases that call themselves corrections."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comparison.headline_dates import dated_apart
from comparison.restatements import Restatement
from db.releases.titles import self_called_corrections
from inquiries.restatements import all_restatements
from inquiries.search import ShortText
from web.http.language import href
from web.lookups import nearest_if_unknown
from web.render import page
from web.site import site_of

router = APIRouter()

_LISTED = 40
_MOST_PAGES = 1000


@router.get("/restatements")
def show(
    request: Request, project: ShortText = None, number: Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)] = 1
) -> Response:
    """What was told otherwise later over all releases, or of one programme, the latest first."""
    site = site_of(request)
    near = nearest_if_unknown(site, project) if project else None
    found = all_restatements(site.engine, now=site.now(), project=project) if near is None else []
    passed = (number - 1) * _LISTED
    with site.engine.connect() as connection:
        corrections = self_called_corrections(connection) if project is None and number == 1 else []
    return page(
        request,
        "restatements.html",
        status=200 if near is None else 404,
        twin=href("/api/v1/restatements", parameters={"project": project}),
        project=project,
        near=near,
        total=len(found),
        found=found[passed : passed + _LISTED],
        slips=_slips(found),
        corrections=corrections,
        before=number - 1 if number > 1 else None,
        after=number + 1 if passed + _LISTED < len(found) else None,
    )


def _slips(found: Iterable[Restatement]) -> dict[str, tuple[str, str]]:
    """Where the headline of a release dates otherwise than a sentence of it, by release: all its numbers share it."""
    proofs = (proof for each in found for proof in (each.before, each.after))
    dates = ((proof.release_id, dated_apart(proof.release_title, proof.sentence)) for proof in proofs)
    return {release_id: each for release_id, each in dates if each is not None}
