"""What a language has words for, as far as days and times of day go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.domain.when_meaning import DayPart


class Unit(Enum):
    """A stretch of the calendar that people count in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Phrases of the same meaning are separated by " / "."""

    weekdays: Mapping[int, str]  # 0 = Monday
    months: Mapping[int, str]
    days: Mapping[int, str]  # counted from today
    feasts: Mapping[tuple[int, int], str]  # month, day
    ordinals: Mapping[int, str]
    parts: Mapping[DayPart, str]
    parts_today: Mapping[DayPart, str]  # said alone, they mean today's
    clocks: Mapping[int, str]  # hour
    units: Mapping[Unit, str]
    modifiers: Mapping[int, str]  # last = -1, this = 0, next = 1, before or after the noun
    ahead: Mapping[None, str]  # in (two weeks)
    to: Mapping[None, str]  # between the ends of a range
    until: Mapping[None, str]
    at: Mapping[None, str]  # before a clock time
    articles: Mapping[None, str]  # make a bare number a day of the month
    leading: Mapping[None, str]  # mean nothing in front of a day or a time
    suffixes: Mapping[None, str]  # of an ordinal number
    of: Mapping[None, str]  # between day, month and year
    oclock: Mapping[str, str] = field(default_factory=dict)  # of 12 or 24 hours
    meridiems: Mapping[str, str] = field(default_factory=dict)  # am, pm
    now: Mapping[None, str] = field(default_factory=dict)
