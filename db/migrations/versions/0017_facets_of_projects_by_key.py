"""The index that facets are counted by has the keys of projects, which are grouped in the database"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}
OTHERS = ["kind", "status", "modality", "speaker", "counted", "unit", "current"]


def upgrade() -> None:
    _make("subject_key")


def downgrade() -> None:
    _make("subject")


def _make(project: str) -> None:
    op.drop_index("ix_readings_facets", "readings")
    columns = ["reporting_date", "claim_key", "source_id", project, *OTHERS]
    op.create_index("ix_readings_facets", "readings", columns, **CURRENT)
