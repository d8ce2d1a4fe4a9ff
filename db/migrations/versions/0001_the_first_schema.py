"""The first schema"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.tables import base as types

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
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
    op.create_index("ix_alerts_about", "alerts", ["about", "raised_at"], unique=False)
    op.create_table(
        "host_slots",
        sa.Column("host", types.OrderedText(), nullable=False),
        sa.Column("next_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_slots")),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left", types.OrderedText(), nullable=False),
        sa.Column("right", types.OrderedText(), nullable=False),
        sa.Column("left_key", types.OrderedText(), nullable=False),
        sa.Column("right_key", types.OrderedText(), nullable=False),
        sa.Column("verdict", types.OrderedText(), nullable=False),
        sa.Column("author", types.OrderedText(), nullable=False),
        sa.Column("note", types.OrderedText(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("retracted_at", types.UtcDateTime(), nullable=True),
        sa.Column("retracted_by", types.OrderedText(), nullable=True),
        sa.CheckConstraint("verdict IN ('same', 'different', 'unsure')", name=op.f("ck_judgements_verdict")),
        sa.CheckConstraint("left_key < right_key", name=op.f("ck_judgements_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_index(
        "uq_judgements_standing",
        "judgements",
        ["left_key", "right_key"],
        unique=True,
        sqlite_where=sa.text("retracted_at IS NULL"),
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
    op.create_table(
        "leases",
        sa.Column("name", types.OrderedText(), nullable=False),
        sa.Column("holder", types.OrderedText(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "runs",
        sa.Column("id", types.OrderedText(), nullable=False),
        sa.Column("kind", types.OrderedText(), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("state", types.OrderedText(), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'completed', 'degraded', 'failed', 'interrupted')", name=op.f("ck_runs_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"], unique=False)
    op.create_table(
        "series_nouns",
        sa.Column("programme_key", types.OrderedText(), nullable=False),
        sa.Column("noun_folded", types.OrderedText(), nullable=False),
        sa.Column("noun", types.OrderedText(), nullable=False),
        sa.Column("series", types.OrderedText(), nullable=False),
        sa.Column("author", types.OrderedText(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("programme_key", "noun_folded", name=op.f("pk_series_nouns")),
    )
    op.create_table(
        "snapshots",
        sa.Column("hash", types.OrderedText(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(hash) = 64 AND size >= 0", name=op.f("ck_snapshots_hash")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "sources",
        sa.Column("id", types.OrderedText(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_table(
        "texts",
        sa.Column("hash", types.OrderedText(), nullable=False),
        sa.Column("text", types.OrderedText(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_texts")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", types.OrderedText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
    )
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
        "releases",
        sa.Column("id", types.OrderedText(), nullable=False),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("title", types.OrderedText(), nullable=False),
        sa.Column("published", types.UtcDateTime(), nullable=True),
        sa.Column("first_seen", types.UtcDateTime(), nullable=False),
        sa.Column("gone_at", types.UtcDateTime(), nullable=True),
        sa.Column("reporting_date", types.OrderedText(), nullable=True),
        sa.Column("reporting_basis", types.OrderedText(), nullable=False),
        sa.CheckConstraint(
            "reporting_basis IN ('stated', 'release', 'published')", name=op.f("ck_releases_reporting_basis")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_releases_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_index("ix_releases_first_seen", "releases", ["first_seen"], unique=False)
    op.create_index("ix_releases_published", "releases", ["published"], unique=False)
    op.create_index("ix_releases_source_id_published", "releases", ["source_id", "published"], unique=False)
    op.create_table(
        "run_sources",
        sa.Column("run_id", types.OrderedText(), nullable=False),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("state", types.OrderedText(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'completed', 'degraded', 'failed', 'interrupted')", name=op.f("ck_run_sources_state")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_sources_run_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_run_sources_source_id")),
        sa.PrimaryKeyConstraint("run_id", "source_id", name=op.f("pk_run_sources")),
    )
    op.create_index(op.f("ix_run_sources_source_id"), "run_sources", ["source_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("hash", types.OrderedText(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("label", types.OrderedText(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("revoked_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_tokens_hash")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tokens_user_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tokens")),
    )
    op.create_index(op.f("ix_tokens_user_id"), "tokens", ["user_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("key", types.OrderedText(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("first_seen", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_claims_release_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_claims")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claims_first_seen"), "claims", ["first_seen"], unique=False)
    op.create_index(op.f("ix_claims_release_id"), "claims", ["release_id"], unique=False)
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("answered_by", types.OrderedText(), nullable=False),
        sa.Column("fetched_at", types.UtcDateTime(), nullable=False),
        sa.Column("outcome", types.OrderedText(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body_hash", types.OrderedText(), nullable=True),
        sa.Column("snapshot_hash", types.OrderedText(), nullable=True),
        sa.Column("release_id", types.OrderedText(), nullable=True),
        sa.Column("etag", types.OrderedText(), nullable=True),
        sa.Column("last_modified", types.OrderedText(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("reason", types.OrderedText(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('stored', 'unchanged', 'not_modified', 'gone', 'blocked', 'layout_changed', 'failed')",
            name=op.f("ck_fetches_outcome"),
        ),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_fetches_release_id")),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshots.hash"], name=op.f("fk_fetches_snapshot_hash")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_fetches_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
        sa.UniqueConstraint("url", "fetched_at", name=op.f("uq_fetches_url_fetched_at")),
    )
    op.create_index("ix_fetches_answered_by", "fetches", ["answered_by"], unique=False)
    op.create_index(op.f("ix_fetches_release_id"), "fetches", ["release_id"], unique=False)
    op.create_index(op.f("ix_fetches_snapshot_hash"), "fetches", ["snapshot_hash"], unique=False)
    op.create_index("ix_fetches_source_id_fetched_at", "fetches", ["source_id", "fetched_at"], unique=False)
    op.create_table(
        "release_projects",
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("name", types.OrderedText(), nullable=False),
        sa.Column("name_key", types.OrderedText(), nullable=False),
        sa.Column("alias_of", types.OrderedText(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_projects_release_id")),
        sa.PrimaryKeyConstraint("release_id", "name", name=op.f("pk_release_projects")),
    )
    op.create_index(op.f("ix_release_projects_name_key"), "release_projects", ["name_key"], unique=False)
    op.create_table(
        "release_urls",
        sa.Column("url", types.OrderedText(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("first_seen", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_release_urls_release_id")),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_release_urls")),
    )
    op.create_index(op.f("ix_release_urls_release_id"), "release_urls", ["release_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", types.OrderedText(), nullable=False),
        sa.Column("release_id", types.OrderedText(), nullable=False),
        sa.Column("snapshot_hash", types.OrderedText(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=op.f("fk_revisions_release_id")),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshots.hash"], name=op.f("fk_revisions_snapshot_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint(
            "release_id", "seen_at", "snapshot_hash", name=op.f("uq_revisions_release_id_seen_at_snapshot_hash")
        ),
    )
    op.create_index(op.f("ix_revisions_snapshot_hash"), "revisions", ["snapshot_hash"], unique=False)
    op.create_table(
        "page_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", types.OrderedText(), nullable=False),
        sa.Column("page_version", types.OrderedText(), nullable=False),
        sa.Column("snapshot_hash", types.OrderedText(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("text_hash", types.OrderedText(), nullable=False),
        sa.Column("title", types.OrderedText(), nullable=False),
        sa.Column("published", types.UtcDateTime(), nullable=True),
        sa.Column("date_precision", types.OrderedText(), nullable=False),
        sa.Column("date_method", types.OrderedText(), nullable=False),
        sa.Column("kicker", types.OrderedText(), nullable=True),
        sa.Column("place", types.OrderedText(), nullable=True),
        sa.Column("contact", types.OrderedText(), nullable=True),
        sa.Column("language", types.OrderedText(), nullable=False),
        sa.Column("generic", sa.Boolean(), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("read_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_page_readings_revision_id")),
        sa.ForeignKeyConstraint(["snapshot_hash"], ["snapshots.hash"], name=op.f("fk_page_readings_snapshot_hash")),
        sa.ForeignKeyConstraint(["text_hash"], ["texts.hash"], name=op.f("fk_page_readings_text_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_readings")),
        sa.UniqueConstraint("revision_id", "page_version", name=op.f("uq_page_readings_revision_id_page_version")),
    )
    op.create_index(op.f("ix_page_readings_snapshot_hash"), "page_readings", ["snapshot_hash"], unique=False)
    op.create_index(op.f("ix_page_readings_text_hash"), "page_readings", ["text_hash"], unique=False)
    op.create_table(
        "search_terms",
        sa.Column("term", types.OrderedText(), nullable=False),
        sa.Column("reporting_date", types.OrderedText(), nullable=False),
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_search_terms_claim_key")),
        sa.PrimaryKeyConstraint("term", "reporting_date", "claim_key", name=op.f("pk_search_terms")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.Column("page_reading_id", sa.Integer(), nullable=False),
        sa.Column("extractor_version", types.OrderedText(), nullable=False),
        sa.Column("content_hash", types.OrderedText(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("read_at", types.UtcDateTime(), nullable=False),
        sa.Column("kind", types.OrderedText(), nullable=False),
        sa.Column("value", types.ExactDecimal(), nullable=True),
        sa.Column("value_order", types.OrderedText(), nullable=True),
        sa.Column("value_to", types.ExactDecimal(), nullable=True),
        sa.Column("comparator", types.OrderedText(), nullable=True),
        sa.Column("unit", types.OrderedText(), nullable=True),
        sa.Column("counted", types.OrderedText(), nullable=True),
        sa.Column("counted_folded", types.OrderedText(), nullable=True),
        sa.Column("of", types.ExactDecimal(), nullable=True),
        sa.Column("status", types.OrderedText(), nullable=True),
        sa.Column("subject", types.OrderedText(), nullable=True),
        sa.Column("subject_key", types.OrderedText(), nullable=True),
        sa.Column("since", types.OrderedText(), nullable=True),
        sa.Column("until", types.OrderedText(), nullable=True),
        sa.Column("as_of", types.OrderedText(), nullable=True),
        sa.Column("modality", types.OrderedText(), nullable=False),
        sa.Column("speaker", types.OrderedText(), nullable=True),
        sa.Column("reporting_date", types.OrderedText(), nullable=False),
        sa.Column("reporting_basis", types.OrderedText(), nullable=False),
        sa.Column("quote", types.OrderedText(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence", types.OrderedText(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("rule", types.OrderedText(), nullable=False),
        sa.Column("whole_key", types.OrderedText(), nullable=True),
        sa.Column("source_id", types.OrderedText(), nullable=False),
        sa.Column("published", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("(kind = 'status') = (value IS NULL)", name=op.f("ck_readings_value")),
        sa.CheckConstraint(
            "kind IN ('count', 'money', 'share', 'measure', 'duration', 'status')", name=op.f("ck_readings_kind")
        ),
        sa.CheckConstraint(
            "modality IN ('actual', 'planned', 'possible', 'denied')", name=op.f("ck_readings_modality")
        ),
        sa.CheckConstraint(
            "reporting_basis IN ('stated', 'release', 'published')", name=op.f("ck_readings_reporting_basis")
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'under_review', 'planned', 'approved', 'started', 'in_progress', 'operating', "
            "'completed', 'continued', 'extended', 'paused', 'discontinued', 'rejected')",
            name=op.f("ck_readings_status"),
        ),
        sa.CheckConstraint("(value IS NULL) = (value_order IS NULL)", name=op.f("ck_readings_value_order")),
        sa.CheckConstraint("0 <= start AND start < \"end\" AND quote <> ''", name=op.f("ck_readings_evidence")),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_readings_claim_key")),
        sa.ForeignKeyConstraint(["page_reading_id"], ["page_readings.id"], name=op.f("fk_readings_page_reading_id")),
        sa.ForeignKeyConstraint(["whole_key"], ["claims.key"], name=op.f("fk_readings_whole_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint(
            "claim_key", "page_reading_id", "extractor_version", "content_hash", name="uq_readings_identical"
        ),
    )
    op.create_index(
        "ix_readings_counted",
        "readings",
        ["counted_folded", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_kind",
        "readings",
        ["kind", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_modality",
        "readings",
        ["modality", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(op.f("ix_readings_page_reading_id"), "readings", ["page_reading_id"], unique=False)
    op.create_index(
        "ix_readings_reporting_date",
        "readings",
        ["reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_source",
        "readings",
        ["source_id", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_speaker",
        "readings",
        ["speaker", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_status",
        "readings",
        ["status", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_subject",
        "readings",
        ["subject_key", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_superseded",
        "readings",
        ["subject_key"],
        unique=False,
        sqlite_where=sa.text("current = 0"),
        postgresql_where=sa.text("NOT current"),
    )
    op.create_index(
        "ix_readings_value",
        "readings",
        ["value_order", "reporting_date", "claim_key"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(
        "ix_readings_whole",
        "readings",
        ["whole_key"],
        unique=False,
        sqlite_where=sa.text("whole_key IS NOT NULL"),
        postgresql_where=sa.text("whole_key IS NOT NULL"),
    )
    op.create_index(
        "uq_readings_current",
        "readings",
        ["claim_key"],
        unique=True,
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "cues",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", types.OrderedText(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.CheckConstraint('0 <= start AND start < "end"', name=op.f("ck_cues_span")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_cues_reading_id")),
        sa.PrimaryKeyConstraint("reading_id", "ordinal", name=op.f("pk_cues")),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_key", types.OrderedText(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("decision", types.OrderedText(), nullable=False),
        sa.Column("corrected", sa.JSON(), nullable=False),
        sa.Column("note", types.OrderedText(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("retracted_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('confirmed', 'rejected', 'corrected', 'added')", name=op.f("ck_reviews_decision")
        ),
        sa.ForeignKeyConstraint(["claim_key"], ["claims.key"], name=op.f("fk_reviews_claim_key")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_reviews_reading_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reviews_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_claim_key"), "reviews", ["claim_key"], unique=False)
    op.create_index(
        "uq_reviews_standing",
        "reviews",
        ["claim_key"],
        unique=True,
        sqlite_where=sa.text("retracted_at IS NULL"),
        postgresql_where=sa.text("retracted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_reviews_standing",
        table_name="reviews",
        sqlite_where=sa.text("retracted_at IS NULL"),
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
    op.drop_index(op.f("ix_reviews_claim_key"), table_name="reviews")
    op.drop_table("reviews")
    op.drop_table("cues")
    op.drop_index(
        "uq_readings_current",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_whole",
        table_name="readings",
        sqlite_where=sa.text("whole_key IS NOT NULL"),
        postgresql_where=sa.text("whole_key IS NOT NULL"),
    )
    op.drop_index(
        "ix_readings_value",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_superseded",
        table_name="readings",
        sqlite_where=sa.text("current = 0"),
        postgresql_where=sa.text("NOT current"),
    )
    op.drop_index(
        "ix_readings_subject",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_status",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_speaker",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_source",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_reporting_date",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(op.f("ix_readings_page_reading_id"), table_name="readings")
    op.drop_index(
        "ix_readings_modality",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_kind",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_index(
        "ix_readings_counted",
        table_name="readings",
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.drop_table("readings")
    op.drop_table("search_terms")
    op.drop_index(op.f("ix_page_readings_text_hash"), table_name="page_readings")
    op.drop_index(op.f("ix_page_readings_snapshot_hash"), table_name="page_readings")
    op.drop_table("page_readings")
    op.drop_index(op.f("ix_revisions_snapshot_hash"), table_name="revisions")
    op.drop_table("revisions")
    op.drop_index(op.f("ix_release_urls_release_id"), table_name="release_urls")
    op.drop_table("release_urls")
    op.drop_index(op.f("ix_release_projects_name_key"), table_name="release_projects")
    op.drop_table("release_projects")
    op.drop_index("ix_fetches_source_id_fetched_at", table_name="fetches")
    op.drop_index(op.f("ix_fetches_snapshot_hash"), table_name="fetches")
    op.drop_index(op.f("ix_fetches_release_id"), table_name="fetches")
    op.drop_index("ix_fetches_answered_by", table_name="fetches")
    op.drop_table("fetches")
    op.drop_index(op.f("ix_claims_release_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_first_seen"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(op.f("ix_tokens_user_id"), table_name="tokens")
    op.drop_table("tokens")
    op.drop_index(op.f("ix_run_sources_source_id"), table_name="run_sources")
    op.drop_table("run_sources")
    op.drop_index("ix_releases_source_id_published", table_name="releases")
    op.drop_index("ix_releases_published", table_name="releases")
    op.drop_index("ix_releases_first_seen", table_name="releases")
    op.drop_table("releases")
    op.drop_table("watches")
    op.drop_table("users")
    op.drop_table("texts")
    op.drop_table("sources")
    op.drop_table("snapshots")
    op.drop_table("series_nouns")
    op.drop_index("ix_runs_started_at", table_name="runs")
    op.drop_table("runs")
    op.drop_table("leases")
    op.drop_index(
        "uq_judgements_standing",
        table_name="judgements",
        sqlite_where=sa.text("retracted_at IS NULL"),
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
    op.drop_table("judgements")
    op.drop_table("host_slots")
    op.drop_index("ix_alerts_about", table_name="alerts")
    op.drop_table("alerts")
