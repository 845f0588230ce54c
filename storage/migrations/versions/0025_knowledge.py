"""What the team knows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "kb_synonym",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", _json(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "changed_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kb_synonym_workspace_id_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_synonym_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kb_synonym")),
    )
    op.create_table(
        "kb_release",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("said_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_kb_release_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "said_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kb_release_workspace_id_said_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_release_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kb_release")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_kb_release_workspace_id_number")),
    )
    op.create_table(
        "article",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("tags", _json(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("external_url", sa.Text(), nullable=True),
        sa.Column("external_version", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("review_days", sa.Integer(), nullable=True),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Uuid(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "release_id"],
            ["kb_release.workspace_id", "kb_release.id"],
            name=op.f("fk_article_workspace_id_release_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "verified_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_workspace_id_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_article")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_article_workspace_id_number")),
        sa.UniqueConstraint(
            "workspace_id", "source", "external_id", name=op.f("uq_article_workspace_id_source_external_id")
        ),
    )
    op.create_index(
        op.f("ix_article_workspace_id_owner_id_state"),
        "article",
        ["workspace_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_article_workspace_id_state_kind"), "article", ["workspace_id", "state", "kind"], unique=False
    )
    op.create_index(
        op.f("ix_article_workspace_id_state_review_at"),
        "article",
        ["workspace_id", "state", "review_at"],
        unique=False,
    )
    op.create_table(
        "article_opinion",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_article_opinion_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_opinion_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_opinion_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "article_id", "member_id", name=op.f("pk_article_opinion")),
    )
    op.create_table(
        "article_report",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reported_by_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answer_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_article_report_workspace_id_answer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_article_report_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "closed_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_report_workspace_id_closed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_article_report_workspace_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reported_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_report_workspace_id_reported_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_report_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_article_report")),
    )
    op.create_index(
        op.f("ix_article_report_workspace_id_article_id_state"),
        "article_report",
        ["workspace_id", "article_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_article_report_workspace_id_state"), "article_report", ["workspace_id", "state"], unique=False
    )
    op.create_table(
        "article_tag",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_article_tag_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_tag_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "article_id", "tag", name=op.f("pk_article_tag")),
    )
    op.create_index(op.f("ix_article_tag_workspace_id_tag"), "article_tag", ["workspace_id", "tag"], unique=False)
    op.create_table(
        "article_use",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("copied", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_article_use_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_use_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "article_id", "day", name=op.f("pk_article_use")),
    )
    op.create_index(op.f("ix_article_use_workspace_id_day"), "article_use", ["workspace_id", "day"], unique=False)
    op.create_table(
        "article_version",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("variables", _json(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason_id", sa.Uuid(), nullable=True),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("wanted", _json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_article_version_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_version_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_article_version_workspace_id_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reason_id"],
            ["note.workspace_id", "note.id"],
            name=op.f("fk_article_version_workspace_id_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "written_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_article_version_workspace_id_written_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_article_version_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "article_id", "version", name=op.f("pk_article_version")),
    )
    op.create_table(
        "kb_release_article",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("review_before", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_kb_release_article_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "release_id"],
            ["kb_release.workspace_id", "kb_release.id"],
            name=op.f("fk_kb_release_article_workspace_id_release_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_release_article_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "release_id", "article_id", name=op.f("pk_kb_release_article")),
    )
    op.create_table(
        "kb_missing",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("unopened", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_kb_missing_workspace_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "settled_by_id"],
            ["member.workspace_id", "member.id"],
            name=op.f("fk_kb_missing_workspace_id_settled_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_missing_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kb_missing")),
        sa.UniqueConstraint("workspace_id", "asked", name=op.f("uq_kb_missing_workspace_id_asked")),
    )
    op.create_index(
        op.f("ix_kb_missing_workspace_id_state_count"),
        "kb_missing",
        ["workspace_id", "state", "count"],
        unique=False,
    )
    op.create_table(
        "kb_search",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hits", sa.Text(), nullable=False),
        sa.Column("opened_id", sa.Uuid(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opened_id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_kb_search_workspace_id_opened_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_search_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kb_search")),
    )
    op.create_index(op.f("ix_kb_search_workspace_id_at"), "kb_search", ["workspace_id", "at"], unique=False)

    _index_words()


def _index_words() -> None:
    """What searching takes. On SQLite triggers keep FTS5: rows of ``kb_document`` are never updated."""
    postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "kb_document",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("vector", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "id"],
            ["article.workspace_id", "article.id"],
            name=op.f("fk_kb_document_workspace_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_document_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kb_document")),
        sa.UniqueConstraint("workspace_id", "place", name=op.f("uq_kb_document_workspace_id_place")),
    )
    op.create_table(
        "kb_term",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_term_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "term", name=op.f("pk_kb_term")),
    )
    op.create_index(op.f("ix_kb_term_workspace_id_version"), "kb_term", ["workspace_id", "version"], unique=False)
    op.create_table(
        "kb_lexicon",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("languages", _json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_kb_lexicon_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_kb_lexicon")),
    )
    if postgres:
        op.create_index(
            op.f("ix_kb_document_vector"), "kb_document", ["vector"], unique=False, postgresql_using="gin"
        )
        return
    columns = "workspace_id, facets, title, headings, tags, body"
    op.execute(
        "CREATE VIRTUAL TABLE kb_index USING fts5("
        f"{columns.replace('workspace_id', 'workspace_id UNINDEXED')}, "
        "content='kb_document', content_rowid='place', tokenize='ascii')"
    )
    new, old = (", ".join(f"{row}.{name}" for name in ["place", *columns.split(", ")]) for row in ("new", "old"))
    # The index is one for all workspaces, and in it a place may be taken once.
    op.execute(
        "CREATE TRIGGER kb_document_indexed AFTER INSERT ON kb_document BEGIN "
        "SELECT RAISE(ABORT, 'two workspaces have the same places') FROM kb_index_docsize WHERE id = new.place; "
        f"INSERT INTO kb_index(rowid, {columns}) VALUES ({new}); END"
    )
    op.execute(
        "CREATE TRIGGER kb_document_unindexed AFTER DELETE ON kb_document BEGIN "
        f"INSERT INTO kb_index(kb_index, rowid, {columns}) VALUES ('delete', {old}); END"
    )


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )
