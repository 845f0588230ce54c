"""What becomes of the swaps and covers in force by a file of shifts, as it is previewed and written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bot.actions.handover import COVER, SWAP
from bot.domain.imports_standing import Kind, Leg, Reconciled, Stint, Why
from bot.domain.intervals import Interval
from bot.domain.parts import Part, joined
from bot.domain.rules import RuleId
from bot.domain.shifts_import import PlannedShift, ShiftLine
from storage.db import WorkspaceSession
from storage.imports_standing import Exchanged
from storage.shifts import assignments_of, part_of
from storage.tables import Shift

BASE = "base"


@dataclass(frozen=True, slots=True)
class Held:
    """A settled swap or cover that holds although the ``line`` has a shift of it otherwise.

    ``worker`` works what it ``works`` of that from now on.
    """

    kind: Kind
    number: int
    line: ShiftLine
    works: PlannedShift
    worker: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A settled swap or cover between ``parties`` (of an open shift, of one) that the file leaves no room for.

    ``shift`` is what it fails by of what it hands on, ``beside`` what else its worker would work at that time,
    ``line`` what the file says of either (None: nothing), ``rules`` those that it goes against. ``works`` is what
    stays planned of what it hands on, and who works it from now on (None: it is open).
    """

    kind: Kind
    number: int
    parties: tuple[str, ...]
    why: Why
    shift: PlannedShift
    beside: PlannedShift | None
    line: ShiftLine | None
    rules: tuple[RuleId, ...]
    works: tuple[tuple[PlannedShift, str | None], ...]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What becomes of what is in force. People go by e-mail address in ``held`` and ``ended``.

    ``legs`` are what each of the ``exchanges`` hands on, by its id; ``changed`` the shifts that the file has
    otherwise, but for those that are somebody else's now: they are ``reowned``.
    """

    held: tuple[Held, ...] = ()
    ended: tuple[Ended, ...] = ()
    exchanges: tuple[Exchanged, ...] = ()
    legs: Mapping[UUID, tuple[Leg, ...]] = field(default_factory=dict)
    changed: frozenset[UUID] = frozenset()
    reowned: frozenset[UUID] = frozenset()
    outcome: Reconciled = field(default_factory=lambda: Reconciled({}, {}, ()))

    @property
    def reasons(self) -> dict[UUID, Why]:
        """Why swaps and parts of covers have ended."""
        return {ending.exchange.id: ending.why for ending in self.outcome.endings}

    def stints(self, shift_id: UUID) -> tuple[Stint, ...]:
        """How a shift is worked that something in force is about; nothing of another."""
        return self.outcome.stints.get(shift_id, ())

    def worked(self, shift: Shift) -> list[tuple[Part, str]]:
        """Who works which part of a shift, and the cause of it."""
        planned = Part(Interval(shift.start, shift.end), shift.member_id)
        stints = self.stints(shift.id)
        return [
            (part, BASE if part.worker == shift.member_id else _cause(part, stints))
            for part in self.outcome.workers.get(shift.id, (planned,))
        ]

    def handed(self, session: WorkspaceSession) -> list[UUID]:
        """The shifts that are worked otherwise than before, because something that was settled has ended."""
        shifts = {leg.shift for ending in self.outcome.endings for leg in ending.exchange.legs}
        standing: defaultdict[UUID, list[Part]] = defaultdict(list)
        for row in assignments_of(session, shifts & self.outcome.workers.keys()):
            standing[row.shift_id].append(part_of(row))
        return [shift for shift, parts in standing.items() if joined(parts) != self.outcome.workers[shift]]


def _cause(part: Part, stints: Sequence[Stint]) -> str:
    handed = (stint for stint in stints if stint.exchange and stint.interval.overlaps(part.interval))
    kinds = {stint.exchange.kind for stint in handed if stint.exchange}
    if not kinds:
        return BASE  # nobody works it, because its owner has left
    return SWAP if Kind.SWAP in kinds else COVER
