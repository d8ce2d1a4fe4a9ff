"""What people say became of promises, with reason and source"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANDING: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("retracted_at IS NULL"))


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.Column("state", types.OrderedText(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=False),
        sa.Column("source", types.OrderedText(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("rated_at", types.UtcDateTime(), nullable=False),
        sa.Column("retracted_at", types.UtcDateTime(), nullable=True),
        sa.Column("retracted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('kept', 'partly', 'broken', 'stalled', 'in_progress', 'not_rateable')",
            name=op.f("ck_promises_state"),
        ),
        sa.CheckConstraint("reason <> '' AND source <> ''", name=op.f("ck_promises_why")),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_promises_claim_key")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_promises_user_id")),
        sa.ForeignKeyConstraint(["retracted_by"], ["users.id"], name=op.f("fk_promises_retracted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index("ix_promises_claim_key", "promises", ["claim_key"])
    op.create_index("uq_promises_standing", "promises", ["claim_key"], unique=True, **STANDING)


def downgrade() -> None:
    op.drop_table("promises")
