"""Somebody's work and a change of it, prepared so that a change costs no more than what it touches."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, merge, subtract
from bot.domain.wallclock import Recurring, days, week_start
from bot.domain.worktime import by_day

_NOTHING = timedelta()
_start, _end = attrgetter("start"), attrgetter("end")
_piece_start, _order = attrgetter("interval.start"), attrgetter("order")


class NotTheirs(Exception):
    """The person does not work what they would give away."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A shift, or a part of one: for which queue, and the skills (languages too) that it takes."""

    interval: Interval
    queue: str | None = None
    skills: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[datetime, datetime, str, tuple[str, ...]]:
        """By time, then by whatever tells two apart."""
        return self.interval.start, self.interval.end, self.queue or "", tuple(sorted(self.skills))


@dataclass(frozen=True, slots=True)
class Accommodation:
    """Work that somebody must not be given: at certain times, for certain queues or with certain skills.

    ``name`` says the limit ("no nights"); the reason is known to nobody. Queues and skills are named in whatever
    letters.
    """

    name: str
    windows: tuple[Recurring, ...] = ()
    queues: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a change is checked for.

    ``queues`` None: any queue. ``weekly_minutes`` None: no contract hours are known. ``availability`` None: at
    any time. ``hourly_pay`` None: costs are counted in time only.
    """

    id: UUID
    zone: ZoneInfo
    skills: frozenset[str] = frozenset()
    queues: frozenset[str] | None = None
    weekly_minutes: int | None = None
    accommodations: tuple[Accommodation, ...] = ()
    absences: tuple[Interval, ...] = ()
    availability: tuple[Recurring, ...] | None = None
    active: bool = True
    hourly_pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """All that somebody works: the pieces in order, the blocks they form, and the time per day and per week.

    A week is known by its first day. What several pieces cover counts once.
    """

    zone: ZoneInfo
    first_weekday: int
    pieces: tuple[Piece, ...]
    blocks: tuple[Interval, ...]
    days: Mapping[date, timedelta]
    weeks: Mapping[date, timedelta]

    @classmethod
    def of(cls, pieces: Iterable[Piece], zone: ZoneInfo, first_weekday: int = 0) -> "Work":
        """The pieces, in whatever order; ``first_weekday`` 0 is Monday."""
        ordered = tuple(sorted(pieces, key=_order))
        blocks = merge(piece.interval for piece in ordered)
        daily: dict[date, timedelta] = {}
        weekly: dict[date, timedelta] = {}
        _count(blocks, 1, zone, first_weekday, daily, weekly)
        return cls(zone, first_weekday, ordered, blocks, daily, weekly)

    def weeks_of(self, days_within: Iterable[date]) -> tuple[date, ...]:
        """The weeks that the days lie in, by first day and in order."""
        return tuple(sorted({week_start(day, self.first_weekday) for day in days_within}))

    def blocks_near(self, interval: Interval) -> tuple[Interval, ...]:
        """The blocks that the interval overlaps or meets."""
        first = bisect_left(self.blocks, interval.start, key=_end)
        return self.blocks[first : bisect_right(self.blocks, interval.end, key=_start)]

    def changed(self, gained: Iterable[Piece], lost: Iterable[Piece]) -> "Work":
        """The work without ``lost``, each a piece or a part of some, and with ``gained``. Raises ``NotTheirs``."""
        work = self
        for piece in lost:
            work = work._patched(piece, _without)
        for piece in gained:
            work = work._patched(piece, _with)
        return work

    def _patched(self, piece: Piece, change: Callable[[Sequence[Piece], Piece], list[Piece]]) -> "Work":
        """Everything anew for the blocks that the piece lies in or meets; the rest is kept."""
        first = bisect_left(self.blocks, piece.interval.start, key=_end)
        last = bisect_right(self.blocks, piece.interval.end, key=_start)
        old = self.blocks[first:last]
        start, end = (old[0].start, old[-1].end) if old else (piece.interval.start, piece.interval.start)
        here = slice(*(bisect_left(self.pieces, each, key=_piece_start) for each in (start, end)))
        near = change(self.pieces[here], piece)
        new = merge(each.interval for each in near)
        daily, weekly = dict(self.days), dict(self.weeks)
        _count(old, -1, self.zone, self.first_weekday, daily, weekly)
        _count(new, 1, self.zone, self.first_weekday, daily, weekly)
        return Work(
            self.zone,
            self.first_weekday,
            (*self.pieces[: here.start], *near, *self.pieces[here.stop :]),
            (*self.blocks[:first], *new, *self.blocks[last:]),
            daily,
            weekly,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody's work before and after, the pieces that make the difference, and when they fall.

    ``kept`` is what stays of the work before. Weeks are known by their first day; days and weeks are in order.
    """

    person: Person
    before: Work
    kept: Work
    after: Work
    gained: tuple[Piece, ...]
    lost: tuple[Piece, ...]
    days_gained: tuple[date, ...]
    weeks_gained: tuple[date, ...]
    weeks_touched: tuple[date, ...]

    @classmethod
    def of(
        cls, person: Person, before: Work, *, gained: Iterable[Piece] = (), lost: Iterable[Piece] = ()
    ) -> "Change":
        """What comes of the work before; raises ``NotTheirs`` where something lost is not in it."""
        more, less = (tuple(sorted(pieces, key=_order)) for pieces in (gained, lost))
        kept = before.changed((), less)
        days_gained, days_lost = (_days_of(pieces, before.zone) for pieces in (more, less))
        return cls(
            person,
            before,
            kept,
            kept.changed(more, ()),
            more,
            less,
            tuple(sorted(days_gained)),
            before.weeks_of(days_gained),
            before.weeks_of(days_gained | days_lost),
        )


@lru_cache(maxsize=4096)
def whole_day(day: date, zone: ZoneInfo) -> Interval:
    """From midnight to midnight."""
    return days(day, day, zone)


@lru_cache(maxsize=4096)
def whole_week(first: date, zone: ZoneInfo) -> Interval:
    """The seven days from ``first`` on."""
    return days(first, first + timedelta(days=6), zone)


@lru_cache(maxsize=16384)
def _split(block: Interval, zone: ZoneInfo) -> tuple[tuple[date, timedelta], ...]:
    return tuple(by_day((block,), zone).items())


def _days_of(pieces: Iterable[Piece], zone: ZoneInfo) -> frozenset[date]:
    return frozenset(day for piece in pieces for day, _ in _split(piece.interval, zone))


def _count(
    blocks: Iterable[Interval],
    sign: int,
    zone: ZoneInfo,
    first_weekday: int,
    daily: dict[date, timedelta],
    weekly: dict[date, timedelta],
) -> None:
    for block in blocks:
        for day, length in _split(block, zone):
            _add(daily, day, sign * length)
            _add(weekly, week_start(day, first_weekday), sign * length)


def _add(totals: dict[date, timedelta], key: date, length: timedelta) -> None:
    total = totals.get(key, _NOTHING) + length
    if total:
        totals[key] = total
    else:
        del totals[key]


def _with(near: Sequence[Piece], gained: Piece) -> list[Piece]:
    return sorted([*near, gained], key=_order)


def _without(near: Sequence[Piece], lost: Piece) -> list[Piece]:
    if lost in near:
        where = near.index(lost)
        return [*near[:where], *near[where + 1 :]]
    if subtract(lost.interval, (piece.interval for piece in near)):
        raise NotTheirs
    left = [replace(piece, interval=part) for piece in near for part in subtract(piece.interval, (lost.interval,))]
    return sorted(left, key=_order)
