"""Watches that are made on pages: what would be told, whom a message asks, and what may be asked how often."""

import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Literal
from uuid import uuid4

from fastapi import Request

from db.claims.changes import ClaimChange, changes
from db.claims.queries import claims
from db.claims.wording import spelt_otherwise
from db.curation.names import ProjectNames
from db.watching.watches import WatchRecord, add_watch, count_unconfirmed, remove_watch
from inquiries.search import SearchQuery
from models.addresses import is_this_machine
from models.errors import BilanzError, DeliveryFailed, InputError
from models.filters import ClaimFilter
from models.language import Language
from models.settings import Settings, settings
from models.stored import StoredClaim
from models.watching import Channel, Frequency, Topic
from output.delivery.mail import can_mail
from output.delivery.send import is_local, send
from output.delivery.targets import check_public, check_target
from output.letters import Letter, described, invitation, unquoted_words, welcome
from web.http.limits import Attempts
from web.lookups import nearest_if_unknown
from web.site import Site, site_of

log = logging.getLogger(__name__)

PREVIEWED = timedelta(days=90)
MOST_PREVIEWED = 200
_LAST = 15
_POSTED: tuple[Channel, ...] = ("webhook", "slack", "teams", "matrix")
_MOST_OF_ONE_TARGET = 3
_MOST_UNCONFIRMED = 500
_PATIENCE = 2.0
_FEW_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
_ONE_AT_A_TIME = BoundedSemaphore(1)
"""A mail server that is slow must not keep all readers waiting."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What someone is about to watch.

    Attributes:
        wordless: that it has only words that stand in every text.
        unknown: that no release has named its project yet.
        near: names like that of the project.
        fits: whether any stored claim is one of those.
        spelt: its words as they may be meant.
        parts: named parts of its project.
        changes: what would have been told in the last 90 days, the latest first.
        last: where that is nothing, claims that would have been told when they were published, the latest first.
    """

    wordless: bool = False
    unknown: bool = False
    near: Sequence[str] = ()
    fits: bool = False
    spelt: str | None = None
    parts: tuple[str, ...] = ()
    changes: Sequence[ClaimChange] = ()
    last: Sequence[StoredClaim] = ()

    @property
    def days(self) -> int:
        """On how many days there was something to tell."""
        return len({each.at.date() for each in self.changes})


Hindrance = Literal["channel", "target", "private", "often", "full", "busy", "undelivered"]


class NotAsked(BilanzError):
    """Nobody was asked whether a watch is wanted, and why not."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(f"Nobody was asked whether this watch is wanted ({hindrance}).")
        self.hindrance = hindrance


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """A watch as someone asks for it on a page; the fields are those of `WatchRecord`."""

    topic: Topic
    query: str
    wanted: ClaimFilter
    channel: Channel
    target: str
    frequency: Frequency
    language: Language


def is_wordless(site: Site, query: SearchQuery) -> bool:
    """Whether a search has only words that stand in every text; a project that nobody has named yet may be awaited."""
    return _awaited(site, query) is None and _fits(site, query) is None


def _awaited(site: Site, query: SearchQuery) -> Sequence[str] | None:
    """Names like that of a project that no release has named; None where one has, or none is asked for."""
    return nearest_if_unknown(site, query.project) if query.project else None


def _fits(site: Site, query: SearchQuery) -> bool | None:
    """Whether any stored claim fits; None where the words stand in every text."""
    try:
        return bool(claims(site.engine, query.filter(), limit=1, order="date").claims)
    except InputError:
        return None


def prospect(site: Site, query: SearchQuery) -> Prospect:
    """Looks ahead by looking back."""
    near = _awaited(site, query)
    if near is not None:
        return Prospect(unknown=True, near=near)
    fits = _fits(site, query)
    if fits is None:
        return Prospect(wordless=True)
    wanted = query.filter()
    with site.engine.connect() as connection:
        group = ProjectNames(connection).resolve(query.project) if query.project else None
        spelt = spelt_otherwise(connection, query.q) if query.q and not fits else None
    until = site.now()
    told = changes(
        site.engine, since=until - PREVIEWED, until=until, wanted=wanted, only_news=True, limit=MOST_PREVIEWED
    )
    parts = tuple(part.name for part in group.parts) if group else ()
    last = () if told or not fits else claims(site.engine, wanted, limit=_LAST, order="published").claims
    return Prospect(fits=fits, spelt=spelt, parts=parts, changes=told, last=last)


def channels(site: Site) -> tuple[Channel, ...]:
    """Where messages can go from this site; nowhere where its pages have no public address to link to."""
    if site.address is None:
        return ()
    return _POSTED if not can_mail(settings()) else ("mail", *_POSTED)


def subscribe(request: Request, asked: WatchRequest) -> WatchRecord:
    """Makes a watch and asks its receiver whether it is wanted; it tells nothing before.

    Raises:
        NotAsked: nobody was asked, and there is no watch.
    """
    site = site_of(request)
    local = is_from_here(request)
    _refuse_target(site, asked, local=local)
    _refuse_pestering(request, asked.target)
    made = add_watch(
        site.engine, asked.topic, asked.query, asked.wanted, channel=asked.channel, target=asked.target,
        language=asked.language, frequency=asked.frequency, on_page=True, now=site.now(),
    )  # fmt: skip
    assert site.address is not None
    try:
        _send(site, made, invitation(made, address=site.address, reported=_harmless(site, made)), local=local)
    except NotAsked:
        remove_watch(site.engine, made.id, now=site.now())
        raise
    return made


def is_from_here(request: Request) -> bool:
    """Whether this machine's own addresses may be told: the pages are its own, and who asks sits at it.

    Where pages that say so are served to others all the same, those are not to reach what listens here.
    """
    return is_local(site_of(request).address) and request.client is not None and is_this_machine(request.client.host)


def _refuse_target(site: Site, asked: WatchRequest, *, local: bool) -> None:
    if asked.channel not in channels(site):
        raise NotAsked("channel")
    try:
        check_target(asked.channel, asked.target)
    except InputError as error:
        raise NotAsked("target") from error
    if asked.channel != "mail":
        try:
            check_public(asked.target, local=local)
        except InputError as error:
            raise NotAsked("private") from error


def _harmless(site: Site, watch: WatchRecord) -> str:
    """What is watched, without words of whoever asked: nobody is to be written to by our mail server in those."""
    if watch.topic == "sources":
        known = site.sources.get(watch.wanted.source or "")
        return known.publisher if known else {"de": "Quellen", "en": "sources"}[watch.language]
    wanted = watch.wanted
    is_known = wanted.project is not None and nearest_if_unknown(site, wanted.project) is None
    source = wanted.source if wanted.source in site.sources else None
    bare = replace(wanted, speaker=None, counted=None, unit=None, release=None, source=source)
    bare = bare if wanted.text is None or _is_told(site, wanted.text) else replace(bare, text=None)
    bare = bare if is_known else replace(bare, project=None, parts=None)
    kept_back = bare != wanted
    # All claims are not what is watched.
    said = [described(bare, watch.language, site.publisher)] if bare != ClaimFilter() or not kept_back else []
    return ", ".join([*said, *([unquoted_words(watch.language)] if kept_back else [])])


def _is_told(site: Site, text: str) -> bool:
    """Whether what is searched is a few words that releases say themselves, and no message of whoever asks."""
    return bool(_FEW_WORDS.fullmatch(text)) and bool(_fits(site, SearchQuery(q=text)))


def tell_of_begin(site: Site, watch: WatchRecord, *, local: bool) -> None:
    """Sends whoever has confirmed a watch of mails the address by which it is ended; it stands without that, too."""
    if watch.channel == "mail" and site.address is not None:
        with suppress(NotAsked):
            _send(site, watch, welcome(watch, address=site.address, publisher=site.publisher), local=local)


def _refuse_pestering(request: Request, target: str) -> None:
    client = request.client.host if request.client else ""
    attempts: Attempts = request.app.state.subscriptions
    engine = site_of(request).engine
    if attempts.exhausted(client) or count_unconfirmed(engine, target) >= _MOST_OF_ONE_TARGET:
        raise NotAsked("often")
    if count_unconfirmed(engine) >= _MOST_UNCONFIRMED:
        raise NotAsked("full")
    attempts.note(client)


def _send(site: Site, watch: WatchRecord, letter: Letter, *, local: bool) -> None:
    if not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise NotAsked("busy")
    own: Settings = settings().model_copy(update={"address": site.address})
    try:
        send(own, watch, letter, uuid4().hex, patient=False, local=local)
    except DeliveryFailed as error:
        # Where a server stands and what it says is the operator's alone.
        log.warning("watch %d could not be confirmed: %s", watch.id, error)
        raise NotAsked("undelivered") from error
    finally:
        _ONE_AT_A_TIME.release()
