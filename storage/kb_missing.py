"""Searches, and what was looked for in vain."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update

from bot.domain.kb import Missing
from bot.domain.kb_words import LANGUAGES, says_nothing
from storage.db import WorkspaceSession
from storage.kb_stems import stems
from storage.tables import KbMissing, KbSearch

# Of these somebody can still write it.
WANTED = (Missing.OPEN, Missing.WRITING)
# What has always had some hits is on the list once so many did not open them.
_LEAST_UNOPENED = 2


def key_of(text: str) -> str:
    """The same for whoever looks for the same things, in whichever order and form; nothing for stop words only."""
    known = stems(text, "en")
    return " ".join(
        sorted({term for word, term in known if not any(says_nothing(word, each) for each in LANGUAGES)})
    )


def missing_of(session: WorkspaceSession, asked: str) -> KbMissing | None:
    """What is noted of a thing that was looked for in vain; ``asked`` is its key."""
    return session.scalar(
        select(KbMissing).where(KbMissing.workspace_id == session.workspace_id, KbMissing.asked == asked)
    )


def missing(session: WorkspaceSession, missing_id: UUID) -> KbMissing | None:
    """The same by its id."""
    return session.get(KbMissing, (session.workspace_id, missing_id))


def missing_page(session: WorkspaceSession, offset: int, most: int) -> tuple[Sequence[KbMissing], int]:
    """Some of what can still be written, what was asked for most first, and how many there are in all."""
    listed = (
        KbMissing.workspace_id == session.workspace_id,
        KbMissing.state.in_(WANTED),
        (KbMissing.count > KbMissing.unopened) | (KbMissing.unopened >= _LEAST_UNOPENED),
    )
    total = session.scalar(select(func.count()).select_from(KbMissing).where(*listed)) or 0
    order = (KbMissing.count.desc(), KbMissing.last_at.desc(), KbMissing.id)
    return session.scalars(
        select(KbMissing).where(*listed).order_by(*order).offset(offset).limit(most)
    ).all(), total


def wanted(session: WorkspaceSession) -> Sequence[KbMissing]:
    """All that can still be written."""
    statement = select(KbMissing).where(
        KbMissing.workspace_id == session.workspace_id, KbMissing.state.in_(WANTED)
    )
    return session.scalars(statement).all()


def unopened(session: WorkspaceSession, before: datetime) -> Sequence[KbSearch]:
    """Searches until then that had hits of which nobody opened any, and that are not counted yet."""
    statement = select(KbSearch).where(
        KbSearch.workspace_id == session.workspace_id,
        KbSearch.at <= before,
        KbSearch.counted.is_(False),
        KbSearch.hits != "",
        KbSearch.opened_id.is_(None),
    )
    return session.scalars(statement.order_by(KbSearch.at)).all()


def count_all(session: WorkspaceSession, searches: Iterable[KbSearch]) -> None:
    """Notes that these searches are counted among what is missing."""
    for each in searches:
        each.counted = True
    session.flush()


def opened(session: WorkspaceSession, search_id: UUID, article_id: UUID) -> None:
    """Notes which article somebody opened who looked something up."""
    session.execute(
        update(KbSearch)
        .where(KbSearch.workspace_id == session.workspace_id, KbSearch.id == search_id)
        .values(opened_id=article_id)
    )


def opened_otherwise(session: WorkspaceSession, article_id: UUID, since: datetime) -> None:
    """The same where nobody knows of which search: of all since then that had the article among their hits."""
    session.execute(
        update(KbSearch)
        .where(
            KbSearch.workspace_id == session.workspace_id,
            KbSearch.at >= since,
            KbSearch.opened_id.is_(None),
            KbSearch.hits.contains(str(article_id)),
        )
        .values(opened_id=article_id)
    )


def forget_searches(session: WorkspaceSession, before: datetime) -> None:
    """Deletes the searches of long ago."""
    session.execute(delete(KbSearch).where(KbSearch.workspace_id == session.workspace_id, KbSearch.at < before))
