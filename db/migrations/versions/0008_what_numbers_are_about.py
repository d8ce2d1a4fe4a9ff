"""Readings know of what a number is: its aspect, for each of what, its predicate, the span of time, its scope"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS = ("aspect", "per", "predicate", "span")


def upgrade() -> None:
    for name in WORDS:
        op.add_column("readings", sa.Column(name, types.OrderedText(), nullable=True))
    op.add_column("readings", sa.Column("scope", types.Restrictions(), nullable=True))


def downgrade() -> None:
    for name in (*WORDS, "scope"):
        op.drop_column("readings", name)
