"""Who accepted a swap for somebody else, and who withdrew, declined or undid one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("swap") as swap:
        for column in ("answered_by_id", "ended_by_id"):
            swap.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            swap.create_foreign_key(
                op.f(f"fk_swap_workspace_id_{column}"), "member", ["workspace_id", column], ["workspace_id", "id"]
            )
