"""Articles by the tool that they are mirrored from."""

from sqlalchemy import func, select

from bot.domain.kb import State
from storage.db import WorkspaceSession
from storage.tables import Article


def any_url_of(session: WorkspaceSession, source: str) -> str | None:
    """Where the original of one of its articles is, if there is any."""
    statement = select(Article.external_url).where(
        Article.workspace_id == session.workspace_id,
        Article.source == source,
        Article.external_url.is_not(None),
    )
    return session.scalar(statement.limit(1))


def count_of_source(session: WorkspaceSession, source: str) -> int:
    """How many of its articles people can read."""
    statement = (
        select(func.count())
        .select_from(Article)
        .where(
            Article.workspace_id == session.workspace_id,
            Article.source == source,
            Article.state == State.PUBLISHED,
        )
    )
    return session.scalar(statement) or 0
