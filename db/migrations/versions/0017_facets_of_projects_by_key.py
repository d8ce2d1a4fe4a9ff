"""Indexes that facets are counted by have the keys of projects, and that of what is counted has all facets"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}
PLACE = ["reporting_date", "claim_key"]
OTHERS = ["modality", "speaker", "counted", "unit", "current"]


def upgrade() -> None:
    _make("ix_readings_facets", [*PLACE, "source_id", "subject_key", "kind", "status", *OTHERS])
    _make("ix_readings_counted", ["counted_folded", *PLACE, "status", "source_id", "subject_key", "kind", *OTHERS])


def downgrade() -> None:
    _make("ix_readings_facets", [*PLACE, "source_id", "subject", "kind", "status", *OTHERS])
    _make("ix_readings_counted", ["counted_folded", *PLACE, "status", "current"])


def _make(name: str, columns: list[str]) -> None:
    op.drop_index(name, "readings")
    op.create_index(name, "readings", columns, **CURRENT)
