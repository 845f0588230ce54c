"""How a cover ends before all of it is taken: it is withdrawn, its time is over, or the shift changes under it."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Document, Turn
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.covers import Expire, PartState, State, Supersede, Withdraw
from bot.domain.covers_life import is_untaken
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.parts import works_all
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.covers import covers_of_shifts, covers_overdue, parts_of
from storage.db import WorkspaceSession
from storage.shifts import partition
from storage.tables import Cover

Ending = Withdraw | Expire | Supersede


def withdraw(deps: Deps, caller: Caller, cover_id: UUID) -> None:
    """The owner, or somebody for them, takes back what is not confirmed; of an open shift, who may open one.

    Raises ``UnknownCover``, ``NotPermitted``, ``NotOpen`` and ``BothSides``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, cover_id)
        row = turn.row
        if row.owner_id:
            event = Withdraw(row.owner_id, turn.proxy_of(row.owner_id, Deed.OFFER_COVER))
        else:
            caller.actor.require(Deed.OPEN_SHIFT)
            event = Withdraw(turn.who)
        _withdraw(turn, event)


def expire(deps: Deps, workspace_id: str) -> None:
    """Ends the covers of which nobody took the rest in time; writes only where there is one."""
    CLOCK.require(Deed.TURN_COVER)
    with deps.sessions.read(workspace_id) as session:
        if not covers_overdue(session, [State.OPEN], deps.clock()):
            return
    with deps.sessions.write(workspace_id) as session:
        for turn in _turns(session, deps, CLOCK, covers_overdue(session, [State.OPEN], deps.clock())):
            states = _end(turn, Expire(), News.EXPIRED)
            row = turn.row
            record(session, deps, CLOCK, "cover.expire", ("cover", row.id), *states, row.number)


def withdraw_untaken(session: WorkspaceSession, deps: Deps, actor: Actor, shift_ids: Iterable[UUID]) -> None:
    """Withdraws the open shifts among these of which nobody has taken anything, where a member does it."""
    for turn in _open(session, deps, actor, shift_ids):
        if actor.member_id and is_untaken(turn.life):
            _withdraw(turn, Withdraw(turn.who))


def supersede(session: WorkspaceSession, deps: Deps, actor: Actor, shift_ids: Iterable[UUID]) -> None:
    """Ends the open covers of any part of these shifts, because the actor changes them."""
    for turn in _open(session, deps, actor, shift_ids):
        _supersede(turn)


def supersede_lost(
    session: WorkspaceSession, deps: Deps, actor: Actor, shift_id: UUID, undone_by: UUID | None = None
) -> None:
    """Ends the open covers of a shift whose owner does not work all that is not settled of them any more.

    ``undone_by`` is who undid that they work it, if that is why.
    """
    parts = partition(session, shift_id)
    for turn in _open(session, deps, actor, [shift_id]):
        if not all(works_all(parts, each, turn.row.owner_id) for each in turn.life.unsettled):
            turn.row.ended_by_id = undone_by
            _supersede(turn)


def _open(session: WorkspaceSession, deps: Deps, actor: Actor, shift_ids: Iterable[UUID]) -> list[Turn]:
    return _turns(session, deps, actor, covers_of_shifts(session, shift_ids, [State.OPEN]))


def _turns(session: WorkspaceSession, deps: Deps, actor: Actor, rows: Iterable[Cover]) -> list[Turn]:
    covers = list(rows)
    parts = parts_of(session, [row.id for row in covers])
    return [Turn(session, deps, actor, row, parts.get(row.id, [])) for row in covers]


def _withdraw(turn: Turn, event: Withdraw) -> None:
    row = turn.row
    row.ended_by_id = turn.who
    states = _end(turn, event, News.WITHDRAWN, turn.who)
    record(turn.session, turn.deps, turn.actor, "cover.withdraw", ("cover", row.id), *states, row.number)


def _supersede(turn: Turn) -> None:
    states = _end(turn, Supersede(), News.SUPERSEDED)
    row = turn.row
    record(turn.session, turn.deps, turn.actor, "cover.supersede", ("cover", row.id), *states, row.number)


def _end(turn: Turn, event: Ending, news: News, but: UUID | None = None) -> tuple[Document, Document]:
    """Ends it and tells whom it concerns: besides the owner, those who wait to hear of a part that they took."""
    waiting = [each for each in turn.parts if each.state == PartState.NEEDS_APPROVAL]
    states = turn.become(event)
    show(turn)
    say(turn, news, Audience.OWNER, Audience.PROXY, but=but)
    for each in waiting:
        say(turn, news, asked(each.taker_id), part=each, but=but)
    return states
