"""The page of a watch, for who has its address: what changed among its claims, day by day."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.claims.changes import ClaimChange
from models.calendar import BERLIN
from web.feeds import change_entry, feed
from web.http.headers import PRIVATE
from web.http.language import language_of, translations
from web.http.parameters import WatchToken
from web.lookups import WATCHED_DAYS, latest_changes, watch_of
from web.render import page
from web.site import site_of

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


def _day(change: ClaimChange) -> str:
    return change.at.astimezone(BERLIN).date().isoformat()
