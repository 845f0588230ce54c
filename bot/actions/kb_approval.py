"""A second person publishes what somebody has written, or declines it and says why."""

from datetime import datetime
from uuid import UUID

from bot.actions import kb_turn
from bot.actions.kb_approval_cards import CARD, MANY, NEWS
from bot.actions.kb_approval_nudges import show_waiting
from bot.actions.kb_upkept import load_approval
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.approval import ReasonMissing
from bot.domain.kb import State, UnknownArticle, VersionState
from bot.domain.kb_upkeep import NotWaiting, OwnWords
from bot.domain.kb_upkeep_shown import PAGE, ApprovalShown, WaitingPage
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb import version_of
from storage.kb_waiting import waiting, waiting_of
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import Article, ArticleVersion

# Versions that are published in one transaction, so that others may write in between.
_AT_ONCE = 20


def waiting_page(deps: Deps, caller: Caller, page: int) -> WaitingPage:
    """A page of all that waits, 0 the first. Raises ``NotPermitted``."""
    caller.actor.require(Deed.APPROVE_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        _, total = waiting(session, 0, 1)
        number = max(0, min(page, (total - 1) // PAGE))
        rows, _ = waiting(session, number * PAGE, PAGE)
        shown = tuple(load_approval(session, *each) for each in rows)
        return WaitingPage(number, total, shown, caller.actor.member_id)


def to_decide(deps: Deps, caller: Caller, article_id: UUID, version: int) -> ApprovalShown:
    """What is to be decided. Raises ``NotPermitted``, ``UnknownArticle``, ``NotWaiting`` and ``OwnWords``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return load_approval(session, *_waiting(session, caller, article_id, version))


def approve(deps: Deps, caller: Caller, article_id: UUID, version: int) -> None:
    """Publishes it, and what was wanted with it happens. Raises what ``to_decide`` does."""
    with deps.sessions.write(caller.workspace_id) as session:
        article, row = _waiting(session, caller, article_id, version)
        kb_turn.approve(session, deps, caller.actor, article, row)
        _tell_author(session, deps, article, row)


def approve_all(deps: Deps, caller: Caller, author_id: UUID, until: datetime) -> int:
    """Publishes all that waits of what somebody wrote until then; how much that was.

    They hear of all of it at once. Raises ``NotPermitted`` and ``OwnWords``.
    """
    caller.actor.require(Deed.APPROVE_KB)
    if author_id == caller.actor.member_id:
        raise OwnWords
    count, left = 0, True
    while left:
        with deps.sessions.write(caller.workspace_id) as session:
            rows, total = waiting_of(session, author_id, _AT_ONCE, until)
            for article, row in rows:
                kb_turn.approve(session, deps, caller.actor, article, row)
                touch(session, deps, CARD, article.id)
            count, left = count + len(rows), total > len(rows)
            show_waiting(session, deps, author_id)
            if count and not left:
                _tell_of_many(session, deps, caller, author_id, count)
    return count


def decline(deps: Deps, caller: Caller, article_id: UUID, version: int, nonce: UUID, why: str) -> None:
    """What people read stays as it is. Raises what ``to_decide`` does, and ``ReasonMissing``."""
    if not why.strip():
        raise ReasonMissing
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        article, row = _waiting(session, caller, article_id, version)
        kb_turn.decline(session, deps, caller.actor, article, row, why)
        remember_form(session, nonce, article.id, deps.clock())
        _tell_author(session, deps, article, row)


def _waiting(
    session: WorkspaceSession, caller: Caller, article_id: UUID, version: int
) -> tuple[Article, ArticleVersion]:
    caller.actor.require(Deed.APPROVE_KB)
    article = article_row(session, article_id)
    row = version_of(session, article_id, version)
    if article is None or row is None or article.state == State.ARCHIVED:
        raise UnknownArticle
    if row.state != VersionState.WAITING:
        raise NotWaiting
    if row.written_by_id == caller.actor.member_id:
        raise OwnWords
    return article, row


def _tell_author(session: WorkspaceSession, deps: Deps, article: Article, row: ArticleVersion) -> None:
    touch(session, deps, CARD, article.id)
    show_waiting(session, deps, row.written_by_id)
    author = member(session, row.written_by_id) if row.written_by_id else None
    if author and author.slack_id and author.deactivated_at is None and row.decided_at:
        key = f"{NEWS}:{article.id}:{row.version}:{row.decided_at.timestamp()}"
        facts = {"version": row.version, "declined": row.state == VersionState.DECLINED}
        tell(session, deps, to=author.slack_id, card=NEWS, subject=article.id, facts=facts, key=key)


def _tell_of_many(session: WorkspaceSession, deps: Deps, caller: Caller, author_id: UUID, count: int) -> None:
    author = member(session, author_id)
    if author and author.slack_id and author.deactivated_at is None:
        key, facts = f"{MANY}:{deps.new_id()}", {"count": count}
        tell(session, deps, to=author.slack_id, card=MANY, subject=caller.actor.member_id, facts=facts, key=key)
