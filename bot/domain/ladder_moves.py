"""Where in a shift a break, a training or a meeting may be instead, so that somebody is there when it matters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.coverage_supply import Doing, Hand
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.wallclock import next_quarter

BREAK = "break"
_HOUR = timedelta(hours=1)
_STEP = timedelta(minutes=15)
# Whoever does something else needs so long to hear of a change.
_TO_HEAR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Breaks:
    """So far from the edges of a shift a break has to be, with no stretch of work longer than ``longest``, and by
    no more than ``moved`` elsewhere than it was, since it is to be a rest.

    The law of the European Union wants a break where a working day is longer than six hours (2003/88/EC, 4).
    """

    edge: timedelta = _HOUR
    longest: timedelta = 6 * _HOUR
    moved: timedelta = 3 * _HOUR


BREAKS = Breaks()


def soonest(now: datetime) -> datetime:
    """The first quarter of an hour by which somebody can have heard of a change."""
    return next_quarter(now + _TO_HEAR)


def places(hand: Hand, doing: Doing, but: Interval, now: datetime, breaks: Breaks = BREAKS) -> list[Interval]:
    """When else somebody could do it in the same shift, ``but`` not at that time; the nearest first.

    A break may be earlier or later, anything else only later: nobody is to be prepared for it all of a sudden.
    """
    shift = next((each for each in _worked(hand) if not subtract(doing.interval, [each])), None)
    if shift is None:
        return []
    rest = [each for each in hand.doing if each.id != doing.id]
    taken = [but, *hand.away, *(each.interval for each in rest)]
    resting = [each.interval for each in rest if each.kind == BREAK]
    # It need not become better than it was.
    longest = max(breaks.longest, _longest(shift, [*resting, doing.interval]))
    found = [
        each
        for each in _times(shift, doing.interval.length, now)
        if not any(each.overlaps(other) for other in taken)
        and (
            _is_rest(each, doing.interval, shift, breaks) and _longest(shift, [*resting, each]) <= longest
            if doing.kind == BREAK
            else each.start > doing.interval.start
        )
    ]
    return sorted(found, key=lambda each: (abs(each.start - doing.interval.start), each))


def _worked(hand: Hand) -> tuple[Interval, ...]:
    return merge(each.interval for each in hand.shifts)


def _times(shift: Interval, length: timedelta, now: datetime) -> Iterator[Interval]:
    start = max(shift.start, soonest(now))
    while start + length <= shift.end:
        yield Interval(start, start + length)
        start += _STEP


def _is_rest(time: Interval, was: Interval, shift: Interval, breaks: Breaks) -> bool:
    return (
        shift.start + breaks.edge <= time.start
        and time.end + breaks.edge <= shift.end
        and abs(time.start - was.start) <= breaks.moved
    )


def _longest(shift: Interval, resting: list[Interval]) -> timedelta:
    return max((each.length for each in subtract(shift, resting)), default=timedelta())
