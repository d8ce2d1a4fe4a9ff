"""What was asked for and may be asked for again: feeds and lists on condition, unread pages once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, func, select
from sqlalchemy.orm import aliased

from db.archive.attachments import LinkedDocument
from db.archive.fetches import UNREAD, Answered, StillValid, record_fetch
from db.archive.snapshots import archived_body
from db.clocks import latest_credible
from db.releases.documents import is_document
from db.tables import Fetch, ReleaseRow, ReleaseUrl
from models.errors import InputError
from models.release import Snapshot

_GOOD = ("stored", "unchanged", "not_modified")


class StoredPages:
    """The last answers of one office's feeds and lists (see `scrapers.http.cache.PageCache`).

    Args:
        engine: the database.
        source_id: the press office.
        fresh_since: what was answered then or later need not be asked for again; None asks for all.
    """

    def __init__(self, engine: Engine, source_id: str, *, fresh_since: datetime | None = None) -> None:
        self._engine = engine
        self._source_id = source_id
        self._fresh_since = fresh_since

    def get(self, url: str) -> Snapshot | None:
        """The last answer from that address; None where there is none, or its bytes are lost."""
        newest = (
            select(Fetch.answered_by, Fetch.snapshot_hash, Fetch.headers, Fetch.status, Fetch.fetched_at)
            .where(Fetch.url == url, Fetch.snapshot_hash.is_not(None))
            .order_by(Fetch.fetched_at.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(newest).first()
            if row is None:
                return None
            try:
                body = archived_body(connection, row.snapshot_hash)
            except InputError:  # nothing is lost for good: the page is asked for without condition
                return None
        headers = tuple((name, value) for name, value in row.headers)
        return Snapshot(row.answered_by, body, headers, row.status, row.fetched_at)

    def is_fresh(self, url: str) -> bool:
        """Whether the address gave a good answer since `fresh_since`."""
        if self._fresh_since is None:
            return False
        # A clock that ran ahead makes nothing fresh.
        young = Fetch.fetched_at.between(self._fresh_since, latest_credible())
        answered = exists().where(Fetch.url == url, young, Fetch.outcome.in_(_GOOD))
        with self._engine.connect() as connection:
            return bool(connection.scalar(select(answered)))

    def put(self, url: str, snapshot: Snapshot) -> None:
        """Archives an answer; it takes the place of the last one."""
        last = self.get(url)
        is_new = last is None or last.hash != snapshot.hash
        record_fetch(self._engine, self._source_id, url, Answered(snapshot, is_new))

    def confirm(self, url: str, at: datetime) -> None:
        """Notes that the last answer still holds (304)."""
        record_fetch(self._engine, self._source_id, url, StillValid(at))


@dataclass(frozen=True, slots=True)
class ToRetry:
    """What was asked for and never read: addresses of pages, and documents, each the longest waiting first."""

    pages: tuple[str, ...]
    documents: tuple[LinkedDocument, ...]


def to_retry(engine: Engine, source_id: str, *, since: datetime, limit: int) -> ToRetry:
    """The pages and documents whose last answer could not be read, those that have waited longest.

    Args:
        engine: the database.
        source_id: the press office.
        since: what was first asked for before is given up.
        limit: at most so many of both together.
    """
    other = aliased(Fetch)
    same = other.url == Fetch.url
    statement = (
        select(Fetch.url, Fetch.release_id)
        .where(
            Fetch.source_id == source_id,
            Fetch.fetched_at >= since,
            Fetch.outcome.in_(UNREAD),
            ~exists().where(same, other.fetched_at > Fetch.fetched_at),
            ~exists().where(same, other.fetched_at < since),
            ~exists().where(ReleaseUrl.url == Fetch.url),
        )
        .order_by(Fetch.fetched_at, Fetch.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        found = connection.execute(statement).all()
    return ToRetry(
        tuple(row.url for row in found if row.release_id is None),
        tuple(LinkedDocument(row.url, row.release_id) for row in found if row.release_id is not None),
    )


def unlisted(engine: Engine, source_id: str, listed: Collection[str], *, newest: int) -> tuple[str, ...]:
    """Addresses of an office's releases that are there as far as is known, and that it lists no more.

    Args:
        engine: the database.
        source_id: the press office.
        listed: what it lists now.
        newest: how many of the releases that it published last are looked at.
    """
    last = (
        select(ReleaseRow.id)
        .where(ReleaseRow.source_id == source_id, ReleaseRow.gone_at.is_(None), ~is_document(ReleaseRow.id))
        .order_by(func.coalesce(ReleaseRow.published, ReleaseRow.first_seen).desc(), ReleaseRow.id)
        .limit(newest)
    )
    addresses = (
        select(ReleaseRow.url, ReleaseUrl.url.label("known_as"))
        .join(ReleaseUrl, ReleaseUrl.release_id == ReleaseRow.id)
        .where(ReleaseRow.id.in_(last.scalar_subquery()))
    )
    with engine.connect() as connection:
        found = connection.execute(addresses).all()
    still_listed = {row.url for row in found if row.known_as in listed}
    return tuple(dict.fromkeys(row.url for row in found if row.url not in still_listed))
