"""What a person meant by a date, a time or a range: in wall-clock terms, before any zone is applied."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Literal
from zoneinfo import ZoneInfo

DateOrder = Literal["DMY", "MDY", "YMD"]
LeftoverDate = Callable[[str, date], date | None]


class DayPart(Enum):
    """A part of the day that was named without clock times."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    HALF = "half"  # half a day, which half is not known


@dataclass(frozen=True, slots=True)
class When:
    """Days and, if given, times of day.

    `first` to `last` are days, both included. `start` and `end` are None where no time was typed; a start
    without an end is a point in time. On a single day an `end` at or before `start` is on the next day.
    """

    first: date
    last: date
    start: time | None = None
    end: time | None = None
    part: DayPart | None = None

    @property
    def typed(self) -> str:
        """A text that means just this, whatever the language and the order of dates."""
        days = self.first.isoformat() if self.first == self.last else f"{self.first}..{self.last}"
        if self.part is DayPart.HALF:
            return f"half day {days}"
        if self.part:
            return f"{days} {self.part.value}"
        hours = "-".join(f"{each:%H:%M}" for each in (self.start, self.end) if each)
        return f"{days} {hours}".strip()


@dataclass(frozen=True, slots=True)
class Understood:
    """The text means one thing."""

    when: When


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may mean each of `choices` (at least one, the likeliest first): ask which."""

    choices: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class ShortMonth:
    """A month without the day that was typed: it has `days` at most, in `year` if one was typed."""

    month: int
    days: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`rest` is what made no sense, `understood` what did; both as typed.

    `short` is why, where it is a date of a month that is not that long.
    """

    understood: str
    rest: str
    short: ShortMonth | None = None


Meaning = Understood | Ambiguous | NotUnderstood


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a person's words.

    `now` is an aware instant and `zone` the person's, together they say what today is. `first_weekday` is
    0 for Monday. `leftover` answers for a whole date expression that the grammar does not know.
    """

    now: datetime
    zone: ZoneInfo
    date_order: DateOrder = "DMY"
    first_weekday: int = 0
    language: str = "en"
    leftover: LeftoverDate | None = None

    @property
    def today(self) -> date:
        """The person's calendar day at `now`."""
        return self.now.astimezone(self.zone).date()
