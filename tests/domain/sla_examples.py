"""Cases of an office that works Monday to Friday from nine to five in Berlin, and what happens to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.sla import Clock, Terms
from bot.domain.sla_calendar import BusinessHours, Calendar
from bot.domain.sla_policy import Metric, read_business_hours, read_pauses
from bot.domain.sla_replay import TermsOf, replay

BERLIN = ZoneInfo("Europe/Berlin")
# The week of Monday 2 November 2026.
DAYS = {"Mon": 2, "Tue": 3, "Wed": 4, "Thu": 5, "Fri": 6, "Sat": 7, "Sun": 8, "next Mon": 9}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case."""

    kind: Kind
    data: Mapping[str, Any]
    by: By = By.MEMBER
    at: datetime = field(kw_only=True)


def at(text: str) -> datetime:
    """A time on the wall of that week: "Tue 10:00"."""
    day, _, clock = text.rpartition(" ")
    hour, minute = clock.split(":")
    return datetime(2026, 11, DAYS[day], int(hour), int(minute), tzinfo=BERLIN)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def calendar(text: str = "mon-fri 09:00-17:00", zone: ZoneInfo = BERLIN) -> Calendar:
    """The business time that a line says."""
    return Calendar(BusinessHours(read_business_hours(text)[0], zone))


OFFICE = calendar()


def policy(
    targets: Mapping[Metric, float], *, pauses: str = "pending", by: Mapping[Priority, float] | None = None
) -> TermsOf:
    """Targets in hours; ``by`` priority, those of the resolution."""

    def terms(_queue: str | None, _tier: str | None, priority: Priority) -> Terms:
        own = {Metric.RESOLUTION: by[priority]} if by and priority in by else {}
        return Terms(
            OFFICE, {metric: hours(each) for metric, each in {**targets, **own}.items()}, read_pauses(pauses)
        )

    return terms


def opened(when: str, state: State = State.OPEN, priority: Priority = Priority.NORMAL) -> Event:
    return Event(Kind.OPENED, {"state": state, "priority": priority}, By.CUSTOMER, at=at(when))


def turned(when: str, state: State, waits_on: str | None = None) -> Event:
    return Event(Kind.STATE, {"state": state, "waits_on": waits_on}, at=at(when))


def prioritised(when: str, priority: Priority) -> Event:
    return Event(Kind.PRIORITY, {"priority": priority}, at=at(when))


def wrote(when: str, by: By) -> Event:
    return Event(Kind.MESSAGE, {}, by, at=at(when))


def clock(metric: Metric, terms: TermsOf, *events: Event) -> Clock:
    """One clock after these events."""
    (found,) = [each for each in replay(events, terms)[0] if each.metric is metric]
    return found
