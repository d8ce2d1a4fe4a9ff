"""Changes of claims, watches with pages of their own, and messages that are delivered once

No command has written watches or alerts before, so both tables begin anew.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNTOLD: dict[str, Any] = {"sqlite_where": sa.text("told = 0"), "postgresql_where": sa.text("NOT told")}
WAITING: dict[str, Any] = dict.fromkeys(
    ("sqlite_where", "postgresql_where"), sa.text("sent_at IS NULL AND failed_at IS NULL")
)


def upgrade() -> None:
    op.drop_table("alerts")
    op.drop_table("watches")
    op.create_table(
        "claim_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("cause", types.OrderedText(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("cause IN ('release', 'correction', 'rules')", name=op.f("ck_claim_changes_cause")),
        sa.CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name=op.f("ck_claim_changes_something")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_claim_changes_release_id")),
        sa.ForeignKeyConstraint(["before_id"], ["readings.id"], name=op.f("fk_claim_changes_before_id")),
        sa.ForeignKeyConstraint(["after_id"], ["readings.id"], name=op.f("fk_claim_changes_after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_changes")),
    )
    op.create_index("ix_claim_changes_at", "claim_changes", ["at"])
    op.create_index("ix_claim_changes_untold", "claim_changes", ["id"], **UNTOLD)
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", types.OrderedText(), nullable=False),
        sa.Column("query", types.OrderedText(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("channel", types.OrderedText(), nullable=False),
        sa.Column("target", types.OrderedText(), nullable=False),
        sa.Column("language", types.OrderedText(), nullable=False),
        sa.Column("token", types.OrderedText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("removed_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("topic IN ('claims', 'sources')", name=op.f("ck_watches_topic")),
        sa.CheckConstraint("channel IN ('mail', 'webhook', 'block')", name=op.f("ck_watches_channel")),
        sa.CheckConstraint("language IN ('de', 'en')", name=op.f("ck_watches_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("token", name=op.f("uq_watches_token")),
    )
    op.create_table(
        "watched_sources",
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("state", types.OrderedText(), nullable=False),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name=op.f("fk_watched_sources_watch_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_watched_sources_source_id")),
        sa.PrimaryKeyConstraint("watch_id", "source_id", name=op.f("pk_watched_sources")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", types.OrderedText(), nullable=False),
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("raised_at", types.UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", types.UtcDateTime(), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("failed_at", types.UtcDateTime(), nullable=True),
        sa.Column("problem", types.OrderedText(), nullable=True),
        sa.CheckConstraint("tries >= 0 AND left_out >= 0", name=op.f("ck_alerts_counts")),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name=op.f("fk_alerts_watch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("key", name=op.f("uq_alerts_key")),
    )
    op.create_index("ix_alerts_watch_id", "alerts", ["watch_id"])
    op.create_index("ix_alerts_waiting", "alerts", ["not_before"], **WAITING)


def downgrade() -> None:
    for table in ("alerts", "watched_sources", "watches", "claim_changes"):
        op.drop_table(table)
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query", types.OrderedText(), nullable=False),
        sa.Column("channel", types.OrderedText(), nullable=False),
        sa.Column("target", types.OrderedText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("removed_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("channel IN ('mail', 'webhook')", name=op.f("ck_watches_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", types.OrderedText(), nullable=False),
        sa.Column("state", types.OrderedText(), nullable=False),
        sa.Column("raised_at", types.UtcDateTime(), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("resolved_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("about", "state", "raised_at", name=op.f("uq_alerts_about_state_raised_at")),
    )
    op.create_index("ix_alerts_about", "alerts", ["about", "raised_at"])
