"""When somebody is reminded of what they have not read yet, and when the clock looks at an announcement."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.wallclock import ONE_DAY, local_date, resolve

# After that they have been reminded often enough; whoever leads them hears when it is late.
MOST_REMINDERS = 3
# New people of an audience are looked for so often.
JOINS = timedelta(days=1)
# Of work that begins later than in so long a time nothing is known.
AHEAD = timedelta(days=14)
# When those are reminded who have no shifts.
_MORNING, _EVENING = time(8), time(18)


def next_reminder(shifts: Iterable[Interval], after: datetime, zone: ZoneInfo) -> datetime:
    """When their next shift begins; who works nothing soon is reminded the next morning, at eight."""
    starts = [each.start for each in shifts if after < each.start <= after + AHEAD]
    return min(starts) if starts else _morning_after(after, zone)


def remind_at(shifts: Iterable[Interval], quiet_until: datetime | None, now: datetime, zone: ZoneInfo) -> datetime:
    """``now``, where somebody whose reminder is due can be told now; otherwise when it is due instead.

    They are told while they work and are not in their quiet hours, or away. Who has no shifts at all is told by
    day.
    """
    every = list(shifts)
    if quiet_until and quiet_until > now:
        during = any(each.contains(quiet_until) for each in every)
        return quiet_until if during else next_reminder(every, quiet_until, zone)
    if any(each.contains(now) for each in every):
        return now
    ahead = any(now < each.start <= now + AHEAD for each in every)
    by_day = _MORNING <= now.astimezone(zone).time() < _EVENING
    return now if by_day and not ahead else next_reminder(every, now, zone)


def next_look(
    expires_at: datetime,
    due_at: datetime | None,
    reminders: Iterable[datetime],
    joins_at: datetime | None,
) -> datetime:
    """When the clock looks at an announcement again: the first of all that is still to come."""
    return min(each for each in (expires_at, due_at, joins_at, *reminders) if each)


def _morning_after(after: datetime, zone: ZoneInfo) -> datetime:
    day = local_date(after, zone)
    morning = resolve(datetime.combine(day, _MORNING), zone)
    return morning if morning > after else resolve(datetime.combine(day + ONE_DAY, _MORNING), zone)
