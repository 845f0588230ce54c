"""When the bot leaves somebody alone because they are away, and when they hear again of what still matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.permissions import Grant
from bot.domain.shifts import Somebody
from bot.domain.timeoff import Day, away
from bot.domain.timeoff_kinds import Contact
from bot.domain.wallclock import ONE_DAY, local_date, resolve

# Whoever works nothing soon is told in the morning after.
_MORNING = time(8)
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Pause:
    """From when to when nobody disturbs somebody; ``is_back``: by their own word they are back before its time."""

    interval: Interval
    contact: Contact
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """A role of somebody who is away, for a ``team`` by name, or for all.

    ``deputies`` have it for as long, ``others`` have it anyway.
    """

    grant: Grant
    team: str | None
    deputies: tuple[Somebody, ...]
    others: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class DutiesShown:
    """The duties of somebody who is not to be contacted, from a day to another; ``is_over``: they are back."""

    id: UUID
    whose: Somebody
    first: date
    last: date
    duties: tuple[Duty, ...]
    is_over: bool


def pauses_of(leave: Iterable[Day], contact: Contact) -> tuple[Pause, ...]:
    """The pauses that leave on these days makes, in order: whole days, or the hours of them that they take off."""
    every = list(leave)
    if contact is Contact.USUAL or not any(each.minutes for each in every):
        return ()
    return tuple(Pause(stretch, contact) for stretch in away(every))


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same as the fewest pauses, in order: what meets is one, and as strict as the strictest of it."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: each.interval):
        last = found[-1] if found else None
        if last is None or pause.interval.start > last.interval.end:
            found.append(pause)
            continue
        contact = Contact.NONE if Contact.NONE in (last.contact, pause.contact) else pause.contact
        longer = max(last, pause, key=lambda each: each.interval.end)
        whole = Interval(last.interval.start, longer.interval.end)
        found[-1] = Pause(whole, contact, longer.is_back)
    return tuple(found)


def told_at(pause: Pause, next_shift: Interval | None, zone: ZoneInfo) -> datetime:
    """When somebody who is back reads what still matters: as they begin to work, or on the morning after."""
    end = pause.interval.end
    if pause.is_back:
        return end
    if next_shift and next_shift.start <= end + SOON:
        return next_shift.start
    day = local_date(end, zone)
    morning = resolve(datetime.combine(day, _MORNING), zone)
    return morning if morning >= end else resolve(datetime.combine(day + ONE_DAY, _MORNING), zone)
