"""Time off for those who want it, where more are there than are needed: who could go when, and who is asked first.

Nobody has to go, and nobody may whose going would leave too few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import NAMESPACE_OID, UUID, uuid5

from bot.domain.coverage_effect import Effect
from bot.domain.coverage_supply import Hand, Post
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.ladder_moves import soonest
from bot.domain.shifts import Somebody

_NEVER = datetime.min.replace(tzinfo=UTC)
# So far back it counts who has gone home early.
LATELY = timedelta(days=91)
# What it is called where people look at time off; nobody can ask for it.
KIND = "voluntary time off"


class State(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    FILLED = "filled"  # as many have gone as may
    WITHDRAWN = "withdrawn"
    OVER = "over"  # nobody else wants it, it is too late, or they are needed by now


class Answer(StrEnum):
    """What somebody said who was asked."""

    TOOK = "took"
    DECLINED = "declined"


class NotOffered(Exception):
    """It is not offered, or not any more, or not to them."""


class OfferedAlready(Exception):
    """Somebody has offered it, and those who could go are being asked."""

    def __init__(self, by: Somebody) -> None:
        super().__init__(by.name)
        self.by = by


class NobodyToAsk(Exception):
    """Nobody who could go begins or ends work in that time, or none of them uses the bot."""


class Needed(Exception):
    """Too few people would be left if they went."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who could go, when, and what decides about their turn.

    ``gone`` is how long they went home early of late, ``hard`` how many nights, weekends, holidays and covers at
    the last minute they had in a year. ``last_asked`` None: never.
    """

    id: UUID
    interval: Interval
    gone: timedelta
    hard: int
    last_asked: datetime | None


@dataclass(frozen=True, slots=True)
class AskShown:
    """Somebody who was asked, when they would go, and what they said."""

    who: Somebody
    interval: Interval
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class OfferShown:
    """An offer, who made it, and who was asked."""

    id: UUID
    state: State
    interval: Interval
    queues: tuple[str, ...]
    places: int
    by: Somebody
    asked: tuple[AskShown, ...]

    @property
    def left(self) -> int:
        """How many more may go."""
        return self.places - sum(each.answer is Answer.TOOK for each in self.asked)


def at_work(hand: Hand) -> tuple[Interval, ...]:
    """When somebody works who is not away, breaks and training included."""
    worked = merge(each.interval for each in hand.shifts)
    return tuple(part for each in worked for part in subtract(each, hand.away))


def when_to_go(worked: Iterable[Interval], spare: Interval, least: timedelta, now: datetime) -> Interval | None:
    """The longest time in which somebody is not needed and that ends a shift of theirs, or begins one.

    None where that is too short to be worth it.
    """
    soon = soonest(now)
    found = []
    for shift in worked:
        shared = shift.intersection(spare)
        if shared is None or shared.end <= soon:
            continue
        free = Interval(max(shared.start, soon), shared.end)
        touches = free.end == shift.end or free.start == shift.start
        if touches and free.length >= min(least, shift.length):
            found.append(free)
    return max(found, key=lambda each: each.length, default=None)


def key_of(posts: Iterable[Post]) -> UUID:
    """What tells those apart who serve just these posts."""
    return uuid5(NAMESPACE_OID, repr(sorted(map(tuple, posts))))


def in_turn(leavers: Iterable[Leaver]) -> list[Leaver]:
    """Who is asked first: who has gone least of late, then who had the hardest shifts, then who was asked longest
    ago."""
    return sorted(leavers, key=lambda each: (each.gone, -each.hard, each.last_asked or _NEVER, each.id))


def is_at_work(hands: Iterable[Hand], who: UUID, interval: Interval) -> bool:
    """Whether somebody works in all of a time."""
    work = (each for hand in hands if hand.id == who for each in at_work(hand))
    return any(not subtract(interval, [each]) for each in work if each.overlaps(interval))


def leaves_enough(effects: Iterable[Effect]) -> bool:
    """Whether nobody is missing by it who would not be missing anyway."""
    return all(each.after >= min(each.required, each.before) for each in effects)
