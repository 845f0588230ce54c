"""The gaps that people are warned of: what becomes of each as time goes on, and what is said of it, once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from uuid import UUID

from bot.domain.coverage_gaps import Gap, Least, worst_of
from bot.domain.coverage_news import Accepted, Became, Known, News, compare, is_accepted, is_worse, rung
from bot.domain.intervals import Interval


class State(StrEnum):
    """Where a gap stands."""

    OPEN = "open"
    ACCEPTED = "accepted"  # somebody has decided to live with it
    FILLED = "filled"
    OVER = "over"  # its time has passed
    MERGED = "merged"  # it is a part of another one now


LIVE = frozenset({State.OPEN, State.ACCEPTED})
_ENDED = {Became.FILLED: State.FILLED, Became.OVER: State.OVER, Became.MERGED: State.MERGED}


class Said(StrEnum):
    """What people are told of a gap."""

    NEW = "new"
    GROWN = "grown"
    STILL = "still"  # it has come nearer
    AGAIN = "again"  # the risk was accepted up to now


class NotOpen(Exception):
    """The gap is not open any more: it is filled, over, or a part of another one."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A gap that people know of.

    ``gap`` is what is missing now, ``told`` the most that they were told of for each time. ``rung`` is how long
    before it begins they were told last. ``accepted`` is what somebody has decided to live with.
    """

    id: UUID
    state: State
    gap: Gap
    told: Gap
    rung: timedelta
    accepted: Accepted | None = None
    into: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What nobody works because somebody is away, and whoever decided to leave it so."""

    queue: str
    interval: Interval
    by_id: UUID


@dataclass(frozen=True, slots=True)
class Warnings:
    """When people are warned: so long before a gap begins, and of what is worth a word."""

    ahead: Collection[timedelta]
    least: Least

    @property
    def farthest(self) -> timedelta:
        """How far ahead one looks."""
        return max(self.ahead, default=timedelta())

    @property
    def last(self) -> timedelta:
        """From here on it is urgent."""
        return min(self.ahead, default=timedelta())


def watch(
    known: Sequence[Watched], found: Iterable[Gap], now: datetime, warnings: Warnings, new_id: Callable[[], UUID]
) -> tuple[tuple[Watched, Said | None], ...]:
    """Every known gap as it is now, in order, then those that are new, each with what there is to say of it.

    What begins later than people want to know is passed over, and so is the last of what was never told.
    """
    news = compare([Known(each.id, each.told) for each in known], found, now, warnings.least)
    by_id = {each.id: each for each in known}
    merged: dict[UUID, list[Gap]] = {}
    for each in news:
        if each.into and each.id:
            merged.setdefault(each.into, []).append(by_id[each.id].told)
    return (*_known(news, by_id, merged, now, warnings), *_new(news, now, warnings, new_id))


def accept(watched: Watched, until: datetime | None) -> Watched:
    """Somebody lives with it as it is, up to a time or to its end. Raises ``NotOpen``."""
    if watched.state not in LIVE:
        raise NotOpen
    return replace(watched, state=State.ACCEPTED, accepted=Accepted(watched.gap, until))


def reopen(watched: Watched) -> Watched:
    """Nobody lives with it any more. Raises ``NotOpen``."""
    if watched.state is not State.ACCEPTED:
        raise NotOpen
    return replace(watched, state=State.OPEN, accepted=None)


def left_by(gap: Gap, now: datetime, left: Iterable[LeftOpen]) -> UUID | None:
    """Who has decided to live with all that is missing from now on; None: there is more, or nobody has."""
    ahead, deciders = gap.since(now), []
    for part in ahead.parts if ahead else ():
        queues = {post.queue for post in part.posts}
        there = (each for each in left if each.interval.intersection(part.interval) == part.interval)
        own = [each for each in there if each.queue in queues]
        if len(own) < part.short:
            return None
        deciders += own
    return deciders[-1].by_id if deciders else None


def _known(
    news: Iterable[News],
    by_id: Mapping[UUID, Watched],
    merged: Mapping[UUID, Iterable[Gap]],
    now: datetime,
    warnings: Warnings,
) -> Iterator[tuple[Watched, Said | None]]:
    for each in news:
        if each.id is None:
            continue
        before = by_id[each.id]
        if each.gap is None:
            yield replace(before, state=_ENDED[each.became], into=each.into), None
        else:
            told = reduce(worst_of, merged.get(each.id, ()), before.told)
            yield _goes_on(replace(before, told=told), each.gap, now, warnings)


def _goes_on(before: Watched, gap: Gap, now: datetime, warnings: Warnings) -> tuple[Watched, Said | None]:
    """Of a gap of which time has taken only the beginning, the whole is kept."""
    whole = before.gap if before.gap.since(now) == gap else gap.from_quarter(now)
    watched = replace(before, gap=whole)
    if before.accepted and is_accepted(gap, [before.accepted], now, warnings.least):
        return watched, None
    near = rung(gap.interval.start, now, warnings.ahead)
    if before.accepted:
        expired = before.accepted.until is not None and before.accepted.until <= now
        said: Said | None = Said.AGAIN if expired else Said.GROWN
    elif is_worse(gap, before.told, warnings.least):
        said = Said.GROWN
    else:
        said = Said.STILL if near is not None and near < before.rung else None
    if said is None:
        return watched, None
    told = worst_of(before.told, gap)
    return replace(watched, state=State.OPEN, accepted=None, told=told, rung=_nearer(near, before.rung)), said


def _nearer(near: timedelta | None, told: timedelta) -> timedelta:
    return told if near is None else min(near, told)


def _new(
    news: Iterable[News], now: datetime, warnings: Warnings, new_id: Callable[[], UUID]
) -> Iterator[tuple[Watched, Said | None]]:
    for each in news:
        gap = each.gap if each.id is None else None
        near = rung(gap.interval.start, now, warnings.ahead) if gap else None
        if gap and near is not None and gap.interval.length >= warnings.least.length:
            whole = gap.from_quarter(now)
            yield Watched(new_id(), State.OPEN, whole, whole, near), Said.NEW
