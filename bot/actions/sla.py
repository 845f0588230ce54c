"""The clocks of cases: reckoned anew whenever something happens to one, and explained.

Nothing here asks whether anybody may, or tells anybody: it is a part of what its caller does.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.actions.sla_policy import Policies
from bot.deps import Deps
from bot.domain.cases import Kind
from bot.domain.sla import BREACH, STOPPED, Clock, Mode, Terms, Waited, rung_now
from bot.domain.sla_policy import Metric
from bot.domain.sla_replay import replay
from bot.domain.sla_shown import ClockShown, WaitShown
from storage.db import WorkspaceSession
from storage.people import departments
from storage.sla import clock_rows, events_of_cases
from storage.tables import Case, CaseClock, CaseEvent

_MINUTE = timedelta(minutes=1)
# What else happens to a case moves no clock.
KINDS = (
    Kind.OPENED,
    Kind.STATE,
    Kind.PRIORITY,
    Kind.QUEUE,
    Kind.TIER,
    Kind.MESSAGE,
    Kind.GONE,
    Kind.DEADLINE,
)
# What is written down of a clock for which there is no time any more.
_WITHOUT_TARGET: Mapping[str, Any] = {
    "state": Mode.PAUSED.value,
    "due_at": None,
    "act_by": None,
    "breached_at": None,
    "rungs": [],
    "rung_percent": None,
    "rung_at": None,
}


def reckon(session: WorkspaceSession, deps: Deps, case: Case) -> None:
    """Writes down the clocks of a case as they are after all that has happened to it, and when it is due."""
    reckon_many(session, deps, [case])


def reckon_many(session: WorkspaceSession, deps: Deps, cases: Sequence[Case]) -> int:
    """The same for many at once, in as many statements as for one; how many have changed."""
    session.flush()
    found = _replayed(session, cases)
    rows = clock_rows(session, [case.id for case in cases])
    now = deps.clock()
    return sum(_keep(session, case, found[case.id][0], rows.get(case.id, {}), now) for case in cases)


def would_change(session: WorkspaceSession, deps: Deps, cases: Sequence[Case]) -> list[UUID]:
    """The cases whose clocks are not as they would be reckoned now."""
    found, now = _replayed(session, cases), deps.clock()
    every = clock_rows(session, [case.id for case in cases])
    wanted = []
    for case in cases:
        rows = every.get(case.id, {})
        reckoned, due = _reckoned(found[case.id][0], rows, now)
        same = reckoned.keys() <= rows.keys() and case.due_at == due
        if not same or any(_news(rows[metric], values) for metric, values in reckoned.items()):
            wanted.append(case.id)
    return wanted


def clocks_of(session: WorkspaceSession, case: Case, now: datetime) -> tuple[ClockShown, ...]:
    """The clocks of a case, explained."""
    return clocks_of_many(session, [case], now)[case.id]


def clocks_of_many(
    session: WorkspaceSession, cases: Sequence[Case], now: datetime
) -> Mapping[UUID, tuple[ClockShown, ...]]:
    """The same for many cases, in as many statements as for one."""
    found = _replayed(session, cases)
    rows = clock_rows(session, [case.id for case in cases])
    return {
        case.id: tuple(
            _shown(each, rows.get(case.id, {}).get(each.metric), case, now) for each in found[case.id][0]
        )
        for case in cases
    }


def waits_of(session: WorkspaceSession, case: Case, now: datetime) -> tuple[WaitShown, ...]:
    """How long a case has waited for which departments, in business hours."""
    waits = _replayed(session, [case])[case.id][1]
    names = {str(row.id): row.name for row in departments(session)} if waits else {}
    return tuple(
        WaitShown(UUID(each.department), names[each.department], each.at(now), each.since is not None)
        for each in waits
        if each.department in names
    )


def policy_of(session: WorkspaceSession, case: Case) -> Terms:
    """What holds for a case as it stands: its calendar, its targets, and what pauses them."""
    return Policies(session).of_case(case)


def pass_rung(clock: CaseClock, now: datetime) -> int | None:
    """The warning of a clock that is due, in percent, the highest where several are; None where none is.

    From now on it is dealt with, and the clock waits for the next.
    """
    percent, at = rung_now(_rungs(clock), clock.told_percent, now)
    if percent is None or at is None or at > now:
        return None
    clock.told_percent = percent
    clock.rung_percent, clock.rung_at = rung_now(_rungs(clock), percent, now)
    if percent == BREACH:
        clock.breached_at = clock.due_at
    return percent


def _replayed(
    session: WorkspaceSession, cases: Sequence[Case]
) -> dict[UUID, tuple[tuple[Clock, ...], tuple[Waited, ...]]]:
    events = events_of_cases(session, [case.id for case in cases], KINDS)
    policies = Policies(session)
    none: list[CaseEvent] = []
    return {case.id: replay(events.get(case.id, none), policies.terms) for case in cases}


def _keep(
    session: WorkspaceSession, case: Case, clocks: Iterable[Clock], rows: Mapping[str, CaseClock], now: datetime
) -> bool:
    """Writes down what is otherwise than it was; whether anything is."""
    reckoned, due = _reckoned(clocks, rows, now)
    changed = case.due_at != due
    case.due_at = due
    for metric, values in reckoned.items():
        row = rows.get(metric)
        if row is None:
            row = CaseClock(workspace_id=session.workspace_id, case_id=case.id, metric=metric)
            session.add(row)
        for key, value in _news(row, values).items():
            setattr(row, key, value)
            changed = True
    return changed


def _reckoned(
    clocks: Iterable[Clock], rows: Mapping[str, CaseClock], now: datetime
) -> tuple[dict[str, Mapping[str, Any]], datetime | None]:
    """What is to be written down of each clock, and the first deadline of those that run."""
    found: dict[str, Mapping[str, Any]] = {}
    for each in clocks:
        row = rows.get(each.metric)
        found[each.metric] = {} if row and _is_settled(row, each) else _values(each, row, now)
    # Its version goes on where there is a target again, and what came to its end stays as it was.
    for metric, row in rows.items():
        if metric not in found:
            found[metric] = {} if row.state in STOPPED else _WITHOUT_TARGET
    running = [each["due_at"] for each in found.values() if each.get("state") == Mode.RUNNING]
    return found, min((due for due in running if due), default=None)


def _news(row: CaseClock, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a row does not have."""
    return {key: value for key, value in values.items() if getattr(row, key) != value}


def _is_settled(row: CaseClock, clock: Clock) -> bool:
    """Whether it came to its end under the policy of its time, of which another policy is no judge."""
    if clock.target is None or row.target_minutes is None or row.stopped_at is None:
        return False
    return row.started_at == clock.started_at and row.stopped_at == clock.stopped_at


def _values(clock: Clock, row: CaseClock | None, now: datetime) -> dict[str, Any]:
    """What is written down of a clock. A warning that still holds after the deadline moved is not given again."""
    same = row is not None and row.started_at == clock.started_at
    moved = row is None or not same or row.due_at != clock.due_at
    version = (row.version if row else 0) + (1 if moved else 0)
    rungs = clock.rungs()
    told = row.told_percent if row and same else 0
    if moved and rungs:
        told = max((percent for percent, at in rungs if at <= now and percent <= told), default=0)
    percent, at = rung_now(rungs, told, now)
    return {
        "state": clock.mode.value,
        "target_minutes": clock.target // _MINUTE if clock.target else None,
        "started_at": clock.started_at,
        "stopped_at": clock.stopped_at,
        "due_at": clock.due_at,
        "act_by": clock.act_by,
        "breached_at": clock.breached_at(now),
        "version": version,
        "rungs": [{"percent": each, "at": when.isoformat()} for each, when in rungs],
        "told_percent": told,
        "rung_percent": percent,
        "rung_at": at,
    }


def _rungs(clock: CaseClock) -> list[tuple[int, datetime]]:
    return [(each["percent"], datetime.fromisoformat(each["at"])) for each in clock.rungs]


def _shown(clock: Clock, row: CaseClock | None, case: Case, now: datetime) -> ClockShown:
    settled = row if row and clock.mode in STOPPED and _is_settled(row, clock) else None
    target = timedelta(minutes=settled.target_minutes) if settled and settled.target_minutes else clock.target
    return ClockShown(
        metric=Metric(clock.metric),
        mode=Mode(settled.state) if settled else clock.mode,
        target=target,
        used=clock.used_at(now),
        paused=clock.paused_at(now),
        started_at=clock.started_at,
        stopped_at=clock.stopped_at,
        due_at=settled.due_at if settled else clock.due_at,
        breached_at=settled.breached_at if settled else clock.breached_at(now),
        act_by=settled.act_by if settled else clock.act_by,
        helpdesk=None if clock.target else case.source,
    )
