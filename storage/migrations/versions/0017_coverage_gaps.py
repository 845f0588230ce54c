"""Gaps in coverage that somebody was told of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "coverage_gap",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("parts", _json(), nullable=False),
        sa.Column("told", _json(), nullable=False),
        sa.Column("levels", _json(), nullable=False),
        sa.Column("rung_minutes", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("accepted", _json(), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("covers", _json(), nullable=False),
        sa.CheckConstraint('start < "end"', name=op.f("ck_coverage_gap_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "accepted_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_coverage_gap_workspace_id_accepted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_coverage_gap_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_coverage_gap_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_coverage_gap")),
    )
    op.create_index(op.f("ix_coverage_gap_workspace_id_end"), "coverage_gap", ["workspace_id", "end"])
    op.create_index(op.f("ix_coverage_gap_workspace_id_state"), "coverage_gap", ["workspace_id", "state"])


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
