"""Which names people list as programmes, under which name, and which they hide"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0013"
down_revision: str | Sequence[str] | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANDING: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("retracted_at IS NULL"))


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_key", types.OrderedText(), nullable=False),
        sa.Column("name", types.OrderedText(), nullable=False),
        sa.Column("shown_as", types.OrderedText(), nullable=True),
        sa.Column("author", types.OrderedText(), nullable=False),
        sa.Column("note", types.OrderedText(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("retracted_at", types.UtcDateTime(), nullable=True),
        sa.Column("retracted_by", types.OrderedText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
    )
    op.create_index("uq_listings_standing", "listings", ["name_key"], unique=True, **STANDING)


def downgrade() -> None:
    op.drop_table("listings")
