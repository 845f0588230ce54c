"""What a workspace says of coverage, in the lines in which people write it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.availability import Available, BadAvailability, TooManyLines, read_availability
from bot.domain.coverage_supply import RampStep
from bot.domain.intervals import Interval
from bot.domain.wallclock import Recurring

_LINES = re.compile("[;\n]")
_RAMP_WEEKS = 4
_MOST_HEADS = 1000
_LONGEST_NAME = 40


class BadLine(Exception):
    """A line makes no sense."""

    def __init__(self, line: str) -> None:
        super().__init__("not a line of it")
        self.line = line


@dataclass(frozen=True, slots=True)
class PlanLine:
    """So many people need to be there in these hours."""

    hours: Available
    heads: float

    def times(self, within: Interval, zone: ZoneInfo) -> Iterator[Interval]:
        """When that is, by the clocks of a zone."""
        return Recurring(self.hours.weekdays, self.hours.start, self.hours.end, zone).occurrences(within)


def read_plan_lines(text: str) -> tuple[PlanLine, ...]:
    """Lines such as "mon-fri 09:00-17:00 8"; raises ``BadLine``."""
    return tuple(each for line in _lines(text) for each in _plan_line(line))


def read_ramp(text: str) -> tuple[RampStep, ...]:
    """Percents such as "30, 60, 80": for how much new hires count in their first four weeks, the next, and so on.

    Raises ``BadLine``.
    """
    steps = []
    for number, part in enumerate(text.split(","), 1):
        percent = part.strip().removesuffix("%").strip()
        if not (percent.isascii() and percent.isdigit() and int(percent) <= 100):
            raise BadLine(part.strip())
        steps.append(RampStep(number * _RAMP_WEEKS, int(percent) / 100))
    return tuple(steps)


def read_ahead(text: str) -> tuple[timedelta, ...]:
    """Hours such as "168, 48, 4", the longest first; raises ``BadLine``."""
    found = set()
    for part in text.split(","):
        hours = part.strip()
        if not (hours.isascii() and hours.isdigit() and 0 < int(hours) <= 24 * 60):
            raise BadLine(hours)
        found.add(timedelta(hours=int(hours)))
    return tuple(sorted(found, reverse=True))


def read_special_days(text: str) -> dict[date, str]:
    """Lines such as "2026-11-27 release": days that are not like their weekday; raises ``BadLine``."""
    found: dict[date, str] = {}
    for line in _lines(text):
        written, _, kind = line.partition(" ")
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise BadLine(line) from None
        if not 0 < len(kind.strip()) <= _LONGEST_NAME:
            raise BadLine(line)
        found[day] = kind.strip().casefold()
    return found


def _plan_line(line: str) -> Iterable[PlanLine]:
    hours, _, number = line.rpartition(" ")
    try:
        heads = float(number.replace(",", "."))
        available = read_availability(hours, "en") or ()
    except (ValueError, BadAvailability, TooManyLines):
        raise BadLine(line) from None
    if not (available and 0 <= heads <= _MOST_HEADS):
        raise BadLine(line)
    return [PlanLine(each, heads) for each in available]


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in _LINES.split(text) if line.strip())
