"""Balances of leave as a file says them, and adjustments of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.limits import folded
from bot.domain.timeoff_accrual import after_months
from bot.domain.timeoff_entries import Entry
from bot.domain.when import DateOrder, read_date

REQUIRED = frozenset({"email", "kind", "on"})
AMOUNTS = ("minutes", "hours", "days")
COLUMNS = ("email", "kind", *AMOUNTS, "on", "expires", "reason")
# Years back from today; what was earned before is in the balance of a later day.
_BACK = 3
_MOST = 1_000_000  # minutes: about two years around the clock
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can have leave: from which ledger each kind (folded) is taken, and how long their days are."""

    kinds: Mapping[str, str]
    today: date
    day_minutes: Callable[[date], int]


@dataclass(frozen=True, slots=True)
class LeaveEntry:
    """A line of the file: what it enters in a ledger of whom."""

    row: Row
    email: str
    ledger: str
    entry: Entry

    @property
    def is_whole_balance(self) -> bool:
        """Whether it says all that somebody has, but for what expires."""
        return not self.entry.reason and self.entry.expires is None


def read_leave_file(rows: Iterable[Row], date_order: DateOrder, holders: Mapping[str, Holder]) -> list[LeaveEntry]:
    """The lines; ``holders`` are known by e-mail. Raises ``BadFile`` with everything that is wrong."""
    found: list[LeaveEntry] = []
    problems: list[Problem] = []
    seen: dict[object, Row] = {}
    for row in rows:
        cells = Cells(row)
        line = _read(cells, date_order, holders)
        if line:
            said = (line.email, line.ledger, line.entry.on if line.is_whole_balance else line.entry)
            first = seen.setdefault(said, row)
            if first is not row:
                cells.refuse("on", f"new here: {first.place} says it already")
            found.append(line)
        problems += cells.problems
    if problems:
        raise BadFile(problems)
    return found


def _read(cells: Cells, date_order: DateOrder, holders: Mapping[str, Holder]) -> LeaveEntry | None:
    def a_day(text: str) -> date | None:
        return read_date(text, date_order)

    email = cells.text("email").lower()
    holder = holders.get(email)
    if holder is None:
        cells.refuse("email", "the address of somebody on the roster who works in support")
    ledger = _ledger(cells, holder) if holder else None
    on = cells.required("on", a_day, a_date(date_order))
    expires = cells.optional("expires", a_day, a_date(date_order))
    amount = _amount(cells)
    if holder and on and not after_months(holder.today, -12 * _BACK) <= on <= holder.today:
        cells.refuse("on", f"a day of the last {_BACK} years, today at the latest")
    if on and expires and expires < on:
        cells.refuse("expires", "a day after the one from which it can be taken")
    reason = cells.text("reason")
    if len(reason) > _LONGEST:
        cells.refuse("reason", f"a reason of at most {_LONGEST} characters")
    if cells.problems or holder is None or ledger is None or on is None or amount is None:
        return None
    value, unit = amount
    minutes = round(value * {"minutes": 1, "hours": 60, "days": holder.day_minutes(on)}[unit])
    if abs(minutes) > _MOST or (reason and not minutes):
        cells.refuse(unit, "an amount of leave that somebody can have")
        return None
    return LeaveEntry(cells.row, email, ledger, Entry(on, minutes, expires, reason))


def _ledger(cells: Cells, holder: Holder) -> str | None:
    known = ", ".join(holder.kinds)
    return cells.required(
        "kind", lambda text: holder.kinds.get(folded(text)), f"a kind of leave with a balance: {known}"
    )


def _amount(cells: Cells) -> tuple[float, str] | None:
    """The one amount of the line, and its unit."""
    given = [unit for unit in AMOUNTS if cells.text(unit)]
    if len(given) != 1:
        cells.refuse(None, "an amount in one of the columns minutes, hours and days")
        return None
    value = cells.required(given[0], _number, "a number such as 12 or -7.5")
    return None if value is None else (value, given[0])


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return value if abs(value) <= _MOST else None
