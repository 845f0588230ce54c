"""Waiting for days on which as many are away as may be: joining, being offered them, and leaving the list."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.actions.contact import quiet_until
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller
from bot.actions.proxies import person_for
from bot.actions.record import record
from bot.actions.timeoff_limits import hits, standing
from bot.actions.timeoff_reckon import reckon
from bot.actions.timeoff_waitlist_look import PLACE, days_of, person_of, preferred_of, shown_wait, wait_of
from bot.actions.typed import read_typed
from bot.deps import Deps
from bot.domain import timeoff_waitlist as domain
from bot.domain.permissions import CLOCK, Actor, Deed, NotPermitted
from bot.domain.timeoff_asked import Wish
from bot.domain.timeoff_limits import Policy, Taken, may_wait, policy_of
from bot.domain.timeoff_waitlist import OPEN, NotWaiting, State, Wait
from bot.domain.timeoff_waitlist_shown import WaitShown
from bot.domain.when import Understood
from storage.db import WorkspaceSession
from storage.tables import LeaveWait
from storage.timeoff_waitlist import wait_row, waiting

_RECORDED = {
    State.WAITING: "timeoff_wait.waiting",
    State.OFFERED: "timeoff_wait.offered",
    State.TAKEN: "timeoff_wait.taken",
    State.DECLINED: "timeoff_wait.declined",
    State.PASSED: "timeoff_wait.passed",
    State.OVER: "timeoff_wait.over",
}


class UnknownWait(Exception):
    """Nobody waits under this id."""


class NothingToWaitFor(Exception):
    """The days are free by now, or something else than a cap is in the way."""


def wait(deps: Deps, caller: Caller, wish: Wish, whom: str | None = None) -> WaitShown:
    """Puts the caller or, with an account, somebody whom they act for on the list, once for the same days.

    Raises ``NothingToWaitFor``, ``NotPermitted``, and what ``timeoff_reckon.reckon`` does.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        person = person_for(session, caller, whom, Deed.ASK_TIMEOFF)
        if person is None or person.deactivated_at:
            raise NotPermitted(Deed.ASK_TIMEOFF)
        now = deps.clock()
        taking = [each.day for each in reckon(session, deps, person, wish).days if each.minutes]
        wanted = [each.isoformat() for each in taking]
        for row in waiting(session, person.id):
            if row.days == wanted:
                return shown_wait(session, deps, row, caller)
        if not may_wait(hits(session, person, taking, now)):
            raise NothingToWaitFor
        row = LeaveWait(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            member_id=person.id,
            kind=wish.kind,
            asked={
                "when": wish.when.typed,
                "eve": wish.eve,
                "replaces": str(wish.replaces) if wish.replaces else None,
            },
            days=wanted,
            state=State.WAITING,
            asked_at=now,
        )
        session.add(row)
        session.flush()
        record(session, deps, caller.actor, "timeoff_wait.join", ("member", person.id), None, {"days": wanted})
        return shown_wait(session, deps, row, caller)


def decline(deps: Deps, caller: Caller, wait_id: UUID) -> WaitShown:
    """They do not want the days any more; whoever is next is asked. Raises ``NotWaiting``, ``UnknownWait``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _there(session, caller, wait_id)
        domain.decline(wait_of(session, row), deps.clock())
        _become(session, deps, caller.actor, row, State.DECLINED)
        freed(session, deps)
        return shown_wait(session, deps, row, caller)


def offered(deps: Deps, caller: Caller, wait_id: UUID) -> tuple[Wish, str | None]:
    """What is asked for when a place that came free is taken, and for whom by their account, None: the caller.

    Raises ``NotWaiting`` where it is not offered any more, and ``UnknownWait``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        row = _there(session, caller, wait_id)
        now = domain.after_time(wait_of(session, row), deps.clock())
        if now.state is not State.OFFERED:
            raise NotWaiting(now.state)
        meaning = read_typed(caller, row.asked["when"], deps.clock())
        assert isinstance(meaning, Understood)
        whom = None if row.member_id == caller.actor.member_id else person_of(session, row).slack_id
        replaces = UUID(row.asked["replaces"]) if row.asked["replaces"] else None
        return Wish(row.kind, meaning.when, row.asked["eve"], replaces), whom


def asked_for(
    session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID, wanted: Collection[date]
) -> None:
    """They have asked for these days, so they wait for none of them any more."""
    for row in waiting(session, member_id):
        if set(days_of(row)) & set(wanted):
            _become(session, deps, actor, row, State.TAKEN)


def freed(session: WorkspaceSession, deps: Deps) -> None:
    """After each change that may free days: ends what is over, and offers what is free to who has waited longest.

    Whoever does not answer in time is passed over; as long as it is kept from them, by quiet hours or because they
    are away, is no time to answer. What a limit closes meanwhile is offered no longer.
    """
    for row, state in _due(session, deps.clock()):
        if state is State.OFFERED:
            _offer(session, deps, row)
        else:
            _become(session, deps, CLOCK, row, state)


def turn(deps: Deps, workspace_id: str) -> None:
    """Does the same for what comes about by time alone."""
    CLOCK.require(Deed.TURN_WAITLIST)
    with deps.sessions.read(workspace_id) as session:
        if not _due(session, deps.clock()):
            return
    with deps.sessions.write(workspace_id) as session:
        freed(session, deps)


def _due(session: WorkspaceSession, now: datetime) -> list[tuple[LeaveWait, State]]:
    """What is to become of those who wait, in order of asking."""
    rows = waiting(session)
    if not rows:
        return []
    every = [day for row in rows for day in days_of(row)]
    there = standing(session, min(every), max(every), offers=False)

    def is_free(each: Wait, others: tuple[Taken, ...]) -> bool:
        found = there.with_more(others).hits(each.member_id, each.days, now)
        return policy_of(found) is not Policy.BLOCK

    states = domain.due([wait_of(session, row) for row in rows], now, is_free)
    return [(row, states[row.id]) for row in rows if row.id in states]


def _offer(session: WorkspaceSession, deps: Deps, row: LeaveWait) -> None:
    person, now = person_of(session, row), deps.clock()
    awake = (quiet_until(session, person.slack_id, now) if person.slack_id else None) or now
    hours = timedelta(hours=preferred_of(session, person).leave_wait_hours)
    row.offered_at, row.answer_by = now, domain.offer(wait_of(session, row), awake, hours).answer_by
    _become(session, deps, CLOCK, row, State.OFFERED)


def _become(session: WorkspaceSession, deps: Deps, actor: Actor, row: LeaveWait, state: State) -> None:
    """Tells them of what they have not done themselves."""
    before, row.state = row.state, state
    row.ended_at = None if state in OPEN else deps.clock()
    session.flush()
    told = {"state": before}, {"state": state.value}
    record(session, deps, actor, _RECORDED[state], ("member", row.member_id), *told)
    person = person_of(session, row)
    if actor is CLOCK and person.slack_id and not person.deactivated_at:
        key, facts = f"{PLACE}:{row.id}:{row.offered_at}", {"offered_at": str(row.offered_at)}
        tell(session, deps, to=person.slack_id, card=PLACE, subject=row.id, key=key, facts=facts)
    touch(session, deps, PLACE, row.id)


def _there(session: WorkspaceSession, caller: Caller, wait_id: UUID) -> LeaveWait:
    row = wait_row(session, wait_id)
    if row is None:
        raise UnknownWait
    caller.actor.require(Deed.ASK_TIMEOFF, of=row.member_id, team=person_of(session, row).team_id)
    return row
