"""Which answer proves a claim: when the office gave it, to whom, and where a copy stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from db.bulk import in_batches
from db.tables import Fetch
from models.archived import Archived
from models.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class Proof:
    """The first answer with the bytes that prove a claim.

    Attributes:
        fetched_at: when the office answered.
        address: that answered.
        archived: who was answered, None where we were.
    """

    fetched_at: datetime
    address: str
    archived: Archived | None


def proofs(engine: Engine, claims: Iterable[StoredClaim]) -> dict[str, Proof]:
    """The proof of each claim, by its key."""
    wanted = list(claims)
    found: dict[tuple[str, str], Proof] = {}
    columns = (Fetch.release_id, Fetch.snapshot_hash, Fetch.fetched_at, Fetch.answered_by)
    by = (Fetch.archive, Fetch.archive_place, Fetch.retrieved_at)
    with engine.connect() as connection:
        for batch in in_batches(sorted({each.snapshot_hash for each in wanted})):
            statement = select(*columns, *by).where(Fetch.snapshot_hash.in_(batch), Fetch.release_id.is_not(None))
            for row in connection.execute(statement.order_by(Fetch.fetched_at)):
                archived = Archived(row.archive, row.archive_place, row.retrieved_at) if row.archive else None
                proof = Proof(row.fetched_at, row.answered_by, archived)
                found.setdefault((row.release_id, row.snapshot_hash), proof)
    places = ((each.key, (each.release_id, each.snapshot_hash)) for each in wanted)
    return {key: found[place] for key, place in places if place in found}
