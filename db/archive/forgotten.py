"""Addresses that were taken out of the database and are not taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from db.bulk import in_batches
from db.tables import Forgotten


@dataclass(frozen=True, slots=True)
class ForgottenAddress:
    """When an address was forgotten and why; `rows` were removed with it."""

    url: str
    at: datetime
    reason: str
    rows: int


def forgotten(engine: Engine, urls: Sequence[str]) -> set[str]:
    """Those of the addresses that are not to be taken up."""
    found: set[str] = set()
    with engine.connect() as connection:
        for batch in in_batches(urls):
            found.update(connection.scalars(select(Forgotten.url).where(Forgotten.url.in_(batch))))
    return found


def forgotten_addresses(engine: Engine) -> list[ForgottenAddress]:
    """All that was forgotten, the latest first."""
    columns = (Forgotten.url, Forgotten.at, Forgotten.reason, Forgotten.rows)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(Forgotten.at.desc(), Forgotten.url))
        return [ForgottenAddress(*row) for row in rows]
