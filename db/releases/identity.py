"""Which release an answer belongs to, and which revision."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, exists, select, update
from sqlalchemy.orm import aliased

from db.bulk import insert_ignore
from db.clocks import latest_credible
from db.tables import Fetch, PageReading, ReleaseRow, ReleaseUrl, Revision, Text
from models.calendar import BERLIN, berlin_day, day_bounds
from models.keys import release_key, revision_key
from models.release import Release, Snapshot

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENOUGH_WORDS = 20
"""Words, the same in both texts, beside which one other number makes a correction and not another release."""


def find_release(
    connection: Connection, source_id: str, listing_url: str, snapshot: Snapshot, release: Release
) -> str | None:
    """The id of the release that this answer shows, None where it is new.

    By its address; by the address that answered (an office that moved redirects); by an earlier
    answer from this address; by the same text of the same day from the same office.
    """
    addresses = [listing_url, snapshot.url]
    known = select(ReleaseUrl.url, ReleaseUrl.release_id).where(ReleaseUrl.url.in_(addresses))
    listed: dict[str, str] = {row.url: row.release_id for row in connection.execute(known)}
    for address in addresses:
        if address in listed:
            return listed[address]
    return _answered_by(connection, source_id, listing_url) or _same_text(connection, source_id, release)


def find_corrected(connection: Connection, source_id: str, release: Release, listed: Collection[str]) -> str | None:
    """The id of the release that an office put right under a new address, as it does where the headline makes that.

    It is of the same day, says the same but for one number, and the office no longer lists it.

    Args:
        listed: all that the office lists now.
    """
    if release.published is None:
        return None
    start, end = day_bounds(release.published.astimezone(BERLIN).date())
    same_day = (
        select(ReleaseRow.id, ReleaseRow.url, Text.text)
        .join(Revision, Revision.release_id == ReleaseRow.id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(Text, Text.hash == PageReading.text_hash)
        .where(ReleaseRow.source_id == source_id, ReleaseRow.published >= start, ReleaseRow.published < end)
        .order_by(Revision.seen_at.desc(), ReleaseRow.id)
    )
    for row in connection.execute(same_day):
        if row.url not in listed and _differs_in_one_number(row.text, release.text):
            return str(row.id)
    return None


def _differs_in_one_number(before: str, now: str) -> bool:
    words = _NUMBER.sub("0", before)
    if words != _NUMBER.sub("0", now) or len(words.split()) < _ENOUGH_WORDS:
        return False
    pairs = zip(_NUMBER.findall(before), _NUMBER.findall(now), strict=True)
    return len({pair for pair in pairs if pair[0] != pair[1]}) == 1


def find_imported(connection: Connection, source_id: str, url: str, release: Release) -> str | None:
    """The id of the release of an imported source that this record holds, None where it is new.

    By its address; by the same text of the same day. What a press office published at that address is
    another release, the twin of this one.
    """
    return _answered_by(connection, source_id, url) or _same_text(connection, source_id, release)


def _answered_by(connection: Connection, source_id: str, url: str) -> str | None:
    earlier = (
        select(Fetch.release_id)
        .where(Fetch.answered_by == url, Fetch.source_id == source_id, Fetch.release_id.is_not(None))
        .order_by(Fetch.fetched_at.desc())
        .limit(1)
    )
    return connection.scalar(earlier)


def _same_text(connection: Connection, source_id: str, release: Release) -> str | None:
    candidates = (
        select(ReleaseRow.id, PageReading.published)
        .join(Revision, Revision.release_id == ReleaseRow.id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .where(PageReading.text_hash == release.text_hash, ReleaseRow.source_id == source_id)
        .order_by(ReleaseRow.first_seen, ReleaseRow.id)
    )
    for row in connection.execute(candidates):
        # Another content management system may give the hour where the old one gave the day only.
        if berlin_day(row.published) == berlin_day(release.published):
            return str(row.id)
    return None


def attach(
    connection: Connection,
    release_id: str | None,
    source_id: str,
    listing_url: str,
    snapshot: Snapshot,
    release: Release,
) -> tuple[str, bool]:
    """The release's id, made if need be, with `listing_url` among its addresses; whether the address was new."""
    if release_id is None:
        release_id = add_release(connection, source_id, listing_url, snapshot.fetched_at, release)
    known = connection.scalar(select(ReleaseUrl.url).where(ReleaseUrl.url == listing_url))
    if known is None:
        row = {"url": listing_url, "release_id": release_id, "first_seen": snapshot.fetched_at}
        insert_ignore(connection, ReleaseUrl, [row])
        if snapshot.archived is None:  # where an archive saw it is no newer address
            connection.execute(update(ReleaseRow).where(ReleaseRow.id == release_id).values(url=listing_url))
    return release_id, known is None


def add_release(connection: Connection, source_id: str, url: str, seen_at: datetime, release: Release) -> str:
    """A new release, without an address by which other answers would be taken for it; its id."""
    release_id = release_key(source_id, url)
    row = {
        "id": release_id,
        "source_id": source_id,
        "url": url,
        "title": release.title,
        "published": release.published,
        "first_seen": seen_at,
        "reporting_basis": "published",
    }
    insert_ignore(connection, ReleaseRow, [row])
    return release_id


_LIVE = timedelta(days=1)
"""How long after it came an answer may be stored as a live one."""


def find_revision(
    connection: Connection, release_id: str, snapshot: Snapshot, text_hash: str, page_version: str
) -> tuple[str | None, bool]:
    """The revision that these bytes show, None where they show a new one; whether that is a correction.

    A correction needs two different snapshots with different texts in the eyes of one version of
    the page extractor. A text that only another version sees differently belongs to the revision
    in force when the bytes were fetched. What an archive fetched before the first revision is one of
    its own, since it proves that time.
    """
    revisions = (
        select(Revision.id, Revision.snapshot_hash, Revision.seen_at)
        .where(Revision.release_id == release_id)
        .order_by(Revision.seen_at, Revision.id)
    )
    in_force: tuple[str, str] | None = None
    first = True
    for row in connection.execute(revisions):
        if row.snapshot_hash == snapshot.hash and row.seen_at == snapshot.fetched_at:
            return str(row.id), False
        if in_force is None or row.seen_at <= snapshot.fetched_at:
            in_force = (row.id, row.snapshot_hash)
            first = row.seen_at > snapshot.fetched_at
    if in_force is None:
        return None, False
    revision_id, in_force_hash = in_force
    earlier = first and snapshot.archived is not None
    if in_force_hash == snapshot.hash:
        return (None, False) if earlier else (revision_id, False)
    read = connection.scalar(
        select(PageReading.text_hash).where(
            PageReading.revision_id == revision_id, PageReading.page_version == page_version
        )
    )
    corrected = read is not None and read != text_hash
    return (None, corrected) if corrected or earlier else (revision_id, False)


def put_right_times_ahead(connection: Connection, release_id: str, snapshot: Snapshot) -> None:
    """Puts revisions that a clock has dated ahead before a live answer; else it would be taken for an older one."""
    latest = latest_credible()
    live = snapshot.archived is None and snapshot.origin is None and latest - _LIVE < snapshot.fetched_at <= latest
    known = select(Revision.id, Revision.seen_at).where(Revision.release_id == release_id)
    revisions = connection.execute(known.order_by(Revision.seen_at.desc(), Revision.id.desc())).all() if live else []
    if any(row.seen_at == snapshot.fetched_at for row in revisions):  # it is read again, by other rules
        return
    wrong = [row.id for row in revisions if row.seen_at > latest]
    for before, revision_id in enumerate(wrong, 1):
        seen_at = snapshot.fetched_at - timedelta(microseconds=before)
        for table, name in ((Revision, Revision.id), (PageReading, PageReading.revision_id)):
            connection.execute(update(table).where(name == revision_id).values(seen_at=seen_at))


def note_repeats(connection: Connection, release_id: str, revision_id: str) -> None:
    """Notes whether a revision that was put between others repeats the one before, and the one after repeats it."""
    newer = aliased(PageReading)
    chain = (
        select(Revision.id, Revision.repeats, PageReading.text_hash)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .where(
            Revision.release_id == release_id,
            ~exists().where(newer.revision_id == PageReading.revision_id, newer.id > PageReading.id),
        )
        .order_by(Revision.seen_at, Revision.id)
    )
    for before, after in pairwise(connection.execute(chain).all()):
        repeats = before.text_hash == after.text_hash
        if revision_id in (before.id, after.id) and repeats != after.repeats:
            connection.execute(update(Revision).where(Revision.id == after.id).values(repeats=repeats))


def add_revision(connection: Connection, release_id: str, snapshot_hash: str, seen_at: datetime) -> str:
    """A new revision, from `seen_at` on; its id."""
    revision_id = revision_key(release_id, snapshot_hash, seen_at.astimezone(UTC).isoformat())
    row = {"id": revision_id, "release_id": release_id, "snapshot_hash": snapshot_hash, "seen_at": seen_at}
    insert_ignore(connection, Revision, [row])
    return revision_id
