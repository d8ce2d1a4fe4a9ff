"""Comparing programmes from report to report."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.comparison import Comparison, compare
from models.claim import Status
from models.errors import InputError
from web.api.projects import project_records
from web.charts import Theme, comparison_chart
from web.errors import not_found
from web.language import href, language_of
from web.query import Words
from web.render import page
from web.site import Site, site_of

router = APIRouter()

MOST_PROGRAMMES = 4
_SUGGESTED = 24
_MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


@router.get("/comparison")
def show(
    request: Request,
    programme: Annotated[list[Words] | None, Query(max_length=MOST_PROGRAMMES)] = None,
) -> Response:
    """Programmes side by side, or the choice of one."""
    site = site_of(request)
    names = [name for name in dict.fromkeys(programme or []) if name]
    compared, problems = _compare(site, names)
    known = [] if compared else sorted(project_records(site), key=lambda each: -each.claims)[:_SUGGESTED]
    return page(
        request,
        "comparison.html",
        twin=href("/api/v1/comparison", parameters={"programme": names[0]}) if compared else "/api/v1/projects",
        names=[each.programme for each in compared],
        compared=compared,
        problems=problems,
        known=[each for each in known if each.claims],
        differences=[_differences(each) for each in compared],
        nothing=[_nothing(each) for each in compared],
    )


@router.get("/comparison/chart.{form}")
def chart(request: Request, form: Literal["svg", "png"], programme: Words, theme: Theme = "light") -> Response:
    """The chart of a programme."""
    try:
        compared = compare(site_of(request).engine, programme or "")
    except InputError as error:
        raise not_found(error) from error
    image = comparison_chart(compared, language_of(request), theme, form)
    return Response(image, media_type=_MEDIA[form], headers={"cache-control": "max-age=300"})


def _compare(site: Site, names: list[str]) -> tuple[list[Comparison], list[str]]:
    compared, problems = [], []
    for name in names:
        try:
            compared.append(compare(site.engine, name))
        except InputError as error:
            problems.append(str(error))
    return compared, problems


def _differences(compared: Comparison) -> dict[tuple[str, Status | None], object]:
    """The change that led to a row, by its date and status."""
    return {(each.later, each.status): each.change for each in compared.differences}


def _nothing(compared: Comparison) -> dict[tuple[str, Status | None], object]:
    """The releases to look at where nothing was found, by date and status."""
    return {(each.date, each.status): each.releases for each in compared.nothing_found}
