"""What is new, day by day, and the health of the sources."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.claims.changes import changes
from db.operation.runs import health, runs
from db.releases.queries import count_fetched, new_claims, whats_new
from models.calendar import day_bounds
from models.stored import StoredClaim
from web.feeds import change_entry, feed
from web.http.language import href, language_of, translations
from web.render import page
from web.site import site_of

router = APIRouter()

_SHOWN_RUNS = 10
_SHOWN_CLAIMS = 60
"""Also corrected releases and changes; the JSON has them all."""
_SHOWN_SERIES = 30
_FEED_DAYS = 7
_FEED_ROWS = 200


@router.get("/new")
def new(
    request: Request,
    day: Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2200, 1, 1))] = None,
) -> Response:
    """What was found for the first time on a day."""
    site = site_of(request)
    day = day or site.today()
    since, until = day_bounds(day)
    engine = site.engine
    found = whats_new(engine, since=since, until=until, limit=_SHOWN_CLAIMS)
    fetched, corrected = count_fetched(engine, since=since, until=until)
    told = new_claims(engine, since=since, until=until, subjects=_SHOWN_SERIES)
    return page(
        request,
        "new.html",
        twin=href("/api/v1/new", parameters={"day": day.isoformat()}),
        day=day.isoformat(),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat() if day < site.today() else None,
        found=found,
        counts={"releases": fetched, "corrected": corrected, "claims": told.count},
        changed=changes(engine, since=since, until=until, known_before=True, limit=_SHOWN_CLAIMS),
        groups=_by_release(found.claims),
        left=max(0, told.count - _SHOWN_CLAIMS),
        series=told.subjects,
    )


@router.get("/new.atom")
def news_feed(request: Request) -> Response:
    """New and changed claims of the last days as a feed."""
    site = site_of(request)
    since, _ = day_bounds(site.today() - timedelta(days=_FEED_DAYS))
    _, until = day_bounds(site.today())
    found = changes(site.engine, since=since, until=until, limit=_FEED_ROWS)
    title = translations(language_of(request)).gettext("Neu")
    return feed(request, title, (change_entry(request, each) for each in found), page="/new")


@router.get("/health")
def show_health(request: Request) -> Response:
    """How each source fared, and the latest runs."""
    engine = site_of(request).engine
    return page(
        request, "health.html", twin="/api/v1/health", sources=health(engine), runs=runs(engine, limit=_SHOWN_RUNS)
    )


def _by_release(claims: Sequence[StoredClaim]) -> list[list[StoredClaim]]:
    return [list(group) for _, group in groupby(claims, key=lambda each: each.release_id)]
