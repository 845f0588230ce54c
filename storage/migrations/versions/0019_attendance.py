"""Who is to come to work today, and whether they have."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint('start < "end"', name=op.f("ck_arrival_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_arrival_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "settled_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_arrival_workspace_id_settled_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_arrival_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_arrival")),
        sa.UniqueConstraint(
            "workspace_id", "member_id", "start", name=op.f("uq_arrival_workspace_id_member_id_start")
        ),
    )
