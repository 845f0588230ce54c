"""What helps against a gap of today, in the order in which it is tried: what costs least comes first.

Training, meetings and breaks are moved out of it; whoever has the skill serves it as well; a hybrid does nothing
but contacts; whose shift meets it stays or comes earlier; then others are asked. Each step says what it does for
the gap, and none is proposed that does nothing for it, or has others missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from bot.domain.coverage import Requirement, Stretch, stretches
from bot.domain.coverage_effect import Effect, effect
from bot.domain.coverage_supply import Boost, Doing, Hand, Post, Presence
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.ladder_moves import BREAK, BREAKS, Breaks, places, soonest

_HOUR = timedelta(hours=1)
_Changed = Mapping[UUID, Sequence[Presence]]


class Rung(StrEnum):
    """The ways to help, in the order in which they are tried."""

    MOVE = "move"  # what somebody does instead of contacts
    SKILL = "skill"  # they serve another queue, too
    WHOLE = "whole"  # a hybrid does nothing but contacts
    EXTEND = "extend"  # a longer shift
    OVERTIME = "overtime"  # another shift


_RUNGS = tuple(Rung)


@dataclass(frozen=True, slots=True)
class Short:
    """The posts that lack heads, and when."""

    posts: frozenset[Post]
    interval: Interval


@dataclass(frozen=True, slots=True)
class Relief:
    """What a step does for a gap: where it helps most, the heads that are missing before and after it.

    ``hours`` is the work that it brings.
    """

    before: float
    after: float
    hours: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, in some time of the gap.

    ``doing`` is what is moved, ``to`` when it is instead (None: it is to be planned anew). ``queue`` is what
    somebody serves, too, or works longer for. ``who`` None: whoever takes it, as many as ``people``.
    """

    rung: Rung
    interval: Interval
    relief: Relief
    who: UUID | None = None
    doing: Doing | None = None
    to: Interval | None = None
    queue: str | None = None
    people: int = 1


class Ladder:
    """The steps against a gap, by those who are on shift that day and all that the day requires."""

    def __init__(
        self, hands: Iterable[Hand], requirements: Iterable[Requirement], short: Short, now: datetime
    ) -> None:
        self._hands = {each.id: each for each in hands}
        self._requirements = tuple(requirements)
        self._short, self._now = short, now
        self._there = {each.id: each.present() for each in self._hands.values()}
        self._before: dict[Interval, tuple[Stretch, ...]] = {}

    def steps(self, breaks: Breaks = BREAKS) -> tuple[Step, ...]:
        """What those can do who are on shift then anyway."""
        return in_order([*self._moves(breaks), *self._skills(), *self._whole()])

    def extensions(self) -> Iterator[tuple[UUID, Interval, str]]:
        """Whose shift meets the gap, how long they would work in addition, and for which queue; what the rules
        make of that is for others to say."""
        since = max(self._short.interval.start, soonest(self._now))
        if since >= self._short.interval.end:
            return
        ahead = Interval(since, self._short.interval.end)
        for hand in self._hands.values():
            worked = merge(each.interval for each in hand.shifts)
            queue = self._queue_for(hand)
            for time in subtract(ahead, [*worked, *hand.away]):
                if queue and any(each.end == time.start or each.start == time.end for each in worked):
                    yield hand.id, time, queue

    def extended(self, who: UUID, interval: Interval, queue: str) -> Step | None:
        """The step by which somebody works longer; None where that does nothing for the gap."""
        hand = self._hands[who]
        heads = max(each.heads for each in hand.shifts)
        longer = (*self._there[who], Presence(interval, self._posts_of(queue) & hand.able, heads))
        relief = self._relief({who: longer}, interval)
        return Step(Rung.EXTEND, interval, relief, who, queue=queue) if relief else None

    def more(self, interval: Interval, queue: str, people: int) -> Step | None:
        """The step by which so many others come in; None where that does nothing for the gap."""
        other = (Presence(interval, self._posts_of(queue)),)
        relief = self._relief({UUID(int=number): other for number in range(people)}, interval)
        return Step(Rung.OVERTIME, interval, relief, queue=queue, people=people) if relief else None

    def _moves(self, breaks: Breaks) -> Iterator[Step]:
        for hand in self._hands.values():
            for doing in hand.doing:
                if doing.interval.start > self._now and doing.interval.overlaps(self._short.interval):
                    yield from self._moved(hand, doing, breaks)

    def _moved(self, hand: Hand, doing: Doing, breaks: Breaks) -> Iterator[Step]:
        """To the nearest time at which nobody is missing for it; but for breaks, put off where there is none."""
        free = replace(hand, doing=tuple(each for each in hand.doing if each != doing))
        relief = self._relief({hand.id: free.present()}, doing.interval)
        if relief is None:
            return
        others = places(hand, doing, self._short.interval, self._now, breaks)
        to = next((each for each in others if self._can_spare(free, each)), None)
        if to or doing.kind != BREAK:
            yield Step(Rung.MOVE, doing.interval, relief, hand.id, doing, to)

    def _skills(self) -> Iterator[Step]:
        for hand in self._hands.values():
            for queue in sorted({each.queue for each in self._short.posts & hand.able}):
                posts = self._posts_of(queue) & hand.able
                other = (each for each in self._ahead(hand) if each.heads and not posts <= each.posts)
                for time in merge(each.interval for each in other):
                    if relief := self._boosted(hand, Boost(time, posts)):
                        yield Step(Rung.SKILL, time, relief, hand.id, queue=queue)

    def _whole(self) -> Iterator[Step]:
        for hand in self._hands.values():
            hybrid = (each for each in self._ahead(hand) if 0 < each.heads < hand.whole)
            for time in merge(each.interval for each in hybrid):
                if relief := self._boosted(hand, Boost(time, whole=True)):
                    yield Step(Rung.WHOLE, time, relief, hand.id)

    def _boosted(self, hand: Hand, boost: Boost) -> Relief | None:
        there = replace(hand, boosts=(*hand.boosts, boost)).present()
        return self._relief({hand.id: there}, boost.interval)

    def _ahead(self, hand: Hand) -> Iterator[Presence]:
        """When somebody is there in what is ahead of the gap."""
        start, end = max(self._now, self._short.interval.start), self._short.interval.end
        for each in self._there[hand.id] if start < end else ():
            if shared := each.interval.intersection(Interval(start, end)):
                yield replace(each, interval=shared)

    def _posts_of(self, queue: str) -> frozenset[Post]:
        return frozenset(each for each in self._short.posts if each.queue == queue)

    def _queue_for(self, hand: Hand) -> str | None:
        """The queue of the gap that somebody serves today, or else could."""
        serves = frozenset[Post]().union(*(each.posts for each in hand.shifts))
        found = self._short.posts & hand.able & serves or self._short.posts & hand.able
        return min(found).queue if found else None

    def _can_spare(self, hand: Hand, interval: Interval) -> bool:
        """Whether nobody is missing, or no more than anyway, where somebody is not there who could be."""
        gone = replace(hand, away=(*hand.away, interval))
        there, not_there = (self._stretches({hand.id: each.present()}, interval) for each in (hand, gone))
        return all(_lacks(each)[1] <= _lacks(each)[0] for each in effect(there, not_there, interval))

    def _relief(self, changed: _Changed, interval: Interval) -> Relief | None:
        """What comes of some being there otherwise; None where that is nothing, or others are missing for it."""
        if interval not in self._before:
            self._before[interval] = self._stretches({}, interval)
        effects = effect(self._before[interval], self._stretches(changed, interval), interval)
        helped: dict[Interval, tuple[float, float]] = {}
        for time, together in _by_time(effects):
            all_was, all_now = _sums(together)
            if all_now > all_was:
                return None
            # Whoever is shared with another queue that lacks heads as well helps neither more than both.
            was, now = _sums(each for each in together if each.post in self._short.posts)
            now = round(max(now, was - (all_was - all_now)), 2)
            if now < was:
                helped[time] = was, now
        if not helped:
            return None
        hours = sum((was - now) * (time.length / _HOUR) for time, (was, now) in helped.items())
        return Relief(*max(helped.values(), key=lambda each: (each[0] - each[1], each[0])), round(hours, 2))

    def _stretches(self, changed: _Changed, within: Interval) -> tuple[Stretch, ...]:
        everybody: _Changed = {**self._there, **changed}
        there = (
            replace(each, interval=shared)
            for presences in everybody.values()
            for each in presences
            if (shared := each.interval.intersection(within))
        )
        return stretches(there, self._requirements)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """By rung, within one what helps most first."""
    return tuple(sorted(steps, key=order))


def order(step: Step) -> tuple[int, float, Interval, str]:
    """What steps are put in order by."""
    return _RUNGS.index(step.rung), -step.relief.hours, step.interval, step.queue or ""


def _lacks(effect: Effect) -> tuple[float, float]:
    """The heads that are missing before and after it."""
    return max(0.0, effect.required - effect.before), max(0.0, effect.required - effect.after)


def _sums(effects: Iterable[Effect]) -> tuple[float, float]:
    both = list(map(_lacks, effects))
    return round(sum(was for was, _ in both), 2), round(sum(now for _, now in both), 2)


def _by_time(effects: Sequence[Effect]) -> Iterator[tuple[Interval, list[Effect]]]:
    """What holds of all posts at once, for each time in which none of it changes."""
    edges = {edge for each in effects for edge in (each.interval.start, each.interval.end)}
    for start, end in pairwise(sorted(edges)):
        if together := [each for each in effects if each.interval.contains(start)]:
            yield Interval(start, end), together
