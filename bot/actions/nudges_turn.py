"""Telling people what waits for them: everything that has come since is one message, to each in their time.

What is told to whom is found out without keeping others from writing; it is written for a few people at once, and
only of what nobody has told or ended meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.actions.nudges import CARD
from bot.actions.nudges_floor import Floor
from bot.actions.nudges_sla import hand_on, warn
from bot.actions.outbox import tell
from bot.deps import Deps
from bot.domain.cases import State
from bot.domain.nudges import BETWEEN, PATIENCE, As, Ended, Kind, Waiting, held_until, is_current, tell_now
from bot.domain.permissions import CLOCK, Deed
from bot.domain.sla import BREACH, Mode
from storage.db import WorkspaceSession
from storage.nudges import last_told
from storage.nudges_turn import (
    Mark,
    WaitingCase,
    WaitingNudge,
    any_due,
    end_untold,
    mark_told,
    waiting,
    waiting_cases,
)
from storage.outbox import Priority

# People who are told in one transaction, that others may write in between.
_AT_ONCE = 20


def turn(deps: Deps, workspace_id: str) -> None:
    """Warns of the clocks at which a rung has come, and tells everybody theirs; writes only where there is any."""
    CLOCK.require(Deed.WATCH_CASES)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        due = any_due(session, now)
    while due:
        with deps.sessions.write(workspace_id) as session:
            more = [warn(session, deps, now), hand_on(session, deps, now)]
        due = any(more)
    with deps.sessions.read(workspace_id) as session:
        plan = _plan(session, now)
    people = list(plan.told)
    for first in range(0, len(people), _AT_ONCE):
        with deps.sessions.write(workspace_id) as session:
            _tell(session, deps, plan, people[first : first + _AT_ONCE], now)
    if plan.over:
        with deps.sessions.write(workspace_id) as session:
            end_untold(session, plan.over, Ended.OVERTAKEN, now)


@dataclass(frozen=True, slots=True)
class _Message:
    """What somebody is told now; ``in_time``: not before the last message to them is long enough ago."""

    marks: Sequence[Mark]
    lanes: Sequence[str]
    priority: Priority
    in_time: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is told now, and to whom; and what is none any more."""

    told: Mapping[UUID | None, _Message] = field(default_factory=dict)
    over: Sequence[UUID] = ()


def _plan(session: WorkspaceSession, now: datetime) -> _Plan:
    rows = {row.id: row for row in waiting(session, now)}
    if not rows:
        return _Plan()
    floor = Floor(session, now)
    about = _About(session, [row for row in rows.values() if row.kind == Kind.SLA], now)
    hearers = {row.id: about.hearer(row, floor) for row in about.current}
    cases = [about.waiting(row, floor.reader(hearers[row.id][0])) for row in about.current]
    others = [
        Waiting(row.id, floor.reader(row.member_id), row.urgent) for row in rows.values() if row.kind != Kind.SLA
    ]
    told = tell_now([*others, *cases], floor.ears, now)
    hurried = {each.id for each in (*others, *cases) if each.urgent or each.asked}
    messages = {}
    for to, every in told.items():
        marks = [_mark(rows[each], hearers[each][1] if each in hearers else None, now) for each in every]
        loud = floor.ears[to].quiet  # who rests is told of nothing but what reaches them at any hour
        priority = Priority.PRESS if loud else Priority.CARD
        messages[to] = _Message(marks, floor.lanes(to, told), priority, hurried.isdisjoint(every))
    return _Plan(messages, about.over)


def _mark(row: WaitingNudge, why: As | None, now: datetime) -> Mark:
    """Of a breach that its owner does not see to somebody else hears."""
    waits = why is As.OWNER and row.data.get("percent") == BREACH
    return Mark(row.id, row.data | ({"as": why} if why else {}), now + PATIENCE if waits else None)


def _tell(
    session: WorkspaceSession, deps: Deps, plan: _Plan, people: Iterable[UUID | None], now: datetime
) -> None:
    """Each in one message; what another process has told meanwhile is left out."""
    told = last_told(session, now - BETWEEN)
    for to in people:
        message, batch_id = plan.told[to], deps.new_id()
        if (message.in_time and to in told) or not mark_told(session, message.marks, to, batch_id, now):
            continue
        for lane in message.lanes:
            key = f"{CARD}:{batch_id}:{lane}"
            tell(session, deps, to=lane, card=CARD, subject=batch_id, key=key, priority=message.priority)


class _About:
    """The warnings about clocks that wait, and the cases that they are about."""

    def __init__(self, session: WorkspaceSession, rows: Sequence[WaitingNudge], now: datetime) -> None:
        self._now = now
        self._clocks: defaultdict[UUID, dict[str, tuple[int, Mode]]] = defaultdict(dict)
        self._cases: dict[UUID, WaitingCase] = {}
        self._due: dict[tuple[UUID, str | None], datetime | None] = {}
        for each in waiting_cases(session, now) if rows else ():
            self._cases[each.case_id] = each
            self._due[each.case_id, each.metric] = each.due_at
            if each.metric and each.version is not None and each.clock_state:
                self._clocks[each.case_id][each.metric] = each.version, Mode(each.clock_state)
        self.current = list(self._highest(row for row in rows if self._holds(row)))
        kept = {row.id for row in self.current}
        self.over = [row.id for row in rows if row.id not in kept]

    def hearer(self, row: WaitingNudge, floor: Floor) -> tuple[UUID | None, As]:
        """Who hears of it, as the floor is now."""
        case = self._cases[row.subject_id]
        past_owner = bool(row.data.get("past_owner"))
        return floor.hearer(case.owner_id, case.queue_id, urgent=row.urgent, past_owner=past_owner)

    def waiting(self, row: WaitingNudge, to: UUID | None) -> Waiting:
        """The same as one that waits for somebody, while the case is put off until that is over."""
        snoozed_until = self._cases[row.subject_id].snoozed_until
        due_at = self._due.get((row.subject_id, row.data.get("metric")))
        until = held_until(row.data.get("percent", 0), snoozed_until, due_at, self._now)
        return Waiting(row.id, to, row.urgent, until, asked=bool(row.data.get("snoozed")))

    def _holds(self, row: WaitingNudge) -> bool:
        case = self._cases.get(row.subject_id)
        if case is None or case.gone_at:
            return False
        if row.data.get("snoozed"):
            return any(mode is Mode.RUNNING for _, mode in self._clocks[case.case_id].values())
        clock = self._clocks[case.case_id].get(row.data["metric"])
        return is_current(State(case.state), clock, row.data["version"])

    def _highest(self, rows: Iterable[WaitingNudge]) -> Iterator[WaitingNudge]:
        """Of the warnings of one clock the last one; that a case was put off is no news beside another."""
        by_clock: dict[tuple[UUID, str | None], WaitingNudge] = {}
        for row in rows:
            known = by_clock.get(which := (row.subject_id, row.data.get("metric")))
            if known is None or row.data.get("percent", 0) >= known.data.get("percent", 0):
                by_clock[which] = row
        warned = {case_id for case_id, metric in by_clock if metric}
        for (case_id, metric), row in by_clock.items():
            if metric or case_id not in warned:
                yield row
