"""Responses that can be used, by how often they are."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from bot.domain.kb import Kind, State
from storage.db import WorkspaceSession
from storage.tables import Article, ArticleUse


def responses(session: WorkspaceSession, since: date) -> Sequence[Article]:
    """All that are published, what was copied most since a day first."""
    copied = (
        select(func.sum(ArticleUse.copied))
        .where(
            ArticleUse.workspace_id == session.workspace_id,
            ArticleUse.article_id == Article.id,
            ArticleUse.day >= since,
        )
        .scalar_subquery()
    )
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id,
        Article.kind == Kind.CANNED,
        Article.state == State.PUBLISHED,
    )
    return session.scalars(statement.order_by(func.coalesce(copied, 0).desc(), Article.title)).all()


def is_any(session: WorkspaceSession) -> bool:
    """Whether there is one at all."""
    statement = select(Article.id).where(
        Article.workspace_id == session.workspace_id,
        Article.state == State.PUBLISHED,
        Article.kind == Kind.CANNED,
    )
    return session.scalar(statement.limit(1)) is not None
