"""The post at stand-up: when it comes, and what stands in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.coverage_settings import BadLine
from bot.domain.wallclock import resolve

OFF = "off"
# What should have come long ago is not news any more.
_LATEST = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Morning:
    """The day that a post is about, where it is read, and the instant at which it is looked."""

    day: date
    zone: ZoneInfo
    at: datetime


def read_standup(text: str) -> time | None:
    """A time on the wall such as "06:50"; None where it is off. Raises ``BadLine``."""
    said = text.strip()
    if said.casefold() == OFF:
        return None
    try:
        return time.fromisoformat(said.zfill(5))
    except ValueError:
        raise BadLine(said) from None


def is_due(at: time | None, now: datetime, zone: ZoneInfo) -> date | None:
    """The day whose post is due, if one is: at its time, or made up a little later."""
    day = now.astimezone(zone).date()
    if at is None:
        return None
    due = resolve(datetime.combine(day, at), zone)
    return day if due <= now < due + _LATEST else None
