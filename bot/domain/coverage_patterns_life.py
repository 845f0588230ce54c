"""What becomes of the hours that are short week after week: each is proposed once, and silent while accepted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from bot.domain.coverage_patterns import Recurring


class State(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"  # somebody has decided to live with it
    OVER = "over"  # it is not short any more


LIVE = frozenset({State.PROPOSED, State.ACCEPTED})


class NotOpen(Exception):
    """It is not short any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Hours that somebody was told of, once accepted as they were then; ``until`` is the first day on which they
    are told again."""

    id: UUID
    found: Recurring
    state: State = State.PROPOSED
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """What has become of some hours; ``id`` None: they are new. ``told``: people are to be told."""

    id: UUID | None
    found: Recurring
    state: State
    told: bool


def turn(kept: Iterable[Kept], found: Iterable[Recurring], today: date) -> Iterator[Turned]:
    """Those that people know of, as they are now, and then the new ones."""
    new = list(found)
    for each in kept:
        same = next((one for one in new if is_same(one, each.found)), None)
        if same is None:
            yield Turned(each.id, each.found, State.OVER, told=False)
            continue
        new.remove(same)
        lasts = each.until is not None and today < each.until
        if each.state is State.ACCEPTED and lasts and not _is_worse(same, each.found):
            yield Turned(each.id, each.found, State.ACCEPTED, told=False)
        else:
            yield Turned(each.id, same, State.PROPOSED, told=each.state is State.ACCEPTED)
    yield from (Turned(None, each, State.PROPOSED, told=True) for each in new)


def is_same(one: Recurring, other: Recurring) -> bool:
    """Whether both lack heads of the same post at some time of the same weekday."""
    (start, end), (begins, ends) = minutes_of(one), minutes_of(other)
    return bool(one.posts & other.posts) and one.weekday == other.weekday and start < ends and begins < end


def _is_worse(found: Recurring, accepted: Recurring) -> bool:
    """Whether more heads are missing than somebody has accepted, or for longer."""
    (start, end), (begins, ends) = minutes_of(found), minutes_of(accepted)
    return found.heads > accepted.heads or end - start > ends - begins


def minutes_of(found: Recurring) -> tuple[int, int]:
    """From when to when, in minutes after midnight; midnight after the day is 1440."""
    start, end = (each.hour * 60 + each.minute for each in (found.start, found.end))
    return start, end or 24 * 60


def wall(minute: int) -> time:
    """The time of a minute after midnight."""
    return time(minute // 60 % 24, minute % 60)
