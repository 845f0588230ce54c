"""How many heads a queue needs for what is offered to it, and how many are to be rostered for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from math import floor, inf

from bot.domain.erlang import Outcome, Target, Unstable, erlang_a, erlang_c, fewest_a, fewest_c, whole


@dataclass(frozen=True, slots=True)
class Demand:
    """What is offered in an interval: the load in Erlangs, and the average handle time in seconds.

    Raises ``ValueError`` for a load without a handle time, and for what is not a number or below 0.
    """

    load: float
    aht: float

    def __post_init__(self) -> None:
        if not (0 <= self.load < inf and 0 <= self.aht < inf) or (self.load and not self.aht):
            raise ValueError(f"{self} cannot be staffed")

    @classmethod
    def of(cls, contacts: float, aht: float, interval: timedelta) -> "Demand":
        """So many contacts within an interval, each of ``aht`` seconds on average."""
        return cls(contacts * aht / interval.total_seconds(), aht)

    def scaled(self, contacts: float = 1.0, aht: float = 1.0) -> "Demand":
        """The demand if there were that many times the contacts, each that many times as long."""
        return Demand(self.load * contacts * aht, self.aht * aht)


@dataclass(frozen=True, slots=True)
class Standard:
    """How a queue whose contacts wait to be answered is staffed: calls and chats, not a backlog.

    At least ``minimum`` heads are there whatever is offered. ``patience`` is the mean time in seconds after which
    a contact that waits gives up, None if they are taken to wait for as long as it takes. ``concurrency`` is how
    many contacts one head handles at once; the handle time is then that of one among so many.
    Raises ``ValueError`` where these make no sense.
    """

    target: Target
    minimum: int = 0
    patience: float | None = None
    concurrency: float = 1.0

    def __post_init__(self) -> None:
        impatient = self.patience is not None and not 0 < self.patience < inf
        if self.minimum < 0 or impatient or not 1 <= self.concurrency < inf:
            raise ValueError(f"nobody can staff by {self}")


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """The shares of rostered time that are not spent on contacts.

    ``planned`` is what the schedule of a day shows by itself, as leave and training; ``unplanned`` all the rest.
    Raises ``ValueError`` where nothing would be left.
    """

    planned: float
    unplanned: float

    def __post_init__(self) -> None:
        if not (self.planned >= 0 and self.unplanned >= 0 and self.planned + self.unplanned < 1):
            raise ValueError(f"{self} leaves no time for contacts")

    @property
    def ahead(self) -> float:
        """The share for a day whose absences nobody knows yet: both halves together, taken off once."""
        return self.planned + self.unplanned

    @property
    def on_the_day(self) -> float:
        """The share for a day whose planned absences are taken off those rostered already."""
        return self.unplanned


def required(demand: Demand, standard: Standard) -> int:
    """The fewest heads on contacts that reach the target, its occupancy too; never fewer than the minimum."""
    if not demand.load:
        return standard.minimum
    if standard.patience is None:
        places = fewest_c(demand.load, demand.aht, standard.target)
    else:
        places = fewest_a(demand.load, demand.aht, standard.patience, standard.target)
    return max(standard.minimum, whole(places / standard.concurrency))


def expected(demand: Demand, standard: Standard, heads: float) -> Outcome | Unstable:
    """What becomes of the demand with so many heads on contacts.

    Part of a head counts once it makes up a whole one with others, or a whole place for one more contact at once.
    """
    places = floor(round(heads * standard.concurrency, 9))
    if standard.patience is None:
        return erlang_c(demand.load, demand.aht, places, standard.target.within)
    return erlang_a(demand.load, demand.aht, standard.patience, places, standard.target.within)


def pooled(demands: Collection[Demand]) -> Demand:
    """What people who can all answer any of these are offered together, in the same interval."""
    load = sum(demand.load for demand in demands)
    rate = sum(demand.load / demand.aht for demand in demands if demand.load)
    return Demand(load, load / rate if rate else 0.0)


def rostered(heads: float, shrinkage: float) -> int:
    """How many to roster so that ``heads`` of them are on contacts, with one of the shares of ``Shrinkage``.

    14 heads at 30 % are 14 / 0.7 = 20.
    """
    return whole(heads / (1 - shrinkage))
