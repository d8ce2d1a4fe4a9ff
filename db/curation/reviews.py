"""Reviews: what people decide about claims. The extractor's own reading is never edited."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Select, bindparam, insert, select, update

from db.claims.readings import REVIEWED, PageText, add_reviewed, check_evidence, withdraw_reviewed
from db.curation.objections import accept_objections, reopen_objections
from db.engine import write
from db.tables import PageReading, Reading, ReleaseRow, Review, Revision, Text, User
from models.claim import CORRECTABLE_FIELDS, Claim, Extraction
from models.errors import InputError

ReviewDecision = Literal["confirmed", "rejected", "corrected", "added"]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A decision on a claim; `retracted_at` is None while it stands."""

    claim_key: str
    decision: ReviewDecision
    corrected: Mapping[str, str | None]
    note: str | None
    author: str
    decided_at: datetime
    retracted_at: datetime | None


def decide(  # noqa: PLR0913 - a decision, by whom, when and why
    engine: Engine,
    claim_key: str,
    decision: Literal["confirmed", "rejected", "corrected"],
    *,
    user_id: int,
    now: datetime,
    corrected: Mapping[str, str | None] | None = None,
    note: str | None = None,
    answers: Collection[int] = (),
) -> None:
    """Records a decision; an earlier one on the same claim is retracted and stays in the log.

    Args:
        engine: the database.
        claim_key: the claim.
        decision: what the reviewer found.
        user_id: who decides.
        now: when.
        corrected: for "corrected": fields as they should read, numbers as plain digits.
        note: why.
        answers: objections to the claim that are accepted by this: it must be corrected or rejected.

    Raises:
        InputError: no such claim, or a field that cannot be corrected.
    """
    fields = dict(corrected or {})
    if unknown := fields.keys() - set(CORRECTABLE_FIELDS):
        raise InputError(
            f"{', '.join(sorted(unknown))} cannot be corrected; only {', '.join(sorted(CORRECTABLE_FIELDS))}."
        )
    if (decision == "corrected") != bool(fields):
        raise InputError("A correction names the fields that should read otherwise; other decisions name none.")
    if answers and decision == "confirmed":
        raise InputError("Who confirms a claim dismisses the objections to it; that needs a reason for each.")

    def work(connection: Connection) -> None:
        newest = select(Reading.id).where(Reading.claim_key == claim_key)
        reading_id = connection.scalar(newest.order_by(Reading.current.desc(), Reading.id.desc()).limit(1))
        if reading_id is None:
            raise InputError(f"There is no claim {claim_key!r}.")
        _replace(connection, claim_key, reading_id, decision, fields, note, user_id, now)
        accept_objections(connection, claim_key, answers, user_id=user_id, now=now)

    write(engine, work)


def add_claim(
    engine: Engine, release_id: str, claim: Claim, *, user_id: int, now: datetime, note: str | None = None
) -> str:
    """Adds a claim that the rules missed, by the words that show it; its key.

    It is kept when the release is read anew, as long as its sentence stands in the text.

    Raises:
        EvidenceMissing: the quote is not where it is said to be.
        InputError: no such release, or the claim is known already.
    """

    def work(connection: Connection) -> str:
        page = _newest_text(connection, release_id)
        alone = replace(claim, whole=None, rule=REVIEWED)
        check_evidence(page.text, Extraction((alone,), (), None, "published", REVIEWED))
        key, reading_id = add_reviewed(connection, page, alone, now=now)
        _replace(connection, key, reading_id, "added", {}, note, user_id, now)
        return key

    return write(engine, work)


def retract_review(engine: Engine, claim_key: str, *, now: datetime) -> None:
    """Takes the standing decision back; a claim that a reviewer had added is current no longer.

    Objections that it answered are open again.

    Raises:
        InputError: there is none.
    """

    def work(connection: Connection) -> None:
        if not _retract(connection, claim_key, now):
            raise InputError(f"There is no review of claim {claim_key!r} to take back.")
        withdraw_reviewed(connection, claim_key)
        reopen_objections(connection, claim_key)

    write(engine, work)


def reviews(engine: Engine, claim_key: str) -> list[ReviewRecord]:
    """All decisions on a claim, the oldest first, those taken back among them."""
    with engine.connect() as connection:
        return [_record(row) for row in connection.execute(_of_claim(), {"claim": claim_key})]


# Made once, for to put it together takes longer than to run it.
@lru_cache(maxsize=1)
def _of_claim() -> Select[Any]:
    columns: list[Any] = [Review.claim_key, Review.decision, Review.corrected, Review.note, User.name]
    statement = select(*columns, Review.decided_at, Review.retracted_at).join(User, User.id == Review.user_id)
    return statement.where(Review.claim_key == bindparam("claim")).order_by(Review.id)


def _record(row: Any) -> ReviewRecord:
    return ReviewRecord(*row)


def _replace(  # noqa: PLR0913 - the columns of a review
    connection: Connection,
    claim_key: str,
    reading_id: int,
    decision: ReviewDecision,
    corrected: dict[str, str | None],
    note: str | None,
    user_id: int,
    now: datetime,
) -> None:
    _retract(connection, claim_key, now)
    values: dict[str, Any] = {
        "claim_key": claim_key,
        "reading_id": reading_id,
        "decision": decision,
        "corrected": corrected,
        "note": note,
        "user_id": user_id,
        "decided_at": now,
    }
    connection.execute(insert(Review).values(values))


def _retract(connection: Connection, claim_key: str, now: datetime) -> bool:
    standing = (Review.claim_key == claim_key) & Review.retracted_at.is_(None)
    retracted = update(Review).where(standing).values(retracted_at=now).returning(Review.id)
    return connection.execute(retracted).first() is not None


def _newest_text(connection: Connection, release_id: str) -> PageText:
    statement = (
        select(PageReading.id, PageReading.published, Text.text, ReleaseRow.source_id)
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(ReleaseRow, ReleaseRow.id == Revision.release_id)
        .join(Text, Text.hash == PageReading.text_hash)
        .where(ReleaseRow.id == release_id)
        .order_by(Revision.seen_at.desc(), PageReading.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    if row is None:
        raise InputError(f"There is no release {release_id!r}.")
    return PageText(release_id, row.id, row.source_id, row.text, row.published, REVIEWED)
