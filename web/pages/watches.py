"""The pages of a watch: what changed, for who has its address; confirming, pausing and ending it, for its receiver."""

from itertools import groupby
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from db.claims.changes import ClaimChange
from db.watching.alerts import Deliveries, deliveries
from db.watching.links import Purpose, ended_watch_of_link, signed, watch_of_link
from db.watching.watches import WatchRecord, confirm_watch, pause_watch, remove_watch, resume_watch, set_frequency
from models.calendar import BERLIN
from models.watching import FREQUENCIES, Frequency
from output.letters import described
from web.feeds import change_entry, feed
from web.http.headers import PRIVATE
from web.http.language import href, language_of, translations
from web.http.parameters import WatchLink, WatchToken
from web.http.refusals import Refused
from web.http.reviewers import refuse_other_sites
from web.lookups import WATCHED_DAYS, latest_changes, watch_of
from web.render import page
from web.site import site_of
from web.subscriptions import is_from_here, tell_of_begin

router = APIRouter()


@router.get("/watches/{token}")
def show(request: Request, token: WatchToken) -> Response:
    """What changed among the claims of a watch."""
    site = site_of(request)
    watch = watch_of(site, token)
    answer = page(
        request,
        "watch.html",
        twin=f"/api/v1/watches/{token}",
        watch=watch,
        days=[(day, list(group)) for day, group in groupby(latest_changes(site, watch), key=_day)],
        span=WATCHED_DAYS,
        token=token,
    )
    answer.headers.update(PRIVATE)
    return answer


@router.get("/watches/{token}/claims.atom")
def watch_feed(request: Request, token: WatchToken) -> Response:
    """The same as a feed."""
    site = site_of(request)
    found = latest_changes(site, watch_of(site, token))
    title = translations(language_of(request)).gettext("Beobachtung")
    answer = feed(request, title, (change_entry(request, each) for each in found), page=f"/watches/{token}")
    answer.headers.update(PRIVATE)
    return answer


@router.get("/watches/confirm/{link}")
def ask_to_confirm(request: Request, link: WatchLink) -> Response:
    """A button to confirm a watch: programs that only look at the links of a mail press none."""
    watch = _of_link(request, link, "confirm")
    return _own_page(request, "confirm.html", watch, link_=link)


@router.post("/watches/confirm/{link}")
def confirm(request: Request, link: WatchLink) -> Response:
    """Lets a watch begin."""
    refuse_other_sites(request)
    watch = _of_link(request, link, "confirm")
    site = site_of(request)
    confirm_watch(site.engine, watch.id, now=site.now())
    if watch.confirmed_at is None:
        tell_of_begin(site, watch, local=is_from_here(request))
    return _to(request, watch)


@router.get("/watches/manage/{link}")
def manage(request: Request, link: WatchLink) -> Response:
    """What a watch is, what became of its messages, and buttons to pause and to end it; or that it has ended."""
    if (ended := ended_watch_of_link(site_of(request).engine, link)) is not None:
        return _own_page(request, "ended.html", ended)
    watch = _of_link(request, link, "manage")
    became = deliveries(site_of(request).engine).get(watch.id, Deliveries())
    return _own_page(request, "manage.html", watch, link_=link, became=became, frequencies=FREQUENCIES)


@router.post("/watches/manage/{link}")
def change(
    request: Request,
    link: WatchLink,
    do: Annotated[Literal["pause", "resume", "end", "often"], Form()],
    frequency: Annotated[Frequency | None, Form()] = None,
) -> Response:
    """Pauses a watch, lets it go on, changes how often it tells, or ends it."""
    refuse_other_sites(request)
    watch = _of_link(request, link, "manage")
    site = site_of(request)
    match do:
        case "pause":
            pause_watch(site.engine, watch.id, now=site.now())
        case "resume":
            resume_watch(site.engine, watch.id)
        case "often" if frequency is not None:
            set_frequency(site.engine, watch.id, frequency)
        case "end":
            return _ended(request, watch)
    return _to(request, watch)


@router.post("/watches/manage/{link}/end")
def end_at_once(request: Request, link: WatchLink) -> Response:
    """Ends a watch as mail programs ask for it (RFC 8058): from anywhere, for the link itself is the key."""
    if (ended := ended_watch_of_link(site_of(request).engine, link)) is not None:
        return _own_page(request, "ended.html", ended)
    return _ended(request, _of_link(request, link, "manage"))


def _ended(request: Request, watch: WatchRecord) -> Response:
    site = site_of(request)
    remove_watch(site.engine, watch.id, now=site.now())
    return _own_page(request, "ended.html", watch)


def _of_link(request: Request, link: str, purpose: Purpose) -> WatchRecord:
    site = site_of(request)
    watch = watch_of_link(site.engine, link, purpose, now=site.now())
    if watch is None:
        raise Refused(404, "There is no such watch; it may have been ended, or the link is too old.")
    return watch


def _to(request: Request, watch: WatchRecord) -> Response:
    path = f"/watches/manage/{signed(watch, 'manage')}"
    return RedirectResponse(href(path, language_of(request)), status_code=303)


def _own_page(request: Request, template: str, watch: WatchRecord, **context: Any) -> Response:
    site, language = site_of(request), language_of(request)
    sources = watch.wanted.source or translations(language).gettext("alle Quellen")
    about = described(watch.wanted, language, site.publisher) if watch.topic == "claims" else site.publisher(sources)
    answer = page(request, template, watch=watch, about=about, **context)
    answer.headers.update(PRIVATE)
    return answer


def _day(change: ClaimChange) -> str:
    return change.at.astimezone(BERLIN).date().isoformat()
