"""May two stored claims be laid side by side?"""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from comparison.relation import Relation, relate, stated
from db.claims.queries import claim as claim_by_key
from db.curation.nouns import nouns_of
from models.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class Related:
    """Two stored claims and how they stand to each other."""

    a: StoredClaim
    b: StoredClaim
    relation: Relation


def relation_of(engine: Engine, key: str, other: str) -> Related:
    """The relation of two claims by their keys.

    Raises:
        InputError: one of them is not known.
    """
    a, b = claim_by_key(engine, key), claim_by_key(engine, other)
    with engine.connect() as connection:
        one, another = (stated(each, _series(connection, each)) for each in (a, b))
    return Related(a, b, relate(one, another))


def _series(connection: Connection, stored: StoredClaim) -> str | None:
    return nouns_of(connection, stored.claim.subject).series(stored.claim.counted)
