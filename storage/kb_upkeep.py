"""What somebody should look at, what people say of articles, and the releases that made articles due."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update

from bot.domain.kb import Report, State
from bot.domain.nudges import Kind as NudgeKind
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import (
    Article,
    ArticleOpinion,
    ArticleReport,
    ArticleTag,
    KbRelease,
    KbReleaseArticle,
    Member,
    Nudge,
)


def due(
    session: WorkspaceSession, by: datetime, owner_id: UUID | None, offset: int, most: int
) -> tuple[Sequence[Article], int]:
    """What is published and was to be looked at by then, of an owner or (None) of all; the longest ago first."""
    whose = () if owner_id is None else (Article.owner_id == owner_id,)
    order = (Article.review_at, Article.number)
    return _page(session, _published(session, Article.review_at <= by, *whose).order_by(*order), offset, most)


def orphans(session: WorkspaceSession, offset: int, most: int) -> tuple[Sequence[Article], int]:
    """What is not archived and has no owner, or one who has left."""
    gone = select(Member.id).where(Member.workspace_id == session.workspace_id, Member.deactivated_at.is_not(None))
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id,
        Article.state != State.ARCHIVED,
        or_(Article.owner_id.is_(None), Article.owner_id.in_(gone)),
    )
    return _page(session, statement.order_by(Article.number), offset, most)


def reported(
    session: WorkspaceSession, owner_id: UUID | None, offset: int, most: int
) -> tuple[Sequence[Article], int]:
    """What somebody says is not true any more, of an owner or (None) of all."""
    open_ones = select(ArticleReport.article_id).where(
        ArticleReport.workspace_id == session.workspace_id, ArticleReport.state == Report.OPEN
    )
    whose = () if owner_id is None else (Article.owner_id == owner_id,)
    statement = _published(session, Article.id.in_(open_ones), *whose)
    return _page(session, statement.order_by(Article.number), offset, most)


def due_untold(session: WorkspaceSession, now: datetime) -> dict[UUID, int]:
    """How much is due of each owner, of those who were not reminded of all of it."""
    statement = (
        select(Article.owner_id, func.count())
        .where(
            Article.workspace_id == session.workspace_id,
            Article.state == State.PUBLISHED,
            Article.review_at <= now,
            Article.reminded_at.is_(None),
            Article.owner_id.is_not(None),
        )
        .group_by(Article.owner_id)
    )
    return {owner_id: count for owner_id, count in session.execute(statement) if owner_id}


def mark_reminded(session: WorkspaceSession, owner_id: UUID, now: datetime) -> None:
    """An owner was reminded of all that is due."""
    session.execute(
        update(Article)
        .where(
            Article.workspace_id == session.workspace_id,
            Article.owner_id == owner_id,
            Article.state == State.PUBLISHED,
            Article.review_at <= now,
        )
        .values(reminded_at=now)
    )


def orphan_nudges(session: WorkspaceSession) -> Sequence[Nudge]:
    """What the coordinators were told of articles without an owner, and nobody has seen to."""
    statement = select(Nudge).where(
        Nudge.workspace_id == session.workspace_id,
        Nudge.kind == NudgeKind.KB,
        Nudge.member_id.is_(None),
        Nudge.ended_at.is_(None),
    )
    return session.scalars(statement.order_by(Nudge.id)).all()


def owned_by(session: WorkspaceSession, owner_id: UUID) -> Sequence[Article]:
    """What somebody owns and is not archived."""
    statement = select(Article).where(
        Article.workspace_id == session.workspace_id,
        Article.owner_id == owner_id,
        Article.state != State.ARCHIVED,
    )
    return session.scalars(statement.order_by(Article.number)).all()


def report_of(session: WorkspaceSession, report_id: UUID) -> ArticleReport | None:
    """A report."""
    return session.get(ArticleReport, (session.workspace_id, report_id))


def open_reports(session: WorkspaceSession, article_id: UUID) -> Sequence[ArticleReport]:
    """What people say is wrong with an article, and nobody has seen to; the first one first."""
    statement = select(ArticleReport).where(
        ArticleReport.workspace_id == session.workspace_id,
        ArticleReport.article_id == article_id,
        ArticleReport.state == Report.OPEN,
    )
    return session.scalars(statement.order_by(ArticleReport.reported_at, ArticleReport.id)).all()


def count_reports(session: WorkspaceSession, article_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many reports are open, by article."""
    found: dict[UUID, int] = {}
    for first in range(0, len(article_ids), PARAMETERS):
        statement = (
            select(ArticleReport.article_id, func.count())
            .where(
                ArticleReport.workspace_id == session.workspace_id,
                ArticleReport.article_id.in_(article_ids[first : first + PARAMETERS]),
                ArticleReport.state == Report.OPEN,
            )
            .group_by(ArticleReport.article_id)
        )
        found |= dict(session.execute(statement).all())
    return found


def opinions(session: WorkspaceSession, article_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many people an article helped, and how many said whether it did."""
    helped, found = func.sum(case((ArticleOpinion.helpful, 1), else_=0)), dict[UUID, tuple[int, int]]()
    for first in range(0, len(article_ids), PARAMETERS):
        statement = (
            select(ArticleOpinion.article_id, helped, func.count())
            .where(
                ArticleOpinion.workspace_id == session.workspace_id,
                ArticleOpinion.article_id.in_(article_ids[first : first + PARAMETERS]),
            )
            .group_by(ArticleOpinion.article_id)
        )
        found |= {article_id: (int(yes), count) for article_id, yes, count in session.execute(statement)}
    return found


def opinion_of(session: WorkspaceSession, article_id: UUID, member_id: UUID) -> ArticleOpinion | None:
    """What somebody said of an article."""
    return session.get(ArticleOpinion, (session.workspace_id, article_id, member_id))


def tags(session: WorkspaceSession, most: int) -> list[str]:
    """The tags of what is published, the most used first."""
    used = func.count()
    statement = (
        select(ArticleTag.tag)
        .join(Article, (Article.workspace_id == ArticleTag.workspace_id) & (Article.id == ArticleTag.article_id))
        .where(
            ArticleTag.workspace_id == session.workspace_id,
            Article.workspace_id == session.workspace_id,
            Article.state == State.PUBLISHED,
        )
        .group_by(ArticleTag.tag)
        .order_by(used.desc(), ArticleTag.tag)
        .limit(most)
    )
    return list(session.scalars(statement))


def release_of(session: WorkspaceSession, release_id: UUID) -> KbRelease | None:
    """A release."""
    return session.get(KbRelease, (session.workspace_id, release_id))


def latest_releases(session: WorkspaceSession, most: int) -> Sequence[KbRelease]:
    """The releases that were not taken back, the newest first."""
    statement = select(KbRelease).where(
        KbRelease.workspace_id == session.workspace_id, KbRelease.undone_at.is_(None)
    )
    return session.scalars(statement.order_by(KbRelease.said_at.desc(), KbRelease.id.desc()).limit(most)).all()


def made_due(session: WorkspaceSession, release_id: UUID) -> Sequence[tuple[Article, KbReleaseArticle]]:
    """What a release made due and is not archived, and when it would have been otherwise."""
    statement = (
        select(Article, KbReleaseArticle)
        .join(
            KbReleaseArticle,
            (KbReleaseArticle.workspace_id == Article.workspace_id) & (KbReleaseArticle.article_id == Article.id),
        )
        .where(
            Article.workspace_id == session.workspace_id,
            KbReleaseArticle.workspace_id == session.workspace_id,
            KbReleaseArticle.release_id == release_id,
            Article.state == State.PUBLISHED,
        )
        .order_by(Article.number)
    )
    return [(article, made) for article, made in session.execute(statement)]


def releases_with(session: WorkspaceSession, article_id: UUID) -> Sequence[tuple[KbRelease, KbReleaseArticle]]:
    """The releases that made an article due and were not taken back, and when it would have been otherwise."""
    statement = (
        select(KbRelease, KbReleaseArticle)
        .join(
            KbReleaseArticle,
            (KbReleaseArticle.workspace_id == KbRelease.workspace_id)
            & (KbReleaseArticle.release_id == KbRelease.id),
        )
        .where(
            KbRelease.workspace_id == session.workspace_id,
            KbReleaseArticle.workspace_id == session.workspace_id,
            KbReleaseArticle.article_id == article_id,
            KbRelease.undone_at.is_(None),
        )
    )
    return [(release, made) for release, made in session.execute(statement.order_by(KbRelease.number))]


def release_tags(session: WorkspaceSession, release_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The tags of these releases."""
    wanted, found = list(dict.fromkeys(release_ids)), dict[UUID, str]()
    for first in range(0, len(wanted), PARAMETERS):
        statement = select(KbRelease.id, KbRelease.tag).where(
            KbRelease.workspace_id == session.workspace_id, KbRelease.id.in_(wanted[first : first + PARAMETERS])
        )
        found |= dict(session.execute(statement).all())
    return found


def _published(session: WorkspaceSession, *criteria: ColumnElement[bool]) -> Select[Article]:
    return select(Article).where(
        Article.workspace_id == session.workspace_id, Article.state == State.PUBLISHED, *criteria
    )


def _page(
    session: WorkspaceSession, statement: Select[Article], offset: int, most: int
) -> tuple[Sequence[Article], int]:
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    return session.scalars(statement.offset(offset).limit(most)).all(), total
