"""Who answers for the floor at which hour, where no lead is on: as a coordinator writes it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.availability import Available, BadAvailability, TooManyLines, read_availability
from bot.domain.coverage_settings import BadLine
from bot.domain.intervals import Interval
from bot.domain.wallclock import Recurring

_LINES = re.compile("[;\n]")
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Responsible:
    """Somebody, by e-mail address, answers for the floor in these hours."""

    hours: Available
    email: str


def read_responsible(text: str) -> tuple[Responsible, ...]:
    """Lines such as "mon-fri 09:00-17:00 ana@example.com"; raises ``BadLine``."""
    lines = (line.strip() for line in _LINES.split(text))
    return tuple(each for line in lines if line for each in _read(line))


def responsible_at(lines: Iterable[Responsible], at: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """The addresses of who answers for the floor at an instant, by the clocks of a zone; each once."""
    moment = Interval(at, at + _MOMENT)
    found = (
        each.email
        for each in lines
        if any(Recurring(each.hours.weekdays, each.hours.start, each.hours.end, zone).occurrences(moment))
    )
    return tuple(dict.fromkeys(found))


def _read(line: str) -> Iterable[Responsible]:
    hours, _, email = line.rpartition(" ")
    try:
        available = read_availability(hours, "en") or ()
    except (BadAvailability, TooManyLines):
        raise BadLine(line) from None
    if not available or "@" not in email:
        raise BadLine(line)
    return [Responsible(each, email.lower()) for each in available]
