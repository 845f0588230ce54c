"""What somebody asks for when they ask for time off, said back to them before it is sent, and why it cannot be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.timeoff import Day, State
from bot.domain.timeoff_kinds import CountedIn
from bot.domain.timeoff_limits import Hit
from bot.domain.when_meaning import When

# Longer than any leave that is asked for in one go: parental leave of three years.
MOST_DAYS = 3 * 366


class UnknownKind(Exception):
    """No kind of leave is called so."""


class NotInSuchPieces(Exception):
    """This kind is not taken by the hour, or not by half days; ``counted_in`` is how it is."""

    def __init__(self, counted_in: CountedIn) -> None:
        super().__init__(counted_in)
        self.counted_in = counted_in


class OverAlready(Exception):
    """It begins before today, and only who acts for somebody else enters that."""


class TooLong(Exception):
    """It lasts longer than ``MOST_DAYS``, or begins as far ahead."""


class AskedAlready(Exception):
    """Another request of theirs is for some of that time."""

    def __init__(self, number: int, state: State, first: date, last: date) -> None:
        super().__init__(f"request {number} is {state}")
        self.number, self.state, self.first, self.last = number, state, first, last


class TooLittle(Exception):
    """A balance would be overdrawn: ``short`` minutes are missing. ``fits_on`` is when it would not be."""

    def __init__(self, balance: "Balance", short: int, fits_on: date | None) -> None:
        super().__init__(f"{short} minutes are missing")
        self.balance, self.short, self.fits_on = balance, short, fits_on


class Blocked(Exception):
    """Limits do not let it be sent."""

    def __init__(self, hits: Collection[Hit]) -> None:
        super().__init__(f"{len(hits)} limits")
        self.hits = tuple(hits)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a ledger holds on a day without some leave and with it; ``day_minutes`` make a day."""

    ledger: str
    on: date
    before: int
    after: int
    day_minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Time off of a kind, by its folded name.

    ``eve``: whether work of the evening before that ends on the first day is meant too; None: nobody has said.
    ``replaces`` is the request that it changes.
    """

    kind: str
    when: When
    eve: bool | None = None
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """What was understood, and what it comes to.

    ``asks`` is work that begins the evening before and ends on the first day, as long as nobody has said whether
    it is meant. ``left_out`` are the public holidays that take nothing. ``hits`` are limits that do not block it.
    ``whose`` None: whoever asks. ``replaces`` is the number of what stands until this is approved, ``withdraws``
    that of what waits and is withdrawn with this.
    """

    wish: Wish
    kind: str
    whose: Somebody | None
    today: date
    days: tuple[Day, ...]
    day_minutes: int
    needs_approval: bool
    balances: tuple[Balance, ...] = ()
    left_out: tuple[date, ...] = ()
    asks: Interval | None = None
    hits: tuple[Hit, ...] = ()
    replaces: int | None = None
    withdraws: int | None = None

    @property
    def minutes(self) -> int:
        """All that it takes."""
        return sum(each.minutes for each in self.days)
