"""Announcements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("audience", _json(), nullable=False),
        sa.Column("channels", _json(), nullable=False),
        sa.Column("mentions", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("asks_from", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_announcement_workspace_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_announcement_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_announcement_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_announcement_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_announcement_workspace_id_author_id_state"),
        "announcement",
        ["workspace_id", "author_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_announcement_workspace_id_state_next_at"),
        "announcement",
        ["workspace_id", "state", "next_at"],
        unique=False,
    )
    op.create_table(
        "announcement_reader",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "announcement_id"],
            ["announcement.workspace_id", "announcement.id"],
            name=op.f("fk_announcement_reader_workspace_id_announcement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_announcement_reader_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_announcement_reader_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_announcement_reader")),
        sa.UniqueConstraint(
            "workspace_id",
            "announcement_id",
            "member_id",
            name=op.f("uq_announcement_reader_workspace_id_announcement_id_member_id"),
        ),
    )
    for columns in (("member_id", "acknowledged"), ("announcement_id", "remind_at")):
        op.create_index(
            op.f(f"ix_announcement_reader_workspace_id_{'_'.join(columns)}"),
            "announcement_reader",
            ["workspace_id", *columns],
            unique=False,
        )


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
