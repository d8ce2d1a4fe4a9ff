"""Series of numbers that may be laid side by side, made by a batch"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("key", types.OrderedText(), nullable=False),
        sa.Column("words", types.OrderedText(), nullable=False),
        sa.Column("dates", sa.Integer(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("since", types.OrderedText(), nullable=False),
        sa.Column("until", types.OrderedText(), nullable=False),
        sa.Column("telling", sa.Integer(), nullable=False),
        sa.CheckConstraint("dates > 1", name=op.f("ck_series_dates")),
        sa.ForeignKeyConstraint(["key"], ["claims.key"], name=op.f("fk_series_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_series")),
    )
    op.create_index("ix_series_telling_key", "series", ["telling", "key"])
    op.create_table(
        "series_members",
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.Column("series_key", types.OrderedText(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("time", types.OrderedText(), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_series_members_claim_key")),
        sa.ForeignKeyConstraint(["series_key"], ["series.key"], name=op.f("fk_series_members_series_key")),
        sa.PrimaryKeyConstraint("claim_key", name=op.f("pk_series_members")),
    )
    op.create_index(
        "ix_series_members_series_key_point_claim_key", "series_members", ["series_key", "point", "claim_key"]
    )
    op.create_table(
        "series_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rules", types.OrderedText(), nullable=False),
        sa.Column("seen", types.OrderedText(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_series_batches_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_batches")),
    )


def downgrade() -> None:
    for table in ("series_batches", "series_members", "series"):
        op.drop_table(table)
