"""Questions to other departments, and the matrix."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "department_desk",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("hours", _json(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "department_id"],
            ["department.workspace_id", "department.id"],
            name=op.f("fk_department_desk_workspace_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_department_desk_workspace_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_department_desk_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "department_id", name=op.f("pk_department_desk")),
    )
    op.create_table(
        "escalation_matrix",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", _json(), nullable=False),
        sa.Column("replaces", _json(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_matrix_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_matrix_workspace_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "proposed_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_matrix_workspace_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_matrix_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_escalation_matrix_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_matrix")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_escalation_matrix_workspace_id_number")),
    )
    op.create_table(
        "escalation",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("promise_id", sa.Uuid(), nullable=True),
        sa.Column("matrix_number", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("eta_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("chased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=True),
        sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("outcome_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answer_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_workspace_id_answer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_escalation_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "closed_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_closed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "department_id"],
            ["department.workspace_id", "department.id"],
            name=op.f("fk_escalation_workspace_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "need_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_workspace_id_need_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_workspace_id_outcome_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "promise_id"],
            ["customer_promise.workspace_id", "customer_promise.id"],
            name=op.f("fk_escalation_workspace_id_promise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "question_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_workspace_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_escalation_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_escalation_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_escalation_workspace_id_case_id"), "escalation", ["workspace_id", "case_id"], unique=False
    )
    op.create_index(
        op.f("ix_escalation_workspace_id_department_id_state"),
        "escalation",
        ["workspace_id", "department_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_escalation_workspace_id_state_next_at"),
        "escalation",
        ["workspace_id", "state", "next_at"],
        unique=False,
    )
    op.create_table(
        "escalation_eta",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("eta_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "department_id"],
            ["department.workspace_id", "department.id"],
            name=op.f("fk_escalation_eta_workspace_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_escalation_eta_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_escalation_eta_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_escalation_eta_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_escalation_eta")),
    )
    op.create_index(
        op.f("ix_escalation_eta_workspace_id_department_id_eta_at"),
        "escalation_eta",
        ["workspace_id", "department_id", "eta_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_escalation_eta_workspace_id_escalation_id"),
        "escalation_eta",
        ["workspace_id", "escalation_id"],
        unique=False,
    )
    op.create_table(
        "escalation_said",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "escalation_id"],
            ["escalation.workspace_id", "escalation.id"],
            name=op.f("fk_escalation_said_workspace_id_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_escalation_said_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_escalation_said_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel", "ts", name=op.f("pk_escalation_said")),
    )
    op.create_index(
        op.f("ix_escalation_said_workspace_id_escalation_id"),
        "escalation_said",
        ["workspace_id", "escalation_id"],
        unique=False,
    )
    # By which a reply in Slack finds the message that it replies to.
    op.create_index(op.f("ix_message_workspace_id_ts"), "message", ["workspace_id", "ts"], unique=False)


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
