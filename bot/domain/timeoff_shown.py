"""Somebody's balances as they are read: each explained line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.timeoff_due import Expiring
from bot.domain.timeoff_ledger import Cause, Lot
from bot.domain.timeoff_statement import Entry, Statement

# As far ahead as a balance is foreseen.
MOST_YEARS = 3
_MOVES = (Cause.CARRIED, Cause.KEPT)


class TooFarAhead(Exception):
    """Nobody knows what will be earned by then."""


@dataclass(frozen=True, slots=True)
class LedgerShown:
    """One ledger up to a day: what changed it in the leave year of that day, and what will lapse.

    ``reasons`` are those that somebody wrote, by lot, day and minutes of the line. ``holidays`` is the leave that
    public holidays are, where the ledger is a pool that includes them.
    """

    name: str
    statement: Statement
    lots: Mapping[UUID, Lot]
    expiring: tuple[Expiring, ...]
    reasons: Mapping[tuple[UUID, date, int], str]
    holidays: UUID

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What changed it; what went from one lot into another is told where it arrived."""
        return tuple(each for each in self.statement.entries if each.what not in _MOVES or self._arrives(each))

    def reason(self, entry: Entry) -> str:
        """Why a line was written; nothing where nobody said."""
        return self.reasons.get((entry.lot, entry.day, entry.minutes), "") if entry.lot else ""

    def _arrives(self, entry: Entry) -> bool:
        lot = self.lots.get(entry.lot) if entry.lot else None
        return lot is not None and lot.origin is not None and lot.first == entry.day


@dataclass(frozen=True, slots=True)
class BalanceShown:
    """What somebody has of leave on a day, by ledger; ``day_minutes`` is a usual working day of theirs.

    ``is_own``: whoever reads it is the one. ``may_adjust`` what there is.
    """

    whose: Somebody
    is_own: bool
    today: date
    on: date
    day_minutes: int
    ledgers: tuple[LedgerShown, ...]
    may_adjust: bool


@dataclass(frozen=True, slots=True)
class LeaveLeft:
    """What somebody has of paid leave on a day, in minutes; ``day_minutes`` is a usual working day of theirs."""

    on: date
    minutes: int
    day_minutes: int


@dataclass(frozen=True, slots=True)
class AdjustedShown:
    """That the balance of somebody was put right by so many minutes on a day, and why; ``after`` is what it is."""

    whose: Somebody
    ledger: str
    on: date
    minutes: int
    reason: str
    after: int
    day_minutes: int


@dataclass(frozen=True, slots=True)
class AdjustForm:
    """For putting a balance right: whose it is, the ledgers that there can be, and the day that it begins with."""

    nonce: UUID
    whose: Somebody
    ledgers: tuple[str, ...]
    today: date
    day_minutes: int
