"""Figures over time as they are kept and imported: by day in UTC, each day in slots of equal length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Series:
    """What an import does to what is known of something: how many of its times are new, and so on.

    ``first`` and ``last`` are the days that the file speaks of.
    """

    name: str
    first: date
    last: date
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class FiguresImport:
    """What an import of figures does, or has done: then it has a number, unless there was nothing to do.

    ``kind`` is volume, plan, activities or figures; ``new_queues`` are names that no queue had before.
    """

    kind: str
    series: tuple[Series, ...]
    new_queues: tuple[str, ...] = ()
    number: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the file says already."""
        return not any(each.added or each.changed or each.removed for each in self.series)


def midnight(day: date) -> datetime:
    """When a day begins in UTC."""
    return datetime.combine(day, time(), UTC)


def slot_of(instant: datetime, minutes: int) -> tuple[date, int]:
    """The day, and which of its slots of so many minutes an instant lies in."""
    local = instant.astimezone(UTC)
    return local.date(), (local.hour * 60 + local.minute) // minutes


def slots_of(start: datetime, end: datetime, minutes: int) -> Iterator[tuple[date, int]]:
    """The slots from an instant up to, but not including, another."""
    while start < end:
        yield slot_of(start, minutes)
        start += timedelta(minutes=minutes)


def empty_day(minutes: int) -> list[float | None]:
    """A day of which nothing is known."""
    return [None] * (DAY_MINUTES // minutes)


def differences(
    name: str, days: Iterable[date], pairs: Sequence[tuple[object, object]], removed: int = 0
) -> Series:
    """What becomes of something on some days, for pairs of what was there (None: nothing) and what will be."""
    every = list(days)
    added = sum(before is None for before, _ in pairs)
    same = sum(before is not None and before == after for before, after in pairs)
    return Series(name, min(every), max(every), added, len(pairs) - added - same, removed, same)
