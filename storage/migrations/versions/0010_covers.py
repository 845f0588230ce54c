"""Covers: work that is given away, who is asked, and what was taken of it; what was settled before what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def _document() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )


def upgrade() -> None:
    op.create_table(
        "cover",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("next_wave_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('start < "end"', name=op.f("ck_cover_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ended_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_workspace_id_ended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entered_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_workspace_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_cover_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "shift_id"],
            ["shift.workspace_id", "shift.id"],
            name=op.f("fk_cover_workspace_id_shift_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_cover_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_cover")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_cover_workspace_id_number")),
    )
    op.create_index(op.f("ix_cover_workspace_id_shift_id"), "cover", ["workspace_id", "shift_id"])
    op.create_index(
        op.f("ix_cover_workspace_id_state_expires_at"), "cover", ["workspace_id", "state", "expires_at"]
    )
    op.create_index(
        op.f("ix_cover_workspace_id_state_next_wave_at"), "cover", ["workspace_id", "state", "next_wave_at"]
    )
    op.create_table(
        "cover_offer",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("why", _document(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "cover_id"],
            ["cover.workspace_id", "cover.id"],
            name=op.f("fk_cover_offer_workspace_id_cover_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_offer_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_cover_offer_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_cover_offer_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "cover_id", "member_id", name=op.f("pk_cover_offer")),
    )
    op.create_index(
        op.f("ix_cover_offer_workspace_id_member_id_asked_at"),
        "cover_offer",
        ["workspace_id", "member_id", "asked_at"],
    )
    op.create_table(
        "cover_part",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("taker_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("review", _document(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_in", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("undo_wanted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint('start < "end"', name=op.f("ck_cover_part_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "cover_id"],
            ["cover.workspace_id", "cover.id"],
            name=op.f("fk_cover_part_workspace_id_cover_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_part_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ended_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_part_workspace_id_ended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entered_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_part_workspace_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_cover_part_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "taker_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_part_workspace_id_taker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "undo_wanted_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_cover_part_workspace_id_undo_wanted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_cover_part_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_cover_part")),
    )
    op.create_index(op.f("ix_cover_part_workspace_id_cover_id"), "cover_part", ["workspace_id", "cover_id"])
    op.create_index(op.f("ix_cover_part_workspace_id_state"), "cover_part", ["workspace_id", "state"])
    op.create_index(op.f("ix_cover_part_workspace_id_taker_id"), "cover_part", ["workspace_id", "taker_id"])
    op.add_column("swap", sa.Column("settled_in", sa.BigInteger(), nullable=True))
