"""Swaps, and forms by their nonce."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "form",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_form_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_form")),
    )
    op.create_table(
        "swap",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("colleague_id", sa.Uuid(), nullable=False),
        sa.Column("given_id", sa.Uuid(), nullable=False),
        sa.Column("returned_id", sa.Uuid(), nullable=False),
        sa.Column("given_made_id", sa.Uuid(), nullable=True),
        sa.Column("returned_made_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column(
            "review",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("undo_wanted_by_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answer_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_swap_workspace_id_answer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asker_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_swap_workspace_id_asker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "colleague_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_swap_workspace_id_colleague_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_swap_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_swap_workspace_id_given_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_made_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_swap_workspace_id_given_made_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_swap_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_swap_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "returned_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_swap_workspace_id_returned_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "returned_made_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_swap_workspace_id_returned_made_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "superseded_by_id"],
            ["swap.workspace_id", "swap.id"],
            name=op.f("fk_swap_workspace_id_superseded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "undo_wanted_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_swap_workspace_id_undo_wanted_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_swap_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_swap")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_swap_workspace_id_number")),
    )
    op.create_index(op.f("ix_swap_workspace_id_given_id"), "swap", ["workspace_id", "given_id"], unique=False)
    op.create_index(
        op.f("ix_swap_workspace_id_returned_id"), "swap", ["workspace_id", "returned_id"], unique=False
    )
    op.create_index(
        op.f("ix_swap_workspace_id_state_expires_at"),
        "swap",
        ["workspace_id", "state", "expires_at"],
        unique=False,
    )
