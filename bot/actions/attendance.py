"""Somebody says that they are there, or whoever answers for them says what becomes of their work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.actions.absences import Returned, come_back, put_away
from bot.actions.absences_lanes import who_answers
from bot.actions.attendance_cards import say_settled, show
from bot.actions.attendance_watch import watched_now
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain import attendance as domain
from bot.domain.absences import Kind
from bot.domain.attendance import OPEN, NotOpen, State, near
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed, NotPermitted
from storage.absences import absences_ahead
from storage.attendance import arrival, arrivals
from storage.db import WorkspaceSession
from storage.people import member
from storage.shifts import worked
from storage.tables import Arrival

_AHEAD = timedelta(days=7)


class NotAsked(Exception):
    """Nobody asks for a sign of this person."""


class NothingNear(Exception):
    """No shift of theirs has begun or begins soon; ``then``: when the next one does, if that is known."""

    def __init__(self, then: datetime | None) -> None:
        super().__init__("no shift is near")
        self.then = then


class Away(Exception):
    """They are away ``until`` then: on leave, or by their own or somebody else's word."""

    def __init__(self, until: datetime, *, on_leave: bool) -> None:
        super().__init__("away")
        self.until, self.on_leave = until, on_leave


class Settlement(StrEnum):
    """What whoever answers for somebody says."""

    HERE = "here"
    RELEASE = "release"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Noted:
    """They are there for this work; ``returned`` where they had been put down as away from it."""

    work: Interval
    returned: Returned | None = None


def say_here(deps: Deps, caller: Caller) -> Noted:
    """Notes that the caller is there; who was put down as a no-show is back.

    Raises ``NotPermitted``, ``NotAsked``, ``NothingNear`` and ``Away``.
    """
    caller.actor.require(Deed.SAY_HERE, of=caller.actor.member_id)
    assert caller.actor.member_id
    now = deps.clock()
    with deps.sessions.write(caller.workspace_id) as session:
        watch = watched_now(session, caller.actor.member_id, now)
        if stretch := near(watch.work, now) if watch else None:
            say_settled(session, deps, _see(session, deps, caller.actor.member_id, stretch))
            return Noted(stretch)
        live = [row for row in absences_ahead(session, now, caller.actor.member_id) if row.start <= now]
        missed = next((row for row in live if row.kind == Kind.NO_SHOW), None)
        if missed:
            work = Interval(missed.start, missed.end)
            _see(session, deps, missed.member_id, work)
        ahead = worked(session, now, now + _AHEAD, caller.actor.member_id)
    if missed:
        return Noted(work, come_back(deps, caller, missed.id))
    if live:
        last = max(live, key=lambda row: row.end)
        raise Away(last.end, on_leave=last.kind == Kind.TIME_OFF)
    raise NothingNear(ahead[0].start if ahead else None) if watch else NotAsked


def settle(deps: Deps, caller: Caller, arrival_id: UUID, said: Settlement) -> None:
    """Whoever answers for somebody says that they are there, that others do their work, or waits.

    Raises ``NotPermitted`` and ``NotOpen``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row, now = arrival(session, arrival_id), deps.clock()
        if row is None:
            raise NotOpen
        _demand_may(session, caller, row, now)
        watch, life = watched_now(session, row.member_id, now), domain.Arrival(State(row.state), row.due_at)
        stretch = next((each for each in watch.work if each.start == row.start), None) if watch else None
        if stretch is None:
            raise NotOpen
        if said is Settlement.WAIT:
            life = domain.wait(life, now)
        else:
            life = domain.see(life) if said is Settlement.HERE else domain.release(life)
        row.state, row.due_at, row.settled_by_id = life.state, life.due_at, caller.actor.member_id
        if said is Settlement.RELEASE:
            put_away(session, deps, caller.actor, row.member_id, Kind.NO_SHOW, stretch)
        show(session, deps, row)


def awaited(session: WorkspaceSession, caller: Caller, now: datetime) -> Interval | None:
    """For which work a sign of theirs is waited for, or counts already; None where there is one or none is."""
    member_id = caller.actor.member_id
    if member_id is None or caller.preferences.attendance == "off":
        return None
    watch = watched_now(session, member_id, now)
    stretch = near(watch.work, now) if watch else None
    if stretch is None:
        return None
    states = [row.state for row in arrivals(session, member_id) if row.start == stretch.start]
    return stretch if (states[0] in OPEN if states else now < stretch.start) else None


def _see(session: WorkspaceSession, deps: Deps, member_id: UUID, stretch: Interval) -> Arrival:
    row = next((each for each in arrivals(session, member_id) if each.start == stretch.start), None)
    if row is None:
        row = Arrival(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            member_id=member_id,
            start=stretch.start,
            end=stretch.end,
        )
        session.add(row)
    row.state, row.due_at, row.settled_by_id = State.HERE, None, None
    session.flush()
    show(session, deps, row)
    return row


def _demand_may(session: WorkspaceSession, caller: Caller, row: Arrival, now: datetime) -> None:
    """Raises ``NotPermitted`` for who neither leads them nor is named for this hour or the one when it began."""
    person = member(session, row.member_id)
    team_id = person.team_id if person else None
    if caller.actor.may(Deed.ANSWER_FOR, team=team_id) and caller.actor.member_id != row.member_id:
        return
    answer = {each.id for at in (row.start, now) for each in who_answers(session, row.member_id, team_id, at)}
    if caller.actor.member_id not in answer:
        raise NotPermitted(Deed.ANSWER_FOR)
