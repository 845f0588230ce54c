"""Time zones as people look for them: by city, by continent, or by how far they are from UTC."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_MINUS = "\N{MINUS SIGN}"
_REGIONS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


def find_zones(text: str, most: int, now: datetime) -> list[str]:
    """The zones that are called so, in order; those whose city begins with the text come first."""
    wanted = " ".join(text.casefold().replace("_", " ").replace("utc-", f"utc{_MINUS}").split())
    found = [name for name in _named() if wanted in zone_title(name, now).casefold()]
    return sorted(found, key=lambda name: not _city(name).startswith(wanted))[:most]


def zone_title(name: str, now: datetime) -> str:
    """The zone, and how far it is from UTC at an instant: "Asia/Kolkata (UTC+5:30)"."""
    return f"{zone_words(name)} ({_offset(name, now)})"


def zone_words(name: str) -> str:
    """The name of a zone as people write it: "America/New York"."""
    return name.replace("_", " ")


def _offset(name: str, now: datetime) -> str:
    seconds = round((now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    sign = _MINUS if seconds < 0 else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}" if hours else "UTC"


def _city(name: str) -> str:
    return zone_words(name).rpartition("/")[2].casefold()


@cache
def _named() -> tuple[str, ...]:
    """Zones by place; what the database has besides are old names and offsets without a clock change."""
    return tuple(sorted(name for name in available_timezones() if name == "UTC" or name.startswith(_REGIONS)))
