"""Reads a list of days and ranges of days as people write one: "dec 24, jan 1 to 6", or one to a line."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.domain.when import Ambiguous, Meaning, NotUnderstood, Reading, ShortMonth, When, read_when

MOST = 100
_MOST_COMMAS = 4  # "Thu, Dec 24, 2026 - Sat, Jan 2, 2027"
_ONE_DAY = timedelta(days=1)
_LINES, _COMMAS = re.compile("[;\n]"), re.compile(",")


class BadDays(Exception):
    """Something in the list is no day; ``typed`` is what, as it was typed."""

    def __init__(self, typed: str) -> None:
        super().__init__("not a list of days")
        self.typed = typed


class UnclearDay(BadDays):
    """It may mean each of ``choices``."""

    def __init__(self, typed: str, choices: tuple[When, ...]) -> None:
        super().__init__(typed)
        self.choices = choices


class NoSuchDay(BadDays):
    """Nobody can tell what it means; ``short`` says why where its month is not that long."""

    def __init__(self, typed: str, short: ShortMonth | None) -> None:
        super().__init__(typed)
        self.short = short


class WithHours(BadDays):
    """It names a time of day, and whole days are wanted."""


class DayIsOver(BadDays):
    """It is in the past."""


class TooManyDays(BadDays):
    """The list has more than ``MOST`` days."""


def read_days(text: str, reading: Reading) -> tuple[date, ...]:
    """The days from today on, in order and each once. Raises ``BadDays``."""
    days: set[date] = set()
    for line in _LINES.split(text):
        for typed, meaning in _entries(line, reading):
            days.update(_from_today(typed, _days_only(typed, meaning), reading.today))
            if len(days) > MOST:
                raise TooManyDays(typed)
    return tuple(sorted(days))


def ranges(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days as ranges, first and last day of each, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] <= _ONE_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _entries(line: str, reading: Reading) -> Iterator[tuple[str, Meaning]]:
    """What stands between commas; of commas within a date ("Thu, Dec 24, 2026") as many as make sense together."""
    pieces = [each.strip() for each in _COMMAS.split(line) if each.strip()]
    at = 0
    while at < len(pieces):
        joined = [", ".join(pieces[at:end]) for end in range(len(pieces), at, -1)]
        readings = [(typed, read_when(typed, reading)) for typed in joined[-_MOST_COMMAS - 1 :]]
        typed, meaning = next((each for each in readings if not isinstance(each[1], NotUnderstood)), readings[-1])
        yield typed, meaning
        at += typed.count(", ") + 1


def _days_only(typed: str, meaning: Meaning) -> When:
    if isinstance(meaning, NotUnderstood):
        raise NoSuchDay(typed, meaning.short)
    if isinstance(meaning, Ambiguous):
        raise UnclearDay(typed, meaning.choices)
    if meaning.when.start or meaning.when.part:
        raise WithHours(typed)
    return meaning.when


def _from_today(typed: str, when: When, today: date) -> list[date]:
    if when.last < today:
        raise DayIsOver(typed)
    if (when.last - when.first).days >= MOST:
        raise TooManyDays(typed)
    length = (when.last - when.first).days + 1
    return [day for day in (when.first + offset * _ONE_DAY for offset in range(length)) if day >= today]
