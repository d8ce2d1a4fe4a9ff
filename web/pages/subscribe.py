"""Watching from a page: what would have been told, and where it is to be told."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict, ValidationError

from db.claims.changes import changes
from inquiries.search import SearchQuery
from models.watching import Channel, Frequency, Topic
from web.feeds import change_entry, feed, searched
from web.http.language import href, language_of, translations
from web.http.refusals import Refused
from web.http.reviewers import refuse_other_sites
from web.lookups import nearest_if_unknown
from web.offices import imported_among, known_filter, nearest_offices
from web.render import page
from web.site import Site, site_of
from web.subscriptions import Hindrance, NotAsked, WatchRequest, channels, is_wordless, prospect, subscribe

router = APIRouter()

_FEED_DAYS = timedelta(days=30)
_FEED_ROWS = 200
_SHOWN = 15
_LONGEST = 2000


class WatchQuery(SearchQuery):
    """What is to be watched: a search, or with the topic "sources" how one office or all are."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    topic: Topic = "claims"


@router.get("/watch")
def ask(request: Request, query: Annotated[WatchQuery, Query()]) -> Response:
    """What would have been told of a search in the last 90 days, and a form to watch it."""
    return _form(request, query)


@router.get("/watch.atom")
def watch_atom(request: Request, query: Annotated[WatchQuery, Query()]) -> Response:
    """What changed among the claims of any search, as a feed."""
    site = site_of(request)
    until = site.now()
    wanted = known_filter(site, query)
    found = changes(site.engine, since=until - _FEED_DAYS, until=until, wanted=wanted, only_news=True, limit=_FEED_ROWS)
    entries = (change_entry(request, each) for each in found)
    near = nearest_if_unknown(site, query.project) if query.project else None
    awaited = translations(language_of(request)).gettext("Noch hat keine Meldung diesen Namen genannt.")
    note = None if near is None else awaited
    return feed(request, searched(request, query), entries, page="/watch", parameters=query.parameters(), note=note)


@router.post("/watch")
def begin(
    request: Request,
    channel: Annotated[Channel, Form()],
    target: Annotated[str, Form(max_length=_LONGEST)],
    query: Annotated[str, Form(max_length=_LONGEST)] = "",
    frequency: Annotated[Frequency, Form()] = "day",
    topic: Annotated[Topic, Form()] = "claims",
) -> Response:
    """Asks the receiver whether the watch is wanted; what was typed in vain is shown again."""
    refuse_other_sites(request)
    site, language = site_of(request), language_of(request)
    asked = _query(query, topic)
    typed = {"channel": channel, "target": target.strip(), "frequency": frequency}
    if _is_of_offices(asked) or (topic == "claims" and is_wordless(site, asked)):
        return _form(request, asked, typed=typed)
    wanted = asked.filter()
    given = WatchRequest(topic, urlencode(asked.parameters()), wanted, channel, target.strip(), frequency, language)
    try:
        subscribe(request, given)
    except NotAsked as error:
        return _form(request, asked, typed=typed, fault=_sentence(request, error.hindrance, channel))
    return page(request, "asked.html", query=asked, about=_about(site, asked, request), channel=channel)


def _query(text: str, topic: Topic) -> WatchQuery:
    try:
        return WatchQuery.model_validate(dict(parse_qsl(text)) | {"topic": topic})
    except ValidationError as error:
        raise Refused(422, "This is no search; open it again and watch it from there.") from error


def _is_of_offices(query: WatchQuery) -> bool:
    """Whether this cannot be watched: which offices a Land has, and how they are, changes from day to day."""
    return query.state is not None or query.health is not None


def _form(
    request: Request, query: WatchQuery, *, typed: dict[str, str] | None = None, fault: str | None = None
) -> Response:
    site = site_of(request)
    of_offices = _is_of_offices(query)
    found = prospect(site, query) if query.topic == "claims" and not of_offices else None
    if found and not found.unknown and not found.parts:
        query = query.model_copy(update={"parts": None})
    return page(
        request,
        "subscribe.html",
        status=422 if fault else 200,
        query=query,
        active=query.parameters(),
        about=_about(site, query, request),
        found=found,
        shown=found.changes[:_SHOWN] if found else (),
        imported={} if found is None or found.changes else imported_among(site, query.source),
        of_offices=of_offices,
        near_offices=nearest_offices(site, query.source),
        channels=channels(site),
        typed=typed or dict.fromkeys(("channel", "target", "frequency")),
        faults=[fault] if fault else [],
        feed=href("/watch.atom", language_of(request), query.parameters()),
    )


def _about(site: Site, query: WatchQuery, request: Request) -> str:
    """What is watched, in words."""
    if query.topic == "sources":
        every = translations(language_of(request)).gettext("alle Quellen")
        return site.publisher(query.source) if query.source else every
    return searched(request, query)


def _sentence(request: Request, hindrance: Hindrance, channel: Channel) -> str:
    _ = translations(language_of(request)).gettext
    if hindrance == "target" and channel == "mail":
        return _("Das ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.org.")
    return {
        "channel": _("Auf diesem Weg kann von hier nichts verschickt werden."),
        "target": _("Diese Adresse passt nicht zu dem gewählten Weg; Adressen von Webhooks beginnen mit https://."),
        "private": _("Diese Adresse gehört zu keinem öffentlichen Server; dorthin wird von hier nichts verschickt."),
        "often": _("Es warten schon mehrere Nachrichten auf eine Bestätigung. Bitte später noch einmal versuchen."),
        "full": _("Gerade warten zu viele Beobachtungen auf eine Bestätigung. Bitte morgen noch einmal versuchen."),
        "busy": _("Gerade wird eine andere Nachricht verschickt. Bitte gleich noch einmal versuchen."),
        "undelivered": _("Die Nachricht kam nicht an. Stimmt die Adresse?"),
    }[hindrance]
