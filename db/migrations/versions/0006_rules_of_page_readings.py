"""Page readings know by which version of the extractor their claims were last read"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("page_readings", sa.Column("extractor_version", types.OrderedText(), nullable=True))
    # Pages without claims do not tell; they are simply read again.
    latest = "SELECT max(id) FROM readings WHERE readings.page_reading_id = page_readings.id"
    op.execute(
        "UPDATE page_readings SET extractor_version = "
        f"(SELECT r.extractor_version FROM readings r WHERE r.id = ({latest}))"
    )


def downgrade() -> None:
    op.drop_column("page_readings", "extractor_version")
