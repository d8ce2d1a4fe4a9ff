"""Search terms tell words from parts of compounds"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.claims.search_terms import weighed
from db.tables import base as types

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROWS = 1000


def upgrade() -> None:
    # Which terms are words of a claim the old rows do not say, so all are made anew from the claims.
    _make_anew("term", "weight", "reporting_date", "claim_key")


def downgrade() -> None:
    _make_anew("term", "reporting_date", "claim_key")


def _make_anew(*names: str) -> None:
    op.drop_table("search_terms")
    types_of = {name: sa.SmallInteger() if name == "weight" else types.OrderedText() for name in names}
    checks = [sa.CheckConstraint("weight IN (0, 1)", name=op.f("ck_search_terms_weight"))] if "weight" in names else []
    op.create_table(
        "search_terms",
        *(sa.Column(name, kind, nullable=False, autoincrement=False) for name, kind in types_of.items()),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_search_terms_claim_key")),
        sa.PrimaryKeyConstraint(*names, name=op.f("pk_search_terms")),
        *checks,
        sqlite_with_rowid=False,
    )
    search_terms = sa.table("search_terms", *map(sa.column, names))
    for rows in _batches():
        op.bulk_insert(search_terms, [{name: row[name] for name in names} for row in rows])


def _batches() -> Iterator[list[dict[str, Any]]]:
    fields = ("sentence", "subject", "counted", "speaker")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in ("id", "claim_key", "reporting_date", *fields)]
    readings = sa.table("readings", *columns, sa.column("current", sa.Boolean()))
    after = 0
    while True:
        statement = sa.select(readings).where(readings.c.current, readings.c.id > after).order_by(readings.c.id)
        batch = op.get_bind().execute(statement.limit(ROWS)).all()
        if not batch:
            return
        after = batch[-1].id
        yield [
            {"term": term, "weight": weight, "reporting_date": row.reporting_date, "claim_key": row.claim_key}
            for row in batch
            for term, weight in weighed(*(getattr(row, name) for name in fields)).items()
        ]
