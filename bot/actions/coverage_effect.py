"""What it does to coverage that somebody is not there, or somebody else comes, wherever people decide on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.coverage import least_of
from bot.actions.coverage_needs import STEP, QueueNeeds, foretold, needs
from bot.actions.coverage_there import Crew
from bot.actions.settings import preferences
from bot.domain.coverage import Requirement, Stretch, stretches
from bot.domain.coverage_effect import (
    AS_PLANNED,
    Effect,
    EffectShown,
    Moves,
    Stand,
    Summary,
    effect,
    summaries,
    worth_a_word,
)
from bot.domain.coverage_levels import Level, level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval, merge
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.db import WorkspaceSession
from storage.shifts import last_planned


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a change does at every moment, and on the whole, for people to read.

    ``short`` is when it leaves too few by as much as is worth a word, for the rules.
    """

    effects: tuple[Effect, ...] = ()
    summaries: tuple[Summary, ...] = ()
    short: tuple[Effect, ...] = ()


def effect_of(
    session: WorkspaceSession,
    gone: Mapping[UUID, Sequence[Interval]],
    there: Sequence[Stand] = (),
    zone: ZoneInfo | None = None,
) -> EffectShown:
    """What changes if these people are not there and those are, by day and post.

    Days are those of ``zone``; None: of the workspace's.
    """
    zone = zone or ZoneInfo(preferences(session).time_zone)
    times = merge([*chain.from_iterable(gone.values()), *(each.interval for each in there)])
    by_day = [each for interval in times for each in _by_day(interval, zone)]
    last = last_planned(session)
    unplanned = [day for day, _ in by_day if last is None or day > local_date(last, zone)]
    # The last shift may be a night, which goes on after that day.
    looked_at = [part for day, part in by_day if day not in unplanned[1:]]
    found = [each for each in Effects(session).of(looked_at, Moves(gone, there)).summaries if each.changes]
    told = {local_date(each.interval.start, zone) for each in found}
    return EffectShown(tuple(found), tuple(dict.fromkeys(day for day in unplanned if day not in told)))


class Effects:
    """Looks up what several changes do, in one session; what they have in common is read once."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session
        self._least = least_of(session)
        self._windows: list[_Window] = []

    def of(self, within: Iterable[Interval], after: Moves, before: Moves = AS_PLANNED) -> LeftBehind:
        """What changes in those times, each of which is summed up, and how it stays on the queues concerned.

        Where nothing says how many people a queue needs, it needs none.
        """
        effects: list[Effect] = []
        short: list[Effect] = []
        sums: list[Summary] = []
        for window, parts in self._held(sorted(within)):
            old, new = window.stretches(before), window.stretches(after)
            concerned = window.queues_of(before) | window.queues_of(after)
            for part in parts:
                found = [each for each in effect(old, new, part) if _is_telling(each, concerned)]
                effects += found
                short += worth_a_word(found, self._least)
                sums += [window.with_levels(each, old, new) for each in summaries(found)]
        in_order = sorted(sums, key=lambda each: (each.interval.start, each.post))
        return LeftBehind(tuple(effects), tuple(in_order), tuple(short))

    def _held(self, parts: Iterable[Interval]) -> Iterator[tuple["_Window", list[Interval]]]:
        """Each of the parts once, with the days that it lies in."""
        left = list(parts)
        unknown = [each for each in left if not any(known.holds(each) for known in self._windows)]
        self._windows += [_Window(self._session, each) for each in merge(map(_whole_days, unknown))]
        for window in self._windows:
            if held := [each for each in left if window.holds(each)]:
                yield window, held
                left = [each for each in left if each not in held]


class _Window:
    """Some days in which it is known what is needed, and who is there."""

    def __init__(self, session: WorkspaceSession, within: Interval) -> None:
        self._within = within
        self._needs = {each.queue: each for each in needs(session, within, partial(foretold, session))}
        self._required = [each for of in self._needs.values() for each in _filled(of, within)]
        self._crew = Crew(session, [each.post for each in self._required], within)
        self._planned = stretches(self._crew.presences(), self._required)
        self.queues_of = self._crew.queues_of

    def holds(self, interval: Interval) -> bool:
        """Whether all of it is known."""
        return self._within.start <= interval.start and interval.end <= self._within.end

    def stretches(self, moves: Moves) -> tuple[Stretch, ...]:
        """As they would be."""
        return self._planned if moves == AS_PLANNED else stretches(self._crew.presences(moves), self._required)

    def with_levels(self, summary: Summary, old: Sequence[Stretch], new: Sequence[Stretch]) -> Summary:
        """The same with the service level, where anything changes and one is expected."""
        if summary.post.skill or not summary.changes:
            return summary
        before, after = (self._level(summary, there) for there in (old, new))
        return replace(summary, before=before, after=after)

    def _level(self, summary: Summary, there: Iterable[Stretch]) -> Level | None:
        of, within = self._needs[summary.post.queue], summary.interval
        if of.standard is None:
            return None
        near = [each for each in there if each.interval.overlaps(within)]
        demanded = [each for each in of.demanded if each.interval.overlaps(within)]
        return level(demanded, near, summary.post, of.standard, of.lost, within)


def _filled(of: QueueNeeds, within: Interval) -> Iterator[Requirement]:
    """What a queue requires, nobody where that is not known."""
    own = Post(of.queue)
    known = {each.post: each for each in of.requirements}
    if own not in known:
        yield Requirement(own, within.start, STEP, (0.0,) * (within.length // STEP))
    for post, each in known.items():
        yield each if post.skill else replace(each, heads=tuple(heads or 0.0 for heads in each.heads))


def _is_telling(each: Effect, concerned: Iterable[str | None]) -> bool:
    """Where nobody is needed, those who can help anywhere are no news."""
    if each.post.queue in concerned and not each.post.skill:
        return True
    return each.changes and each.required > 0


def _whole_days(interval: Interval) -> Interval:
    first, last = (datetime.combine(each.date(), time(), UTC) for each in (interval.start, interval.end))
    return Interval(first, last if last == interval.end else last + ONE_DAY)


def _by_day(interval: Interval, zone: ZoneInfo) -> Iterator[tuple[date, Interval]]:
    day = local_date(interval.start, zone)
    while part := days(day, day, zone).intersection(interval):
        yield day, part
        day += ONE_DAY
