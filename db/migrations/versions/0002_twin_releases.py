"""Releases that two offices published"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "release_twins",
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("twin_id", types.OrderedText(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.CheckConstraint("release_id <> twin_id", name=op.f("ck_release_twins_two")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_twins_release_id")),
        sa.ForeignKeyConstraint(["twin_id"], ["releases.id"], name=op.f("fk_release_twins_twin_id")),
        sa.PrimaryKeyConstraint("release_id", "twin_id", name=op.f("pk_release_twins")),
    )


def downgrade() -> None:
    op.drop_table("release_twins")
