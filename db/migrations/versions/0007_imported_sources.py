"""Sources of imported releases, whose publisher no file names"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("publisher", types.OrderedText(), nullable=True))


def downgrade() -> None:
    op.drop_column("sources", "publisher")
