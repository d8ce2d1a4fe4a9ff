"""Comparing programmes from report to report."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comparison.figures import Evidence
from comparison.programme import Comparison
from comparison.series import Point, Series
from db.curation.promises import standing_promises
from inquiries.programme import compare
from inquiries.search import ShortText
from inquiries.series import changing_series
from models.errors import InputError
from models.promises import PromiseRating
from models.statuses import STATUSES, Status
from output.chart import comparison_chart, has_chart
from web.http.language import href
from web.http.refusals import Refused
from web.lookups import MOST_PROGRAMMES, comparison_of, nearest_if_unknown, project_of, projects, related_to, reports_of
from web.pages.charts import Chart
from web.render import page
from web.site import Site, site_of

router = APIRouter()

_SUGGESTED = 24


@router.get("/comparison")
def show(
    request: Request,
    programme: Annotated[list[ShortText] | None, Query(max_length=MOST_PROGRAMMES)] = None,
) -> Response:
    """Programmes side by side, or the choice of one."""
    site = site_of(request)
    names = [name for name in dict.fromkeys(programme or []) if name]
    compared, unknown = _compare(site, names)
    latest = [(each, each.rows[-1]) for each in compared if each.rows] if len(compared) > 1 else []
    known = [] if compared else sorted(projects(site), key=lambda each: -each.claims)[:_SUGGESTED]
    return page(
        request,
        "comparison.html",
        twin=_twin([each.programme for each in compared]) if compared else "/api/v1/projects",
        names=[each.programme for each in compared],
        compared=compared,
        unknown=unknown,
        related=[related_to(site, project_of(site, each.programme)) for each in compared],
        overview=[(each, row, _told_since(each)) for each, row in latest],
        overview_statuses=[status for status in STATUSES if any(status in row.parts for _, row in latest)],
        known=[each for each in known if each.claims],
        charted=[None if each.rows else changing_series(site.engine, each.programme) for each in compared],
        differences=[_differences(each) for each in compared],
        nothing=[_nothing(each) for each in compared],
        promises=_promises(site, compared),
        reports=[reports_of(site, each.programme) for each in compared],
        figures=[_figures(each.series) for each in compared],
        details_of=[_figures(each.details, alone=False) for each in compared],
    )


@router.get("/comparison/chart.{form}")
def chart(request: Request, programme: ShortText, asked: Chart) -> Response:
    """The chart of a programme."""
    compared = comparison_of(site_of(request), programme or "")
    if not has_chart(compared):
        raise Refused(404, f"Of {compared.programme} no number is stated that a chart could show.")
    return asked.answer(partial(comparison_chart, compared), _sources(compared))


def _told_since(compared: Comparison) -> Evidence | None:
    """The newest number that is of a later date than the table has, and stands in none."""
    newest = max((point for each in compared.series for point in each.points), key=_date_of, default=None)
    return newest.figure.evidence[0] if newest and newest.date > compared.rows[-1].date else None


def _date_of(point: Point) -> str:
    return point.date


def _sources(compared: Comparison) -> list[str]:
    """Whose numbers the table has, the newest first."""
    figures = [
        figure for row in reversed(compared.rows) for figure in (row.total, *row.parts.values()) if figure is not None
    ]
    return [proof.source_id for figure in figures for proof in figure.evidence]


def _compare(site: Site, names: list[str]) -> tuple[list[Comparison], list[tuple[str, list[str]]]]:
    """The comparisons, and each unknown name with known ones like it."""
    compared, unknown = [], []
    for name in names:
        try:
            compared.append(compare(site.engine, name))
        except InputError:
            unknown.append((name, nearest_if_unknown(site, name) or []))
    return compared, unknown


def _twin(names: list[str]) -> str:
    """The same as JSON."""
    if len(names) == 1:
        return href("/api/v1/comparison", parameters={"programme": names[0]})
    return "/api/v1/comparisons?" + urlencode([("programme", name) for name in names])


def _differences(compared: Comparison) -> dict[tuple[str, Status | None], object]:
    """The change that led to a row, by its date and status."""
    return {(each.later, each.status): each.change for each in compared.differences}


def _promises(site: Site, compared: list[Comparison]) -> dict[str, PromiseRating]:
    """What people say became of plans, by the first claim of each; any claim that announces it may have been rated."""
    announcing = {plan.evidence: [proof.key for proof in plan.evidence] for each in compared for plan in each.plans}
    rated = standing_promises(site.engine, [key for keys in announcing.values() for key in keys])
    found = ((keys[0], next((rated[key] for key in keys if key in rated), None)) for keys in announcing.values())
    return {key: rating for key, rating in found if rating is not None}


def _figures(series: Sequence[Series], *, alone: bool = True) -> list[list[tuple[Series, list[str]]]]:
    """Numbers sentence by sentence, the newest first, each with the other dates of which the same is told.

    Args:
        series: of a comparison.
        alone: only those that no table has beside others.
    """
    newest_first = sorted(series, key=lambda each: each.points[-1].date, reverse=True)
    compared = {_told(each, point) for each in series if len(each.points) > 1 for point in each.points}
    once: dict[tuple[object, ...], tuple[Series, list[str]]] = {}
    for each in newest_first:
        last = each.points[-1]
        if alone and (len(each.points) > 1 or _told(each, last) in compared):
            continue
        told = (each.key.subject, each.key.kind, each.key.counted, each.key.unit, last.figure.stated)
        shown, dates = once.setdefault(told, (each, []))
        if last.date not in (shown.points[-1].date, *dates):
            dates.append(last.date)
    sentences: dict[tuple[str, str], list[tuple[Series, list[str]]]] = defaultdict(list)
    for each, dates in once.values():
        proof = each.points[-1].figure.evidence[0]
        sentences[proof.release_id, proof.sentence].append((each, dates))
    return [sorted(told, key=lambda one: _place(one[0])) for told in sentences.values()]


def _told(series: Series, point: Point) -> tuple[object, ...]:
    """What a reader sees of a number at a date, by which it is listed once."""
    return series.key.kind, series.key.counted, series.key.unit, point.figure.stated, point.date


def _place(series: Series) -> int:
    """Where a number stands in its sentence."""
    proof = series.points[-1].figure.evidence[0]
    return proof.sentence.find(proof.quote)


def _nothing(compared: Comparison) -> dict[tuple[str, Status | None], object]:
    """The releases to look at where nothing was found, by date and status."""
    return {(each.date, each.status): each.releases for each in compared.nothing_found}
