"""What comes back week by week, and where somebody could go home."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from bot.domain.coverage import Stretch
from bot.domain.coverage_gaps import Gap, Least, Part
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval, merge

SLOT = timedelta(minutes=15)
# Less is no reason to send anybody home.
WORTH_LEAVING = Least(1.0, timedelta(hours=1))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = timedelta(weeks=1)

_Shorts = dict[date, float]


@dataclass(frozen=True, slots=True)
class Recurring:
    """The same hours of a weekday (0 is Monday), by the clocks of a zone, that are short in most weeks.

    ``evidence`` are the days on which they were, with the most heads missing on each; an ``end`` of 00:00 is
    midnight after the day.
    """

    posts: frozenset[Post]
    weekday: int
    start: time
    end: time
    evidence: tuple[tuple[date, float], ...]

    @property
    def heads(self) -> float:
        """How many are missing in the middle of those days."""
        return median(heads for _, heads in self.evidence)


@dataclass(frozen=True, slots=True)
class Spare:
    """So many of those who can serve just these posts are more than is needed, all of the time."""

    interval: Interval
    posts: frozenset[Post]
    heads: float


def recurring(
    gaps: Iterable[Gap], this_week: date, zone: ZoneInfo, *, weeks: int = 4, least: int = 3, slot: timedelta = SLOT
) -> tuple[Recurring, ...]:
    """What is short in at least so many of the ``weeks`` before the one that begins on ``this_week``.

    A gap counts as it was found, whether or not it was filled in the end: who is called in every Monday is missing
    from the plan. A slot is short where its middle is.
    """
    first = this_week - weeks * _WEEK
    slots: defaultdict[tuple[Post, int], defaultdict[int, _Shorts]] = defaultdict(lambda: defaultdict(dict))
    for part in (part for gap in gaps for part in gap.parts):
        for day, number in _slots(part, zone, slot):
            if first <= day < this_week:
                for post in part.posts:
                    shorts = slots[post, day.weekday()][number]
                    shorts[day] = max(part.short, shorts.get(day, 0.0))
    found: defaultdict[tuple[int, time, time, tuple[tuple[date, float], ...]], set[Post]] = defaultdict(set)
    for (post, weekday), by_slot in slots.items():
        often = {number: shorts for number, shorts in by_slot.items() if len(shorts) >= least}
        for run in _runs(often):
            evidence = _evidence(often[number] for number in run)
            found[weekday, _clock(run[0], slot), _clock(run[-1] + 1, slot), evidence].add(post)
    return tuple(Recurring(frozenset(found[key]), *key) for key in sorted(found))


def spare(stretches: Iterable[Stretch], least: Least = WORTH_LEAVING) -> tuple[Spare, ...]:
    """Where somebody could go home, by whom they can serve, in order.

    The same spare heads may be told of several groups: whoever leaves first takes them from the others.
    """
    over: defaultdict[frozenset[Post], dict[Interval, float]] = defaultdict(dict)
    for stretch in stretches:
        for group in stretch.pool.groups:
            if (heads := stretch.spare(group)) >= least.heads:
                over[group][stretch.interval] = heads
    found = [
        Spare(whole, group, min(heads for each, heads in times.items() if each.overlaps(whole)))
        for group, times in over.items()
        for whole in merge(times)
        if whole.length >= least.length
    ]
    return tuple(sorted(found, key=lambda each: (each.interval, sorted(each.posts))))


def _slots(part: Part, zone: ZoneInfo, slot: timedelta) -> Iterator[tuple[date, int]]:
    """The slots whose middle is in the part, by the day on the wall and their number in it."""
    start = part.interval.start - (part.interval.start - _EPOCH) % slot
    while start < part.interval.end:
        if part.interval.contains(start + slot / 2):
            local = start.astimezone(zone)
            yield local.date(), timedelta(hours=local.hour, minutes=local.minute) // slot
        start += slot


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in sorted(numbers):
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _clock(number: int, slot: timedelta) -> time:
    return (_EPOCH + number * slot).time()


def _evidence(slots: Iterable[_Shorts]) -> tuple[tuple[date, float], ...]:
    worst: _Shorts = {}
    for shorts in slots:
        for day, heads in shorts.items():
            worst[day] = max(heads, worst.get(day, 0.0))
    return tuple(sorted(worst.items()))
