"""Documents that releases link to, and where their text stands on their pages"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("part_of", types.OrderedText(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=True),
        sa.Column("snapshot_hash", types.OrderedText(), nullable=False),
        sa.Column("version", types.OrderedText(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.CheckConstraint("(release_id IS NULL) = (reason IS NOT NULL)", name=op.f("ck_documents_outcome")),
        sa.ForeignKeyConstraint(["part_of"], ["releases.id"], name=op.f("fk_documents_part_of")),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_documents_release_id")),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshots.hash"], name=op.f("fk_documents_snapshot_hash")),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_documents")),
        sa.UniqueConstraint("release_id", name=op.f("uq_documents_release_id")),
    )
    op.create_index("ix_documents_part_of", "documents", ["part_of"])
    op.create_table(
        "document_places",
        sa.Column("page_reading_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_reading_id"], ["page_readings.id"], name=op.f("fk_document_places_page_reading_id")
        ),
        sa.PrimaryKeyConstraint("page_reading_id", name=op.f("pk_document_places")),
    )


def downgrade() -> None:
    op.drop_table("document_places")
    op.drop_table("documents")
