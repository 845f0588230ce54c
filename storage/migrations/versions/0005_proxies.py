"""Who entered a swap for somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("swap") as swap:
        swap.add_column(sa.Column("entered_by_id", sa.Uuid(), nullable=True))
        swap.create_foreign_key(
            op.f("fk_swap_workspace_id_entered_by_id"),
            "member",
            ["workspace_id", "entered_by_id"],
            ["workspace_id", "id"],
        )
