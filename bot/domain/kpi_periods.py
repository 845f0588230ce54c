"""Periods that key figures are read of: days of the workspace's zone, weeks from its first weekday, months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.wallclock import ONE_DAY, week_start

_WEEK = 7 * ONE_DAY
# So many weeks ago the same weekdays lay in the year before.
_WEEKS_OF_A_YEAR = 52
_MONTHS = 12


class Cadence(StrEnum):
    """How long a period is."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from ``starts`` up to, but not including, ``ends``; raises ``ValueError`` where there are none."""

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"no day lies from {self.starts} up to {self.ends}")

    @property
    def last(self) -> date:
        """The last of its days."""
        return self.ends - ONE_DAY

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days

    @property
    def is_month(self) -> bool:
        """Whether it is a month of the calendar, whole and no other."""
        return self.months == 1

    def days(self) -> Iterator[date]:
        """Its days, in order."""
        for number in range(self.length):
            yield self.starts + timedelta(number)

    @property
    def months(self) -> int:
        """How many months of the calendar it is; 0 where it does not begin and end with one."""
        if self.starts.day > 1 or self.ends.day > 1:
            return 0
        return _MONTHS * (self.ends.year - self.starts.year) + self.ends.month - self.starts.month

    def before(self) -> "Span":
        """The period that ends where it starts: of whole months as many, else as many days."""
        if self.months:
            return Span(_first_of(self.starts, -self.months), self.starts)
        return Span(self.starts - timedelta(self.length), self.starts)

    def after(self) -> "Span":
        """The period that starts where it ends: of whole months as many, else as many days."""
        if self.months:
            return Span(self.ends, _first_of(self.ends, self.months))
        return Span(self.ends, self.ends + timedelta(self.length))

    def year_before(self) -> "Span":
        """The same of last year: the months of the same names, else the same weekdays 52 weeks earlier."""
        if self.months:
            return Span(_first_of(self.starts, -_MONTHS), _first_of(self.ends, -_MONTHS))
        ago = _WEEKS_OF_A_YEAR * _WEEK
        return Span(self.starts - ago, self.ends - ago)


def day_of(day: date) -> Span:
    """The one day."""
    return Span(day, day + ONE_DAY)


def week_of(day: date, first_weekday: int) -> Span:
    """The week that a day lies in; ``first_weekday`` 0 is Monday."""
    first = week_start(day, first_weekday)
    return Span(first, first + _WEEK)


def month_of(day: date) -> Span:
    """The month of the calendar that a day lies in."""
    first = day.replace(day=1)
    return Span(first, (first + 31 * ONE_DAY).replace(day=1))


def period_of(day: date, cadence: Cadence, first_weekday: int) -> Span:
    """The day, week or month that a day lies in."""
    match cadence:
        case Cadence.DAILY:
            return day_of(day)
        case Cadence.WEEKLY:
            return week_of(day, first_weekday)
        case Cadence.MONTHLY:
            return month_of(day)


def _first_of(day: date, months: int) -> date:
    """The first of the month so many months on."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    return date(day.year + years, month + 1, 1)
