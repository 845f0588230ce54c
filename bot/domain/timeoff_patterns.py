"""What somebody works on each weekday, as a people file says it ("mon-fri 8", "mon 8; tue 8; thu 4") and as it is
stored."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from bot.domain.limits import WEEKDAYS
from bot.domain.timeoff_hours import Pattern

# Of whom nothing is known.
USUAL_WEEK = 40 * 60
_PART = re.compile(r"([a-z]+)\.?(?:\s*(?:-|–|to)\s*([a-z]+)\.?)?\s+(\d+(?:[.,]\d+)?)\s*h?", re.IGNORECASE)
_MOST = 24 * 60
_SHORTEST = 3  # letters of a weekday


def read_pattern(text: str) -> Pattern | None:
    """The pattern that is said so, by weekdays in English and hours; None where it makes no sense."""
    minutes: dict[int, int] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        found = _PART.fullmatch(part)
        first = _weekday(found[1]) if found else None
        last = _weekday(found[2]) if found and found[2] else first
        if found is None or first is None or last is None:
            return None
        days = [(first + number) % 7 for number in range((last - first) % 7 + 1)]
        worked = round(float(found[3].replace(",", ".")) * 60)
        if worked > _MOST or minutes.keys() & set(days):
            return None
        minutes |= dict.fromkeys(days, worked)
    return _pattern([minutes.get(day, 0) for day in range(7)]) if minutes else None


def pattern_line(pattern: Pattern) -> str:
    """The pattern as a file says it: "mon-thu 8; fri 6.5"."""
    parts = []
    for worked, days in groupby(range(7), key=lambda day: pattern.minutes[day]):
        names = [WEEKDAYS[day][:3] for day in days]
        if worked:
            named = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
            parts.append(f"{named} {round(worked / 60, 4):g}")
    return "; ".join(parts)


def contract(weekly_minutes: int | None, said: Pattern | None = None) -> Pattern:
    """What is said or, where nothing is, the hours of the contract spread over Monday to Friday."""
    return said or Pattern.even(USUAL_WEEK if weekly_minutes is None else weekly_minutes)


def pattern_said(pattern: Pattern | None, weekly_minutes: int | None) -> str | None:
    """The pattern as a file says it; None where it is what the hours of the contract make anyway."""
    return pattern_line(pattern) if pattern and pattern.minutes != contract(weekly_minutes).minutes else None


def patterns_of(documents: Iterable[Mapping[str, Any]] | None, weekly_minutes: int | None) -> tuple[Pattern, ...]:
    """What is stored of somebody, in order."""
    if not documents:
        return (contract(weekly_minutes),)
    return tuple(
        _pattern(each["minutes"], date.fromisoformat(each["since"]) if each["since"] else date.min)
        for each in documents
    )


def as_documents(patterns: Iterable[Pattern]) -> list[dict[str, Any]]:
    """As it is stored."""
    return [
        {"since": None if each.since == date.min else each.since.isoformat(), "minutes": list(each.minutes)}
        for each in patterns
    ]


def followed_by(known: Iterable[Pattern], new: Pattern, since: date) -> tuple[Pattern, ...]:
    """The patterns when from a day on another one holds; what was earned before stays earned."""
    before = tuple(each for each in known if each.since < since)
    return (*before, _pattern(new.minutes, since if before else date.min))


def _pattern(minutes: Iterable[int], since: date = date.min) -> Pattern:
    mon, tue, wed, thu, fri, sat, sun = minutes
    return Pattern((mon, tue, wed, thu, fri, sat, sun), since)


def _weekday(text: str) -> int | None:
    wanted = text.lower()
    return next(
        (day for day, name in enumerate(WEEKDAYS) if len(wanted) >= _SHORTEST and name.startswith(wanted)), None
    )
