"""Hours: per day, per week, on average, at least; and days in a row. All counted where they fall."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.rules import Day, Week
from bot.domain.rules_measured import ONE_HOUR, Breach, Check
from bot.domain.rules_work import Work, whole_day
from bot.domain.wallclock import ONE_DAY, days

_NOTHING = timedelta()
_A_WEEK = timedelta(days=7)


def hours_per_day(check: Check) -> Iterator[Breach]:
    """No more than so many hours on a calendar day."""
    before, after = check.change.before.days, check.change.after.days
    for day in check.change.days_gained:
        worked = after.get(day, _NOTHING)
        if worked > check.hours and worked > before.get(day, _NOTHING):
            yield Breach(Day(day), worked / ONE_HOUR, check.limit)


def hours_per_week(check: Check) -> Iterator[Breach]:
    """No more than so many hours in a week; each week stands alone."""
    before, after = check.change.before.weeks, check.change.after.weeks
    for week in check.change.weeks_gained:
        worked = after.get(week, _NOTHING)
        if worked > check.hours and worked > before.get(week, _NOTHING):
            yield Breach(Week(week), worked / ONE_HOUR, check.limit)


def hours_rolling(check: Check) -> Iterator[Breach]:
    """No more than so many hours a week on average over the reference period that ends with any week.

    The period reaches back as far as the schedule does, so hand in as many weeks before the change as the period
    has; a person who began later is averaged over the weeks since. Only the worst period is told.
    """
    before, after = check.change.before.weeks, check.change.after.weeks
    if max(after.values(), default=_NOTHING) <= check.hours:
        return
    first, last = min((*before, *after)), max((*before, *after))
    ends = {week + number * _A_WEEK for week in check.change.weeks_gained for number in range(check.setting.weeks)}
    worst: tuple[timedelta, date, date] | None = None
    for end in sorted(each for each in ends if each <= last):
        weeks = _period(max(first, end - (check.setting.weeks - 1) * _A_WEEK), end)
        earlier, later = (sum((side.get(week, _NOTHING) for week in weeks), _NOTHING) for side in (before, after))
        average = later / len(weeks)
        if later > len(weeks) * check.hours and later > earlier and (worst is None or average > worst[0]):
            worst = average, weeks[0], end
    if worst:
        period = days(worst[1], worst[2] + 6 * ONE_DAY, check.change.after.zone)
        yield Breach(period, worst[0] / ONE_HOUR, check.limit)


def minimum_weekly_hours(check: Check) -> Iterator[Breach]:
    """No less in a week than so many percent of the contract's hours, where they are known."""
    contract = check.change.person.weekly_minutes
    if not contract:
        return
    before, after = check.change.before.weeks, check.change.after.weeks
    for week in check.change.weeks_touched:
        worked = after.get(week, _NOTHING)
        percent = 100 * worked / timedelta(minutes=contract)
        if percent < check.limit and worked < before.get(week, _NOTHING):
            yield Breach(Week(week), percent, check.limit)


def consecutive_days(check: Check) -> Iterator[Breach]:
    """No more than so many days in a row on which work begins; a night belongs to the day on which it starts."""
    told: set[date] = set()
    for day in check.change.days_gained:
        if not _begins_on(check.change.after, day):
            continue
        first, last = _run_around(check.change.after, day)
        length = (last - first).days + 1
        if length <= check.limit or first in told:
            continue
        if length > _longest_run(check.change.before, first, last):
            told.add(first)
            yield Breach(days(first, last, check.change.after.zone), length, check.limit)


def _period(first: date, last: date) -> list[date]:
    return [first + number * _A_WEEK for number in range((last - first).days // 7 + 1)]


def _run_around(work: Work, day: date) -> tuple[date, date]:
    """The first and the last of the days in a row around a day on which work begins."""
    first = last = day
    while _begins_on(work, first - ONE_DAY):
        first -= ONE_DAY
    while _begins_on(work, last + ONE_DAY):
        last += ONE_DAY
    return first, last


def _longest_run(work: Work, first: date, last: date) -> int:
    longest, day = 0, first
    while day <= last:
        if _begins_on(work, day):
            start, day = _run_around(work, day)
            longest = max(longest, (day - start).days + 1)
        day += ONE_DAY
    return longest


def _begins_on(work: Work, day: date) -> bool:
    whole = whole_day(day, work.zone)
    return any(whole.contains(block.start) for block in work.blocks_near(whole))
