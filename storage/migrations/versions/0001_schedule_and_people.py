"""Schedule and people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_workspace"),
    )

    op.create_table(
        "audit",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("number", sa.Integer()),
        sa.Column("before", _DOCUMENT),
        sa.Column("after", _DOCUMENT),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_audit_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_audit"),
    )
    op.create_index("ix_audit_workspace_id_at", "audit", ["workspace_id", "at"])
    op.create_index(
        "ix_audit_workspace_id_subject_kind_subject_id", "audit", ["workspace_id", "subject_kind", "subject_id"]
    )

    op.create_table(
        "counter",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_counter_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "kind", name="pk_counter"),
    )

    op.create_table(
        "department",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text()),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_department_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_department"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_department_workspace_id_name"),
    )

    op.create_table(
        "import",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("undone_at", _INSTANT),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_import_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_import"),
        sa.UniqueConstraint("workspace_id", "number", name="uq_import_workspace_id_number"),
    )

    op.create_table(
        "queue",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_queue_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_queue"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_queue_workspace_id_name"),
    )

    op.create_table(
        "seen_event",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_seen_event_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "event_id", name="pk_seen_event"),
    )

    op.create_table(
        "setting",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_setting_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "scope", "version", name="pk_setting"),
    )

    op.create_table(
        "skill",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_skill_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_skill"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_skill_workspace_id_name"),
    )

    op.create_table(
        "team",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text()),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_team_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_team"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_team_workspace_id_name"),
    )

    op.create_table(
        "import_change",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("before", _DOCUMENT),
        sa.Column("after", _DOCUMENT),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["import.workspace_id", "import.id"],
            name="fk_import_change_workspace_id_import_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name="fk_import_change_workspace_id"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_import_change"),
    )
    op.create_index(
        "ix_import_change_workspace_id_import_id_position",
        "import_change",
        ["workspace_id", "import_id", "position"],
        unique=True,
    )

    op.create_table(
        "member",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text()),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("department_id", sa.Uuid()),
        sa.Column("weekly_minutes", sa.Integer()),
        sa.Column("capacity", sa.Double(), nullable=False),
        sa.Column("hired_on", sa.Date()),
        sa.Column("slack_id", sa.Text()),
        sa.Column("slack_name", sa.Text()),
        sa.Column("slack_time_zone", sa.Text()),
        sa.Column("slack_updated", sa.BigInteger()),
        sa.Column("deactivated_at", _INSTANT),
        sa.CheckConstraint("capacity >= 0 AND capacity <= 1", name=op.f("ck_member_capacity_is_a_share")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "department_id"],
            ["department.workspace_id", "department.id"],
            name="fk_member_workspace_id_department_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name="fk_member_workspace_id_team_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_member_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_member"),
        sa.UniqueConstraint("workspace_id", "email", name="uq_member_workspace_id_email"),
        sa.UniqueConstraint("workspace_id", "slack_id", name="uq_member_workspace_id_slack_id"),
    )

    op.create_table(
        "grant",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("from_roster", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_grant_workspace_id_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["team.workspace_id", "team.id"], name="fk_grant_workspace_id_team_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_grant_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_grant"),
        sa.UniqueConstraint(
            "workspace_id", "member_id", "role", "team_id", name="uq_grant_workspace_id_member_id_role_team_id"
        ),
    )
    op.create_index(
        "uq_grant_for_all_teams",
        "grant",
        ["workspace_id", "member_id", "role"],
        unique=True,
        sqlite_where=sa.text("team_id IS NULL"),
        postgresql_where=sa.text("team_id IS NULL"),
    )

    op.create_table(
        "member_skill",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_member_skill_workspace_id_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "skill_id"],
            ["skill.workspace_id", "skill.id"],
            name="fk_member_skill_workspace_id_skill_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_member_skill_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "skill_id", name="pk_member_skill"),
    )

    op.create_table(
        "note",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", _INSTANT, nullable=False),
        sa.Column("erased_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["member.workspace_id", "member.id"],
            name="fk_note_workspace_id_author_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_note_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_note"),
    )

    op.create_table(
        "shift",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("start_local", sa.DateTime(), nullable=False),
        sa.Column("end_local", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("start", _INSTANT, nullable=False),
        sa.Column("end", _INSTANT, nullable=False),
        sa.Column("queue_id", sa.Uuid()),
        sa.Column("note_id", sa.Uuid()),
        sa.Column("removed_at", _INSTANT),
        sa.CheckConstraint('start < "end"', name=op.f("ck_shift_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_shift_workspace_id_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"], ["note.workspace_id", "note.id"], name="fk_shift_workspace_id_note_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"], ["queue.workspace_id", "queue.id"], name="fk_shift_workspace_id_queue_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_shift_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_shift"),
    )
    op.create_index("ix_shift_workspace_id_start", "shift", ["workspace_id", "start"])

    op.create_table(
        "assignment",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("start", _INSTANT, nullable=False),
        sa.Column("end", _INSTANT, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("assigned_at", _INSTANT, nullable=False),
        sa.Column("replaced_at", _INSTANT),
        sa.CheckConstraint('start < "end"', name=op.f("ck_assignment_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name="fk_assignment_workspace_id_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "shift_id"],
            ["shift.workspace_id", "shift.id"],
            name="fk_assignment_workspace_id_shift_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.workspace_id"], name="fk_assignment_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_assignment"),
    )
    op.create_index(
        "ix_assignment_workspace_id_member_id_start", "assignment", ["workspace_id", "member_id", "start"]
    )
    op.create_index("ix_assignment_workspace_id_shift_id", "assignment", ["workspace_id", "shift_id"])
    op.create_index("ix_assignment_workspace_id_start", "assignment", ["workspace_id", "start"])
