"""The shifts of a member by their start, which tells whether they overlap."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(op.f("ix_shift_workspace_id_member_id_start"), "shift", ["workspace_id", "member_id", "start"])
