"""Floors to look at: who is there, what is required, in hours after nine on a Thursday."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.coverage import Requirement, Stretch, stretches
from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_supply import Post, Presence
from bot.domain.intervals import Interval

NINE = datetime(2026, 11, 5, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def hours(start: float, end: float) -> Interval:
    return Interval(NINE + timedelta(hours=start), NINE + timedelta(hours=end))


def posts(names: str) -> frozenset[Post]:
    return frozenset(Post(name) for name in names.split())


def there(names: str, start: float = 0, end: float = 8, heads: float = 1) -> Presence:
    return Presence(hours(start, end), posts(names), heads)


def needs(name: str, *heads: float | None, start: float = 0, step: float = 8) -> Requirement:
    return Requirement(Post(name), NINE + timedelta(hours=start), timedelta(hours=step), heads)


def one(presences: Sequence[Presence], requirements: Sequence[Requirement]) -> Stretch:
    (stretch,) = stretches(presences, requirements)
    return stretch


def gap(*parts: tuple[float, float, float], names: str = "billing", required: float = 10) -> Gap:
    """A gap from (start, end, heads missing)."""
    return Gap(
        tuple(
            Part(hours(start, end), posts(names), required, round(required - short, 3))
            for start, end, short in parts
        )
    )
