"""Rest: within each day of work, and within each week.

Rest is what lies between blocks of work, whatever the clocks on the wall do meanwhile; before the first block
that is known and after the last it is unlimited. A break within a day's work is no daily rest and breaks no rule.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from bot.domain.intervals import Interval
from bot.domain.rules import Week
from bot.domain.rules_measured import ONE_HOUR, Breach, Check
from bot.domain.rules_work import Change, Work, whole_week

_NO_REST = timedelta()
_start = attrgetter("start")
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
# The daily rest that adjoins the weekly one may reach over the edge of the week (Directive 2003/88/EC, article 5).
_REACH = timedelta(hours=11)


@dataclass(frozen=True, slots=True)
class _ShortDay:
    """24 hours, from the start of a block of work, whose longest rest is too short."""

    block: Interval
    rest: Interval | None

    @property
    def length(self) -> timedelta:
        return self.rest.length if self.rest else _NO_REST

    @property
    def about(self) -> Interval:
        return self.rest or Interval(self.block.start, self.block.start + _A_DAY)


def daily_rest(check: Check) -> Iterator[Breach]:
    """So many consecutive hours of rest within each 24 that begin with work.

    It is worse than before unless the same rest, or the same work's, was no longer then.
    """
    change, told = check.change, set()
    before: list[_ShortDay] | None = None
    for piece in change.gained:
        for day in _short_days(change.after, piece.interval, check.hours):
            if before is None:
                before = _days_before(change, check.hours)
            if day.about in told or any(_excuses(earlier, day) for earlier in before):
                continue
            told.add(day.about)
            yield Breach(day.about, day.length / ONE_HOUR, check.limit)


def weekly_rest(check: Check) -> Iterator[Breach]:
    """So many consecutive hours of rest in each week, of which up to 11 may lie beyond its edge."""
    change = check.change
    for first in _weeks_near(change, check.hours):
        week = whole_week(first, change.after.zone)
        rest = _longest_rest(change.after.blocks, week, enough=check.hours)
        if rest < check.hours and rest < _longest_rest(change.before.blocks, week, enough=check.hours):
            yield Breach(Week(first), rest / ONE_HOUR, check.limit)


def _days_before(change: Change, need: timedelta) -> list[_ShortDay]:
    touched = [piece.interval for piece in (*change.gained, *change.lost)]
    reach = 2 * _A_DAY
    return [
        day
        for each in touched
        for day in _short_days(change.before, Interval(each.start - reach, each.end + reach), need)
    ]


def _excuses(earlier: _ShortDay, day: _ShortDay) -> bool:
    if earlier.length > day.length:
        return False
    return earlier.about.overlaps(day.about) or earlier.block.contains(day.block.start)


def _short_days(work: Work, near: Interval, need: timedelta) -> Iterator[_ShortDay]:
    """Those that share time with ``near``."""
    blocks = work.blocks
    index = bisect_right(blocks, near.start - _A_DAY, key=_start)
    while index < len(blocks) and blocks[index].start < near.end:
        rest = _rest_within_a_day(blocks, index, need)
        if rest is None or rest.length < need:
            yield _ShortDay(blocks[index], rest)
        index += 1


def _rest_within_a_day(blocks: Sequence[Interval], index: int, enough: timedelta) -> Interval | None:
    """The longest rest, or the first that is enough, in the 24 hours from the start of a block."""
    horizon = blocks[index].start + _A_DAY
    longest: Interval | None = None
    while index < len(blocks) and blocks[index].end < horizon:
        following = blocks[index + 1].start if index + 1 < len(blocks) else horizon
        rest = Interval(blocks[index].end, min(following, horizon))
        if longest is None or rest.length > longest.length:
            longest = rest
        if longest.length >= enough:
            break
        index += 1
    return longest


def _weeks_near(change: Change, reach: timedelta) -> list[date]:
    """The weeks whose rests the gained pieces may have cut."""
    weeks: set[date] = set()
    for first in change.weeks_gained:
        week = whole_week(first, change.after.zone)
        for piece in change.gained:
            if piece.interval.start < week.start + reach:
                weeks.add(first - _A_WEEK)
            if piece.interval.end > week.end - reach:
                weeks.add(first + _A_WEEK)
        weeks.add(first)
    return sorted(weeks)


def _longest_rest(blocks: Sequence[Interval], week: Interval, enough: timedelta) -> timedelta:
    """The longest rest that counts for the week, or the first that is enough."""
    index = bisect_right(blocks, week.start, key=_start)
    start = blocks[index - 1].end if index else week.start - _A_WEEK
    longest = _NO_REST
    while start < week.end and longest < enough:
        end = blocks[index].start if index < len(blocks) else week.end + _A_WEEK
        inside = min(end, week.end) - max(start, week.start)
        if inside > _NO_REST:
            longest = max(longest, min(end - start, inside + _REACH))
        if index >= len(blocks):
            break
        start = blocks[index].end
        index += 1
    return longest
