"""How far the lists of press offices were read, where that took more than one run"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "list_positions",
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("name", types.OrderedText(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("noted_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_list_positions_source_id")),
        sa.PrimaryKeyConstraint("source_id", "name", name=op.f("pk_list_positions")),
    )


def downgrade() -> None:
    op.drop_table("list_positions")
