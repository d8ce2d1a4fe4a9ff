"""What can be compared over time: all series, and one with its sentences."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comparison.recurring import Recurring
from db.claims.facets import facets
from inquiries.search import SearchQuery, ShortText, Year
from inquiries.series import SeriesOrder, list_series
from output.series_chart import series_chart
from web.http.language import href, language_of
from web.http.parameters import ClaimKey
from web.lookups import series_of, spelt_as_meant
from web.offices import nearest_offices
from web.pages.charts import Chart
from web.pages.embed import embeddable_series, frame
from web.render import address, page
from web.site import site_of

router = APIRouter()

_LISTED = 30
_MOST_PAGES = 3000


@router.get("/series")
def list_all(  # noqa: PLR0913 - parameters of the address
    request: Request,
    q: ShortText = None,
    sort: SeriesOrder = "telling",
    since: Year = None,
    until: Year = None,
    source: ShortText = None,
    number: Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)] = 1,
) -> Response:
    """The most telling series, or those that have some words or are of an office; with years only what is of these."""
    site = site_of(request)
    passed = (number - 1) * _LISTED
    span = {"since": since, "until": until, "source": source}
    found = list_series(site.engine, q or "", limit=_LISTED, offset=passed, order=sort, **span)
    active = {"q": q, "sort": None if sort == "telling" else sort, **span}
    return page(
        request,
        "series.html",
        twin=href("/api/v1/series", parameters={**active, "after": str(passed), "limit": str(_LISTED)}),
        q=q,
        sort=sort,
        active=active,
        found=found,
        near_offices=nearest_offices(site, source),
        spelt=spelt_as_meant(site, q) if not found.series else None,
        before=number - 1 if number > 1 else None,
        after=number + 1 if passed + _LISTED < found.total else None,
    )


@router.get("/series/{key}")
def show(request: Request, key: ClaimKey) -> Response:
    """A series point by point, each with the sentences that tell it."""
    site = site_of(request)
    found = series_of(site, key)
    alike = _alike(found)
    return page(
        request,
        "one_series.html",
        twin=f"/api/v1/series/{found.key}",
        series=found,
        alike=alike,
        claims_alike=facets(site.engine, SearchQuery.model_validate(alike).filter(), names=("kind",)).total,
        own=address(request, f"/series/{found.key}", language_of(request)),
        frame=frame(request, embeddable_series(found, language_of(request)), language_of(request)),
        steps=list(zip(found.points, (None, *found.changes), strict=True)),
    )


def _alike(series: Recurring) -> dict[str, str | None]:
    """The search that finds what continues a series: of its programme, else of the office that told it last."""
    proofs = [proof for point in series.points[::-1] for proof in point.figure.evidence]
    # Also where the headline names the programme and the sentences do not.
    subject = series.subject or next((proof.subject for proof in proofs if proof.subject), None)
    about = {"project": subject} if subject else {"source": proofs[0].source_id}
    same = {name: getattr(series, name) for name in ("counted", "kind", "unit", "status", "modality")}
    return {**about, **same}


@router.get("/series/{key}/chart.{form}")
def chart(request: Request, key: ClaimKey, asked: Chart) -> Response:
    """The chart of a series."""
    found = series_of(site_of(request), key)
    sources = [proof.source_id for point in found.points[::-1] for proof in point.figure.evidence]
    return asked.answer(partial(series_chart, found), sources)
