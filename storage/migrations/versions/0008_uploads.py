"""Spreadsheets that people upload."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def _document() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("replaced_from", sa.Date(), nullable=True),
        sa.Column("replaced_to", sa.Date(), nullable=True),
        sa.Column("shown", _document(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("in_the_way", _document(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_upload_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_upload")),
    )
    op.create_index(
        op.f("ix_upload_workspace_id_state_expires_at"), "upload", ["workspace_id", "state", "expires_at"]
    )
