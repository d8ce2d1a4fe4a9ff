"""What an office lets be read of its site today: the same holds for what archives have of it."""

import logging
from threading import Event
from urllib.parse import urlsplit

from sqlalchemy import Engine

from db.archive.to_fetch import StoredPages
from db.operation.leases import DatabaseSlots
from flows.history.read import Allowed
from models.errors import FetchError
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.http.robots import Robots
from scrapers.http.slots import LocalSlots

log = logging.getLogger(__name__)


def allowed_today(engine: Engine, source: Source, contact: str | None, ending: Event) -> Allowed:
    """Tells of each address whether the office's robots.txt allows it; each host is asked once.

    A host that gives no robots.txt, as those do that an office has left, forbids nothing: it is not asked for pages.

    Args:
        engine: the database.
        source: the press office.
        contact: how it reaches who asks.
        ending: set where the run is to end.
    """
    slots = LocalSlots() if source.local else DatabaseSlots(engine)
    fetcher = Fetcher(slots, robots=StoredPages(engine, source.id), ending=ending, contact=contact)
    rules: dict[str, Robots | None] = {}

    def allowed(url: str) -> bool:
        host = urlsplit(url).netloc
        if host not in rules:
            try:
                rules[host] = fetcher.rules(url, source)
            except FetchError as error:
                log.info("%s: %s", source.id, error)
                rules[host] = None
        known = rules[host]
        return known is None or known.allows(url)

    return allowed
