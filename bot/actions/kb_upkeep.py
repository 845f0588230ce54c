"""Keeping articles true: what somebody should look at, that it is true as it stands, and who keeps it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from bot.actions.kb_turn import amend, verify
from bot.actions.kb_upkept import looked_at, named, orphans_left, show_left, upkept
from bot.actions.nudges import close, end, nudge
from bot.actions.outbox import tell
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.kb import State, UnknownArticle
from bot.domain.kb_upkeep import NobodyToGive, Shelf
from bot.domain.kb_upkeep_shown import PAGE, ArticleNamed, UpkeepPage
from bot.domain.nudges import Ended, Kind
from bot.domain.permissions import FLOOR, Actor, Deed
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb_upkeep import due, orphan_nudges, orphans, owned_by, reported
from storage.kb_waiting import waiting
from storage.people import grants_of, member
from storage.swaps import form_result, remember_form
from storage.tables import Article, Member

GIVEN = "kb.given"
# Of more articles nobody is shown all at once.
_EVERY = 10_000


def upkeep_page(deps: Deps, caller: Caller, shelf: Shelf | None = None, page: int = 0) -> UpkeepPage:
    """What somebody should look at: their own or, who keeps what everybody knows, that of all.

    Without a ``shelf`` the first that has anything. Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.WRITE_KB, of=caller.actor.member_id)
    with deps.sessions.read(caller.workspace_id) as session:
        shelves = list(Shelf) if caller.actor.may(Deed.KEEP_KB) else [Shelf.OWN, Shelf.REPORTED]
        counts = {each: _on(session, deps, caller, each, 0, 1)[1] for each in shelves}
        chosen = shelf if shelf in counts else next((each for each in counts if counts[each]), Shelf.OWN)
        number = max(0, min(page, (counts[chosen] - 1) // PAGE))
        rows, total = _on(session, deps, caller, chosen, number * PAGE, PAGE)
        shown = tuple(upkept(session, rows, deps.clock()))
        may_approve = caller.actor.may(Deed.APPROVE_KB)
        waits = waiting(session, 0, 1)[1] if may_approve else 0
        return UpkeepPage(chosen, number, total, shown, counts, caller.actor.member_id, waits)


def verify_article(deps: Deps, caller: Caller, article_id: UUID) -> ArticleNamed:
    """It is true as it stands. Raises ``NotPermitted``, ``UnknownArticle`` and ``NotPublished``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = kept(session, caller.actor, article_id)
        verify(session, deps, caller.actor, row)
        looked_at(session, deps, row)
        return named(row)


def to_give(deps: Deps, caller: Caller, article_id: UUID) -> ArticleNamed:
    """An article that the caller may give to somebody else. Raises ``NotPermitted`` and ``UnknownArticle``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return named(kept(session, caller.actor, article_id))


def orphans_to_give(deps: Deps, caller: Caller) -> int:
    """How many articles have no owner. Raises ``NotPermitted``."""
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        return orphans_left(session)


def give(deps: Deps, caller: Caller, nonce: UUID, article_id: UUID, to: str) -> Member:
    """Somebody else, by their account, keeps it from now on, and hears of it.

    Raises ``NotPermitted``, ``UnknownArticle`` and ``NobodyToGive``.
    """
    keeper = _keeper(deps, caller, to)
    with deps.sessions.write(caller.workspace_id) as session:
        row = kept(session, caller.actor, article_id)
        _give(session, deps, caller.actor, nonce, keeper, [row])
    return keeper


def give_orphans(deps: Deps, caller: Caller, nonce: UUID, to: str) -> tuple[Member, int]:
    """The same with all that has no owner; how many that were, and none where the form was sent before.

    Raises ``NotPermitted`` and ``NobodyToGive``.
    """
    caller.actor.require(Deed.KEEP_KB)
    keeper = _keeper(deps, caller, to)
    with deps.sessions.write(caller.workspace_id) as session:
        rows, _ = orphans(session, 0, _EVERY)
        return keeper, _give(session, deps, caller.actor, nonce, keeper, rows)


def leave(session: WorkspaceSession, deps: Deps, actor: Actor, gone: Member) -> None:
    """What somebody kept who is no longer here has no owner until somebody gives it one."""
    rows = owned_by(session, gone.id)
    if not rows:
        return
    for row in rows:
        row.owner_id = row.reminded_at = None
    session.flush()
    record(session, deps, actor, "kb.orphan", ("member", gone.id), None, {"articles": len(rows)})
    end(session, deps, gone.id, Kind.KB, Ended.OVER)
    key = f"{Kind.KB}:left:{gone.id}:{deps.clock().date()}"
    nudge(session, deps, None, Kind.KB, gone.id, key, {"left": str(gone.id)})


def kept(session: WorkspaceSession, actor: Actor, article_id: UUID) -> Article:
    """An article that the actor may see to. Raises ``NotPermitted`` and ``UnknownArticle``."""
    row = article_row(session, article_id)
    if row is None or row.state == State.ARCHIVED:
        raise UnknownArticle
    actor.require(Deed.WRITE_KB, of=row.owner_id)
    return row


def _on(
    session: WorkspaceSession, deps: Deps, caller: Caller, shelf: Shelf, offset: int, most: int
) -> tuple[Sequence[Article], int]:
    now, reader = deps.clock(), caller.actor.member_id
    match shelf:
        case Shelf.OWN:
            return due(session, now, reader, offset, most)
        case Shelf.ALL:
            return due(session, now, None, offset, most)
        case Shelf.OVERDUE:
            since = now - timedelta(days=caller.preferences.review_overdue_days)
            return due(session, since, None, offset, most)
        case Shelf.NOBODYS:
            return orphans(session, offset, most)
    return reported(session, None if caller.actor.may(Deed.KEEP_KB) else reader, offset, most)


def _keeper(deps: Deps, caller: Caller, slack_id: str) -> Member:
    try:
        found = find_person(deps, caller.workspace_id, slack_id)
    except UnknownPerson:
        raise NobodyToGive from None
    with deps.sessions.read(caller.workspace_id) as session:
        roles = {each.role for each in grants_of(session, found.id)}
    if found.deactivated_at or roles.isdisjoint(FLOOR):
        raise NobodyToGive
    return found


def _give(
    session: WorkspaceSession, deps: Deps, actor: Actor, nonce: UUID, keeper: Member, rows: Sequence[Article]
) -> int:
    if form_result(session, nonce):
        return 0
    remember_form(session, nonce, keeper.id, deps.clock())
    given = [row for row in rows if row.owner_id != keeper.id]
    before = {row.owner_id for row in given}
    for row in given:
        amend(session, deps, actor, row, owner_id=keeper.id)
        row.reminded_at = None
    session.flush()
    show_left(session, deps, *before, keeper.id)
    if not orphans_left(session):
        close(session, deps, orphan_nudges(session), Ended.SEEN)
    if given and keeper.slack_id and keeper.id != actor.member_id:
        giver = member(session, actor.member_id) if actor.member_id else None
        facts = {"articles": [str(row.id) for row in given], "by": giver.slack_id if giver else None}
        tell(session, deps, to=keeper.slack_id, card=GIVEN, key=f"{GIVEN}:{nonce}", subject=keeper.id, facts=facts)
    return len(given)
