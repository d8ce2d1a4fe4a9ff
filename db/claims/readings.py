"""Claims and their readings: checked against the text, keyed, appended.

Nothing else changes which readings are current, for search terms are kept of current readings only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, exists, insert, select, update

from db.bulk import insert_ignore
from db.claims.search_terms import terms_of
from db.number_text import order_key
from db.tables import ClaimRow, CueRow, Reading, ReleaseProject, Review, SearchTerm
from models.claim import STORED_FIELDS, Claim, Cue, Extraction, claim_record
from models.errors import EvidenceMissing, InputError
from models.keys import claim_keys, fold, name_key

_TERM_COLUMNS = ("term", "weight", "reporting_date", "claim_key")
# The "rule" of claims that a person added.
REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """What became of one claim: `before` is None where it is new, `after` where it is stated no longer.

    `before_id` and `after_id` are their readings, where these are or were current.
    """

    key: str
    before: Claim | None
    after: Claim | None
    before_id: int | None = field(default=None, compare=False)
    after_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReadingChanges:
    """What a reading changed among the current claims of a release; false where nothing."""

    added: tuple[ReadingChange, ...] = ()
    altered: tuple[ReadingChange, ...] = ()
    superseded: tuple[ReadingChange, ...] = ()
    new_readings: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.superseded or self.new_readings)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text that claims stand in, and what all its readings share."""

    release_id: str
    page_reading_id: int
    source_id: str
    text: str
    published: datetime | None
    version: str
    """Of the extractor."""


def check_evidence(text: str, extraction: Extraction) -> None:
    """Makes sure that every claim stands in `text` where it says.

    Raises:
        EvidenceMissing: a quote, sentence or cue is not at its offsets.
    """
    for claim in extraction.claims:
        sentence_end = claim.sentence_start + len(claim.sentence)
        if not claim.quote or not 0 <= claim.start < claim.end or text[claim.start : claim.end] != claim.quote:
            raise EvidenceMissing(f"The quote {claim.quote!r} is not at characters {claim.start} to {claim.end}.")
        if claim.sentence_start < 0 or text[claim.sentence_start : sentence_end] != claim.sentence:
            raise EvidenceMissing(f"The sentence of {claim.quote!r} is not at character {claim.sentence_start}.")
        if not claim.sentence_start <= claim.start < sentence_end:
            raise EvidenceMissing(f"The quote {claim.quote!r} begins outside its sentence.")
        for cue in claim.cues:
            if not 0 <= cue.start < cue.end <= len(text):
                raise EvidenceMissing(f"The {cue.role} cue of {claim.quote!r} lies outside the text.")
        if claim.whole is not None and not 0 <= claim.whole < len(extraction.claims):
            raise EvidenceMissing(f"The whole of {claim.quote!r} is not among the claims read with it.")


def store_claims(
    connection: Connection, page: PageText, extraction: Extraction, *, fetched_at: datetime, newest: bool
) -> ReadingChanges:
    """Adds what is new of `extraction`; if it reads the `newest` revision, it becomes the current reading.

    Args:
        connection: in a transaction that no other writer of this release can run beside.
        page: the text, which `extraction` was checked against by `check_evidence`.
        extraction: what was read from it.
        fetched_at: when the bytes were fetched (UTC), for claims that are new.
        newest: whether no later revision exists.
    """
    claims = dict(zip(claim_keys(page.release_id, page.text, extraction.claims), extraction.claims, strict=True))
    keys = list(claims)
    known_keys = set(connection.scalars(select(ClaimRow.key).where(ClaimRow.release_id == page.release_id)))
    # A release without claims has no readings either; most releases that are stored are such new ones.
    for claim in _added_by_reviewers(connection, page) if known_keys else ():
        claims.setdefault(claim_keys(page.release_id, page.text, [claim])[0], claim)
    rows = {key: reading_row(claim, key, keys, page) for key, claim in claims.items()}
    new_keys = [key for key in claims if key not in known_keys]
    new_rows = [{"key": key, "release_id": page.release_id, "first_seen": fetched_at} for key in new_keys]
    insert_ignore(connection, ClaimRow, new_rows)
    known = _known_readings(connection, page) if known_keys else {}
    fresh = [row for key, row in rows.items() if (key, row["content_hash"]) not in known]
    if not newest:
        _add(connection, fresh, claims, current=False)
        added = tuple(ReadingChange(key, None, claims[key]) for key in new_keys)
        return ReadingChanges(added=added, new_readings=len(fresh))

    current = connection.execute(_current(_of_release(page.release_id))) if known_keys else ()
    before = {row.claim_key: row for row in current}
    standing = {known[key, row["content_hash"]] for key, row in rows.items() if (key, row["content_hash"]) in known}
    _mark(connection, [row.id for row in before.values() if row.id not in standing], current=False)
    _mark(connection, sorted(standing - {row.id for row in before.values()}), current=True)
    after = {key: known[key, row["content_hash"]] for key, row in rows.items() if (key, row["content_hash"]) in known}
    after |= _add(connection, fresh, claims, current=True)
    changes = _changes(before, claims, after, len(fresh))
    _update_terms(connection, changes)
    _name_projects(connection, page.release_id, extraction)
    return changes


def add_reviewed(connection: Connection, page: PageText, claim: Claim, *, now: datetime) -> tuple[str, int]:
    """Adds a claim that a person found; its key and the reading's id.

    Raises:
        InputError: it is among the current claims already.
    """
    (key,) = claim_keys(page.release_id, page.text, [claim])
    if connection.scalar(select(Reading.id).where(Reading.claim_key == key, Reading.current)):
        raise InputError(f"This claim is known already, as {key}; correct it instead.")
    insert_ignore(connection, ClaimRow, [{"key": key, "release_id": page.release_id, "first_seen": now}])
    reading_id = _add(connection, [reading_row(claim, key, [key], page)], {key: claim}, current=True)[key]
    _update_terms(connection, ReadingChanges(added=(ReadingChange(key, None, claim),)))
    return key, reading_id


def withdraw_reviewed(connection: Connection, key: str) -> None:
    """Makes a claim that a person added current no longer; what the rules read of it stays as it is."""
    row = connection.execute(_current(Reading.claim_key == key, Reading.rule == REVIEWED)).first()
    if row is not None:
        _mark(connection, [row.id], current=False)
        _update_terms(connection, ReadingChanges(superseded=(ReadingChange(key, claim_of(row), None),)))


def _added_by_reviewers(connection: Connection, page: PageText) -> list[Claim]:
    """Claims that people added to this release, where their sentence now stands."""
    standing = exists().where(
        Review.claim_key == Reading.claim_key, Review.decision == "added", Review.retracted_at.is_(None)
    )
    found = []
    for row in connection.execute(_current(_of_release(page.release_id), Reading.rule == REVIEWED, standing)):
        sentence_start = page.text.find(row.sentence)
        if sentence_start >= 0:
            shift = sentence_start - row.sentence_start
            moved = {"start": row.start + shift, "end": row.end + shift, "sentence_start": sentence_start}
            found.append(replace(claim_of(row), **moved))
    return found


def _known_readings(connection: Connection, page: PageText) -> dict[tuple[str, str], int]:
    rows = connection.execute(
        select(Reading.claim_key, Reading.content_hash, Reading.id).where(
            Reading.page_reading_id == page.page_reading_id, Reading.extractor_version == page.version
        )
    )
    return {(row.claim_key, row.content_hash): row.id for row in rows}


def _current(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = [getattr(Reading, name) for name in ("id", "claim_key", *STORED_FIELDS)]
    return select(*columns).where(Reading.current, *conditions)


def _of_release(release_id: str) -> ColumnElement[bool]:
    return Reading.claim_key.in_(select(ClaimRow.key).where(ClaimRow.release_id == release_id))


def claim_of(row: Any, cues: tuple[Cue, ...] = ()) -> Claim:
    """The claim of a row that has the columns STORED_FIELDS; its whole is known by key only."""
    fields = {name: getattr(row, name) for name in STORED_FIELDS}
    return Claim(**fields | {"reporting_date": row.reporting_date or None}, cues=cues)


def reading_row(claim: Claim, key: str, keys: Sequence[str], page: PageText) -> dict[str, Any]:
    """A claim as a row of `Reading`, all but `current`; `keys` are those of the extraction that `whole` counts in."""
    whole_key = None if claim.whole is None else keys[claim.whole]
    record = claim_record(claim, page.text, page.version)
    content = record | {"whole": whole_key, "sentence_start": claim.sentence_start}
    return {name: getattr(claim, name) for name in STORED_FIELDS} | {
        "reporting_date": claim.reporting_date or "",
        "claim_key": key,
        "page_reading_id": page.page_reading_id,
        "extractor_version": page.version,
        "content_hash": sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16],
        "read_at": datetime.now(UTC),
        "value_order": None if claim.value is None else order_key(claim.value),
        "counted_folded": None if claim.counted is None else fold(claim.counted),
        "subject_key": None if claim.subject is None else name_key(claim.subject),
        "whole_key": whole_key,
        "source_id": page.source_id,
        "published": page.published,
    }


def _add(
    connection: Connection, rows: list[dict[str, Any]], claims: dict[str, Claim], *, current: bool
) -> dict[str, int]:
    """The ids of the readings by their claims' keys."""
    if not rows:
        return {}
    statement = insert(Reading).returning(Reading.id, Reading.claim_key)
    added = connection.execute(statement, [row | {"current": current} for row in rows]).all()
    cues = [
        {"reading_id": row.id, "ordinal": ordinal, "role": cue.role, "start": cue.start, "end": cue.end}
        for row in added
        for ordinal, cue in enumerate(claims[row.claim_key].cues)
    ]
    if cues:
        connection.execute(insert(CueRow), cues)
    return {row.claim_key: row.id for row in added}


def _mark(connection: Connection, reading_ids: list[int], *, current: bool) -> None:
    if reading_ids:
        connection.execute(update(Reading).where(Reading.id.in_(reading_ids)).values(current=current))


def _changes(
    rows: dict[str, Any], after: dict[str, Claim], reading_ids: dict[str, int], new_readings: int
) -> ReadingChanges:
    before = {key: claim_of(row) for key, row in rows.items()}

    def change(key: str) -> ReadingChange:
        was = rows[key].id if key in rows else None
        return ReadingChange(key, before.get(key), after.get(key), was, reading_ids.get(key))

    return ReadingChanges(
        added=tuple(change(key) for key in after if key not in before),
        altered=tuple(change(key) for key in after if key in before and _meaning(before[key]) != _meaning(after[key])),
        superseded=tuple(change(key) for key in before if key not in after),
        new_readings=new_readings,
    )


def _meaning(claim: Claim) -> Claim:
    """The claim without its place and the way it was found."""
    scope = tuple(replace(each, start=0, end=0) for each in claim.scope)
    return replace(claim, start=0, end=0, sentence_start=0, scope=scope, cues=(), whole=None, rule="")


def _update_terms(connection: Connection, changes: ReadingChanges) -> None:
    every = (*changes.added, *changes.altered, *changes.superseded)
    before = {row for change in every if change.before for row in _terms(change.key, change.before)}
    after = {row for change in every if change.after for row in _terms(change.key, change.after)}
    gone = [dict(zip(_TERM_COLUMNS, row, strict=True)) for row in sorted(before - after)]
    if gone:
        this = [getattr(SearchTerm, name) == bindparam(f"this_{name}") for name in _TERM_COLUMNS]
        rows = [{f"this_{name}": value for name, value in row.items()} for row in gone]
        connection.execute(delete(SearchTerm).where(*this), rows)
    new = [dict(zip(_TERM_COLUMNS, row, strict=True)) for row in sorted(after - before)]
    insert_ignore(connection, SearchTerm, new)


def _terms(key: str, claim: Claim) -> list[tuple[str, int, str, str]]:
    return [(term, weight, claim.reporting_date or "", key) for term, weight in terms_of(claim).items()]


def _name_projects(connection: Connection, release_id: str, extraction: Extraction) -> None:
    wanted: dict[str, str | None] = {project.name: None for project in extraction.projects}
    for project in extraction.projects:
        for alias in project.aliases:
            wanted.setdefault(alias, project.name)
    names = select(ReleaseProject.name, ReleaseProject.alias_of).where(ReleaseProject.release_id == release_id)
    known: dict[str, str | None] = {row.name: row.alias_of for row in connection.execute(names)}
    if known == wanted:
        return
    connection.execute(delete(ReleaseProject).where(ReleaseProject.release_id == release_id))
    insert_ignore(
        connection,
        ReleaseProject,
        [
            {"release_id": release_id, "name": name, "name_key": name_key(name), "alias_of": alias_of}
            for name, alias_of in wanted.items()
        ],
    )
