"""What the team knows: articles and their versions, how they are found, and whether they are still true."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Id, Names, WorkspaceId, owned


class Article(Base):
    """An article, a canned response, a procedure or an escalation guide; its words are in ``article_version``.

    One that came from a folder or another tool has that as ``source``, and its path or id there; the original
    stays the master of what was mirrored. ``version`` is the one that people read (None: none is published yet),
    ``draft`` the newest one that is not.
    """

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "source", "external_id"),
        owned("owner_id", "member"),
        owned("verified_by_id", "member"),
        owned("release_id", "kb_release"),
        Index(None, "workspace_id", "state", "review_at"),
        Index(None, "workspace_id", "owner_id", "state"),
        Index(None, "workspace_id", "state", "kind"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    kind: Mapped[str]  # as the domain names it
    state: Mapped[str]  # as the domain names it
    title: Mapped[str]  # of the version that people read, or else of the draft
    language: Mapped[str]
    product: Mapped[str | None]
    tags: Mapped[Names]
    owner_id: Mapped[UUID | None]  # None: an orphan
    source: Mapped[str | None]  # folder, confluence or notion
    external_id: Mapped[str | None]
    external_url: Mapped[str | None]
    external_version: Mapped[str | None]
    version: Mapped[int | None]
    draft: Mapped[int | None]
    review_days: Mapped[int | None]  # None: as the settings say
    review_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[UUID | None]
    release_id: Mapped[UUID | None]  # the release that made it due, until it is verified
    reminded_at: Mapped[datetime | None]
    overdue_told_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ArticleVersion(Base):
    """The words of an article at one time; only ever added to, but for what became of it.

    ``body`` is Markdown. ``variables`` are what a canned response asks for, with their defaults.
    """

    __tablename__ = "article_version"
    __table_args__ = (
        owned("article_id", "article"),
        owned("written_by_id", "member"),
        owned("decided_by_id", "member"),
        owned("reason_id", "note"),
        owned("decision_id", "note"),
    )

    workspace_id: Mapped[WorkspaceId]
    article_id: Mapped[Id]
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    variables: Mapped[Document | None]
    state: Mapped[str]  # as the domain names it
    reason_id: Mapped[UUID | None]  # why it was changed
    written_by_id: Mapped[UUID | None]
    written_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[UUID | None]
    wanted: Mapped[Document | None]  # what is to happen when it is published, as who is asked to acknowledge it


class ArticleTag(Base):
    """The tags of articles, to find all that have one; ``tag`` is folded."""

    __tablename__ = "article_tag"
    __table_args__ = (owned("article_id", "article"), Index(None, "workspace_id", "tag"))

    workspace_id: Mapped[WorkspaceId]
    article_id: Mapped[Id]
    tag: Mapped[str] = mapped_column(primary_key=True)


class ArticleUse(Base):
    """How often an article was opened, shared or copied on a day; of nobody in particular."""

    __tablename__ = "article_use"
    __table_args__ = (owned("article_id", "article"), Index(None, "workspace_id", "day"))

    workspace_id: Mapped[WorkspaceId]
    article_id: Mapped[Id]
    day: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int]
    shared: Mapped[int]
    copied: Mapped[int]


class ArticleOpinion(Base):
    """Whether an article helped somebody; the last word of each counts."""

    __tablename__ = "article_opinion"
    __table_args__ = (owned("article_id", "article"), owned("member_id", "member"))

    workspace_id: Mapped[WorkspaceId]
    article_id: Mapped[Id]
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    helpful: Mapped[bool]
    said_at: Mapped[datetime]


class ArticleReport(Base):
    """Somebody says that an article is not true any more, and hears when it is mended."""

    __tablename__ = "article_report"
    __table_args__ = (
        owned("article_id", "article"),
        owned("reported_by_id", "member"),
        owned("closed_by_id", "member"),
        owned("note_id", "note"),
        owned("answer_id", "note"),
        Index(None, "workspace_id", "article_id", "state"),
        Index(None, "workspace_id", "state"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    article_id: Mapped[UUID]
    version: Mapped[int | None]  # that they read
    reported_by_id: Mapped[UUID | None]
    note_id: Mapped[UUID | None]
    reported_at: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    closed_by_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    answer_id: Mapped[UUID | None]


class KbRelease(Base):
    """A release of a product: what is tagged with it has to be looked at."""

    __tablename__ = "kb_release"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("said_by_id", "member"),
        owned("note_id", "note"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    tag: Mapped[str]
    note_id: Mapped[UUID | None]
    said_by_id: Mapped[UUID | None]
    said_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class KbReleaseArticle(Base):
    """An article that a release made due, and when it would have been otherwise."""

    __tablename__ = "kb_release_article"
    __table_args__ = (owned("release_id", "kb_release"), owned("article_id", "article"))

    workspace_id: Mapped[WorkspaceId]
    release_id: Mapped[Id]
    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    review_before: Mapped[datetime | None]


class KbSynonym(Base):
    """Words that mean the same to the workspace."""

    __tablename__ = "kb_synonym"
    __table_args__ = (owned("changed_by_id", "member"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    words: Mapped[Names]
    changed_by_id: Mapped[UUID | None]
    changed_at: Mapped[datetime]


class KbSearch(Base):
    """A search, without who searched; forgotten after some weeks.

    ``hits`` are the ids of the articles that were shown, apart by spaces: one that is opened in another way
    counts, too.
    """

    __tablename__ = "kb_search"
    __table_args__ = (owned("opened_id", "article"), Index(None, "workspace_id", "at"))

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    asked: Mapped[str]  # as it was typed
    at: Mapped[datetime]
    hits: Mapped[str]
    opened_id: Mapped[UUID | None]
    counted: Mapped[bool] = mapped_column(default=False)  # among what is missing


class KbMissing(Base):
    """What people looked for in vain, until somebody writes it."""

    __tablename__ = "kb_missing"
    __table_args__ = (
        UniqueConstraint("workspace_id", "asked"),
        owned("article_id", "article"),
        owned("settled_by_id", "member"),
        Index(None, "workspace_id", "state", "count"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    asked: Mapped[str]  # the same words in the same order whoever asked
    words: Mapped[str]  # as the first one wrote it
    count: Mapped[int]
    unopened: Mapped[int]  # of these, how often there were hits that nobody opened
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    article_id: Mapped[UUID | None]  # the draft
    settled_by_id: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]


class KbDocument(Base):
    """An article that can be found, as the stems of its words; what the index of each database is made of.

    On SQLite that is ``kb_index`` (FTS5), which refers to ``place`` and is kept by triggers; on PostgreSQL the
    column ``vector``, which stays empty elsewhere. A word that occurs often stands in ``body`` several times.
    """

    __tablename__ = "kb_document"
    __table_args__ = (
        owned("id", "article"),
        UniqueConstraint("workspace_id", "place"),
        Index("ix_kb_document_vector", "vector", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    place: Mapped[int] = mapped_column(BigInteger)
    facets: Mapped[str]  # its kind and its language
    title: Mapped[str]
    headings: Mapped[str]
    tags: Mapped[str]
    body: Mapped[str]
    vector: Mapped[str | None] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


class KbTerm(Base):
    """A stem, with the words that have it and in how many articles it is found.

    ``version`` is that of the lexicon by which it was written last, so that whoever has read the others reads
    only these.
    """

    __tablename__ = "kb_term"
    __table_args__ = (Index(None, "workspace_id", "version"),)

    workspace_id: Mapped[WorkspaceId]
    term: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]  # folded, apart by spaces
    documents: Mapped[int]
    version: Mapped[int]


class KbLexicon(Base):
    """How many articles can be found, in which languages, and how often that has changed."""

    __tablename__ = "kb_lexicon"

    workspace_id: Mapped[WorkspaceId]
    version: Mapped[int]
    documents: Mapped[int]
    languages: Mapped[Names]
