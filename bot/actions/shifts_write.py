"""Writes what a file of shifts changes, row by row, so that it can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from bot.actions.imports import Progress
from bot.actions.imports_aftermath import BASE, Aftermath
from bot.actions.release import who_is_gone
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.parts import Part
from bot.domain.shifts_import import Move, PlannedShift, ShiftPlan
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.shifts import BaseShift, assignments_of
from storage.tables import Assignment, Member, Note, Queue, Shift


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there before: people by e-mail address, queues by folded name, and shifts of the base by id."""

    roster: Mapping[str, Member]
    queues: dict[str, Queue]
    base: Mapping[UUID, BaseShift]


class PlanWriter:
    """Writes a plan table by table: what is referred to comes first.

    Nobody works what somebody would who has left or is away.
    """

    def __init__(self, session: WorkspaceSession, deps: Deps, recorder: Recorder, stored: Stored) -> None:
        self._session, self._deps, self._recorder, self._stored = session, deps, recorder, stored
        self._now, self._gone = deps.clock(), who_is_gone(session, deps, stored.roster.values())

    def write(
        self, plan: ShiftPlan, aftermath: Aftermath, handed: Iterable[UUID], progress: Progress
    ) -> dict[UUID, list[Assignment]]:
        """Writes all that the plan adds, moves and removes, and who works that and what is ``handed`` on.

        The new assignments of shifts that were there before, by shift.
        """
        new, again = self._write_planned(plan, progress)
        for each in plan.removed:
            self._recorder.change(self._stored.base[each.id].shift, removed_at=self._now)
        again |= {
            shift_id: self._session.get_one(Shift, (self._session.workspace_id, shift_id)) for shift_id in handed
        }
        gone = [*(each.id for each in plan.removed), *(move.known.id for move in plan.moved if move.reowned)]
        for assignment in assignments_of(self._session, [*again, *gone]):
            self._recorder.change(assignment, replaced_at=self._now)
        made = {
            row.id: [each for part in aftermath.worked(row) for each in self._assignments(row, *part)]
            for row in again.values()
        }
        planned = [
            each
            for row in new
            for each in self._assignments(row, Part(Interval(row.start, row.end), row.member_id), BASE)
        ]
        for assignment in [*planned, *chain.from_iterable(made.values())]:
            self._recorder.add(assignment)
        return made

    def _write_planned(self, plan: ShiftPlan, progress: Progress) -> tuple[list[Shift], dict[UUID, Shift]]:
        """The shifts that are new, or somebody else's now, and those that are worked at another time."""
        planned: list[tuple[PlannedShift, Move | None]] = [(line.shift, None) for line in plan.added]
        planned += [(move.after, move) for move in plan.moved]
        self._write_queues(shift for shift, _ in planned)
        note_ids = [self._write_note(shift, move) for shift, move in planned]
        new, again = [], {}
        for done, ((shift, move), note_id) in enumerate(zip(planned, note_ids, strict=True), 1):
            row = self._write_shift(shift, note_id, move)
            if move is None or move.reowned:
                new.append(row)
            elif move.retimed:
                again[row.id] = row
            progress(done, len(planned))
        return new, again

    def _write_queues(self, planned: Iterable[PlannedShift]) -> None:
        for shift in planned:
            if shift.queue and shift.queue.casefold() not in self._stored.queues:
                row = Queue(workspace_id=self._session.workspace_id, id=self._deps.new_id(), name=shift.queue)
                self._stored.queues[shift.queue.casefold()] = row
                self._recorder.add(row)

    def _write_note(self, shift: PlannedShift, move: Move | None) -> UUID | None:
        if shift.note is None:
            return None
        if move and move.known.shift.note == shift.note:
            return self._stored.base[move.known.id].shift.note_id
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
            "member_id": self._stored.roster[shift.email].id if shift.email else None,
            "start_local": shift.start_local,
            "end_local": shift.end_local,
            "time_zone": shift.timezone,
            "start": shift.interval.start,
            "end": shift.interval.end,
            "queue_id": self._stored.queues[shift.queue.casefold()].id if shift.queue else None,
            "note_id": note_id,
        }
        if move:
            row = self._stored.base[move.known.id].shift
            self._recorder.change(row, **values)
        else:
            row = Shift(workspace_id=self._session.workspace_id, id=self._deps.new_id(), removed_at=None, **values)
            self._recorder.add(row)
        return row

    def _assignments(self, shift: Shift, planned: Part, cause: str) -> list[Assignment]:
        return [self._assignment(shift, part, cause) for part in self._gone.parts(planned)]

    def _assignment(self, shift: Shift, part: Part, cause: str) -> Assignment:
        return Assignment(
            workspace_id=shift.workspace_id,
            id=self._deps.new_id(),
            shift_id=shift.id,
            member_id=part.worker,
            start=part.interval.start,
            end=part.interval.end,
            cause=cause,
            assigned_at=self._now,
            replaced_at=None,
        )
