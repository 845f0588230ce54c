"""The terms of leave that a workspace or a team has set, and what they mean for the hours of one person."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from bot.domain.timeoff_accrual import Employment, Entitlement, Granted, LeaveYear
from bot.domain.timeoff_due import Plan
from bot.domain.timeoff_ends import Ends
from bot.domain.timeoff_hours import Pattern
from bot.domain.timeoff_ledger import Book, Cause, Source
from bot.domain.wallclock import ONE_DAY

# By when somebody can still take what would lapse; the law (Court of Justice, C-684/16) says "in good time".
EU_NOTICE_DAYS = 30
# The year of which the days of the settings are told; 29 February is in none of them.
_ANY_YEAR = 2001
_LAST_DAY = 28  # that every month has


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds of paid leave.

    ``weeks`` of a year, None: nothing comes by itself. ``held_most``, ``carried_most`` and ``most_days`` are in
    working days of the person. ``carried_months`` None: what was carried stays. ``notice_days``: it lapses only if
    the person was told so many days before; None: in any case. ``warning_days`` before it lapses they are told.
    """

    weeks: float | None = None
    granted: Granted = Granted.AT_ONCE
    most_days: int | None = None
    held_most: int | None = None
    carried_most: int = 0
    carried_months: int | None = 3
    notice_days: int | None = None
    warning_days: int = 60
    month: int = 1
    day: int = 1

    @property
    def told_ahead(self) -> int:
        """Days before it lapses on which somebody is told, in time for it to lapse."""
        return max(self.warning_days, self.notice_days or 0)

    def year_of(self, on: date) -> LeaveYear:
        """The leave year that a day lies in."""
        return Entitlement(Fraction(), month=self.month, day=self.day).year_of(on)

    def plan(self, employment: Employment, since: date, on: date, *, by_itself: bool) -> Plan:
        """What the ledger of a person goes by on a day; ``by_itself``: a year fills it."""
        day_minutes = day_length(employment.patterns, on)
        held_most = None if self.held_most is None else self.held_most * day_minutes
        entitlement = None
        if by_itself and self.weeks:
            weeks = Fraction(str(self.weeks))
            entitlement = Entitlement(weeks, self.granted, self.most_days, held_most, self.month, self.day)
        ends = Ends(self.carried_most * day_minutes, self.carried_months, self.notice_days)
        return Plan(employment, since, entitlement, ends)


def open_since(book: Book, today: date) -> date:
    """A day of the first leave year that is still reckoned: other terms change nothing of those that are over."""
    credited = max((each.day for each in book.lines if each.cause is Cause.ACCRUED), default=None)
    return today if credited is None else min(today, credited + ONE_DAY)


def begun_with(terms: Terms, book: Book) -> Terms:
    """The terms with the leave year with which a ledger has begun, which it keeps."""
    years = [each.first for each in book.lots if each.source is Source.YEAR]
    return replace(terms, month=years[-1].month, day=years[-1].day) if years else terms


def day_length(patterns: tuple[Pattern, ...], on: date) -> int:
    """Minutes of a usual working day of whoever has these patterns; of who works no day at all, eight hours."""
    ordered = sorted(patterns, key=lambda each: each.since)
    current = next((each for each in reversed(ordered) if each.since <= on), ordered[0])
    return round(current.weekly_minutes / current.days) if current.days else 8 * 60


def read_month_day(text: str) -> tuple[int, int] | None:
    """A month and a day that every year has, from "04-06"."""
    try:
        found = date.fromisoformat(f"{_ANY_YEAR}-{text}")
    except ValueError:
        return None
    return (found.month, found.day) if found.day <= _LAST_DAY else None
