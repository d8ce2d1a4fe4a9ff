"""What is new, day by day, and the health of the sources."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated, TypedDict

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.claims.changes import Cause, changes
from db.operation.health import health, last_states
from db.operation.runs import run, runs
from db.operation.vitals import vitals
from db.releases.news import count_fetched, neighbouring_news, newly_named, offices_with_news, read_late, whats_new
from db.releases.published import newest_published, published_around
from inquiries.search import ShortText
from models.calendar import BERLIN, berlin_day, day_bounds
from models.filters import ClaimFilter
from models.stored import StoredClaim
from output.terms import value_term
from web.feeds import change_entry, feed
from web.http.language import href, language_of, translations
from web.http.parameters import NumberCursor, OfLand
from web.lookups import nearest_if_unknown
from web.offices import imported_among, nearest_offices, offices_asked_for, refuse_unknown_office
from web.render import page
from web.site import Site, site_of

router = APIRouter()

_SHOWN_RUNS = 10
_NAMED_OF_A_RUN = 3
_SHOWN_CLAIMS = 60
"""On one page; also new and corrected releases, and changes."""
_SHOWN_SERIES = 30
_FEED_DAYS = 7
_FEED_ROWS = 200
_CHANGES: tuple[Cause, ...] = ("correction",)
"""Those that are listed one by one; of deletions the releases are."""
_RECENT = 30
"""Days after which it is said how long ago a newest release was."""
_UNWELL = ("degraded", "failed", "interrupted")


class _Narrowed(TypedDict):
    """The offices and the programme that are asked for."""

    sources: frozenset[str] | None
    project: str | None


class _Span(TypedDict):
    """From when to before when."""

    since: datetime
    until: datetime


_Day = Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2200, 1, 1))]


@router.get("/new")
def new(  # noqa: PLR0913 - parameters of the address
    request: Request,
    day: _Day = None,
    since: Annotated[_Day, Query(description="first of several days, `day` being the last")] = None,
    source: ShortText = None,
    project: ShortText = None,
    state: OfLand = None,
    after: NumberCursor = None,
) -> Response:
    """What was found for the first time on a day or several, by default on the last day that had anything.

    What was published long before and only then read stands apart.
    """
    site = site_of(request)
    near = nearest_if_unknown(site, project) if project else None
    if near is not None:
        days = {"day": day, "since": since}
        asked_days = {name: each.isoformat() if each else None for name, each in days.items()}
        return _unknown(request, str(project), near, {"source": source, "state": state, **asked_days})
    asked = offices_asked_for(site, source, state)
    narrowed: _Narrowed = {"sources": asked, "project": project}
    last = day or (site.today() if since else _latest(site, narrowed))
    first = min(since or last, last)
    begin, end = day_bounds(first)[0], day_bounds(last)[1]
    engine, skip = site.engine, int(after or 0)
    span: _Span = {"since": begin, "until": end}
    found = whats_new(engine, **span, **narrowed, limit=_SHOWN_CLAIMS, skip=skip)
    fetched, corrected = count_fetched(engine, **span, **narrowed)
    before, later = neighbouring_news(engine, **span, **narrowed)
    states = {office: how for office, how in last_states(engine).items() if how is not None}
    active = {"source": source, "project": project, "state": state}
    within = [office for office in states if state is None or asked is None or office in asked or office == source]
    most = max(found.stated, fetched, corrected)
    nothing = not (fetched or found.stated or corrected or found.deleted)
    stating = {each.release_id for each in found.claims}
    return page(
        request,
        "new.html",
        twin=href("/api/v1/new", parameters={"day": last.isoformat(), **active}),
        day=last.isoformat(),
        first=first.isoformat() if first < last else None,
        today=site.today().isoformat(),
        before=berlin_day(before),
        after=berlin_day(later) if later and berlin_day(later) <= site.today().isoformat() else None,
        found=found,
        counts={"releases": fetched, "corrected": corrected, "claims": found.stated},
        changed=[]
        if skip
        else changes(
            engine,
            **span,
            wanted=ClaimFilter(**narrowed),
            causes=_CHANGES,
            known_before=True,
            limit=_SHOWN_CLAIMS,
        ),
        groups=_by_release(found.claims),
        silent=[each for each in found.releases if each.claims == 0 and each.id not in stating],
        following=str(skip + _SHOWN_CLAIMS) if most > skip + _SHOWN_CLAIMS else None,
        imported={} if state or fetched or found.stated else imported_among(site, source),
        late=None if skip else read_late(engine, **span, **narrowed),
        published=published_around(engine, **span, **narrowed) if nothing else None,
        series=[] if skip else newly_named(engine, **span, **narrowed, most=_SHOWN_SERIES),
        active=active,
        feed=href("/new.atom", language_of(request), active),
        offices=[] if source or skip else offices_with_news(engine, **span, **narrowed),
        sources=sorted(within, key=lambda office: (site.publisher(office).casefold(), office)),
        lands=_lands(site, states),
        near_offices=None if fetched or found.stated else nearest_offices(site, source),
        unwell=[] if skip else sorted((each, states[each]) for each in within if states[each] in _UNWELL),
    )


def _lands(site: Site, offices: Iterable[str]) -> list[str]:
    """The Länder of some press offices, the federation first, the others by name."""
    known = {site.sources[each].state for each in offices if each in site.sources}
    return sorted(known, key=lambda each: (each != "DE", value_term("state", each, "de")))


def _unknown(request: Request, project: str, near: list[str], parameters: dict[str, str | None]) -> Response:
    """Names like that of a programme that nobody has named."""
    return page(request, "new_of_nothing.html", status=404, project=project, near=near, parameters=parameters)


def _latest(site: Site, narrowed: _Narrowed) -> date:
    """The last day that had anything; today where none had."""
    _, end = day_bounds(site.today())
    last, _ = neighbouring_news(site.engine, since=end, until=end, **narrowed)
    return last.astimezone(BERLIN).date() if last else site.today()


@router.get("/new.atom")
def news_feed(request: Request, source: ShortText = None, project: ShortText = None, state: OfLand = None) -> Response:
    """New and changed claims of the last days as a feed."""
    site = site_of(request)
    refuse_unknown_office(site, source)
    since, _ = day_bounds(site.today() - timedelta(days=_FEED_DAYS))
    _, until = day_bounds(site.today())
    wanted = ClaimFilter(sources=offices_asked_for(site, source, state), project=project)
    found = changes(site.engine, since=since, until=until, wanted=wanted, only_news=True, limit=_FEED_ROWS)
    language = language_of(request)
    of_land, office = state and value_term("state", state, language), source and site.publisher(source)
    title = ", ".join(filter(None, (translations(language).gettext("Neu"), of_land, office, project)))
    active = {"source": source, "project": project, "state": state}
    entries = (change_entry(request, each) for each in found)
    return feed(request, title, entries, page="/new", parameters=active)


@router.get("/health")
def show_health(request: Request) -> Response:
    """How the program is, how each source fared, and the latest runs."""
    site = site_of(request)
    sources = health(site.engine)
    ages = {each.source_id: _days_since(each.newest_published, site) for each in sources}
    return page(
        request,
        "health.html",
        twin="/api/v1/health",
        vitals=vitals(site.engine, sources, now=site.now()),
        slow=site.slow.lately(),
        sources=sources,
        imported=sum(each.state == "imported" for each in sources),
        newest=max(newest_published(site.engine).values(), default=None),
        silent={source: days for source, days in ages.items() if days > _RECENT},
        runs=[run(site.engine, each.id) for each in runs(site.engine, limit=_SHOWN_RUNS)],
        most_named=_NAMED_OF_A_RUN,
    )


def _days_since(published: datetime | None, site: Site) -> int:
    """Days in Germany since a release was published; 0 where none was."""
    return (site.today() - date.fromisoformat(berlin_day(published))).days if published else 0


def _by_release(claims: Sequence[StoredClaim]) -> list[list[StoredClaim]]:
    return [list(group) for _, group in groupby(claims, key=lambda each: each.release_id)]
