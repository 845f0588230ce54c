"""When a case was open, and whether it was solved at once, by what happened to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import LIVE, By, Kind, State
from bot.domain.sla import STOPPED, Mode
from bot.domain.sla_policy import Metric
from bot.domain.sla_replay import Happened, TermsOf, replay, standing

_REPLIES = frozenset({By.MEMBER, By.HELPDESK})


@dataclass(frozen=True, slots=True)
class Round:
    """A message of the customer that waited for the next reply: by when, and whether that came in time."""

    due_at: datetime
    met: bool


def was_open(events: Iterable[Happened], at: datetime) -> bool:
    """Whether a case was open at an instant, by its events in order."""
    state: State | None = None
    for each in events:
        if each.at >= at:
            break
        if each.kind in (Kind.OPENED, Kind.STATE):
            state = State(each.data.get("state") or State.NEW)
    return state in LIVE


def first_solved(events: Iterable[Happened]) -> datetime | None:
    """When a case was solved for the first time."""
    over = (each for each in events if each.kind in (Kind.OPENED, Kind.STATE))
    return next((each.at for each in over if State(each.data.get("state") or State.NEW) not in LIVE), None)


def was_first_contact(events: Sequence[Happened], solved_at: datetime, window: timedelta) -> bool:
    """Whether the customer did not come back after the first answer, up to a window after it was solved."""
    until, every = solved_at + window, standing(events)
    answered = next((each.at for each in every if each.kind == Kind.MESSAGE and each.by in _REPLIES), solved_at)
    for each in every:
        wrote = each.kind == Kind.MESSAGE and each.by == By.CUSTOMER
        back = each.kind == Kind.STATE and State(each.data["state"]) in LIVE and each.at > solved_at
        if (wrote and answered < each.at <= until) or (back and each.at <= until):
            return False
    return True


def rounds(events: Sequence[Happened], terms_of: TermsOf, now: datetime) -> tuple[Round, ...]:
    """Every next reply of a case that fell due or was given; of a clock only the last one is kept elsewhere."""
    every = standing(events)
    ends = [
        number
        for number, each in enumerate(every)
        if number and each.kind == Kind.MESSAGE and each.by == By.CUSTOMER
    ]
    found: dict[datetime, Round] = {}
    for end in (*ends, len(every)):
        for clock in replay(every[:end], terms_of)[0]:
            if clock.metric is not Metric.NEXT_REPLY or clock.due_at is None:
                continue
            if clock.mode in STOPPED or clock.due_at <= now:
                found[clock.started_at] = Round(clock.due_at, clock.mode is Mode.MET)
    return tuple(found.values())
