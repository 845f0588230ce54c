"""What the clock does about who is to come: they are reminded and asked, then who answers for them is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.actions.attendance_cards import CARDS, ask, ask_others, remind, say_settled, show
from bot.actions.attendance_watch import Watched, watched
from bot.deps import Deps
from bot.domain import absences, attendance
from bot.domain.attendance import OPEN, PAUSE, State
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed
from storage.absences import absences_ended
from storage.attendance import arrivals, forget_arrivals
from storage.db import WorkspaceSession
from storage.tables import Arrival


@dataclass(frozen=True, slots=True)
class _Steps:
    """Who is waited for from now on, of whom the next step is due, and who is waited for no more."""

    begin: list[tuple[Watched, Interval]]
    due: list[tuple[Watched, Arrival]]
    over: list[Arrival]

    def __bool__(self) -> bool:
        return bool(self.begin or self.due or self.over)


def turn(deps: Deps, workspace_id: str) -> None:
    """Goes on with whoever has given no sign. Writes only where there is something to do."""
    CLOCK.require(Deed.TURN_ATTENDANCE)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        if not _steps(session, now):
            return
    with deps.sessions.write(workspace_id) as session:
        steps = _steps(session, now)
        for row in steps.over:
            _end(session, deps, row)
        for watch, row in steps.due:
            _go_on(session, deps, watch, row, now)
        for watch, stretch in steps.begin:
            _begin(session, deps, watch, stretch, now)


def forget(deps: Deps, workspace_id: str) -> None:
    """Deletes what is known of work that is over."""
    CLOCK.require(Deed.TURN_ATTENDANCE)
    with deps.sessions.write(workspace_id) as session:
        forget_arrivals(session, deps.clock(), CARDS)


def _steps(session: WorkspaceSession, now: datetime) -> _Steps:
    watches, rows = watched(session, now), arrivals(session)
    known = {(row.member_id, row.start): row for row in rows}
    expected = {(member_id, each.start): watch for member_id, watch in watches.items() for each in watch.work}
    waiting = {at: row for at, row in known.items() if row.state in OPEN}
    seen = defaultdict[UUID, list[datetime]](list)
    for row in rows:
        if row.state == State.HERE:
            seen[row.member_id].append(row.start)
    returns = _returns(session, now)
    return _Steps(
        [
            (watch, each)
            for member_id, watch in watches.items()
            for each in watch.work
            if (member_id, each.start) not in known
            if attendance.is_awaited(each, now, watch.grace, seen[member_id], returns[member_id])
        ],
        [
            (expected[at], row)
            for at, row in waiting.items()
            if at in expected and row.due_at and row.due_at <= now
        ],
        [row for at, row in waiting.items() if at not in expected],
    )


def _returns(session: WorkspaceSession, now: datetime) -> Mapping[UUID, list[datetime]]:
    """When people came back lately who had been away."""
    found = defaultdict[UUID, list[datetime]](list)
    for row in absences_ended(session, now - PAUSE):
        if row.state == absences.State.ENDED:
            found[row.member_id].append(row.end)
    return found


def _begin(session: WorkspaceSession, deps: Deps, watch: Watched, stretch: Interval, now: datetime) -> None:
    life = attendance.await_them(stretch, now, watch.grace)
    row = Arrival(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        member_id=watch.person.id,
        start=stretch.start,
        end=stretch.end,
        state=life.state,
        due_at=life.due_at,
    )
    session.add(row)
    session.flush()
    if now < stretch.start:
        remind(session, deps, row, watch.person)


def _go_on(session: WorkspaceSession, deps: Deps, watch: Watched, row: Arrival, now: datetime) -> None:
    life = attendance.go_on(attendance.Arrival(State(row.state), row.due_at), now, watch.grace)
    if life.state is State.ASKED:
        ask(session, deps, row, watch.person)
    else:
        ask_others(session, deps, row, watch.person)
    row.state, row.due_at, row.settled_by_id = life.state, life.due_at, None
    session.flush()
    show(session, deps, row)


def _end(session: WorkspaceSession, deps: Deps, row: Arrival) -> None:
    missed = row.state == State.MISSING
    row.state, row.due_at, row.settled_by_id = State.OVER, None, None
    session.flush()
    show(session, deps, row)
    if missed:
        say_settled(session, deps, row)
