"""The documents that releases link to: a progress report is often one, and offices take them away."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine

from db.archive.attachments import LinkedDocument, asked_for, attachments_of, record_attachment
from db.archive.fetches import Answered
from flows.office.store import in_vain
from flows.runs.outcome import RunOutcome
from models.errors import BlockedResponse, FetchError, Spent, Unreachable
from models.release import Snapshot
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.urls import canonical_url

log = logging.getLogger(__name__)

MOST = 10
"""Documents of one release; how large one may be says the source's `politeness.max_bytes`."""

_IN_VAIN = 3


def wanted(engine: Engine, source: Source, releases: Sequence[str] | None = None) -> list[LinkedDocument]:
    """The documents on the office's own hosts that were named and never asked for, each once.

    Releases are stored before their documents are fetched; a run that ends in between leaves them to the next.

    Args:
        engine: the database.
        source: the press office.
        releases: ids of those that name the documents; None for all of the office.
    """
    documents: dict[str, LinkedDocument] = {}
    for release_id, urls in attachments_of(engine, source.id, releases).items():
        for url in _addresses(source, urls)[:MOST]:
            documents.setdefault(url, LinkedDocument(url, release_id))
    asked = asked_for(engine, list(documents))
    return [document for url, document in documents.items() if url not in asked]


def _addresses(source: Source, urls: Sequence[str]) -> list[str]:
    own = (url for url in urls if urlsplit(url).scheme in {"http", "https"} and source.owns(url))
    return list(dict.fromkeys(canonical_url(url, source.drop_parameters) for url in own))


def archive_attachments(
    engine: Engine, source: Source, fetcher: Fetcher, documents: Sequence[LinkedDocument]
) -> RunOutcome:
    """Fetches documents and archives them, each once; what could not be had is asked for again by later runs.

    An office that refuses one after the other is left alone.
    """
    warnings: list[str] = []
    refused = 0
    for number, document in enumerate(documents):
        problem = _archive(engine, source, fetcher, document)
        refused = refused + 1 if isinstance(problem, Unreachable | BlockedResponse) else 0
        if isinstance(problem, Spent):
            warnings.append(f"{len(documents) - number} attachments were left for the next run")
            break
        if problem is not None:
            warnings.append(f"an attachment could not be archived ({problem})")
        if refused == _IN_VAIN:
            break
    return RunOutcome(warnings=tuple(warnings))


def _archive(engine: Engine, source: Source, fetcher: Fetcher, document: LinkedDocument) -> FetchError | None:
    try:
        answer = fetcher.get(document.url, source=source)
        # Without validators no office answers "not modified".
        assert isinstance(answer, Snapshot)
        _refuse_web_pages(answer)
    except Spent as error:
        return error
    except FetchError as error:
        log.warning("%s: %s", source.id, error)
        record_attachment(engine, source.id, document, in_vain(error, datetime.now(UTC), str(error)))
        return error
    record_attachment(engine, source.id, document, Answered(answer, is_new=True))
    return None


def _refuse_web_pages(snapshot: Snapshot) -> None:
    # Some offices answer with a page of regret, and status 200, where a document is missing.
    if "html" in (snapshot.header("Content-Type") or "").lower():
        raise BlockedResponse(f"{snapshot.url} is a web page and no document.", snapshot.url, snapshot.status)
