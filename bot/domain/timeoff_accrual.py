"""What somebody earns of a leave year: by the calendar day they are employed, and by the contract of each day.

Rounded is the running total of the year, up to the whole minute; a credit is the difference to what was credited
before. So no minute of a year is lost to rounding, and monthly credits make exactly what one at once makes.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil

from bot.domain.timeoff_hours import Pattern
from bot.domain.wallclock import ONE_DAY

_MONTHS = 12
# Statutory leave in the UK: 5.6 weeks, at most 28 days (Working Time Regulations 1998, regulations 13 and 13A).
UK_WEEKS, UK_MOST_DAYS = Fraction(28, 5), 28


class Granted(StrEnum):
    """When the leave of a year is there to be taken."""

    AT_ONCE = "at once"  # as the year, or the employment, begins
    MONTHLY = "monthly"  # at the end of each month, for the month


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a full leave year brings, in weeks as the contract has them, so that part-timers get their share.

    ``most_days`` caps it in working days. ``held_most`` is the highest balance in minutes that credits lead to.
    The leave year begins in ``month`` on ``day``, which is at most the 28th.
    """

    weeks: Fraction
    granted: Granted = Granted.AT_ONCE
    most_days: int | None = None
    held_most: int | None = None
    month: int = 1
    day: int = 1

    def year_of(self, on: date) -> "LeaveYear":
        """The leave year that a day lies in."""
        starts = date(on.year, self.month, self.day)
        return LeaveYear(starts if starts <= on else starts.replace(year=on.year - 1))

    def yearly(self, pattern: Pattern) -> Fraction:
        """Minutes of a full year in which the pattern holds."""
        weeks = self.weeks
        if self.most_days is not None and pattern.days:
            weeks = min(weeks, Fraction(self.most_days, pattern.days))
        return weeks * pattern.weekly_minutes


@dataclass(frozen=True, slots=True, order=True)
class LeaveYear:
    """A leave year, by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - ONE_DAY

    @property
    def following(self) -> "LeaveYear":
        """The year after it."""
        return LeaveYear(after_months(self.first, _MONTHS))

    @property
    def days(self) -> int:
        """365 or 366."""
        return (self.following.first - self.first).days


@dataclass(frozen=True, slots=True)
class Employment:
    """From when to when (None: no end is known) somebody is employed, both days included, and what they work.

    Of ``patterns`` each holds from its day until the next; before the first nothing is earned.
    """

    first: date
    last: date | None = None
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Minutes that are credited on a day; below zero where too much was."""

    day: date
    minutes: int


def earned(entitlement: Entitlement, employment: Employment, year: LeaveYear, through: date) -> int:
    """Minutes earned in a leave year up to a day, which counts."""
    first, last = max(year.first, employment.first), min(year.last, employment.last or date.max, through)
    total = Fraction()
    ordered = sorted(employment.patterns, key=lambda each: each.since)
    for pattern, until in zip(ordered, [*(each.since - ONE_DAY for each in ordered[1:]), date.max], strict=True):
        days = (min(last, until) - max(first, pattern.since)).days + 1
        if days > 0:
            total += entitlement.yearly(pattern) * Fraction(days, year.days)
    return ceil(total)


def credits_due(
    entitlement: Entitlement,
    employment: Employment,
    year: LeaveYear,
    credited: Iterable[Credit],
    today: date,
    through: date,
) -> tuple[Credit, ...]:
    """What is to be credited up to a day besides what was, in order.

    Where the past looks different now (somebody leaves, or works other hours), one credit puts that right: of
    today or, where that is over, of the last day of the year or the employment.
    """
    before = tuple(credited)
    reached = max((each.day for each in before), default=date.min)
    totals = [(date.min, 0), *_totals(entitlement, employment, year)]
    right = max(total for day, total in totals if day <= reached)
    wrong = right - sum(each.minutes for each in before)
    last = min(today, year.last, employment.last or date.max)
    put_right = [Credit(max(year.first, last), wrong)] if wrong else []
    coming = (Credit(day, total - had) for (_, had), (day, total) in pairwise(totals) if reached < day <= through)
    return (*put_right, *(each for each in coming if each.minutes))


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _totals(entitlement: Entitlement, employment: Employment, year: LeaveYear) -> Sequence[tuple[date, int]]:
    """The days on which something is credited, each with all that is earned of the year by then."""
    first, last = max(year.first, employment.first), min(year.last, employment.last or date.max)
    if last < first:
        return []
    if entitlement.granted is Granted.AT_ONCE:
        return [(first, earned(entitlement, employment, year, last))]
    month_ends = (after_months(year.first, number + 1) - ONE_DAY for number in range(_MONTHS))
    ends = sorted({min(each, last) for each in month_ends if each >= first})
    return [(day, earned(entitlement, employment, year, day)) for day in ends]
