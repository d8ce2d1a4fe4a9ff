"""What is new, day by day, and the health of the sources."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.claims.changes import changes
from db.operation.runs import health, runs
from db.releases.days import neighbouring_news
from db.releases.queries import count_fetched, new_claims, whats_new
from inquiries.search import ShortText
from models.calendar import BERLIN, berlin_day, day_bounds
from models.filters import ClaimFilter
from models.stored import StoredClaim
from web.feeds import change_entry, feed
from web.http.language import href, language_of, translations
from web.http.parameters import NumberCursor
from web.render import page
from web.site import Site, site_of

router = APIRouter()

_SHOWN_RUNS = 10
_SHOWN_CLAIMS = 60
"""On one page; also new and corrected releases, and changes."""
_SHOWN_SERIES = 30
_FEED_DAYS = 7
_FEED_ROWS = 200
_UNWELL = ("degraded", "failed", "interrupted")
_Day = Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2200, 1, 1))]


@router.get("/new")
def new(
    request: Request,
    day: _Day = None,
    since: Annotated[_Day, Query(description="first of several days, `day` being the last")] = None,
    source: ShortText = None,
    after: NumberCursor = None,
) -> Response:
    """What was found for the first time on a day or several, by default on the last day that had anything."""
    site = site_of(request)
    last = day or (site.today() if since else _latest(site, source))
    first = min(since or last, last)
    begin, end = day_bounds(first)[0], day_bounds(last)[1]
    engine, skip = site.engine, int(after or 0)
    span = {"since": begin, "until": end}
    found = whats_new(engine, **span, source=source, limit=_SHOWN_CLAIMS, skip=skip)
    fetched, corrected = count_fetched(engine, **span, source=source)
    told = new_claims(engine, **span, source=source, subjects=_SHOWN_SERIES)
    before, later = neighbouring_news(engine, **span, source=source)
    wanted = ClaimFilter(source=source) if source else None
    offices = health(engine)
    most = max(told.count, fetched, corrected)
    stating = {each.release_id for each in found.claims}
    return page(
        request,
        "new.html",
        twin=href("/api/v1/new", parameters={"day": last.isoformat(), "source": source}),
        day=last.isoformat(),
        first=first.isoformat() if first < last else None,
        today=site.today().isoformat(),
        before=berlin_day(before),
        after=berlin_day(later) if later and berlin_day(later) <= site.today().isoformat() else None,
        found=found,
        counts={"releases": fetched, "corrected": corrected, "claims": told.count},
        changed=[]
        if skip
        else changes(engine, since=begin, until=end, wanted=wanted, known_before=True, limit=_SHOWN_CLAIMS),
        groups=_by_release(found.claims),
        silent=[each for each in found.releases if each.claims == 0 and each.id not in stating],
        following=str(skip + _SHOWN_CLAIMS) if most > skip + _SHOWN_CLAIMS else None,
        series=[] if skip else told.subjects,
        source=source,
        sources=[each.source_id for each in offices],
        unwell=[] if skip else [each for each in offices if each.state in _UNWELL],
    )


def _latest(site: Site, source: str | None) -> date:
    """The last day that had anything; today where none had."""
    _, end = day_bounds(site.today())
    last, _ = neighbouring_news(site.engine, since=end, until=end, source=source)
    return last.astimezone(BERLIN).date() if last else site.today()


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
