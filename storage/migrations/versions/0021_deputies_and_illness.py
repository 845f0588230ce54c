"""Who stands in for somebody on leave, and who was ill during theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "deputy",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_deputy_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_deputy_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["leave_request.workspace_id", "leave_request.id"],
            name=op.f("fk_deputy_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_deputy_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_deputy_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_workspace_id_request_id"), "deputy", ["workspace_id", "request_id"])
    op.create_table(
        "leave_illness",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by_id", sa.Uuid(), nullable=True),
        sa.Column("certified", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_illness_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["leave_request.workspace_id", "leave_request.id"],
            name=op.f("fk_leave_illness_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "said_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_leave_illness_workspace_id_said_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_leave_illness_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_leave_illness")),
    )
    op.create_index(
        op.f("ix_leave_illness_workspace_id_request_id"), "leave_illness", ["workspace_id", "request_id"]
    )
