"""The page of a watch, for who has its address: what changed among its claims, day by day."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from db.claims.changes import ClaimChange, changes
from db.watching.watches import WatchRecord, watch_by_token
from models.calendar import BERLIN, day_bounds
from models.errors import InputError
from output.formats.atom import MEDIA_TYPE, Entry, atom
from web.errors import Refused
from web.http.language import language_of, translations
from web.pages.search import heading
from web.render import address, page
from web.site import Site, site_of

router = APIRouter()

DAYS = 30
"""That the page of a watch looks back."""
MOST = 200

Token = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{20,64}$")]
# Who reads along, or a search engine, must not come by the address or keep the page.
PRIVATE = {"cache-control": "private, no-cache", "x-robots-tag": "noindex, nofollow"}


@router.get("/watches/{token}")
def show(request: Request, token: Token) -> Response:
    """What changed among the claims of a watch."""
    watch = watch_of(request, token)
    found = latest(site_of(request), watch)
    answer = page(
        request,
        "watch.html",
        twin=f"/api/v1/watches/{token}",
        watch=watch,
        days=[(day, list(group)) for day, group in groupby(found, key=_day)],
        span=DAYS,
        token=token,
    )
    answer.headers.update(PRIVATE)
    return answer


@router.get("/watches/{token}/claims.atom")
def feed(request: Request, token: Token) -> Response:
    """The same as a feed."""
    watch, language = watch_of(request, token), language_of(request)
    own, alternate = (address(request, f"/watches/{token}{end}", language) for end in ("/claims.atom", ""))
    title = "Zwischenbilanz: " + translations(language).gettext("Beobachtung")
    entries = change_entries(request, latest(site_of(request), watch))
    return Response(atom(title, alternate, own, entries), media_type=MEDIA_TYPE, headers=PRIVATE)


def watch_of(request: Request, token: str) -> WatchRecord:
    """The watch whose page was asked for.

    Raises:
        Refused: nobody watches there (any more).
    """
    watch = watch_by_token(site_of(request).engine, token)
    if watch is None or watch.topic != "claims":
        raise Refused(404, "There is no such watch; it may have been ended.")
    return watch


def latest(site: Site, watch: WatchRecord) -> list[ClaimChange]:
    """What changed among its claims in the last days, the latest first."""
    since, _ = day_bounds(site.today() - timedelta(days=DAYS - 1))
    _, until = day_bounds(site.today())
    try:
        return changes(site.engine, since=since, until=until, wanted=watch.wanted, limit=MOST)
    except InputError:  # no release has named its project yet
        return []


def change_entries(request: Request, found: Sequence[ClaimChange]) -> list[Entry]:
    """Changes as entries of a feed; one claim that changed twice makes two."""
    language = language_of(request)

    def entry(change: ClaimChange) -> Entry:
        stated = change.claim
        own = address(request, f"/claims/{stated.key}", language) + ("" if change.before is None else f"#{change.id}")
        return stated, heading(stated, language), own, change.at

    return [entry(each) for each in found]


def _day(change: ClaimChange) -> str:
    return change.at.astimezone(BERLIN).date().isoformat()
