"""Listed names: which names are in the list of programmes, and under which name. All logged, all reversible."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from db.curation.names import ProjectNames
from db.engine import write
from db.tables import ListingRow
from models.errors import InputError
from models.keys import name_key

_LONGEST = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """How someone lists a name: `shown_as` (None: hidden). `retracted_at` is None while it stands."""

    id: int
    name: str
    shown_as: str | None
    author: str
    note: str | None
    made_at: datetime
    retracted_at: datetime | None
    retracted_by: str | None


def list_as(
    engine: Engine, name: str, shown_as: str | None, *, author: str, now: datetime, note: str | None = None
) -> None:
    """Lists a programme under a name, be it its own, or hides it (None); what was said of it before is taken back.

    A hidden one is still found by its name.

    Raises:
        InputError: no such programme is known, or the new name is empty, too long or that of another.
    """
    shown = shown_as.strip() if shown_as is not None else None

    def work(connection: Connection) -> None:
        names = ProjectNames(connection)
        group = names.resolve(name)
        if shown is not None:
            _refuse_bad_name(names, group.keys, shown)
        for key in sorted(group.keys):
            _retract(connection, key, author, now)
        values: dict[str, Any] = {
            "name_key": min(group.keys),
            "name": group.name,
            "shown_as": shown,
            "author": author,
            "note": note,
            "made_at": now,
        }
        connection.execute(insert(ListingRow).values(values))

    write(engine, work)


def retract_listing(engine: Engine, name: str, *, author: str, now: datetime) -> None:
    """Takes back what stands of a name in the list.

    Raises:
        InputError: nothing stands of it, or it is not known.
    """

    def work(connection: Connection) -> None:
        keys = ProjectNames(connection).resolve(name).keys
        if not [key for key in sorted(keys) if _retract(connection, key, author, now)]:
            raise InputError(f"Nobody has hidden, listed or renamed {name!r}; there is nothing to take back.")

    write(engine, work)


def listing_log(engine: Engine) -> list[ListedName]:
    """All that was said of names in the list, the oldest first."""
    columns = (ListingRow.id, ListingRow.name, ListingRow.shown_as, ListingRow.author, ListingRow.note)
    with engine.connect() as connection:
        statement = select(*columns, ListingRow.made_at, ListingRow.retracted_at, ListingRow.retracted_by)
        return [ListedName(*row) for row in connection.execute(statement.order_by(ListingRow.id))]


def _refuse_bad_name(names: ProjectNames, keys: frozenset[str], shown: str) -> None:
    if not shown or len(shown) > _LONGEST:
        raise InputError(f"A programme's name has 1 to {_LONGEST} characters.")
    if name_key(shown) not in keys and names.is_known(shown):
        raise InputError(f"{shown!r} is the name of another programme; `bilanz projects merge` makes both one.")


def _retract(connection: Connection, key: str, author: str, now: datetime) -> bool:
    standing = (ListingRow.name_key == key) & ListingRow.retracted_at.is_(None)
    retracted = update(ListingRow).where(standing).values(retracted_at=now, retracted_by=author)
    return connection.execute(retracted.returning(ListingRow.id)).first() is not None
