"""The outbox (lanes and messages) and the clock (schedule and runs of jobs)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_job_run_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "job", "period", name=op.f("pk_job_run")),
    )
    op.create_table(
        "job_schedule",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_job_schedule_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "job", name=op.f("pk_job_schedule")),
    )
    op.create_index(op.f("ix_job_schedule_next_due_at"), "job_schedule", ["next_due_at"], unique=False)
    op.create_table(
        "lane",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_lane_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "lane", name=op.f("pk_lane")),
    )
    op.create_index(op.f("ix_lane_next_at"), "lane", ["next_at"], unique=False)
    op.create_table(
        "message",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column(
            "facts",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "parent_id"],
            ["message.workspace_id", "message.id"],
            name=op.f("fk_message_workspace_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_message_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_message_workspace_id_key")),
    )
    op.create_index(
        "ix_message_waiting",
        "message",
        ["workspace_id", "lane", "priority", "number"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND shown < wanted"),
        postgresql_where=sa.text("state = 'open' AND shown < wanted"),
    )
    op.create_index(
        op.f("ix_message_workspace_id_card_subject_id"),
        "message",
        ["workspace_id", "card", "subject_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_message_workspace_id_parent_id"),
        "message",
        ["workspace_id", "parent_id"],
        unique=False,
    )
