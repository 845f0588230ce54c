"""Swaps and covers as they stand before or after an import of shifts: their states, and who works their shifts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.imports_told import Outcome, Slot, SlotChange, changes_between
from bot.domain.intervals import Interval
from storage.db import WorkspaceSession
from storage.imports_standing import Exchanged, Handed, Swapped, with_handed
from storage.shifts import assignments_of
from storage.swaps import queue_of
from storage.tables import Assignment, Member


@dataclass(frozen=True, slots=True)
class Glance:
    """The state of each swap and part of a cover and what it hands on, by its id; and planned shifts as worked."""

    states: Mapping[UUID, str]
    handed: Mapping[UUID, Sequence[Handed]]
    slots: Mapping[UUID, Sequence[Slot]]

    def changes(self, each: Exchanged, now: "Glance") -> list[list[SlotChange]]:
        """What it hands on, one after the other, as it was worked then and is now."""
        found = []
        for then, since in zip(self.handed[each.row.id], now.handed[each.row.id], strict=True):
            whole = self.is_whole(then) or now.is_whole(since)
            found.append(changes_between(self._worked(then, whole=whole), now._worked(since, whole=whole)))
        return found

    def whole_shifts(self, each: Exchanged, now: "Glance") -> set[UUID]:
        """The shifts of which it hands on all."""
        pairs = zip(self.handed[each.row.id], now.handed[each.row.id], strict=True)
        return {then.shift_id for then, since in pairs if self.is_whole(then) or now.is_whole(since)}

    def outcome(self, each: Exchanged, now: "Glance") -> Outcome:
        """What has become of it since."""
        before, after = self.states[each.row.id], now.states[each.row.id]
        if before == after:
            return Outcome.HOLDS
        return Outcome.RESTORED if after == each.in_force else Outcome.ENDED

    def is_whole(self, handed: Handed) -> bool:
        """Whether it is all that is planned of its shift."""
        slots = self.slots.get(handed.shift_id)
        return slots is not None and handed.interval == Interval(slots[0].interval.start, slots[-1].interval.end)

    def _worked(self, handed: Handed, *, whole: bool) -> tuple[Slot, ...]:
        slots = self.slots.get(handed.shift_id, ())
        parts = ((slot, slot.interval if whole else slot.interval.intersection(handed.interval)) for slot in slots)
        return tuple(replace(slot, interval=interval) for slot, interval in parts if interval)


def glance(session: WorkspaceSession, exchanges: Iterable[Exchanged]) -> Glance:
    """All of it as it is now."""
    every = list(exchanges)
    swaps = with_handed(session, (each.row for each in every if isinstance(each, Swapped)))
    now = [*swaps, *(each for each in every if not isinstance(each, Swapped))]
    slots: defaultdict[UUID, list[Slot]] = defaultdict(list)
    shifts = {handed.shift_id for each in now for handed in each.handed}
    for row in sorted(assignments_of(session, shifts), key=lambda row: row.start):
        slots[row.shift_id].append(_slot(session, row))
    return Glance(
        {each.row.id: each.row.state for each in now}, {each.row.id: each.handed for each in now}, dict(slots)
    )


def _slot(session: WorkspaceSession, row: Assignment) -> Slot:
    queue = queue_of(session, row)
    worker = session.get(Member, (session.workspace_id, row.member_id)) if row.member_id else None
    return Slot(
        Interval(row.start, row.end),
        queue.name if queue else None,
        worker.slack_id if worker else None,
        is_open=row.member_id is None,
    )
