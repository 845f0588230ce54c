"""What people look for in vain: counted without who it was, until somebody writes it."""

from datetime import timedelta
from uuid import UUID

from bot.actions.people import Caller, somebody
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import Missing, State
from bot.domain.kb_found import SEARCHED_LATELY, MissingLine, MissingShown
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.db import WorkspaceSession
from storage.kb_missing import (
    WANTED,
    count_all,
    forget_searches,
    key_of,
    missing,
    missing_of,
    missing_page,
    unopened,
    wanted,
)
from storage.kb_stems import stems
from storage.tables import Article, ArticleVersion, KbMissing, KbSearch

KIND = "missing article"
PAGE = 10
_LONGEST = 150


class NotWanted(Exception):
    """It was written or put aside meanwhile."""


def count_miss(session: WorkspaceSession, deps: Deps, words: str, *, had_hits: bool = False) -> int:
    """Counts that somebody looked for it in vain, and says how often that was; what says nothing is not counted.

    What was written and is looked for in vain again is missing again; what was put aside stays so.
    """
    asked = key_of(words)
    if not asked:
        return 0
    now = deps.clock()
    row = missing_of(session, asked)
    if row is None:
        row = KbMissing(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            asked=asked,
            words=words[:_LONGEST],
            count=0,
            unopened=0,
            first_at=now,
            state=Missing.OPEN,
        )
        session.add(row)
    row.count += 1
    row.unopened += had_hits
    row.last_at = now
    if row.state == Missing.WRITTEN and not had_hits:
        row.state, row.article_id, row.settled_by_id, row.settled_at = Missing.OPEN, None, None, None
    session.flush()
    return row.count


def ask_for(deps: Deps, caller: Caller, words: str, search_id: UUID | None) -> int:
    """Somebody says that no hit is what they look for; gives how often that was, 0 where it says nothing.

    Said twice of the same search it counts once. Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        row = session.get(KbSearch, (session.workspace_id, search_id)) if search_id else None
        if row and row.counted:
            known = missing_of(session, key_of(words))
            return known.count if known else 0
        if row:
            row.counted = True
        return count_miss(session, deps, words)


def missing_list(deps: Deps, caller: Caller, page: int) -> MissingShown:
    """A page of what is missing. Raises ``NotPermitted``."""
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        rows, total = missing_page(session, max(page, 0) * PAGE, PAGE)
        lines = (
            MissingLine(
                row.id,
                row.words,
                row.count,
                row.unopened,
                row.last_at,
                Missing(row.state),
                somebody(session, row.settled_by_id) if row.settled_by_id else None,
            )
            for row in rows
        )
        return MissingShown(tuple(lines), max(page, 0), max(1, -(-total // PAGE)), total)


def begin_writing(deps: Deps, caller: Caller, missing_id: UUID) -> str:
    """Says that somebody writes it now, and gives the words. Raises ``NotPermitted`` and ``NotWanted``."""
    return _settle_missing(deps, caller, missing_id, Missing.WRITING, "kb_missing.writing")


def dismiss(deps: Deps, caller: Caller, missing_id: UUID) -> str:
    """Puts it aside for good, and gives the words. Raises ``NotPermitted`` and ``NotWanted``."""
    return _settle_missing(deps, caller, missing_id, Missing.DISMISSED, "kb_missing.dismissed")


def note_draft(session: WorkspaceSession, missing_id: UUID, article_id: UUID) -> None:
    """Notes what somebody wrote for it; once that is published it is missing no more."""
    row = missing(session, missing_id)
    if row and row.state in WANTED:
        published = session.get_one(Article, (session.workspace_id, article_id)).state == State.PUBLISHED
        row.state = Missing.WRITTEN if published else Missing.WRITING
        row.article_id = article_id
        session.flush()


def follow_publish(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """What was written for it, or what its title and its tags name, is missing no more."""
    named = {term for _, term in stems(" ".join([version.title, *article.tags]), "en")}
    for row in wanted(session):
        if row.article_id == article.id or named.issuperset(row.asked.split()):
            row.state, row.article_id = Missing.WRITTEN, article.id
            row.settled_by_id, row.settled_at = actor.member_id, deps.clock()
            record(session, deps, actor, "kb_missing.written", (KIND, row.id), None, {"article": article.number})
    session.flush()


def count_unopened(deps: Deps, workspace_id: str) -> None:
    """Counts the searches whose hits nobody opened, and forgets the old ones."""
    CLOCK.require(Deed.TURN_KB)
    now = deps.clock()
    with deps.sessions.write(workspace_id) as session:
        rows = unopened(session, now - SEARCHED_LATELY)
        for row in rows:
            count_miss(session, deps, row.asked, had_hits=True)
        count_all(session, rows)
        forget_searches(session, now - timedelta(days=preferences(session).kb_search_days))


def _settle_missing(deps: Deps, caller: Caller, missing_id: UUID, state: Missing, action: str) -> str:
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        row = missing(session, missing_id)
        if row is None or row.state not in WANTED:
            raise NotWanted
        before = {"state": row.state}
        row.state, row.settled_by_id, row.settled_at = state, caller.actor.member_id, deps.clock()
        record(session, deps, caller.actor, action, (KIND, row.id), before, {"state": state})
        return row.words
