"""What readers say is wrong with claims, and how that was answered"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("answer IS NULL"))


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.Column("fault", types.OrderedText(), nullable=False),
        sa.Column("sentence", types.OrderedText(), nullable=False),
        sa.Column("sender", types.OrderedText(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("answer", types.OrderedText(), nullable=True),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "fault IN ('value', 'thing', 'status', 'date', 'quotation', 'other')", name=op.f("ck_objections_fault")
        ),
        sa.CheckConstraint("sentence <> ''", name=op.f("ck_objections_sentence")),
        sa.CheckConstraint("answer IN ('accepted', 'dismissed')", name=op.f("ck_objections_answer")),
        sa.CheckConstraint("(answer = 'dismissed') = (reason IS NOT NULL)", name=op.f("ck_objections_reason")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_objections_answered")),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_objections_claim_key")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_objections_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index("ix_objections_claim_key", "objections", ["claim_key"])
    op.create_index("ix_objections_open", "objections", ["made_at"], **OPEN)


def downgrade() -> None:
    op.drop_table("objections")
