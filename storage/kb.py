"""Articles, their versions, and how often they are used."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select

from bot.domain.kb import State, Use, fold_tag
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Article, ArticleTag, ArticleUse, ArticleVersion


def article(session: WorkspaceSession, article_id: UUID) -> Article | None:
    """An article by id."""
    return session.get(Article, (session.workspace_id, article_id))


def article_of_number(session: WorkspaceSession, number: int) -> Article | None:
    """An article by the number that people quote."""
    return session.scalar(
        select(Article).where(Article.workspace_id == session.workspace_id, Article.number == number)
    )


def articles_by_id(session: WorkspaceSession, article_ids: Iterable[UUID]) -> dict[UUID, Article]:
    """The articles with these ids, however many."""
    wanted = list(dict.fromkeys(article_ids))
    found: dict[UUID, Article] = {}
    for first in range(0, len(wanted), PARAMETERS):
        some = wanted[first : first + PARAMETERS]
        statement = select(Article).where(Article.workspace_id == session.workspace_id, Article.id.in_(some))
        found |= {row.id: row for row in session.scalars(statement)}
    return found


def article_of_source(session: WorkspaceSession, source: str, external_id: str) -> Article | None:
    """An article by its path or id there where it was read."""
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id, Article.source == source, Article.external_id == external_id
    )
    return session.scalar(statement)


def published_of_paths(session: WorkspaceSession, source: str, paths: Iterable[str]) -> dict[str, Article]:
    """What is published of these paths or ids in a source."""
    return {row.external_id or "": row for row in _published_by(session, "external_id", paths, source=source)}


def published_of_links(session: WorkspaceSession, urls: Iterable[str]) -> dict[str, Article]:
    """What is published and has its original at these addresses; of several the oldest."""
    return {row.external_url or "": row for row in reversed(_published_by(session, "external_url", urls))}


def _published_by(session: WorkspaceSession, name: str, values: Iterable[str], **fields: str) -> Sequence[Article]:
    wanted = list(dict.fromkeys(values))
    found: list[Article] = []
    for first in range(0, len(wanted), PARAMETERS):
        some = wanted[first : first + PARAMETERS]
        statement = select(Article).where(
            Article.workspace_id == session.workspace_id,
            Article.state == State.PUBLISHED,
            getattr(Article, name).in_(some),
        )
        found += session.scalars(statement.filter_by(**fields).order_by(Article.number))
    return found


def articles_of_source(session: WorkspaceSession, source: str) -> dict[str, Article]:
    """All that was read from a source and is not archived, each by its path or id there."""
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id, Article.source == source, Article.state != State.ARCHIVED
    )
    return {row.external_id: row for row in session.scalars(statement) if row.external_id}


def articles_of_owner(session: WorkspaceSession, owner_id: UUID) -> Sequence[Article]:
    """What somebody owns and is not archived: drafts first, then what has to be looked at first."""
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id,
        Article.owner_id == owner_id,
        Article.state != State.ARCHIVED,
    )
    order = (Article.state != State.DRAFT, Article.review_at.is_(None), Article.review_at, Article.number)
    return session.scalars(statement.order_by(*order)).all()


def articles_tagged(session: WorkspaceSession, tag: str) -> Sequence[Article]:
    """What is published and has this tag."""
    statement = (
        select(Article)
        .join(
            ArticleTag,
            (ArticleTag.workspace_id == Article.workspace_id) & (ArticleTag.article_id == Article.id),
        )
        .where(
            Article.workspace_id == session.workspace_id,
            ArticleTag.workspace_id == session.workspace_id,
            ArticleTag.tag == fold_tag(tag),
            Article.state == State.PUBLISHED,
        )
    )
    return session.scalars(statement.order_by(Article.number)).all()


def count_articles(session: WorkspaceSession, state: State = State.PUBLISHED) -> int:
    """How many there are in a state."""
    statement = select(func.count()).select_from(Article)
    return (
        session.scalar(statement.where(Article.workspace_id == session.workspace_id, Article.state == state)) or 0
    )


def version_of(session: WorkspaceSession, article_id: UUID, version: int | None) -> ArticleVersion | None:
    """The words of an article in one version."""
    return session.get(ArticleVersion, (session.workspace_id, article_id, version)) if version else None


def versions_of(session: WorkspaceSession, article_id: UUID) -> Sequence[ArticleVersion]:
    """All versions of an article, the newest first."""
    statement = select(ArticleVersion).where(
        ArticleVersion.workspace_id == session.workspace_id, ArticleVersion.article_id == article_id
    )
    return session.scalars(statement.order_by(ArticleVersion.version.desc())).all()


def last_version(session: WorkspaceSession, article_id: UUID) -> int:
    """The number of the newest version, 0 where there is none."""
    statement = select(func.max(ArticleVersion.version)).where(
        ArticleVersion.workspace_id == session.workspace_id, ArticleVersion.article_id == article_id
    )
    return session.scalar(statement) or 0


def keep_tags(session: WorkspaceSession, article_id: UUID, tags: Iterable[str]) -> None:
    """Lets an article be found by these tags, and by no others."""
    own = (ArticleTag.workspace_id == session.workspace_id, ArticleTag.article_id == article_id)
    session.execute(delete(ArticleTag).where(*own))
    folded = {fold_tag(tag) for tag in tags} - {""}
    session.add_all(
        ArticleTag(workspace_id=session.workspace_id, article_id=article_id, tag=tag) for tag in sorted(folded)
    )
    session.flush()


def count_use(session: WorkspaceSession, article_id: UUID, what: Use, day: date) -> None:
    """Adds one to how often an article was opened, shared or copied on a day."""
    row = session.get(ArticleUse, (session.workspace_id, article_id, day))
    if row is None:
        row = ArticleUse(
            workspace_id=session.workspace_id, article_id=article_id, day=day, opened=0, shared=0, copied=0
        )
        session.add(row)
    setattr(row, what.value, getattr(row, what.value) + 1)
    session.flush()


def most_used(session: WorkspaceSession, since: date, most: int) -> Sequence[tuple[Article, int]]:
    """What was opened, shared and copied most since a day, with how often; published only."""
    times = func.sum(ArticleUse.opened + ArticleUse.shared + ArticleUse.copied)
    statement = (
        select(Article, times)
        .join(
            ArticleUse,
            (ArticleUse.workspace_id == Article.workspace_id) & (ArticleUse.article_id == Article.id),
        )
        .where(
            Article.workspace_id == session.workspace_id,
            ArticleUse.workspace_id == session.workspace_id,
            ArticleUse.day >= since,
            Article.state == State.PUBLISHED,
        )
        .group_by(Article.workspace_id, Article.id)
        .order_by(times.desc(), Article.number)
        .limit(most)
    )
    return [(row, int(count)) for row, count in session.execute(statement)]


def uses_of(session: WorkspaceSession, article_id: UUID, since: date) -> dict[Use, int]:
    """How often an article was opened, shared and copied since a day."""
    columns = (func.sum(getattr(ArticleUse, use.value)) for use in Use)
    statement = select(*columns).where(
        ArticleUse.workspace_id == session.workspace_id,
        ArticleUse.article_id == article_id,
        ArticleUse.day >= since,
    )
    return dict(zip(Use, (count or 0 for count in session.execute(statement).one()), strict=True))
