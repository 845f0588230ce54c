"""What became of gaps that people know of: nothing is said twice, and what got worse is said."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from bot.domain.coverage_gaps import LEAST, Gap, Least
from bot.domain.intervals import Interval, merge


class Became(StrEnum):
    """What became of a gap, compared with what people were told."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    SAME = "same"
    FILLED = "filled"
    MERGED = "merged"  # it is a part of another one now
    OVER = "over"  # its time has passed


@dataclass(frozen=True, slots=True)
class Known:
    """A gap that people know of, as they were told last."""

    id: UUID
    told: Gap


@dataclass(frozen=True, slots=True)
class News:
    """What became of a gap.

    ``id`` is None of a new one, ``gap`` what is ahead of it, None where that is nothing; ``into`` is the one that
    it is a part of now.
    """

    became: Became
    id: UUID | None
    gap: Gap | None = None
    into: UUID | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A gap, as it was when somebody decided to live with it; ``until`` None: to its end."""

    gap: Gap
    until: datetime | None = None


def compare(known: Sequence[Known], found: Iterable[Gap], now: datetime, least: Least = LEAST) -> tuple[News, ...]:
    """What became of the gaps that were known, in their order, and then those that are new.

    A gap that is filled in the middle stays one. It has grown where more is missing than people were told, by as
    much as is worth a word of its own: what grows little by little is told in the end, and what shrinks and comes
    back is not told twice.
    """
    ahead = [left for gap in found if (left := gap.since(now))]
    told = {each.id: left for each in known if (left := each.told.since(now))}
    heirs = {gap: _nearest(told, gap) for gap in ahead}
    news = [_became(each, told.get(each.id), heirs, least) for each in known]
    return (*news, *(News(Became.NEW, None, gap) for gap, heir in heirs.items() if heir is None))


def is_worse(gap: Gap, than: Gap, least: Least = LEAST) -> bool:
    """Whether heads are missing that were not, as many and for as long as is worth a word."""
    more = (interval for interval, heads in _differences(gap, than) if heads >= least.heads)
    return any(each.length >= least.length for each in merge(more))


def is_accepted(gap: Gap, accepted: Iterable[Accepted], now: datetime, least: Least = LEAST) -> bool:
    """Whether somebody decided to live with the gap, still does, and it is no worse than it was then."""
    return any(
        gap.shared(each.gap) and not is_worse(gap, each.gap, least)
        for each in accepted
        if each.until is None or now < each.until
    )


def rung(start: datetime, now: datetime, ahead: Collection[timedelta]) -> timedelta | None:
    """The shortest of the times ``ahead`` of a start at which people are warned that has come; None: none has."""
    return min((each for each in ahead if start - now <= each), default=None)


def _nearest(told: Mapping[UUID, Gap], gap: Gap) -> UUID | None:
    """The one with which the gap shares the most time, the first of those; None where it shares none."""
    shared = {each: gap.shared(before) for each, before in told.items()}
    best = max(shared, key=lambda each: shared[each], default=None)
    return best if best and shared[best] else None


def _became(known: Known, told: Gap | None, heirs: Mapping[Gap, UUID | None], least: Least) -> News:
    if told is None:
        return News(Became.OVER, known.id)
    own = [gap for gap, heir in heirs.items() if heir == known.id]
    if own:
        gap = Gap(tuple(sorted((part for each in own for part in each.parts), key=lambda part: part.interval)))
        return News(_change(gap, told, least), known.id, gap)
    into = next((heir for gap, heir in heirs.items() if heir and gap.shared(told)), None)
    return News(Became.MERGED if into else Became.FILLED, known.id, into=into)


def _change(gap: Gap, told: Gap, least: Least) -> Became:
    if is_worse(gap, told, least):
        return Became.GROWN
    return Became.SHRUNK if any(heads < 0 for _, heads in _differences(gap, told)) else Became.SAME


def _differences(gap: Gap, than: Gap) -> Iterator[tuple[Interval, float]]:
    """How many more heads are missing, for each time in which that stays the same."""
    edges = {
        edge for one in (gap, than) for part in one.parts for edge in (part.interval.start, part.interval.end)
    }
    for start, end in pairwise(sorted(edges)):
        yield Interval(start, end), round(gap.short_at(start) - than.short_at(start), 3)
