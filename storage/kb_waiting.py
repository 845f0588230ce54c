"""Versions of articles that wait for a second person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from bot.domain.kb import Kind, State, VersionState
from storage.db import WorkspaceSession
from storage.tables import Article, ArticleVersion

Waiting = tuple[Article, ArticleVersion]


def waiting(session: WorkspaceSession, offset: int, most: int) -> tuple[list[Waiting], int]:
    """What waits, the longest first, and how much does."""
    return _page(session, _waiting(session), offset, most)


def waiting_of(
    session: WorkspaceSession, author_id: UUID, most: int, until: datetime | None = None
) -> tuple[list[Waiting], int]:
    """The same of what somebody wrote, until an instant where one is given."""
    statement = _waiting(session).where(ArticleVersion.written_by_id == author_id)
    return _page(session, statement.where(ArticleVersion.written_at <= until) if until else statement, 0, most)


def count_waiting(session: WorkspaceSession, kind: Kind) -> int:
    """How much of a kind waits."""
    return _page(session, _waiting(session).where(Article.kind == kind), 0, 0)[1]


def last_waiting(session: WorkspaceSession, author_id: UUID) -> datetime | None:
    """When somebody wrote the newest of what waits."""
    theirs = _waiting(session).where(ArticleVersion.written_by_id == author_id).order_by(None)
    return session.scalar(theirs.with_only_columns(func.max(ArticleVersion.written_at)))


def authors_waiting(session: WorkspaceSession, since: datetime) -> Sequence[UUID]:
    """Who wrote what waits since then or longer."""
    old = _waiting(session).where(ArticleVersion.written_at <= since, ArticleVersion.written_by_id.is_not(None))
    authors = old.with_only_columns(ArticleVersion.written_by_id).order_by(None).distinct()
    return sorted(each for (each,) in session.execute(authors) if each)


def _waiting(session: WorkspaceSession) -> Select[Article, ArticleVersion]:
    return (
        select(Article, ArticleVersion)
        .join(
            ArticleVersion,
            (ArticleVersion.workspace_id == Article.workspace_id)
            & (ArticleVersion.article_id == Article.id)
            & (ArticleVersion.version == Article.draft),
        )
        .where(
            Article.workspace_id == session.workspace_id,
            ArticleVersion.workspace_id == session.workspace_id,
            Article.state != State.ARCHIVED,
            ArticleVersion.state == VersionState.WAITING,
        )
        .order_by(ArticleVersion.written_at, Article.number)
    )


def _page(
    session: WorkspaceSession, statement: Select[Article, ArticleVersion], offset: int, most: int
) -> tuple[list[Waiting], int]:
    counted = statement.with_only_columns(Article.id).order_by(None)
    total = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    found = session.execute(statement.offset(offset).limit(most))
    return [(article, version) for article, version in found], total
