"""What a change of who is there does to what is covered: heads and service level before and after."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from uuid import UUID

from bot.domain.coverage import Stretch
from bot.domain.coverage_gaps import Least
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval, merge


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody on a queue, or None: on whatever they have the skills for.

    ``member_id`` None: anybody who has those that the queue takes.
    """

    interval: Interval
    queue: str | None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """Who would not be there though they are planned, and who would be, whatever is planned or keeps them away."""

    gone: Mapping[UUID, Sequence[Interval]] = field(default_factory=dict)
    there: Sequence[Stand] = ()


AS_PLANNED = Moves()


@dataclass(frozen=True, slots=True)
class Effect:
    """The heads of a post before and after a change, everybody being where they are needed."""

    interval: Interval
    post: Post
    before: float
    after: float
    required: float

    @property
    def changes(self) -> bool:
        """Whether it is otherwise after than before."""
        return self.after != self.before

    @property
    def missing(self) -> float:
        """The heads that the post lacks after it; below 0 those that it has to spare."""
        return round(self.required - self.after, 3)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a change does to a post in some time, in few numbers; of times in which nothing changes, that.

    ``usual`` is how it is for the longest, without what comes between, ``worst`` when the most heads are missing
    after it. ``before`` and ``after`` are the service level of all that time; None where none is known.
    """

    interval: Interval
    usual: Effect
    worst: Effect
    before: Level | None = None
    after: Level | None = None

    @property
    def post(self) -> Post:
        """What it is about."""
        return self.usual.post

    @property
    def changes(self) -> bool:
        """Whether anything of it is otherwise after than before."""
        return self.worst.changes


@dataclass(frozen=True, slots=True)
class EffectShown:
    """What changes, by day and post; ``unplanned`` are the days for which nobody is planned yet."""

    summaries: tuple[Summary, ...]
    unplanned: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Level:
    interval: Interval
    heads: float
    required: float


def effect(before: Iterable[Stretch], after: Iterable[Stretch], within: Interval) -> tuple[Effect, ...]:
    """For each part of ``within`` in which they stay the same, by post and in order, also where nothing changes.

    What a post requires is that of after. Left out are times in which that is not known.
    """
    old, new = _levels(before, within), _levels(after, within)
    return tuple(each for post in sorted(new) for each in _joined(_overlaid(post, old.get(post, ()), new[post])))


def worth_a_word(effects: Iterable[Effect], least: Least) -> Iterator[Effect]:
    """Those after which a post lacks as many heads, for as long, as people want to know of."""
    lacking = [each for each in effects if each.missing >= least.heads]
    for _, group in groupby(sorted(lacking, key=lambda each: (each.post, each.interval)), key=_post):
        every = list(group)
        long = [each for each in merge(one.interval for one in every) if each.length >= least.length]
        yield from (each for each in every if any(each.interval.overlaps(one) for one in long))


def summaries(effects: Iterable[Effect]) -> tuple[Summary, ...]:
    """By post: of those that change something where any does, otherwise of all of them."""
    found = []
    for _, group in groupby(sorted(effects, key=lambda each: (each.post, each.interval)), key=_post):
        every = list(group)
        telling = [each for each in every if each.changes] or every
        lasting: defaultdict[tuple[float, float, float], timedelta] = defaultdict(timedelta)
        for each in telling:
            lasting[_numbers(each)] += each.interval.length
        longest = max(lasting, key=lambda each: lasting[each])
        found.append(
            Summary(
                Interval(telling[0].interval.start, telling[-1].interval.end),
                next(each for each in telling if _numbers(each) == longest),
                max(telling, key=lambda each: each.missing),
            )
        )
    return tuple(found)


def _post(effect: Effect) -> Post:
    return effect.post


def _numbers(each: Effect) -> tuple[float, float, float]:
    return each.before, each.after, each.required


def _levels(stretches: Iterable[Stretch], within: Interval) -> dict[Post, list[_Level]]:
    found: defaultdict[Post, list[_Level]] = defaultdict(list)
    for stretch in stretches:
        if interval := stretch.interval.intersection(within):
            for post, heads in stretch.serving().items():
                if (required := stretch.required(post)) is not None:
                    found[post].append(_Level(interval, heads, required))
    return found


def _overlaid(post: Post, old: Sequence[_Level], new: Sequence[_Level]) -> Iterator[Effect]:
    edges = {edge for each in (*old, *new) for edge in (each.interval.start, each.interval.end)}
    for start, end in pairwise(sorted(edges)):
        one, other = _at(old, start), _at(new, start)
        if one and other:
            yield Effect(Interval(start, end), post, one.heads, other.heads, other.required)


def _at(levels: Sequence[_Level], instant: datetime) -> _Level | None:
    number = bisect_right(levels, instant, key=lambda each: each.interval.start)
    last = levels[number - 1] if number else None
    return last if last and last.interval.contains(instant) else None


def _joined(effects: Iterable[Effect]) -> Iterator[Effect]:
    last: Effect | None = None
    for each in effects:
        if last and last.interval.end == each.interval.start and last == replace(each, interval=last.interval):
            last = replace(last, interval=Interval(last.interval.start, each.interval.end))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
