"""The service level that is to be expected with those who are there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.coverage import Stretch
from bot.domain.coverage_supply import Post
from bot.domain.erlang import Unstable
from bot.domain.intervals import Interval
from bot.domain.staffing import Demand, Standard, expected


@dataclass(frozen=True, slots=True)
class Demanded:
    """The contacts that are expected of a queue in an interval, and what each of them takes in seconds."""

    interval: Interval
    offered: float
    aht_seconds: float

    @property
    def demand(self) -> Demand:
        """The same as a load."""
        return Demand.of(self.offered, self.aht_seconds, self.interval.length)


@dataclass(frozen=True, slots=True)
class Level:
    """The share of the contacts of some time that is answered in the target's time.

    Where more comes in than those there can answer for any part of it, the queue ``grows`` by so many contacts an
    hour at worst, and there is no service level.
    """

    service_level: float | None
    grows: float = 0.0


def level(
    demanded: Iterable[Demanded],
    stretches: Sequence[Stretch],
    post: Post,
    standard: Standard,
    lost: float,
    within: Interval,
) -> Level | None:
    """What is to be expected of a post; ``lost`` is the share of their time that those there are not on contacts.

    None where nothing is expected to come.
    """
    answered = offered = 0.0
    grows = None
    for each in demanded:
        part = each.interval.intersection(within)
        if part is None or not each.offered:
            continue
        outcome = expected(each.demand, standard, there(stretches, post, part) * (1 - lost))
        if isinstance(outcome, Unstable):
            grows = max(grows or 0.0, outcome.grows)
        else:
            weight = each.offered * (part.length / each.interval.length)
            answered, offered = answered + weight * outcome.service_level, offered + weight
    if grows is not None:
        return Level(None, grows)
    return Level(answered / offered) if offered else None


def there(stretches: Sequence[Stretch], post: Post, within: Interval) -> float:
    """The heads that serve a post on average, everybody being where they are needed."""
    worked = sum(
        each.serving()[post] * (part.length / timedelta(hours=1))
        for each in stretches
        if post in each.pool.posts and (part := each.interval.intersection(within))
    )
    return worked / (within.length / timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a post requires, and who is there for it, when the most heads are missing in some time."""

    required: float
    there: float

    @property
    def balance(self) -> float:
        """The heads to spare, below 0 those that are missing."""
        return round(self.there - self.required, 1)


def cells(
    stretches: Iterable[Stretch], posts: Sequence[Post], starts: Sequence[datetime], step: timedelta
) -> dict[Post, list[Cell | None]]:
    """What stands of each post in each step; None where no requirement is known of any of it."""
    found: dict[Post, list[Cell | None]] = {post: [None] * len(starts) for post in posts}
    for stretch in stretches:
        shown = [post for post in stretch.pool.posts if post in found]
        touched = [
            number
            for number, start in enumerate(starts)
            if start < stretch.interval.end and start + step > stretch.interval.start
        ]
        if not (shown and touched):
            continue
        serving = stretch.serving()
        for post in shown:
            if (required := stretch.required(post)) is not None:
                cell = Cell(required, serving[post])
                for number in touched:
                    before = found[post][number]
                    if before is None or cell.balance < before.balance:
                        found[post][number] = cell
    return found
