"""Four weeks of 150 people on five queues, each serving one to three, against what is required by quarter.

Ours goes from shifts and plan to the heads that even the best assignment lacks. So does NumPy: it fills an array
of people by quarters from the same shifts and looks at every set of queues in one pass. The second row is that
pass alone, over arrays that are there already. Both find the same. The best of several rounds is taken, since
NumPy's threads wait for each other on a busy machine.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from math import exp
from random import Random
from typing import Any

from bot.domain.coverage import Requirement, stretches
from bot.domain.coverage_supply import Post, Presence, present
from bot.domain.intervals import Interval
from tests.bench.report import say, timed

PEOPLE, DAYS, ROUNDS = 150, 28, 7
_QUARTER = timedelta(minutes=15)
_MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
_QUARTERS = DAYS * 96
_QUEUES = tuple(Post(name) for name in ("billing", "chat", "mail", "returns", "voice"))
_STARTS = (6, 7, 8, 8, 9, 9, 10, 12, 14, 14, 22)

Floor = tuple[Sequence[Sequence[Presence]], Sequence[Requirement]]


def run() -> None:
    """Prints both rows."""
    try:
        import numpy
    except ImportError:
        print("no yardstick for coverage: it takes `uv run --group bench`\n")  # noqa: T201
        return
    random = Random(20261102)
    ours, theirs, alone = (
        min(column) for column in zip(*(_round(numpy, random) for _ in range(ROUNDS)), strict=True)
    )
    what = f"coverage, {PEOPLE} people, {DAYS} days by quarters"
    say(what, f"{ours:.1f} ms", f"{theirs:.1f} ms for NumPy from the same shifts", ours / theirs, "≤ 5")
    say(
        "  the same, its arrays ready",
        f"{ours:.1f} ms",
        f"{alone:.1f} ms for its pass alone",
        ours / alone,
        "none",
    )


def _round(numpy: Any, random: Random) -> tuple[float, float, float]:
    """A floor of its own, so that nothing is found in a cache: how long ours takes, NumPy, and its pass alone."""
    floor = [_person(random) for _ in range(PEOPLE)], _plan(random)
    ours = timed(partial(_short, floor))
    theirs = timed(partial(_filled_and_passed, numpy, floor))
    arrays = _arrays(numpy, floor)
    if not numpy.allclose(_by_quarter(floor), _one_pass(numpy, *arrays)):
        raise RuntimeError("the two do not find the same")
    return ours, theirs, timed(partial(_one_pass, numpy, *arrays))


def _person(random: Random) -> list[Presence]:
    """Five shifts of eight hours a week, with half an hour's break in each."""
    posts = frozenset(random.sample(_QUEUES, random.choice([1, 1, 2, 3])))
    heads, start, off = random.choice([1, 1, 1, 1, 0.6, 0.3]), random.choice(_STARTS), random.randrange(7)
    found: list[Presence] = []
    for day in range(DAYS):
        if (day + off) % 7 < 5:
            begins = _MONDAY + timedelta(days=day, hours=start)
            rests = begins + timedelta(hours=4) + random.randrange(-2, 3) * _QUARTER
            shift = Presence(Interval(begins, begins + timedelta(hours=8)), posts, heads)
            found += present([shift], [Interval(rests, rests + 2 * _QUARTER)])
    return found


def _plan(random: Random) -> list[Requirement]:
    """A hill over each day, lower at weekends."""
    found = []
    for number, post in enumerate(_QUEUES):
        heads: list[float | None] = []
        for day in range(DAYS):
            height = 11 * random.uniform(0.85, 1.15) * (1 if day % 7 < 5 else 0.6)
            heads += [round(1 + height * exp(-(((at - 44 - 2 * number) / 18) ** 2))) for at in range(96)]
        found.append(Requirement(post, _MONDAY, _QUARTER, tuple(heads)))
    return found


def _short(floor: Floor) -> list[float]:
    people, plan = floor
    return [each.short for each in stretches(chain.from_iterable(people), plan)]


def _by_quarter(floor: Floor) -> list[float]:
    people, plan = floor
    short = [0.0] * _QUARTERS
    for each in stretches(chain.from_iterable(people), plan):
        first, last = _quarters(each.interval)
        short[first:last] = [each.short] * (last - first)
    return short


def _arrays(numpy: Any, floor: Floor) -> tuple[Any, Any, Any]:
    """The heads of each person by quarter, which queues they serve, and what each queue requires by quarter."""
    people, plan = floor
    heads = numpy.zeros((len(people), _QUARTERS))
    serves = numpy.zeros((len(people), len(_QUEUES)), dtype=bool)
    for number, presences in enumerate(people):
        serves[number] = [post in presences[0].posts for post in _QUEUES]
        for each in presences:
            first, last = _quarters(each.interval)
            heads[number, first:last] = each.heads
    return heads, serves, numpy.array([each.heads for each in plan], dtype=float)


def _filled_and_passed(numpy: Any, floor: Floor) -> Any:
    return _one_pass(numpy, *_arrays(numpy, floor))


def _one_pass(numpy: Any, heads: Any, serves: Any, required: Any) -> Any:
    """The most that any set of queues requires more than all who serve one of it, by quarter."""
    sets = numpy.arange(1 << len(_QUEUES))[:, None] >> numpy.arange(len(_QUEUES)) & 1
    reach = (serves @ sets.T > 0).astype(float)
    return (sets @ required - reach.T @ heads).max(axis=0)


def _quarters(interval: Interval) -> tuple[int, int]:
    return (interval.start - _MONDAY) // _QUARTER, (interval.end - _MONDAY) // _QUARTER
