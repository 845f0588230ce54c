"""Cases, their clocks and what people are nudged about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "routing_rule",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wants", _json(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_routing_rule_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_routing_rule_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_routing_rule")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_routing_rule_workspace_id_name")),
    )
    op.create_table(
        "case",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("external_url", sa.Text(), nullable=True),
        sa.Column("external_version", sa.Text(), nullable=True),
        sa.Column("external_gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("tags", _json(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("waits_on_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("rerouted", sa.Integer(), nullable=False),
        sa.Column("routed_by_id", sa.Uuid(), nullable=True),
        sa.Column("stuck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stuck", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("satisfaction", sa.Text(), nullable=True),
        sa.Column("satisfied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_case_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "routed_by_id"],
            ["routing_rule.workspace_id", "routing_rule.id"],
            name=op.f("fk_case_workspace_id_routed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "waits_on_id"],
            ["department.workspace_id", "department.id"],
            name=op.f("fk_case_workspace_id_waits_on_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_case")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_case_workspace_id_number")),
        sa.UniqueConstraint(
            "workspace_id", "source", "external_id", name=op.f("uq_case_workspace_id_source_external_id")
        ),
    )
    op.create_index(op.f("ix_case_workspace_id_customer"), "case", ["workspace_id", "customer"], unique=False)
    op.create_index(
        op.f("ix_case_workspace_id_external_url"), "case", ["workspace_id", "external_url"], unique=False
    )
    op.create_index(
        op.f("ix_case_workspace_id_owner_id_state_due_at"),
        "case",
        ["workspace_id", "owner_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_case_workspace_id_queue_id_state_due_at"),
        "case",
        ["workspace_id", "queue_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_case_workspace_id_state_due_at"), "case", ["workspace_id", "state", "due_at"], unique=False
    )
    op.create_table(
        "nudge",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("data", _json(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_nudge_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_nudge_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_nudge")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_nudge_workspace_id_key")),
    )
    op.create_index(op.f("ix_nudge_workspace_id_batch_id"), "nudge", ["workspace_id", "batch_id"], unique=False)
    op.create_index(op.f("ix_nudge_workspace_id_next_at"), "nudge", ["workspace_id", "next_at"], unique=False)
    op.create_index(
        op.f("ix_nudge_workspace_id_subject_id"), "nudge", ["workspace_id", "subject_id"], unique=False
    )
    op.create_index(
        op.f("ix_nudge_workspace_id_told_at_ended_at"),
        "nudge",
        ["workspace_id", "told_at", "ended_at"],
        unique=False,
    )
    op.create_table(
        "case_check",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_case_check_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_check_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_check_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "case_id", "what", name=op.f("pk_case_check")),
    )
    op.create_table(
        "case_clock",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rungs", _json(), nullable=False),
        sa.Column("told_percent", sa.Integer(), nullable=False),
        sa.Column("rung_percent", sa.Integer(), nullable=True),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_case_clock_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_clock_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "case_id", "metric", name=op.f("pk_case_clock")),
    )
    op.create_index(
        op.f("ix_case_clock_workspace_id_due_at"), "case_clock", ["workspace_id", "due_at"], unique=False
    )
    op.create_index(
        op.f("ix_case_clock_workspace_id_rung_at"), "case_clock", ["workspace_id", "rung_at"], unique=False
    )
    op.create_table(
        "case_event",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("data", _json(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_case_event_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_event_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_case_event_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_event_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_case_event")),
        sa.UniqueConstraint(
            "workspace_id", "case_id", "external_id", name=op.f("uq_case_event_workspace_id_case_id_external_id")
        ),
        sa.UniqueConstraint(
            "workspace_id", "case_id", "number", name=op.f("uq_case_event_workspace_id_case_id_number")
        ),
    )
    op.create_index(
        op.f("ix_case_event_workspace_id_case_id_at"),
        "case_event",
        ["workspace_id", "case_id", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_case_event_workspace_id_kind_at"), "case_event", ["workspace_id", "kind", "at"], unique=False
    )
    op.create_table(
        "case_exception",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_exception_workspace_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_case_exception_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_exception_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_case_exception_workspace_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_case_exception_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_exception_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_case_exception")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_case_exception_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_case_exception_workspace_id_state_due_at"),
        "case_exception",
        ["workspace_id", "state", "due_at"],
        unique=False,
    )
    op.create_table(
        "case_handover",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("absence_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "absence_id"],
            ["absence.workspace_id", "absence.id"],
            name=op.f("fk_case_handover_workspace_id_absence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_case_handover_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "to_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_case_handover_workspace_id_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_case_handover_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "absence_id", "case_id", name=op.f("pk_case_handover")),
    )
    op.create_index(
        op.f("ix_case_handover_workspace_id_case_id"), "case_handover", ["workspace_id", "case_id"], unique=False
    )
    op.create_table(
        "customer_promise",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_customer_promise_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_customer_promise_workspace_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "made_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_customer_promise_workspace_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_customer_promise_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sent_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_customer_promise_workspace_id_sent_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "text_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_customer_promise_workspace_id_text_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_customer_promise_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_customer_promise")),
    )
    op.create_index(
        op.f("ix_customer_promise_workspace_id_case_id"),
        "customer_promise",
        ["workspace_id", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_customer_promise_workspace_id_owner_id_state_due_at"),
        "customer_promise",
        ["workspace_id", "owner_id", "state", "due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_customer_promise_workspace_id_state_next_at"),
        "customer_promise",
        ["workspace_id", "state", "next_at"],
        unique=False,
    )
    op.create_table(
        "hand_up",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_hand_up_workspace_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["case.workspace_id", "case.id"],
            name=op.f("fk_hand_up_workspace_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "question_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_hand_up_workspace_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "taken_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_hand_up_workspace_id_taken_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_hand_up_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_hand_up")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_hand_up_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_hand_up_workspace_id_state_asked_at"),
        "hand_up",
        ["workspace_id", "state", "asked_at"],
        unique=False,
    )


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
