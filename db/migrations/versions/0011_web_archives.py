"""Copies from web archives: who fetched what when, the list of what is to be read, and what is forgotten"""

import zlib
from base64 import b32encode
from collections.abc import Sequence
from hashlib import sha1

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SNAPSHOTS = sa.table(
    "snapshots",
    sa.column("hash", types.OrderedText()),
    sa.column("body", sa.LargeBinary()),
    sa.column("digest", types.OrderedText()),
)
OUTCOMES = (
    "waiting", "stored", "repeated", "listed", "blocked", "refused", "excluded", "unreadable", "unavailable",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("snapshots", sa.Column("digest", types.OrderedText(), nullable=True))
    _name_contents()
    op.create_index("ix_snapshots_digest", "snapshots", ["digest"])
    op.add_column("fetches", sa.Column("archive", types.OrderedText(), nullable=True))
    op.add_column("fetches", sa.Column("archive_place", types.OrderedText(), nullable=True))
    op.add_column("fetches", sa.Column("retrieved_at", types.UtcDateTime(), nullable=True))
    op.add_column("revisions", sa.Column("repeats", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("archive", types.OrderedText(), nullable=False),
        sa.Column("kind", types.OrderedText(), nullable=False),
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("original", types.OrderedText(), nullable=False),
        sa.Column("archived_at", types.UtcDateTime(), nullable=False),
        sa.Column("digest", types.OrderedText(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("mime", types.OrderedText(), nullable=True),
        sa.Column("record", types.OrderedText(), nullable=True),
        sa.Column("outcome", types.OrderedText(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body_hash", types.OrderedText(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("retrieved_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('release', 'list')", name=op.f("ck_captures_kind")),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name=op.f("ck_captures_outcome")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_captures_source_id")),
        sa.ForeignKeyConstraint(["body_hash"], ["snapshots.hash"], name=op.f("fk_captures_body_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
    )
    op.create_index("uq_captures_copy", "captures", ["source_id", "archive", "original", "archived_at"], unique=True)
    op.create_index("ix_captures_source_id_archive_outcome", "captures", ["source_id", "archive", "outcome"])
    op.create_index("ix_captures_url_archived_at", "captures", ["url", "archived_at"])
    op.create_index("ix_captures_digest", "captures", ["digest"])
    op.create_index("ix_captures_body_hash", "captures", ["body_hash"])
    op.create_table(
        "index_queries",
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("archive", types.OrderedText(), nullable=False),
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("match", types.OrderedText(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("resume", types.OrderedText(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.CheckConstraint("match IN ('exact', 'prefix')", name=op.f("ck_index_queries_match")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_index_queries_source_id")),
        sa.PrimaryKeyConstraint("source_id", "archive", "url", "match", "since", name=op.f("pk_index_queries")),
    )
    op.create_table(
        "forgotten",
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_forgotten")),
    )


def _name_contents() -> None:
    """Gives the bytes that are stored the name that web archives have for them."""
    connection = op.get_bind()
    for snapshot_hash in connection.scalars(sa.select(SNAPSHOTS.c.hash)).all():
        here = SNAPSHOTS.c.hash == snapshot_hash
        try:
            body = zlib.decompress(connection.scalar(sa.select(SNAPSHOTS.c.body).where(here)) or b"")
        except zlib.error:  # `bilanz db verify` names it
            continue
        digest = b32encode(sha1(body, usedforsecurity=False).digest()).decode()
        connection.execute(sa.update(SNAPSHOTS).where(here).values(digest=digest))


def downgrade() -> None:
    op.drop_table("forgotten")
    op.drop_table("index_queries")
    op.drop_table("captures")
    op.drop_column("revisions", "repeats")
    for name in ("retrieved_at", "archive_place", "archive"):
        op.drop_column("fetches", name)
    op.drop_index("ix_snapshots_digest", "snapshots")
    op.drop_column("snapshots", "digest")
