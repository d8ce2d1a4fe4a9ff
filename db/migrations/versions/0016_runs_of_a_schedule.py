"""Whether a schedule or a person has started a run"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Until now every ingestion counted as a night: the last one does, so that no alarm rings before the next.
    op.add_column("runs", sa.Column("scheduled", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("runs", "scheduled")
