"""What a file of shifts makes of the settled swaps on the schedule: looked at first, then written with the rest.

The rules of it stand in ``bot.domain.imports_swaps``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from bot.actions.swaps_check import SwapCheck
from bot.actions.swaps_turn import life_of
from bot.deps import Deps
from bot.domain.imports_swaps import Ending, Exchange, Planned, Reconciled, Why, Workers, reconcile
from bot.domain.rules import RuleId
from bot.domain.shifts_import import Move, PlannedShift, ShiftLine, ShiftPlan
from bot.domain.swaps import Replan, State
from bot.domain.swaps_life import transition
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.imports_swaps import Exchanged, exchanged, shifts_around, worked_otherwise
from storage.shifts import BaseShift, assignments_of
from storage.tables import Assignment, Member

SWAP = "swap"
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class SwapHeld:
    """A settled swap that holds although the file has a shift of it otherwise: ``worker`` works that one."""

    number: int
    move: Move
    worker: str


@dataclass(frozen=True, slots=True)
class SwapEnded:
    """A settled swap between ``parties`` that the file leaves no room for.

    ``shift`` is the one of its two shifts that it fails by, ``beside`` what else its worker would work at that
    time, ``line`` what the file says of either (None: nothing), ``rules`` those that it goes against. ``works``
    are those of its two shifts that stay planned, and who works each from now on (None: it is open).
    """

    number: int
    parties: tuple[str, str]
    why: Why
    shift: PlannedShift
    beside: PlannedShift | None
    line: ShiftLine | None
    rules: tuple[RuleId, ...]
    works: tuple[tuple[PlannedShift, str | None], ...]


@dataclass(frozen=True, slots=True)
class SwapsAfter:
    """What becomes of the swaps in force. People go by e-mail address in ``held`` and ``ended``."""

    held: tuple[SwapHeld, ...] = ()
    ended: tuple[SwapEnded, ...] = ()
    rows: tuple[Exchanged, ...] = ()
    outcome: Reconciled = field(default_factory=lambda: Reconciled({}, {}, ()))

    @property
    def reasons(self) -> dict[UUID, Why]:
        """Why swaps have ended."""
        return {ending.exchange.id: ending.why for ending in self.outcome.endings}

    def worker(self, shift_id: UUID, owner: UUID | None) -> UUID | None:
        """Who works a shift of this owner."""
        return self.outcome.workers.get(shift_id, owner)

    def handed(self, session: WorkspaceSession) -> list[UUID]:
        """The shifts that somebody else works than before, because a swap of them has ended."""
        shifts = {leg.shift for ending in self.outcome.endings for leg in ending.exchange.legs}
        standing = assignments_of(session, shifts & self.outcome.workers.keys())
        return [row.shift_id for row in standing if row.member_id != self.outcome.workers[row.shift_id]]

    def write(self, recorder: Recorder, made: Mapping[UUID, Assignment], now: datetime) -> list[Exchanged]:
        """Ends what has ended, and has the others go by the assignments ``made``, by shift; all concerned."""
        values: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
        for shift_id, assignment in made.items():
            if exchange := self.outcome.swaps.get(shift_id):
                column = "given_made_id" if shift_id == exchange.given else "returned_made_id"
                values[exchange.id][column] = assignment.id
        rows = {each.swap.id: each for each in self.rows}
        for ending in self.outcome.endings:
            life = transition(life_of(rows[ending.exchange.id].swap), Replan(), now)
            values[ending.exchange.id]["state"] = life.state
        for swap_id, changes in values.items():
            # With its state, so that nobody who takes the import back undoes what became of the swap since.
            recorder.change(rows[swap_id].swap, **{"state": rows[swap_id].swap.state} | changes)
        moved = {self.outcome.swaps[each.move.known.id].id for each in self.held}
        return [rows[swap_id] for swap_id in values.keys() | moved]


def swaps_after(
    session: WorkspaceSession, deps: Deps, plan: ShiftPlan, roster: Mapping[str, Member]
) -> SwapsAfter:
    """What the plan makes of the swaps in force; nothing is written."""
    now = deps.clock()
    rows, span = _within_reach(session, plan, now)
    return _Floor(session, deps, plan, roster, rows, span).after(now) if rows else SwapsAfter()


def as_planned(base: BaseShift) -> PlannedShift:
    """A shift of the base as a file would have it."""
    shift = base.shift
    return PlannedShift(base.email, shift.start_local, shift.end_local, shift.time_zone, base.queue, base.note)


def _within_reach(session: WorkspaceSession, plan: ShiftPlan, now: datetime) -> tuple[list[Exchanged], Span]:
    """The swaps in force that the plan may touch, and the time within which shifts may change hands by it."""
    changing = {move.known.id for move in plan.moved} | {each.id for each in plan.removed}
    intervals = [line.shift.interval for line in plan.added] + [move.after.interval for move in plan.moved]
    edges = [edge for each in intervals for edge in (each.start, each.end)] or [now]
    span = min(edges), max(edges)
    while True:
        swapped = worked_otherwise(session, *span, SWAP)
        found = exchanged(session, changing | swapped, State.APPROVED)
        shifts = shifts_around(session, {shift for each in found for shift in each[1:]}, (), *span)
        # What has begun changes hands no more.
        ahead = [edge for each in shifts for edge in (each.shift.start, each.shift.end) if each.shift.start > now]
        wider = min([*ahead, *span]), max([*ahead, *span])
        if wider == span:
            return found, span
        span = wider


class _Floor:
    """The schedule around some swaps, before and after a plan."""

    def __init__(
        self,
        session: WorkspaceSession,
        deps: Deps,
        plan: ShiftPlan,
        roster: Mapping[str, Member],
        rows: Sequence[Exchanged],
        span: Span,
    ) -> None:
        self._session, self._deps, self._plan, self._roster, self._rows = session, deps, plan, roster, tuple(rows)
        parties = {member for each in rows for member in (each.swap.asker_id, each.swap.colleague_id)}
        self._people = {each.id: each for each in roster.values()}
        exchanged_shifts = {shift for each in rows for shift in (each.given, each.returned)}
        base = shifts_around(session, exchanged_shifts, parties, *span)
        self._before = {each.shift.id: each for each in base}
        self._moves = {move.known.id: move for move in plan.moved if move.known.id in self._before}
        removed = {each.id for each in plan.removed}
        self._added = {
            deps.new_id(): line
            for line in plan.added
            if line.shift.email and roster[line.shift.email].id in parties
        }
        self._after = {
            shift: self._moves[shift].after if shift in self._moves else as_planned(each)
            for shift, each in self._before.items()
            if shift not in removed and each.shift.removed_at is None
        }
        self._after |= {shift: line.shift for shift, line in self._added.items()}
        # Rules cost more to ask than all the rest, and most answers stay as one swap after the other ends.
        self._asked: dict[tuple[UUID, UUID, frozenset[UUID]], frozenset[RuleId]] = {}

    def after(self, now: datetime) -> SwapsAfter:
        """What the swaps come to."""
        changed = {shift for shift, move in self._moves.items() if move.retimed or move.requeued}
        outcome = reconcile(
            {shift: Planned(each.interval, self._member(each.email)) for shift, each in self._after.items()},
            [_exchange(each) for each in self._rows],
            changed=changed | self._added.keys(),
            begun={shift for shift, each in self._before.items() if each.shift.start <= now},
            denied=self._denied,
        )
        held = [self._held(self._moves[shift], outcome) for shift in changed if self._is_held(shift, outcome)]
        return SwapsAfter(
            tuple(sorted(held, key=lambda each: (each.number, each.move.after.start_local))),
            tuple(self._ended(each, outcome) for each in outcome.endings),
            self._rows,
            outcome,
        )

    def _denied(self, shift: UUID, workers: Workers) -> frozenset[RuleId]:
        worker = workers[shift]
        if worker is None:
            return frozenset()
        own = frozenset(each for each, whose in workers.items() if whose == worker)
        if (shift, worker, own) not in self._asked:
            works = {
                each: (self._after[each].interval, self._after[each].queue) if each in own else None
                for each in self._before.keys() | self._after.keys()
            }
            self._asked[shift, worker, own] = self._check.newly_denied(self._people[worker], shift, works)
        return self._asked[shift, worker, own]

    @cached_property
    def _check(self) -> SwapCheck:
        return SwapCheck(self._session, self._deps.clock())

    def _is_held(self, shift: UUID, outcome: Reconciled) -> bool:
        return shift in outcome.swaps and outcome.workers[shift] != self._before[shift].shift.member_id

    def _held(self, move: Move, outcome: Reconciled) -> SwapHeld:
        shift = move.known.id
        return SwapHeld(outcome.swaps[shift].number, move, self._email(outcome.workers[shift]) or "")

    def _ended(self, ending: Ending, outcome: Reconciled) -> SwapEnded:
        exchange = ending.exchange
        said = [self._line(each) for each in (ending.shift, ending.beside) if each]
        return SwapEnded(
            exchange.number,
            (self._people[exchange.asker].email, self._people[exchange.colleague].email),
            ending.why,
            self._after.get(ending.shift) or as_planned(self._before[ending.shift]),
            self._after[ending.beside] if ending.beside else None,
            next((line for line in said if line), None),
            tuple(sorted(ending.rules)),
            tuple(
                (self._after[leg.shift], self._email(outcome.workers[leg.shift]))
                for leg in exchange.legs
                if leg.shift in self._after
            ),
        )

    def _line(self, shift: UUID) -> ShiftLine | None:
        return self._moves[shift].line if shift in self._moves else self._added.get(shift)

    def _member(self, email: str | None) -> UUID | None:
        return self._roster[email].id if email else None

    def _email(self, member_id: UUID | None) -> str | None:
        return self._people[member_id].email if member_id else None


def _exchange(each: Exchanged) -> Exchange:
    row = each.swap
    return Exchange(row.id, row.number, row.asker_id, row.colleague_id, each.given, each.returned)
