"""Users and their personal tokens; of a token only the hash is kept."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, func, insert, select, update

from db.bulk import insert_ignore
from db.engine import write
from db.tables import Review, Token, User
from models.errors import InputError


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a token belongs to, and what it may do."""

    user_id: int
    name: str
    scopes: frozenset[str]


def user_named(engine: Engine, name: str, *, now: datetime) -> int:
    """The user of a name, who is made if need be: whoever may write to the database decides under any name."""
    return write(engine, lambda connection: _user_id(connection, name, now))


def _user_id(connection: Connection, name: str, now: datetime) -> int:
    insert_ignore(connection, User, [{"name": name, "created_at": now}])
    return connection.execute(select(User.id).where(User.name == name)).scalar_one()


def add_token(engine: Engine, name: str, *, scopes: Collection[str], label: str, now: datetime) -> str:
    """A new token for a user, who is made if need be. It is shown this once and cannot be read again."""
    token = secrets.token_urlsafe(32)

    def work(connection: Connection) -> None:
        user_id = _user_id(connection, name, now)
        row = {"hash": _hash(token), "user_id": user_id, "label": label, "scopes": sorted(scopes), "created_at": now}
        connection.execute(insert(Token).values(row))

    write(engine, work)
    return token


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token as its operator may see it; times in UTC.

    Attributes:
        name: of its user.
        label: what it is for.
        scopes: what it opens.
        revoked_at: None while it is good.
        last_decision: when its user last judged a claim, with this token or another.
    """

    name: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None
    last_decision: datetime | None


def tokens(engine: Engine) -> list[TokenRecord]:
    """All tokens, by the names of their users and then by age."""
    last = select(func.max(Review.decided_at)).where(Review.user_id == User.id).correlate(User).scalar_subquery()
    statement = (
        select(User.name, Token.label, Token.scopes, Token.created_at, Token.revoked_at, last)
        .join(User, User.id == Token.user_id)
        .order_by(User.name, Token.created_at, Token.hash)
    )
    with engine.connect() as connection:
        return [
            TokenRecord(name, label, tuple(scopes), *times)
            for name, label, scopes, *times in connection.execute(statement)
        ]


def holder(engine: Engine, token: str) -> Holder | None:
    """Who holds this token; None where it is unknown or revoked."""
    statement = (
        select(User.id, User.name, Token.scopes)
        .join(User, User.id == Token.user_id)
        .where(Token.hash == _hash(token), Token.revoked_at.is_(None))
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return Holder(row.id, row.name, frozenset(row.scopes)) if row else None


def revoke_tokens(engine: Engine, name: str, *, now: datetime, label: str | None = None) -> int:
    """Revokes a user's tokens, all or those with a label; how many.

    Raises:
        InputError: there is no such user.
    """

    def work(connection: Connection) -> int:
        user_id = connection.scalar(select(User.id).where(User.name == name))
        if user_id is None:
            raise InputError(f"There is no user {name!r}.")
        mine = (Token.user_id == user_id) & Token.revoked_at.is_(None)
        if label is not None:
            mine &= Token.label == label
        return len(connection.execute(update(Token).where(mine).values(revoked_at=now).returning(Token.hash)).all())

    return write(engine, work)


def _hash(token: str) -> str:
    # Tokens are long and random, so a plain hash cannot be guessed back.
    return sha256(token.encode()).hexdigest()
