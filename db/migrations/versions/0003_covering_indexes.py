"""Indexes of readings that filters and facets can be answered from"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CURRENT: dict[str, Any] = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}
PLACE = ["reporting_date", "claim_key"]
NARROWED = {
    "ix_readings_subject": "subject_key",
    "ix_readings_counted": "counted_folded",
    "ix_readings_source": "source_id",
    "ix_readings_kind": "kind",
    "ix_readings_modality": "modality",
    "ix_readings_speaker": "speaker",
    "ix_readings_value": "value_order",
}
FACETS = ["source_id", "subject", "kind", "status", "modality", "speaker", "counted", "unit"]


def upgrade() -> None:
    op.drop_index("ix_readings_reporting_date", "readings")
    op.create_index("ix_readings_facets", "readings", [*PLACE, *FACETS, "current"], **CURRENT)
    for name, column in NARROWED.items():
        op.drop_index(name, "readings")
        op.create_index(name, "readings", [column, *PLACE, "status", "current"], **CURRENT)


def downgrade() -> None:
    for name, column in NARROWED.items():
        op.drop_index(name, "readings")
        op.create_index(name, "readings", [column, *PLACE], **CURRENT)
    op.drop_index("ix_readings_facets", "readings")
    op.create_index("ix_readings_reporting_date", "readings", PLACE, **CURRENT)
