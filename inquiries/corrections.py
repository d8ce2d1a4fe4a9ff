"""What people corrected in the claims that the rules had read, for everybody to see."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from db.claims.queries import load, stored_claims
from db.curation.objections import accepted_objections
from db.curation.reviews import ReviewDecision
from db.tables import Reading, Review, User
from models.objections import Objection
from models.stored import StoredClaim

_CORRECTING: tuple[ReviewDecision, ...] = ("rejected", "corrected", "added")


@dataclass(frozen=True, slots=True)
class MadeCorrection:
    """A standing decision by which a claim reads otherwise than the rules read it, and objections that led to it."""

    stored: StoredClaim
    author: str
    note: str | None
    objections: tuple[Objection, ...]


def latest_corrections(engine: Engine, *, limit: int, skip: int = 0) -> list[MadeCorrection]:
    """Claims that were corrected, rejected or added by hand, the latest decision first."""
    standing = (
        select(Review.claim_key, Review.note, User.name)
        .join(User, User.id == Review.user_id)
        .where(Review.retracted_at.is_(None), Review.decision.in_(_CORRECTING))
        .order_by(Review.decided_at.desc(), Review.id.desc())
        .limit(limit)
        .offset(skip)
    )
    with engine.connect() as connection:
        rows = connection.execute(standing).all()
        keys = [row.claim_key for row in rows]
        # A claim that no text has any longer stands as it last read.
        readings = load(
            connection, stored_claims().where(Reading.claim_key.in_(keys)).order_by(Reading.current, Reading.id)
        )
        found = {each.key: each for each in readings}
        objections = accepted_objections(connection, keys)
    return [
        MadeCorrection(found[row.claim_key], row.name, row.note, tuple(objections.get(row.claim_key, ())))
        for row in rows
        if row.claim_key in found
    ]
