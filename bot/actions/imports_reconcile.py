"""What a file of shifts makes of the settled swaps and covers on the schedule: looked at, and nothing is written.

The rules of it stand in ``bot.domain.imports_standing``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.imports_aftermath import Aftermath, Ended, Held
from bot.actions.imports_check import ScheduleCheck, Stint
from bot.actions.release import who_is_gone
from bot.deps import Deps
from bot.domain.imports_standing import (
    Ending,
    Exchange,
    Kind,
    Leg,
    Planned,
    Reconciled,
    Why,
    Workers,
    reconcile,
)
from bot.domain.intervals import Interval
from bot.domain.rules import RuleId
from bot.domain.shifts_import import PlannedShift, ShiftLine, ShiftPlan
from storage.db import WorkspaceSession
from storage.imports_standing import Exchanged, exchanged, shifts_around, worked_otherwise
from storage.shifts import BaseShift
from storage.tables import Member

Span = tuple[datetime, datetime]
_KINDS = tuple(Kind)


def aftermath_of(
    session: WorkspaceSession, deps: Deps, plan: ShiftPlan, roster: Mapping[str, Member]
) -> Aftermath:
    """What the plan makes of the swaps and covers in force; nothing is written."""
    rows, span = _within_reach(session, plan, deps.clock())
    return _Floor(session, deps, plan, roster, rows, span).aftermath() if rows else Aftermath()


def as_planned(base: BaseShift) -> PlannedShift:
    """A shift of the base as a file would have it."""
    shift = base.shift
    return PlannedShift(base.email, shift.start_local, shift.end_local, shift.time_zone, base.queue, base.note)


def _within_reach(session: WorkspaceSession, plan: ShiftPlan, now: datetime) -> tuple[list[Exchanged], Span]:
    """What is in force that the plan may touch, and the time within which shifts may change hands by it."""
    changing = {move.known.id for move in plan.moved} | {each.id for each in plan.removed}
    intervals = [line.shift.interval for line in plan.added] + [move.after.interval for move in plan.moved]
    edges = [edge for each in intervals for edge in (each.start, each.end)] or [now]
    span = min(edges), max(edges)
    while True:
        found = exchanged(session, changing | worked_otherwise(session, *span))
        shifts = shifts_around(session, _shifts(found), (), *span)
        # What has begun changes hands no more.
        ahead = [edge for each in shifts for edge in (each.shift.start, each.shift.end) if each.shift.start > now]
        wider = min([*ahead, *span]), max([*ahead, *span])
        if wider == span:
            return found, span
        span = wider


def _shifts(rows: Sequence[Exchanged]) -> set[UUID]:
    return {handed.shift_id for each in rows for handed in each.handed}


class _Floor:
    """The schedule around what is in force, before and after a plan."""

    def __init__(
        self,
        session: WorkspaceSession,
        deps: Deps,
        plan: ShiftPlan,
        roster: Mapping[str, Member],
        rows: Sequence[Exchanged],
        span: Span,
    ) -> None:
        self._session, self._deps, self._now = session, deps, deps.clock()
        self._roster, self._rows = roster, tuple(rows)
        handed = [handed for each in rows for handed in each.handed]
        parties = {each for leg in handed for each in (leg.giver, leg.taker) if each}
        self._people = {each.id: each for each in roster.values()}
        # What is moved may come from anywhere else on its day.
        moved = {move.known.id for move in plan.moved if self._member(move.after.email) in parties}
        base = shifts_around(session, _shifts(rows) | moved, parties, *span)
        self._before = {each.shift.id: each for each in base}
        # For somebody else it is another shift: what stood on the one that was is not theirs to hold to.
        reowned = {move.known.id: move for move in plan.moved if move.reowned}
        self._moves = {
            move.known.id: move for move in plan.moved if move.known.id in self._before and not move.reowned
        }
        removed, self._reowned = {*(each.id for each in plan.removed), *reowned}, frozenset(reowned)
        self._added = {
            deps.new_id(): line
            for line in (*plan.added, *(move.line for move in reowned.values()))
            if line.shift.email and roster[line.shift.email].id in parties
        }
        self._after = {
            shift: self._moves[shift].after if shift in self._moves else as_planned(each)
            for shift, each in self._before.items()
            if shift not in removed and each.shift.removed_at is None
        }
        self._after |= {shift: line.shift for shift, line in self._added.items()}
        # Rules cost more to ask than all the rest, and most answers stay as one exchange after the other ends.
        self._asked: dict[tuple[UUID, UUID, frozenset[tuple[UUID, Interval]]], frozenset[RuleId]] = {}

    def aftermath(self) -> Aftermath:
        """What all of it comes to."""
        changed = frozenset(shift for shift, move in self._moves.items() if move.retimed or move.requeued)
        exchanges = [self._exchange(each) for each in self._rows]
        outcome = reconcile(
            {shift: Planned(each.interval, self._member(each.email)) for shift, each in self._after.items()},
            exchanges,
            changed=changed | self._added.keys(),
            denied=self._denied,
            gone=who_is_gone(self._session, self._deps, self._roster.values()),
        )
        held = [each for shift in changed for each in self._held(shift, outcome)]
        return Aftermath(
            tuple(sorted(held, key=lambda each: (_KINDS.index(each.kind), each.number, each.works.start_local))),
            tuple(self._ended(each, outcome) for each in outcome.endings),
            self._rows,
            {each.id: each.legs for each in exchanges},
            changed,
            self._reowned,
            outcome,
        )

    def _exchange(self, each: Exchanged) -> Exchange:
        legs = []
        for shift_id, interval, giver, taker in each.handed:
            shift = self._before[shift_id].shift
            whole = (interval.start, interval.end) == (shift.start, shift.end)
            begun = (shift.start if whole else interval.start) <= self._now
            legs.append(Leg(shift_id, giver, taker, None if whole else interval, begun))
        return Exchange(each.row.id, each.kind, each.number, tuple(legs))

    def _denied(self, shift: UUID, worker: UUID, workers: Workers) -> frozenset[RuleId]:
        own = frozenset(
            (each, part.interval) for each in workers for part in workers[each] if part.worker == worker
        )
        if (shift, worker, own) not in self._asked:
            works: dict[UUID, list[Stint]] = {each: [] for each in self._before.keys() | self._after.keys()}
            for each, interval in own:
                works[each].append((interval, self._after[each].queue))
            self._asked[shift, worker, own] = self._check.newly_denied(self._people[worker], shift, works)
        return self._asked[shift, worker, own]

    @cached_property
    def _check(self) -> ScheduleCheck:
        return ScheduleCheck(self._session, self._now)

    def _held(self, shift: UUID, outcome: Reconciled) -> Iterator[Held]:
        """What somebody works of a changed shift by something that holds."""
        ended = {each.exchange.id for each in outcome.endings}
        owner = self._before[shift].shift.member_id
        for stint in outcome.stints.get(shift, ()):
            worker = self._email(stint.worker)
            if worker and stint.exchange and stint.exchange.id not in ended and stint.worker != owner:
                yield Held(
                    stint.exchange.kind,
                    stint.exchange.number,
                    self._moves[shift].line,
                    _part(self._after[shift], stint.interval),
                    worker,
                )

    def _ended(self, ending: Ending, outcome: Reconciled) -> Ended:
        exchange = ending.exchange
        said = [self._line(each) for each in (ending.shift, ending.beside) if each]
        parties = dict.fromkeys(self._email(each) for leg in exchange.legs for each in (leg.giver, leg.taker))
        return Ended(
            exchange.kind,
            exchange.number,
            tuple(email for email in parties if email),
            ending.why,
            self._failing(ending),
            self._after[ending.beside] if ending.beside else None,
            next((line for line in said if line), None),
            tuple(sorted(ending.rules)),
            tuple(works for leg in exchange.legs for works in self._works(leg, outcome)),
        )

    def _failing(self, ending: Ending) -> PlannedShift:
        """What an exchange fails by: as it is now, or as it was where that is no longer planned."""
        leg = next(leg for leg in ending.exchange.legs if leg.shift == ending.shift)
        gone = ending.why is Why.REMOVED or ending.shift not in self._after
        shift = as_planned(self._before[ending.shift]) if gone else self._after[ending.shift]
        return _part(shift, leg.part) if leg.part else shift

    def _works(self, leg: Leg, outcome: Reconciled) -> Iterator[tuple[PlannedShift, str | None]]:
        for part in outcome.workers.get(leg.shift, ()):
            interval = part.interval.intersection(leg.part) if leg.part else part.interval
            if interval:
                yield _part(self._after[leg.shift], interval), self._email(part.worker)

    def _line(self, shift: UUID) -> ShiftLine | None:
        return self._moves[shift].line if shift in self._moves else self._added.get(shift)

    def _member(self, email: str | None) -> UUID | None:
        return self._roster[email].id if email else None

    def _email(self, member_id: UUID | None) -> str | None:
        return self._people[member_id].email if member_id else None


def _part(shift: PlannedShift, interval: Interval) -> PlannedShift:
    """A part of a shift, on the same wall."""
    if interval == shift.interval:
        return shift
    zone = ZoneInfo(shift.timezone)
    start, end = (each.astimezone(zone).replace(tzinfo=None) for each in (interval.start, interval.end))
    return replace(shift, start_local=start, end_local=end)
