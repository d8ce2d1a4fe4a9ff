"""What all requests share: the database, the press offices, the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from fastapi import Request
from sqlalchemy import Engine

from db.archive.imported import collections
from models.calendar import BERLIN
from models.claim import Extraction
from models.settings import settings
from models.source import Source
from models.stored import StoredClaim
from web.http.slow import SlowQueries


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of a running site.

    Attributes:
        engine: the database, with limits on the time of a query.
        sources: press offices by id, for their names.
        address: public address without a closing slash; None takes that of the request.
        now: the time (UTC).
        slow: which of its queries were.
        imported: imported collections by id, as far as they were asked for; of others that have no file, ids.
    """

    engine: Engine
    sources: Mapping[str, Source]
    address: str | None
    now: Callable[[], datetime]
    slow: SlowQueries
    imported: dict[str, str] = field(default_factory=dict)

    def publisher(self, source_id: str) -> str:
        """A press office's name, or the collection that was imported; its id where it is not known."""
        source = self.sources.get(source_id)
        if source:
            return source.publisher
        if source_id not in self.imported:
            self.imported.update({source_id: source_id, **collections(self.engine)})
        return self.imported[source_id]

    def office_of(self, stored: StoredClaim) -> str | None:
        """The press office that wrote a claim's release; None where a collection was imported, which names none."""
        return None if stored.collection is not None else self.publisher(stored.source_id)

    def today(self) -> date:
        """The day in Germany."""
        return self.now().astimezone(BERLIN).date()

    def extractor(self, day: date | None = None) -> Callable[[str], Extraction]:
        """The extractor, for texts of a day, else of today; the first call loads the language pipeline."""
        from extractors.claims import extract

        return partial(extract, published=day or self.today(), tagger=settings().spacy_model)


def site_of(request: Request) -> Site:
    """The site that a request is made to."""
    site: Site = request.app.state.site
    return site
