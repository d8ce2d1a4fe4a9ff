"""One release under two offices: a state's portal repeats what its ministries publish."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, select, text

from db.bulk import insert_ignore
from db.tables import PageReading, ReleaseRow, ReleaseTwin, Revision, Text
from models.calendar import BERLIN

LEAST_ALIKE = 85.0
"""Per cent of the characters, in order, that twins share: a portal adds a lead or a line of contact."""

# Any number will do, as long as all processes take the same.
_ADVISORY_LOCK = 8_212_014


@dataclass(frozen=True, slots=True)
class TwinRelease:
    """The same release as another office published it; `similarity` is the share of the text that both have."""

    release_id: str
    source_id: str
    url: str
    title: str
    similarity: float


def link_twins(connection: Connection, release_id: str) -> None:
    """Links a release with the one of each other office that says nearly the same on the same day.

    Both stay releases of their own and know of each other. Links of an earlier text are replaced. Of
    several releases alike (one for each district, say) only the two most alike are twins. Belongs to
    the transaction that stores the text, so that no kill comes between.
    """
    _unlink(connection, release_id)
    for twin_id, similarity in _most_alike(connection, release_id).items():
        rivals = _rivals(connection, twin_id, release_id)
        if any(rival >= similarity for rival in rivals.values()):
            continue
        for rival_id in rivals:
            _unlink(connection, twin_id, rival_id)
        pair = [(release_id, twin_id), (twin_id, release_id)]
        rows = [{"release_id": one, "twin_id": other, "similarity": similarity} for one, other in pair]
        insert_ignore(connection, ReleaseTwin, rows)


def twins(engine: Engine, release_ids: Iterable[str]) -> dict[str, list[TwinRelease]]:
    """The same releases at other offices, the most alike first; releases without a twin are left out."""
    with engine.connect() as connection:
        return load_twins(connection, release_ids)


def load_twins(connection: Connection, release_ids: Iterable[str]) -> dict[str, list[TwinRelease]]:
    """What `twins` gives, on an open connection."""
    statement = (
        select(
            ReleaseTwin.release_id,
            ReleaseTwin.similarity,
            ReleaseRow.id,
            ReleaseRow.source_id,
            ReleaseRow.url,
            ReleaseRow.title,
        )
        .join(ReleaseRow, ReleaseRow.id == ReleaseTwin.twin_id)
        .where(ReleaseTwin.release_id.in_(sorted(set(release_ids))))
        .order_by(ReleaseTwin.similarity.desc(), ReleaseRow.id)
    )
    found: dict[str, list[TwinRelease]] = defaultdict(list)
    for row in connection.execute(statement):
        twin = TwinRelease(row.id, row.source_id, row.url, row.title, row.similarity)
        found[row.release_id].append(twin)
    return dict(found)


def _unlink(connection: Connection, release_id: str, twin_id: str | None = None) -> None:
    """Takes back the links of a release, or its one link with `twin_id`, in both directions."""
    for one, other in ((ReleaseTwin.release_id, ReleaseTwin.twin_id), (ReleaseTwin.twin_id, ReleaseTwin.release_id)):
        links = delete(ReleaseTwin).where(one == release_id)
        connection.execute(links if twin_id is None else links.where(other == twin_id))


def _rivals(connection: Connection, twin_id: str, release_id: str) -> dict[str, float]:
    """What `twin_id` is linked with at the office of `release_id` so far, and how alike they are."""
    office = select(ReleaseRow.source_id).where(ReleaseRow.id == release_id).scalar_subquery()
    linked = (
        select(ReleaseTwin.twin_id, ReleaseTwin.similarity)
        .join(ReleaseRow, ReleaseRow.id == ReleaseTwin.twin_id)
        .where(ReleaseTwin.release_id == twin_id, ReleaseRow.source_id == office)
    )
    return {row.twin_id: row.similarity for row in connection.execute(linked)}


def _most_alike(connection: Connection, release_id: str) -> dict[str, float]:
    """The most alike release of each other office, if alike enough, with the share (0 to 1) of the text in common."""
    from rapidfuzz import fuzz, process

    release = connection.execute(
        select(ReleaseRow.source_id, ReleaseRow.published).where(ReleaseRow.id == release_id)
    ).one()
    if release.published is None:
        return {}
    ((_, own),) = _texts(connection, ReleaseRow.id == release_id).values()
    midnight = datetime.combine(release.published.astimezone(BERLIN), time(), BERLIN)
    _wait_for_others(connection, midnight.toordinal())
    same_day = and_(ReleaseRow.published >= midnight, ReleaseRow.published < midnight + timedelta(days=1))
    others = _texts(connection, same_day, ReleaseRow.source_id != release.source_id)
    texts = {other_id: written for other_id, (_, written) in others.items()}
    best: dict[str, tuple[str, float]] = {}
    # The most alike come first.
    for _, score, other_id in process.extract(own, texts, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=None):
        best.setdefault(others[other_id][0], (other_id, round(score / 100, 4)))
    return dict(best.values())


def _wait_for_others(connection: Connection, day: int) -> None:
    """Lets one transaction at a time look for twins of a day: two at once would not see each other's release.

    On SQLite the transaction holds the write lock from its beginning.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:twins, :day)"), {"twins": _ADVISORY_LOCK, "day": day})


def _texts(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, tuple[str, str]]:
    """Source and newest text by release."""
    statement = (
        select(ReleaseRow.id, ReleaseRow.source_id, Text.text)
        .join(Revision, Revision.release_id == ReleaseRow.id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(Text, Text.hash == PageReading.text_hash)
        .where(*conditions)
        .order_by(Revision.seen_at, PageReading.id)
    )
    # The newest reading of a release comes last and stays.
    return {row.id: (row.source_id, row.text) for row in connection.execute(statement)}
