"""Takes a shifts file over: whole, or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bot.actions.imports import Progress, begin
from bot.actions.settings import preferences
from bot.actions.shifts_told import tell_owners
from bot.actions.swaps_end import supersede
from bot.deps import Deps
from bot.domain.imports import Row
from bot.domain.permissions import Actor, Deed
from bot.domain.shifts_import import (
    KnownShift,
    Move,
    PlannedShift,
    ShiftLine,
    ShiftPlan,
    compare_shifts,
    read_shifts,
)
from bot.domain.swaps import State
from bot.domain.when_dates import YEARS
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.people import members
from storage.shifts import BaseShift, assignments_of, base_shifts, is_as_planned, owned_shifts, queues
from storage.swaps import swaps_by_shift
from storage.tables import Assignment, Member, Note, Queue, Shift

BASE = "base"
# A night shift reaches into the next day, and the calendars of two zones are up to a day apart on either side.
_AROUND = timedelta(days=3)
# No file can speak of a day before or after.
_FIRST, _LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


@dataclass(frozen=True, slots=True)
class ShiftImport:
    """What an import of shifts does, or has done: then it has a number, unless there was nothing to do.

    ``new_queues`` are names that no queue had before; ``left`` the first line of each who has left Slack.
    """

    number: int | None
    plan: ShiftPlan
    new_queues: tuple[str, ...]
    left: tuple[ShiftLine, ...]


class Clashing(Exception):
    """Lines put people on two shifts at once; nothing was imported."""

    def __init__(self, preview: ShiftImport) -> None:
        super().__init__(f"{len(preview.plan.clashes)} lines clash")
        self.preview = preview


@dataclass(frozen=True, slots=True)
class Decision:
    """A shift that is worked otherwise than the base says, by ``cause``, and what the file would do to it.

    ``line`` would move it; None: it would be removed. ``swaps`` are the numbers of those in force for it.
    """

    shift: KnownShift
    line: ShiftLine | None
    cause: str
    swaps: tuple[int, ...]


class Decided(Exception):
    """The file changes shifts about which something was decided, and that is never dropped silently."""

    def __init__(self, decisions: list[Decision]) -> None:
        super().__init__(f"{len(decisions)} shifts are worked otherwise")
        self.decisions = decisions


def import_shifts(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    rows: Sequence[Row],
    *,
    files: str,
    replaced: tuple[date, date] | None,
    dry_run: bool,
    progress: Progress,
) -> ShiftImport:
    """Takes over the lines; within ``replaced`` (first and last day) what the file does not have is removed.

    Raises ``BadFile``, ``Decided`` and ``Clashing``. A dry run says what would be done, clashes included, and
    writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        preferred = preferences(session)
        roster = {row.email: row for row in members(session)}
        zones = {email: row.time_zone or preferred.time_zone for email, row in roster.items()}
        known_queues = {row.name.casefold(): row for row in queues(session)}
        lines = _spelled(read_shifts(rows, preferred.date_order, zones, preferred.time_zone), known_queues)
        base = {each.shift.id: each for each in _base(session, lines, replaced)}
        plan = compare_shifts([_known(each) for each in base.values()], lines, replaced)
        preview = _preview(plan, lines, known_queues, roster)
        standing = _standing(session, plan, base)
        if dry_run or not (plan.added or plan.moved or plan.removed or plan.clashes):
            return preview
        if plan.clashes:
            raise Clashing(preview)
        changing = [move.known.id for move in plan.moved] + [each.id for each in plan.removed]
        before = owned_shifts(session, changing)
        entry, recorder = begin(session, deps, actor, "shifts", files)
        supersede(session, deps, actor, changing)
        _Writer(session, deps, recorder, roster, known_queues, base).write(plan, standing, progress)
        recorder.finish()
        tell_owners(session, deps, entry, before, owned_shifts(session, changing))
        return ShiftImport(entry.number, plan, preview.new_queues, preview.left)


def _base(
    session: WorkspaceSession, lines: Sequence[ShiftLine], replaced: tuple[date, date] | None
) -> list[BaseShift]:
    days = [line.shift.start_local.date() for line in lines] + list(replaced or ())
    if not days:
        return []
    first, last = max(min(days), _FIRST), min(max(days), _LAST)
    return base_shifts(session, first - _AROUND, last + _AROUND)


def _spelled(lines: Iterable[ShiftLine], known_queues: dict[str, Queue]) -> list[ShiftLine]:
    """Queues as they were first written: "Billing" and "billing" are the same."""
    names = {key: row.name for key, row in known_queues.items()}
    return [
        replace(
            line, shift=replace(line.shift, queue=names.setdefault(line.shift.queue.casefold(), line.shift.queue))
        )
        if line.shift.queue
        else line
        for line in lines
    ]


def _known(base: BaseShift) -> KnownShift:
    shift = base.shift
    return KnownShift(
        shift.id,
        PlannedShift(base.email, shift.start_local, shift.end_local, shift.time_zone, base.queue, base.note),
    )


def _preview(
    plan: ShiftPlan, lines: Sequence[ShiftLine], known_queues: dict[str, Queue], roster: dict[str, Member]
) -> ShiftImport:
    named = {line.shift.queue.casefold(): line.shift.queue for line in lines if line.shift.queue}
    new = sorted(named[name] for name in named.keys() - known_queues.keys())
    left: dict[str, ShiftLine] = {}
    for line in lines:
        if line.shift.email and roster[line.shift.email].deactivated_at:
            left.setdefault(line.shift.email, line)
    return ShiftImport(None, plan, tuple(new), tuple(left.values()))


def _standing(session: WorkspaceSession, plan: ShiftPlan, base: Mapping[UUID, BaseShift]) -> list[Assignment]:
    """The assignments that the plan replaces; raises ``Decided``."""
    lines = {move.known.id: move.line for move in plan.moved if move.retimed}
    changed = {move.known.id: move.known for move in plan.moved if move.retimed}
    changed |= {each.id: each for each in plan.removed}
    standing = assignments_of(session, changed)
    by_shift: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in standing:
        by_shift[row.shift_id].append(row)
    causes = {
        row.shift_id: row.cause
        for row in standing
        # What was swapped and swapped back was decided, too, but is as planned again.
        if row.cause != BASE and not is_as_planned(base[row.shift_id].shift, by_shift[row.shift_id])
    }
    if causes:
        swaps = swaps_by_shift(session, causes, [State.APPROVED])
        decisions = [
            Decision(changed[each], lines.get(each), cause, tuple(row.number for row in swaps.get(each, ())))
            for each, cause in causes.items()
        ]
        raise Decided(sorted(decisions, key=lambda each: each.shift.shift.start_local))
    return standing


class _Writer:
    """Writes a plan table by table: what is referred to comes first."""

    def __init__(
        self,
        session: WorkspaceSession,
        deps: Deps,
        recorder: Recorder,
        roster: dict[str, Member],
        known_queues: dict[str, Queue],
        base: dict[UUID, BaseShift],
    ) -> None:
        self._session, self._deps, self._recorder = session, deps, recorder
        self._roster, self._queues, self._base = roster, known_queues, base
        self._now = deps.clock()

    def write(self, plan: ShiftPlan, standing: Iterable[Assignment], progress: Progress) -> None:
        """Writes everything that the plan adds, moves and removes, and replaces the ``standing`` assignments."""
        planned: list[tuple[PlannedShift, Move | None]] = [(line.shift, None) for line in plan.added]
        planned += [(move.after, move) for move in plan.moved]
        self._write_queues(shift for shift, _ in planned)
        note_ids = [self._write_note(shift, move) for shift, move in planned]
        steps = len(planned) + len(plan.removed)
        worked = []
        for done, ((shift, move), note_id) in enumerate(zip(planned, note_ids, strict=True), 1):
            row = self._write_shift(shift, note_id, move)
            if move is None or move.retimed:
                worked.append(row)
            progress(done, steps)
        for each in plan.removed:
            self._recorder.change(self._base[each.id].shift, removed_at=self._now)
        for assignment in standing:
            self._recorder.change(assignment, replaced_at=self._now)
        for row in worked:
            self._recorder.add(self._assignment(row))
        progress(steps, steps)

    def _write_queues(self, planned: Iterable[PlannedShift]) -> None:
        for shift in planned:
            if shift.queue and shift.queue.casefold() not in self._queues:
                row = Queue(workspace_id=self._session.workspace_id, id=self._deps.new_id(), name=shift.queue)
                self._queues[shift.queue.casefold()] = row
                self._recorder.add(row)

    def _write_note(self, shift: PlannedShift, move: Move | None) -> UUID | None:
        if shift.note is None:
            return None
        if move and move.known.shift.note == shift.note:
            return self._base[move.known.id].shift.note_id
        note = Note(
            workspace_id=self._session.workspace_id,
            id=self._deps.new_id(),
            author_id=None,
            text=shift.note,
            written_at=self._now,
            erased_at=None,
        )
        self._recorder.add(note)
        return note.id

    def _write_shift(self, shift: PlannedShift, note_id: UUID | None, move: Move | None) -> Shift:
        values = {
            "member_id": self._roster[shift.email].id if shift.email else None,
            "start_local": shift.start_local,
            "end_local": shift.end_local,
            "time_zone": shift.timezone,
            "start": shift.interval.start,
            "end": shift.interval.end,
            "queue_id": self._queues[shift.queue.casefold()].id if shift.queue else None,
            "note_id": note_id,
        }
        if move:
            row = self._base[move.known.id].shift
            self._recorder.change(row, **values)
        else:
            row = Shift(workspace_id=self._session.workspace_id, id=self._deps.new_id(), removed_at=None, **values)
            self._recorder.add(row)
        return row

    def _assignment(self, shift: Shift) -> Assignment:
        return Assignment(
            workspace_id=shift.workspace_id,
            id=self._deps.new_id(),
            shift_id=shift.id,
            member_id=shift.member_id,
            start=shift.start,
            end=shift.end,
            cause=BASE,
            assigned_at=self._now,
            replaced_at=None,
        )
