"""Watches of pages: confirmed, paused, told daily or weekly, in chats; changes know of deletions"""

import secrets
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CAUSES = ("release", "correction", "rules", "deletion", "return")
CHANNELS = ("mail", "webhook", "slack", "teams", "matrix", "block")
FREQUENCIES = ("run", "day", "week")
UNTOLD: dict[str, Any] = {"sqlite_where": sa.text("told = 0"), "postgresql_where": sa.text("NOT told")}

WATCHES = sa.table(
    "watches",
    sa.column("id", sa.Integer()),
    sa.column("channel", types.OrderedText()),
    sa.column("secret", types.OrderedText()),
    sa.column("created_at", types.UtcDateTime()),
    sa.column("confirmed_at", types.UtcDateTime()),
    sa.column("removed_at", types.UtcDateTime()),
)
CHANGES = sa.table("claim_changes", sa.column("cause", types.OrderedText()))


def upgrade() -> None:
    new: list[sa.Column[Any]] = [
        sa.Column("secret", types.OrderedText(), nullable=False, server_default=""),
        sa.Column("frequency", types.OrderedText(), nullable=False, server_default="run"),
        sa.Column("on_page", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("confirmed_at", types.UtcDateTime(), nullable=True),
        sa.Column("paused_at", types.UtcDateTime(), nullable=True),
    ]
    for column in new:
        op.add_column("watches", column)
    connection = op.get_bind()
    for watch_id in connection.scalars(sa.select(WATCHES.c.id)).all():
        own = {"secret": secrets.token_urlsafe(), "confirmed_at": WATCHES.c.created_at}
        connection.execute(sa.update(WATCHES).where(WATCHES.c.id == watch_id).values(own))
    if connection.dialect.name == "sqlite":
        _remake(
            "watches",
            *_watches(CHANNELS, new),
            sa.CheckConstraint(f"frequency IN {FREQUENCIES}", name=op.f("ck_watches_frequency")),
        )
        _remake("claim_changes", *_claim_changes(CAUSES))
        _index_changes()
    else:
        op.create_check_constraint(op.f("ck_watches_frequency"), "watches", f"frequency IN {FREQUENCIES}")
        for name in ("secret", "frequency", "on_page"):
            op.alter_column("watches", name, server_default=None)
        _check("watches", "channel", CHANNELS)
        _check("claim_changes", "cause", CAUSES)


def downgrade() -> None:
    channels, causes = ("mail", "webhook", "block"), ("release", "correction", "rules")
    connection = op.get_bind()
    # To an older program all watches are confirmed, tell after every run, and end where they were paused.
    unwanted = WATCHES.c.confirmed_at.is_(None)
    connection.execute(sa.update(WATCHES).where(unwanted).values(removed_at=WATCHES.c.created_at))
    chats = WATCHES.c.channel.not_in(channels)
    ended = {"channel": "webhook", "removed_at": sa.func.coalesce(WATCHES.c.removed_at, WATCHES.c.created_at)}
    connection.execute(sa.update(WATCHES).where(chats).values(ended))
    connection.execute(sa.delete(CHANGES).where(CHANGES.c.cause.not_in(causes)))
    if connection.dialect.name == "sqlite":
        _remake("watches", *_watches(channels, []))
        _remake("claim_changes", *_claim_changes(causes))
        _index_changes()
    else:
        op.drop_constraint(op.f("ck_watches_frequency"), "watches")
        for name in ("paused_at", "confirmed_at", "on_page", "frequency", "secret"):
            op.drop_column("watches", name)
        _check("watches", "channel", channels)
        _check("claim_changes", "cause", causes)


def _check(table: str, column: str, values: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_{column}")
    op.drop_constraint(name, table)
    op.create_check_constraint(name, table, f"{column} IN {values}")


def _remake(table: str, *parts: Any) -> None:
    """SQLite changes no conditions of a table: it is made anew, with its rows, while others go on pointing at it."""
    names = ", ".join(part.name for part in parts if isinstance(part, sa.Column))
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE kept AS SELECT {names} FROM {table}")
    op.drop_table(table)
    op.create_table(table, *parts)
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM kept")
    op.drop_table("kept")


def _watches(channels: tuple[str, ...], new: list[sa.Column[Any]]) -> list[Any]:
    """The table, with new columns between its token and the time at which it was made."""
    new = [sa.Column(each.name, each.type, nullable=each.nullable) for each in new]
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", types.OrderedText(), nullable=False),
        sa.Column("query", types.OrderedText(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("channel", types.OrderedText(), nullable=False),
        sa.Column("target", types.OrderedText(), nullable=False),
        sa.Column("language", types.OrderedText(), nullable=False),
        sa.Column("token", types.OrderedText(), nullable=False),
        *new,
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("removed_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("topic IN ('claims', 'sources')", name=op.f("ck_watches_topic")),
        sa.CheckConstraint(f"channel IN {channels}", name=op.f("ck_watches_channel")),
        sa.CheckConstraint("language IN ('de', 'en')", name=op.f("ck_watches_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("token", name=op.f("uq_watches_token")),
    ]


def _claim_changes(causes: tuple[str, ...]) -> list[Any]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("cause", types.OrderedText(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"cause IN {causes}", name=op.f("ck_claim_changes_cause")),
        sa.CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name=op.f("ck_claim_changes_something")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_claim_changes_release_id")),
        sa.ForeignKeyConstraint(["before_id"], ["readings.id"], name=op.f("fk_claim_changes_before_id")),
        sa.ForeignKeyConstraint(["after_id"], ["readings.id"], name=op.f("fk_claim_changes_after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_changes")),
    ]


def _index_changes() -> None:
    op.create_index("ix_claim_changes_at", "claim_changes", ["at"])
    op.create_index("ix_claim_changes_untold", "claim_changes", ["id"], **UNTOLD)
