"""A ledger of leave: lots of minutes, each good for a time, and the leave that is spent from them.

What enters and leaves a lot by itself is a line, and lines are only ever added. What leave takes is written
nowhere: it follows from playing the ledger (``bot.domain.timeoff_play``). So leave that is booked late for an
early day, shortened, cancelled or given back moves everything after it, and no minute gets lost on the way.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class OutsideLot(Exception):
    """A line falls on a day on which its lot is not good."""


class StillPending(Exception):
    """Nobody has approved the leave yet."""


class Source(StrEnum):
    """Where a lot comes from."""

    YEAR = "year"  # of what a leave year brings; only this is carried over
    CARRIED = "carried"  # into the next leave year
    KEPT = "kept"  # beyond its time: nobody had warned of it in time, or illness came between
    BY_HAND = "by hand"  # or from a file


class Cause(StrEnum):
    """Why a line was written."""

    OPENING = "opening"  # a balance from elsewhere
    ACCRUED = "accrued"
    CAPPED = "capped"  # what went beyond the highest balance
    ADJUSTED = "adjusted"  # by a coordinator, with a reason
    PAID_OUT = "paid out"
    CARRIED = "carried"  # from one lot into another
    KEPT = "kept"  # from one lot into another
    LAPSED = "lapsed"


class Spent(StrEnum):
    """What leave does to a balance."""

    TAKEN = "taken"  # approved
    PENDING = "pending"  # reserved until it is decided
    GIVEN_BACK = "given back"  # ill meanwhile, by certificate


# These are written on the day after a lot's last.
AT_THE_END = frozenset({Cause.CARRIED, Cause.KEPT, Cause.LAPSED})


@dataclass(frozen=True, slots=True)
class Lot:
    """Minutes that can be taken from ``first`` to ``last`` (None: for ever), both days included.

    ``origin`` is the lot from which they were carried or kept. ``warned_on``: when the person was told what would
    lapse of it.
    """

    id: UUID
    source: Source
    first: date
    last: date | None = None
    origin: UUID | None = None
    warned_on: date | None = None

    @property
    def order(self) -> tuple[date, date, UUID]:
        """The first to expire first."""
        return self.last or date.max, self.first, self.id

    def is_good(self, day: date) -> bool:
        """Whether leave on that day can be taken from it."""
        return self.first <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day is past."""
        return self.last is not None and self.last < day


@dataclass(frozen=True, slots=True)
class Line:
    """Minutes that enter a lot on a day or, below zero, leave it."""

    lot: UUID
    day: date
    minutes: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """Minutes of leave on a day, of which ``given_back`` were."""

    day: date
    minutes: int
    given_back: int = 0

    @property
    def net(self) -> int:
        """What it takes after all."""
        return self.minutes - self.given_back


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave that stands: approved or, while ``pending``, reserved. It may span the end of a year."""

    id: UUID
    days: tuple[LeaveDay, ...]
    pending: bool = False

    def approved(self, days: Collection[date] | None = None) -> "Leave":
        """All of it or some days of it approved. Raises LookupError for a day that is not asked for."""
        wanted = {each.day for each in self.days} if days is None else set(days)
        self._demand(wanted)
        return replace(self, days=tuple(each for each in self.days if each.day in wanted), pending=False)

    def ill(self, certified: Collection[date]) -> "Leave":
        """The leave when somebody was ill on just these days of it. Raises ``StillPending`` and LookupError."""
        if self.pending:
            raise StillPending
        self._demand(certified)
        return replace(
            self,
            days=tuple(
                replace(each, given_back=each.minutes if each.day in certified else 0) for each in self.days
            ),
        )

    def _demand(self, days: Collection[date]) -> None:
        if unknown := set(days) - {each.day for each in self.days}:
            raise LookupError(f"no days of the leave: {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Book:
    """One ledger of one person: its lots, all lines ever written, and the leave that stands."""

    lots: tuple[Lot, ...] = ()
    lines: tuple[Line, ...] = ()
    leaves: tuple[Leave, ...] = ()

    def lot(self, lot_id: UUID) -> Lot:
        """Raises LookupError where there is none."""
        for each in self.lots:
            if each.id == lot_id:
                return each
        raise LookupError(f"the ledger has no lot {lot_id}")

    def opened(self, *lots: Lot) -> "Book":
        """With more lots."""
        return replace(self, lots=(*self.lots, *lots))

    def entered(self, *lines: Line) -> "Book":
        """With more lines. Raises ``OutsideLot``, and LookupError for an unknown lot."""
        for each in lines:
            if each.cause not in AT_THE_END and not self.lot(each.lot).is_good(each.day):
                raise OutsideLot
        return replace(self, lines=(*self.lines, *lines))

    def booked(self, leave: Leave) -> "Book":
        """With a leave, in the place of what it was before."""
        return replace(self, leaves=(*self.cancelled(leave.id).leaves, leave))

    def cancelled(self, leave_id: UUID) -> "Book":
        """Without a leave."""
        return replace(self, leaves=tuple(each for each in self.leaves if each.id != leave_id))
