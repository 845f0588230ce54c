"""What is changed on the day itself so that nobody is missing, hours that are short week after week, and
time off that is offered because more people are there than are needed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "ladder_step",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=True),
        sa.Column("moved", _json(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('start < "end"', name=op.f("ck_ladder_step_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "made_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ladder_step_workspace_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ladder_step_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_ladder_step_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "undone_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_ladder_step_workspace_id_undone_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_ladder_step_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_ladder_step")),
    )
    op.create_index(op.f("ix_ladder_step_workspace_id_end"), "ladder_step", ["workspace_id", "end"])
    op.create_table(
        "coverage_pattern",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("posts", _json(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("evidence", _json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("accepted_until", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "accepted_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_coverage_pattern_workspace_id_accepted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_coverage_pattern_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_coverage_pattern")),
    )
    op.create_index(op.f("ix_coverage_pattern_workspace_id_state"), "coverage_pattern", ["workspace_id", "state"])
    op.create_table(
        "surplus_offer",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("posts", _json(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("next_wave_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_by_id", sa.Uuid(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('start < "end"', name=op.f("ck_surplus_offer_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "offered_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_surplus_offer_workspace_id_offered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_surplus_offer_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_surplus_offer")),
    )
    op.create_index(
        op.f("ix_surplus_offer_workspace_id_state_next_wave_at"),
        "surplus_offer",
        ["workspace_id", "state", "next_wave_at"],
    )
    op.create_table(
        "surplus_ask",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_surplus_ask_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "offer_id"],
            ["surplus_offer.workspace_id", "surplus_offer.id"],
            name=op.f("fk_surplus_ask_workspace_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["leave_request.workspace_id", "leave_request.id"],
            name=op.f("fk_surplus_ask_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_surplus_ask_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "offer_id", "member_id", name=op.f("pk_surplus_ask")),
    )
    op.create_index(
        op.f("ix_surplus_ask_workspace_id_member_id_asked_at"),
        "surplus_ask",
        ["workspace_id", "member_id", "asked_at"],
    )


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
