"""Key figures, and reports of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "kpi_fact",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("numerator", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kpi_fact_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_kpi_fact_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_kpi_fact_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kpi_fact_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kpi_fact")),
        sa.UniqueConstraint(
            "workspace_id",
            "day",
            "measure",
            "source",
            "cut",
            name=op.f("uq_kpi_fact_workspace_id_day_measure_source_cut"),
        ),
    )
    op.create_index(
        op.f("ix_kpi_fact_workspace_id_measure_day"), "kpi_fact", ["workspace_id", "measure", "day"], unique=False
    )
    op.create_table(
        "kpi_source",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kpi_source_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "source", name=op.f("pk_kpi_source")),
    )
    op.create_table(
        "kpi_mapping",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("columns", _json(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "changed_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kpi_mapping_workspace_id_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kpi_mapping_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_kpi_mapping")),
    )
    op.create_table(
        "kpi_subscription",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("queue_id", sa.Uuid(), nullable=True),
        sa.Column("measures", _json(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kpi_subscription_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_kpi_subscription_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_kpi_subscription_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kpi_subscription_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kpi_subscription")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_kpi_subscription_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_kpi_subscription_workspace_id_next_at"),
        "kpi_subscription",
        ["workspace_id", "next_at"],
        unique=False,
    )
    op.create_table(
        "kpi_digest",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("queue_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", _json(), nullable=False),
        sa.Column("corrected", _json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_kpi_digest_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_kpi_digest_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "subscription_id"],
            ["kpi_subscription.workspace_id", "kpi_subscription.id"],
            name=op.f("fk_kpi_digest_workspace_id_subscription_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kpi_digest_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kpi_digest")),
        sa.UniqueConstraint(
            "workspace_id",
            "subscription_id",
            "starts",
            "ends",
            name=op.f("uq_kpi_digest_workspace_id_subscription_id_starts_ends"),
        ),
    )
    op.create_table(
        "uploaded_file",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_uploaded_file_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_uploaded_file")),
    )


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
