"""Waiting for a place: days that as many have as may have them, and that somebody is offered once they come free.

waiting → offered → taken, or waiting again where a limit has changed; or declined by its owner, passed on because
there was no answer in time, or over because the first of the days has come.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.timeoff_limits import Taken


class State(StrEnum):
    """Where somebody's waiting stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"  # they have asked for the days
    DECLINED = "declined"  # they do not want them any more
    PASSED = "passed"  # they did not answer in time
    OVER = "over"  # nothing came free before the first day


OPEN = frozenset({State.WAITING, State.OFFERED})


class NotWaiting(Exception):
    """It has ended: ``state`` says how."""

    def __init__(self, state: State) -> None:
        super().__init__(f"the waiting is {state}")
        self.state = state


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody waits for days, in order, since ``asked_at``; where they are the first of them ``begins`` then."""

    id: UUID
    member_id: UUID
    days: tuple[date, ...]
    asked_at: datetime
    begins: datetime
    state: State = State.WAITING
    answer_by: datetime | None = None
    left: bool = False  # they do not work here any more

    @property
    def held(self) -> Taken:
        """The days, as they count for everybody else while they are offered."""
        return Taken(self.member_id, frozenset(self.days), approved=False, asked_at=self.asked_at)


def after_time(wait: Wait, now: datetime) -> Wait:
    """What it is once time has passed."""
    if wait.state not in OPEN:
        return wait
    if wait.left:
        return replace(wait, state=State.OVER)
    if wait.state is State.OFFERED and wait.answer_by is not None and wait.answer_by <= now:
        return replace(wait, state=State.PASSED)
    return replace(wait, state=State.OVER) if wait.begins <= now else wait


def offer(wait: Wait, now: datetime, time_to_answer: timedelta) -> Wait:
    """Offers them their days, until they begin at the latest."""
    return replace(wait, state=State.OFFERED, answer_by=min(now + time_to_answer, wait.begins))


def decline(wait: Wait, now: datetime) -> Wait:
    """They do not want it any more. Raises ``NotWaiting``."""
    current = after_time(wait, now)
    if current.state not in OPEN:
        raise NotWaiting(current.state)
    return replace(wait, state=State.DECLINED)


def served(waits: Iterable[Wait], is_free: Callable[[Wait, tuple[Taken, ...]], bool]) -> tuple[Wait, ...]:
    """Those who may have their days now: first whom they are offered already, then who asked first.

    ``is_free`` says whether somebody could have theirs beside what is offered to others. Whoever waits for days of
    which only some are free is passed over: nobody behind them has to wait for that.
    """
    found: list[Wait] = []
    still = (each for each in waits if each.state in OPEN)
    for wait in sorted(still, key=lambda each: (each.state is State.WAITING, each.asked_at, each.id)):
        if is_free(wait, tuple(each.held for each in found)):
            found.append(wait)
    return tuple(found)


def due(
    waits: Sequence[Wait], now: datetime, is_free: Callable[[Wait, tuple[Taken, ...]], bool]
) -> dict[UUID, State]:
    """What some of them become now, by id: what is over ends, and the days go to whom they are ``served``."""
    current = [after_time(each, now) for each in waits]
    having = {each.id for each in served(current, is_free)}
    found: dict[UUID, State] = {}
    for before, each in zip(waits, current, strict=True):
        state = each.state
        if state in OPEN:
            state = State.OFFERED if each.id in having else State.WAITING
        if state != before.state:
            found[each.id] = state
    return found
