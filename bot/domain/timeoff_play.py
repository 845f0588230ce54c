"""Playing a ledger: which lot pays for which leave, and what is left.

Leave is spent in the order of its days, each from the lots that are good on that day, the first to expire first.
What no lot pays is owed, and paid by what next comes in.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bot.domain.timeoff_ledger import Book, Line, Lot


@dataclass(frozen=True, slots=True)
class Draw:
    """What a day of leave takes from a lot; ``lot`` None: no lot paid it on its day, and it is owed."""

    leave: UUID
    day: date
    lot: UUID | None
    minutes: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Played:
    """How a ledger stands after all that was played.

    ``held`` is what each lot still holds. ``owed_on`` is what leave took beyond the lots by the end of each day on
    which anything happened, in order.
    """

    held: Mapping[UUID, int]
    draws: tuple[Draw, ...]
    owed_on: tuple[tuple[date, int], ...]

    @property
    def owed(self) -> int:
        """Minutes that are owed in the end."""
        return self.owed_on[-1][1] if self.owed_on else 0

    @property
    def minutes(self) -> int:
        """The balance."""
        return sum(self.held.values()) - self.owed

    def owed_by(self, day: date) -> int:
        """Minutes that are owed at the end of a day."""
        at = bisect_right(self.owed_on, day, key=lambda each: each[0])
        return self.owed_on[at - 1][1] if at else 0


def play(book: Book, through: date = date.max, *, pending: bool = True) -> Played:
    """Plays lines and leave up to a day, which counts; ``pending``: with what is not approved yet."""
    lines: defaultdict[date, list[Line]] = defaultdict(list)
    spending: defaultdict[date, list[Draw]] = defaultdict(list)
    for line in book.lines:
        lines[line.day].append(line)
    for leave in book.leaves:
        if pending or not leave.pending:
            for each in leave.days:
                spending[each.day].append(Draw(leave.id, each.day, None, each.net, leave.pending))
    table = _Table(book.lots)
    for day in sorted({*lines, *spending, *(lot.first for lot in book.lots)}):
        if day <= through:
            table.turn(day, lines[day], sorted(spending[day], key=lambda each: (each.pending, each.leave)))
    return Played(table.held, tuple(table.draws), tuple(table.owed_on))


class _Table:
    """What the lots hold while a ledger is played."""

    def __init__(self, lots: Iterable[Lot]) -> None:
        self.lots = sorted(lots, key=lambda each: each.order)
        self.held = dict.fromkeys((each.id for each in self.lots), 0)
        self.draws: list[Draw] = []
        self.owed_on: list[tuple[date, int]] = []
        self._owed = 0

    def turn(self, day: date, lines: Iterable[Line], spending: Iterable[Draw]) -> None:
        """A day: its lines, then what is owed, then its leave."""
        for line in lines:
            self.held[line.lot] += line.minutes
        for lot in self.lots:
            # A lot that is over can be short until its end is reckoned anew; in any other that is a debt.
            if self.held[lot.id] < 0 and lot.is_good(day):
                self._owed -= self.held[lot.id]
                self.held[lot.id] = 0
        self._owed -= sum(minutes for _, minutes in self._taken(day, self._owed))
        for each in spending:
            parts = self._taken(day, each.minutes)
            self.draws += [replace(each, lot=lot, minutes=minutes) for lot, minutes in parts]
            if unpaid := each.minutes - sum(minutes for _, minutes in parts):
                self.draws.append(replace(each, minutes=unpaid))
                self._owed += unpaid
        self.owed_on.append((day, self._owed))

    def _taken(self, day: date, wanted: int) -> list[tuple[UUID, int]]:
        parts: list[tuple[UUID, int]] = []
        for lot in self.lots:
            part = min(self.held[lot.id], wanted) if lot.is_good(day) else 0
            if part > 0:
                self.held[lot.id] -= part
                wanted -= part
                parts.append((lot.id, part))
        return parts
