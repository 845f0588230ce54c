"""Heads for a week of quarter hours, beside pyworkforce (``uv run --group bench python -m tests.bench``).

The handle time differs from one interval to the next, as it does on a floor, so that no result serves twice.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from math import exp
from random import Random
from statistics import median

from bot.domain.erlang import Target
from bot.domain.intervals import Interval
from bot.domain.staffing import Demand, Standard, required
from bot.domain.staffing_backlog import Batch, plan_backlog
from tests.bench.report import say, timed
from tests.domain.rules_examples import NOW

PEOPLE, DAYS, QUARTERS, ROUNDS = 150, 7, 96, 9
QUARTER = timedelta(minutes=15)
WITHIN, SHARE, BUSIEST = 20, 0.8, 0.85
STANDARD = Standard(Target(SHARE, WITHIN, BUSIEST))
_FRIDAY = 4

# For each quarter of an hour, the contacts and their handle time in seconds.
_Week = list[tuple[float, float]]
_Count = Callable[[_Week], list[int]]


def run() -> None:
    """Prints the rows."""
    yardstick = _yardstick()
    if yardstick is not None:
        for people in (20, 60, PEOPLE):
            _compare(people, _by(STANDARD), yardstick)
    week = _week(PEOPLE)
    patient = _usual(_by(replace(STANDARD, patience=120)), week)
    say(f"heads where callers give up, {PEOPLE} people", f"{patient:.0f} ms", "a second", patient / 1000, "≤ 1")
    mails = _usual(_backlog, week)
    say("a week of mails, due in four hours", f"{mails:.0f} ms", "a second", mails / 1000, "≤ 1")


def _compare(people: int, ours: _Count, yardstick: _Count) -> None:
    week = _week(people)
    if ours(week) != yardstick(week):
        raise RuntimeError("the two do not agree about the heads")
    mine, other = _usual(ours, week), _usual(yardstick, week)
    say(
        f"heads for {DAYS} x {QUARTERS} intervals, {people} people",
        f"{mine:.2f} ms",
        f"pyworkforce, the same heads, {other:.2f} ms",
        other / mine,
        f"≥ 8 times as fast for {PEOPLE}",
    )


def _usual(count: Callable[[_Week], object], week: _Week) -> float:
    return median(timed(partial(count, week)) for _ in range(ROUNDS))


def _by(standard: Standard) -> _Count:
    def count(week: _Week) -> list[int]:
        return [required(Demand.of(contacts, aht, QUARTER), standard) for contacts, aht in week]

    return count


def _yardstick() -> _Count | None:
    try:
        from pyworkforce.queuing import ErlangC
    except ImportError:
        print("no pyworkforce: it takes `uv run --group bench`\n")  # noqa: T201
        return None

    def count(week: _Week) -> list[int]:
        seconds = QUARTER.total_seconds()
        return [
            ErlangC(contacts, aht, WITHIN, seconds).required_positions(SHARE, BUSIEST)["raw_positions"]
            for contacts, aht in week
        ]

    return count


def _week(people: int) -> _Week:
    """Two humps a day, less at weekends, few at night; a busy quarter takes most of the people."""
    random = Random(people)

    def quarter(day: int, place: int) -> tuple[float, float]:
        hour, aht = place / 4, random.uniform(240, 360)
        humps = exp(-(((hour - 11) / 3) ** 2)) + 0.8 * exp(-(((hour - 16) / 2.5) ** 2))
        load = people * random.uniform(0.7, 0.8) * (0.06 + humps * (0.45 if day > _FRIDAY else 0.9))
        return load * QUARTER.total_seconds() / aht, aht

    return [quarter(day, place) for day in range(DAYS) for place in range(QUARTERS)]


def _backlog(week: _Week) -> None:
    opening = [Interval(NOW + place * QUARTER, NOW + (place + 1) * QUARTER) for place in range(len(week))]
    batches = [
        Batch(interval.end, interval.end + timedelta(hours=4), contacts * aht)
        for interval, (contacts, aht) in zip(opening, week, strict=True)
    ]
    plan_backlog(batches, opening)
