"""How far a run reads lists that have more pages than it may ask for."""

import json
from collections.abc import Collection, Mapping

from models.source import Endpoint, ListPage
from scrapers.finding.visit import Announcement, Position


class Reach:
    """Where lists are to be gone on with, and how far they came to be read.

    Args:
        starts: where earlier runs stopped, by the list's name.
    """

    def __init__(self, starts: Mapping[str, Position]) -> None:
        self.starts = starts
        self._pages: list[tuple[str, Position, frozenset[str]]] = []
        self._unfinished: dict[str, bool] = {}

    def begin(self, name: str) -> None:
        """A way is asked for; it counts as broken off until one of its ends is noted."""
        self._unfinished[name] = True

    def passed(self, name: str, page: Announcement) -> None:
        """One page of a list was read."""
        if page.position is not None:
            self._pages.append((name, page.position, frozenset(listing.url for listing in page.listings)))

    def met_known(self, name: str) -> None:
        """A list was read down to known releases, which says nothing of what lies further down."""
        del self._unfinished[name]

    def ended(self, name: str) -> None:
        """A list was read to its end."""
        self._unfinished[name] = False

    def was_begun(self, name: str) -> bool:
        """Whether a list was asked for, and was not left again where known releases were met."""
        return name in self._unfinished

    def next_starts(self, left: Collection[str]) -> dict[str, Position | None]:
        """Where the next run is to go on in each list; None in those that are done with.

        Nothing is known of any list where releases are left that no such page names: the next run has to look for them.

        Args:
            left: addresses of listed releases that this run did not come to ask for.
        """
        starts: dict[str, Position | None] = {name: None for name, is_so in self._unfinished.items() if not is_so}
        waiting = set(left)
        behind = set[str]()
        for name, position, addresses in self._pages:
            if name not in self._unfinished:
                continue
            if starts.get(name) is None and addresses & waiting:
                starts[name] = position
            behind |= addresses
        for name, position, _ in reversed(self._pages):
            if self._unfinished.get(name):
                starts.setdefault(name, position)
        return starts if waiting <= behind else {}


def name_of(part: ListPage | Endpoint) -> str:
    """A list by its address with placeholders, and what is posted to it."""
    posted = part.body if isinstance(part, Endpoint) else None
    return part.url if posted is None else f"{part.url} {json.dumps(posted, sort_keys=True)}"
