"""What every change of an exception does alike, and what the clock does about those that wait."""

from uuid import UUID

from bot.actions.exceptions_cards import ask, remind, say, show
from bot.actions.nudges import end
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.deps import Deps
from bot.domain.exceptions import (
    DECIDERS,
    Asked,
    Limit,
    Money,
    News,
    State,
    expire,
    read_limits,
    reminders,
)
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import CLOCK, Actor, Deed, Role
from storage.db import WorkspaceSession
from storage.exceptions import exceptions_in
from storage.people import member
from storage.tables import CaseException

# What the audit and the counter call it.
KIND = "exception"
_WORDS = {
    State.APPROVED: "approve",
    State.DECLINED: "decline",
    State.WITHDRAWN: "withdraw",
    State.EXPIRED: "expire",
}


def asked_of(row: CaseException) -> Asked:
    """What decides what can become of it."""
    money = Money(row.amount_minor, row.currency)
    return Asked(row.asked_by_id, money, row.asked_at, row.due_at, State(row.state), row.decided_by_id)


def limits_of(session: WorkspaceSession, member_id: UUID) -> tuple[Limit, ...]:
    """Who approves what somebody asks for."""
    return limits_of_team(session, team_of(session, member_id))


def limits_of_team(session: WorkspaceSession, team_id: UUID | None) -> tuple[Limit, ...]:
    """Who approves what the people of a team ask for."""
    return read_limits(preferences(session, f"team:{team_id}" if team_id else WORKSPACE).exception_limits or "")


def team_of(session: WorkspaceSession, member_id: UUID) -> UUID | None:
    """The team of who asks."""
    asker = member(session, member_id)
    return asker.team_id if asker else None


def roles_for(actor: Actor, team_id: UUID | None) -> set[Role]:
    """As what somebody decides what a team asks for: a lead does for their own only."""
    held = {each.role for each in actor.grants if each.role is not Role.LEAD or each.team_id in (None, team_id)}
    return held & DECIDERS


def become(session: WorkspaceSession, deps: Deps, actor: Actor, row: CaseException, asked: Asked) -> None:
    """Keeps what has become of it, and shows it."""
    before = row.state
    row.state, row.decided_by_id = asked.state, asked.decided_by
    row.decided_at = deps.clock()
    session.flush()
    states = ({"state": before}, {"state": row.state})
    record(session, deps, actor, f"exception.{_WORDS[asked.state]}", (KIND, row.id), *states, row.number)
    end(session, deps, row.id, Nudged.EXCEPTION, Ended.SEEN if asked.decided_by else Ended.OVER)
    show(session, deps, row)


def ask_others(session: WorkspaceSession, deps: Deps) -> None:
    """Shows what waits to whoever approves it now, as one of those who did is no longer here."""
    for row in exceptions_in(session, [State.NEEDS_APPROVAL]):
        ask(session, deps, row, limits_of(session, row.asked_by_id))


def turn(deps: Deps, workspace_id: str) -> None:
    """Reminds approvers of what waits, and ends what nobody has decided in time."""
    CLOCK.require(Deed.TURN_EXCEPTION)
    with deps.sessions.read(workspace_id) as session:
        if not _due(session, deps):
            return
    with deps.sessions.write(workspace_id) as session:
        for row in _due(session, deps):
            _go_on(session, deps, row)


def _due(session: WorkspaceSession, deps: Deps) -> list[CaseException]:
    """Those for which it is time for something."""
    now = deps.clock()
    waiting = exceptions_in(session, [State.NEEDS_APPROVAL])
    return [row for row in waiting if expire(asked_of(row), now) or reminders(asked_of(row), now) > row.rung]


def _go_on(session: WorkspaceSession, deps: Deps, row: CaseException) -> None:
    if expired := expire(asked_of(row), deps.clock()):
        become(session, deps, CLOCK, row, expired)
        say(session, deps, row, News.EXPIRED)
        return
    row.rung = reminders(asked_of(row), deps.clock())
    session.flush()
    rung = {"rung": row.rung}
    record(session, deps, CLOCK, "exception.remind", (KIND, row.id), None, rung, row.number)
    # Whoever is asked only now has the card itself, and needs no reminder.
    remind(session, deps, row)
    ask(session, deps, row, limits_of(session, row.asked_by_id))
