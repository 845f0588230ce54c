"""Requests for time off, and which absence is of which."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "leave_request",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ledger", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "asked",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "wanted",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "days",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "review",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column(
            "talk",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.CheckConstraint('start < "end"', name=op.f("ck_leave_request_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_request_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ended_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_request_workspace_id_ended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entered_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_request_workspace_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_request_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_leave_request_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_leave_request_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "replaces_id"],
            ["leave_request.workspace_id", "leave_request.id"],
            name=op.f("fk_leave_request_workspace_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_leave_request_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_leave_request")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_leave_request_workspace_id_number")),
    )
    op.create_index(op.f("ix_leave_request_workspace_id_end"), "leave_request", ["workspace_id", "end"])
    op.create_index(
        op.f("ix_leave_request_workspace_id_member_id_end"), "leave_request", ["workspace_id", "member_id", "end"]
    )
    op.create_index(
        op.f("ix_leave_request_workspace_id_state_expires_at"),
        "leave_request",
        ["workspace_id", "state", "expires_at"],
    )
    with op.batch_alter_table("absence") as absence:
        absence.add_column(sa.Column("request_id", sa.Uuid(), nullable=True))
        absence.create_foreign_key(
            op.f("fk_absence_workspace_id_request_id"),
            "leave_request",
            ["workspace_id", "request_id"],
            ["workspace_id", "id"],
        )
    op.create_index(op.f("ix_absence_workspace_id_request_id"), "absence", ["workspace_id", "request_id"])
