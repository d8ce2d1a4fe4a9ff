"""What was asked for and may be asked for again: feeds and lists on condition, unread pages once more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import aliased

from db.archive.snapshots import archived_body, record_fetch
from db.tables import Fetch, ReleaseUrl
from models.errors import InputError
from models.release import Snapshot

_GOOD = ("stored", "unchanged", "not_modified")
_UNREAD = ("blocked", "layout_changed", "failed")


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
        answered = exists().where(Fetch.url == url, Fetch.fetched_at >= self._fresh_since, Fetch.outcome.in_(_GOOD))
        with self._engine.connect() as connection:
            return bool(connection.scalar(select(answered)))

    def put(self, url: str, snapshot: Snapshot) -> None:
        """Archives an answer; it takes the place of the last one."""
        last = self.get(url)
        record_fetch(
            self._engine,
            source_id=self._source_id,
            url=url,
            fetched_at=snapshot.fetched_at,
            outcome="unchanged" if last and last.hash == snapshot.hash else "stored",
            status=snapshot.status,
            answered_by=snapshot.url,
            snapshot=snapshot,
        )

    def confirm(self, url: str, at: datetime) -> None:
        """Notes that the last answer still holds (304)."""
        record_fetch(
            self._engine, source_id=self._source_id, url=url, fetched_at=at, outcome="not_modified", status=304
        )


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """An address whose last answer could not be read; `release_id` says whose attachment it is, if one's."""

    url: str
    release_id: str | None


def unread_pages(engine: Engine, source_id: str, *, since: datetime, limit: int) -> list[UnreadPage]:
    """Pages and attachments that were asked for and never read, those that have waited longest first.

    Args:
        engine: the database.
        source_id: the press office.
        since: what was first asked for before is given up.
        limit: at most so many.
    """
    other = aliased(Fetch)
    same = other.url == Fetch.url
    statement = (
        select(Fetch.url, Fetch.release_id)
        .where(
            Fetch.source_id == source_id,
            Fetch.fetched_at >= since,
            Fetch.outcome.in_(_UNREAD),
            ~exists().where(same, other.fetched_at > Fetch.fetched_at),
            ~exists().where(same, other.fetched_at < since),
            ~exists().where(ReleaseUrl.url == Fetch.url),
        )
        .order_by(Fetch.fetched_at, Fetch.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        return [UnreadPage(*row) for row in connection.execute(statement)]
