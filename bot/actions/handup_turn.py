"""What every change of a raised hand does alike, and what the clock does about those that wait."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.handup_cards import ask, asker_team, say, show
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.deps import Deps
from bot.domain.handup import LIVE, Hand, News, State, give_up, goes_up
from bot.domain.handup import leave as left
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.db import WorkspaceSession
from storage.handup import hands_in
from storage.tables import HandUp

# What the audit and the counter call it.
KIND = "hand up"
_WORDS = {
    State.WAITING: "again",
    State.COMING: "come",
    State.DONE: "end",
    State.WITHDRAWN: "withdraw",
    State.MISSED: "miss",
}


def hand_of(row: HandUp) -> Hand:
    """What decides what can become of it."""
    return Hand(row.asked_by_id, row.asked_at, row.rung, State(row.state), row.taken_by_id)


def become(session: WorkspaceSession, deps: Deps, actor: Actor, row: HandUp, hand: Hand) -> None:
    """Keeps what has become of it, and shows it."""
    before, now = row.state, deps.clock()
    row.state, row.taken_by_id = hand.state, hand.taken_by
    if hand.state is State.COMING:
        row.taken_at = now
    elif hand.state is State.WAITING:
        row.taken_at = None
    if hand.state not in LIVE:
        row.ended_at = now
    session.flush()
    states = ({"state": before}, {"state": row.state})
    record(session, deps, actor, f"handup.{_WORDS[hand.state]}", (KIND, row.id), *states, row.number)
    show(session, deps, row)


def leave(session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID) -> None:
    """Somebody is no longer here: their hand is down, and those to whom they were coming wait for others."""
    for row in hands_in(session, LIVE):
        after = left(hand_of(row), member_id)
        if after != hand_of(row):
            become(session, deps, actor, row, after)
            if after.state is State.WAITING:
                ask(session, deps, row)


def turn(deps: Deps, workspace_id: str) -> None:
    """Has those go up a level to whom nobody has come, and ends those to whom nobody comes at all."""
    CLOCK.require(Deed.WATCH_CASES)
    with deps.sessions.read(workspace_id) as session:
        if not _due(session, deps.clock()):
            return
    with deps.sessions.write(workspace_id) as session:
        for row in _due(session, deps.clock()):
            _go_on(session, deps, row)


def _due(session: WorkspaceSession, now: datetime) -> list[HandUp]:
    """Those for which it is time for something."""
    rows = hands_in(session, [State.WAITING])
    return [
        row
        for row in rows
        if give_up(hand_of(row), now) or goes_up(hand_of(row), now, _patience(session, row)) is not None
    ]


def _go_on(session: WorkspaceSession, deps: Deps, row: HandUp) -> None:
    now = deps.clock()
    if ended := give_up(hand_of(row), now):
        become(session, deps, CLOCK, row, ended)
        say(session, deps, row, News.MISSED)
        return
    row.rung = goes_up(hand_of(row), now, _patience(session, row)) or row.rung
    session.flush()
    rung = {"rung": row.rung}
    record(session, deps, CLOCK, "handup.up", (KIND, row.id), None, rung, row.number)
    ask(session, deps, row)
    show(session, deps, row)


def _patience(session: WorkspaceSession, row: HandUp) -> timedelta:
    team_id = asker_team(session, row)
    scope = f"team:{team_id}" if team_id else WORKSPACE
    return timedelta(minutes=preferences(session, scope).hand_up_minutes)
