"""How many contacts wait, and for how long, when so many heads answer: Erlang B, C and A.

Contacts arrive at random at a steady rate and are answered in turn. Load is in Erlangs, times are in seconds,
heads are whole. The formulas are Erlang's (1917) and Palm's (1957); those with patience follow Mandelbaum and
Zeltyn, "The Palm/Erlang-A Queue" (2005).
"""

from bisect import bisect_left
from dataclasses import dataclass
from math import ceil, exp, expm1, log

_HOUR = 3600
# A sum of decimal fractions is off by less; nobody is staffed by fewer.
_NOBODY = 1e-9
_NEGLIGIBLE = 1e-17
_LARGE = 1e200


@dataclass(frozen=True, slots=True)
class Target:
    """What a queue is to reach: this ``share`` of what is offered answered ``within`` so many seconds, with heads
    that are busy for no more than ``occupancy`` of their time.

    Raises ``ValueError`` for what no number of heads reaches.
    """

    share: float
    within: float
    occupancy: float = 0.85

    def __post_init__(self) -> None:
        if not (0 < self.share < 1 and self.within >= 0 and 0 < self.occupancy <= 1):
            raise ValueError(f"nobody can reach {self}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the contacts of a queue; shares are of all that are offered.

    ``waits`` is the share that is not answered at once, ``service_level`` the share that is answered within the
    target's time (who gives up counts as not answered, however soon), ``abandons`` the share that gives up.
    ``asa`` is the mean wait of those who are answered, in seconds; None where nobody is.
    ``occupancy`` is the share of their time for which heads are busy.
    """

    waits: float
    service_level: float
    asa: float | None
    occupancy: float
    abandons: float = 0.0


@dataclass(frozen=True, slots=True)
class Unstable:
    """More comes in than the heads can answer: the queue ``grows`` by so many contacts an hour.

    It has no service level, as that falls for as long as this lasts. Where exactly as much comes in as they can
    answer, it grows by 0 and never settles either.
    """

    grows: float


_IDLE = Outcome(waits=0.0, service_level=1.0, asa=0.0, occupancy=0.0)
_UNANSWERED = Outcome(waits=1.0, service_level=0.0, asa=None, occupancy=0.0, abandons=1.0)


def whole(heads: float) -> int:
    """The fewest whole heads that are as many; 20.000000000000004 are 20."""
    return ceil(heads - _NOBODY)


def erlang_b(load: float, heads: int) -> float:
    """The share of contacts that finds everybody busy, where nobody queues."""
    blocked = 1.0
    for head in range(1, heads + 1):
        busy = load * blocked
        blocked = busy / (head + busy)
    return blocked


def erlang_c(load: float, aht: float, heads: int, within: float) -> Outcome | Unstable:
    """What becomes of contacts that wait for as long as it takes."""
    if load == 0:
        return _IDLE
    if heads <= load:
        return Unstable((load - heads) * _HOUR / aht)
    blocked, occupancy = erlang_b(load, heads), load / heads
    waits = blocked / (1 - occupancy * (1 - blocked))
    spare = heads - load
    return Outcome(waits, 1 - waits * exp(-spare * within / aht), waits * aht / spare, occupancy)


def erlang_a(load: float, aht: float, patience: float, heads: int, within: float) -> Outcome:
    """What becomes of contacts that give up after a random time, exponential with the mean ``patience``."""
    if load == 0:
        return _IDLE
    if heads == 0:
        return _UNANSWERED
    answered, offered = heads * patience / aht, load * patience / aht  # while the patience of one lasts
    queue, wait = _queue(answered, offered)
    blocked = erlang_b(load, heads)
    waits = blocked / (blocked + exp(-queue) * (1 - blocked))
    abandons = max(0.0, waits * (1 + expm1(-queue) * heads / load))
    occupancy = load / heads * (1 - abandons)
    late = waits * _late(answered, offered, within / patience, queue)
    # To come k-th into the queue and be answered is as likely as a queue of k, divided by load / heads.
    asa = waits * wait * patience / occupancy
    return Outcome(waits, max(0.0, 1 - abandons - late), asa, occupancy, abandons)


def fewest_c(load: float, aht: float, target: Target) -> int:
    """The fewest heads that reach the target where contacts wait for as long as it takes; the load is above 0."""
    heads = max(int(load) + 1, whole(load / target.occupancy))
    enough = _enough(load, aht, heads, target)
    # 1 / B is a sum of positive terms, so that often the first few are enough.
    inverse = term = 1.0
    for head in range(heads, 0, -1):
        if inverse >= enough:
            return heads
        term *= head / load
        inverse += term
    while inverse < _enough(load, aht, heads, target):
        heads += 1
        inverse = 1.0 + inverse * heads / load
    return heads


def fewest_a(load: float, aht: float, patience: float, target: Target) -> int:
    """The fewest heads that reach the target where contacts give up as in ``erlang_a``; the load is above 0."""

    def reach(heads: int) -> bool:
        outcome = erlang_a(load, aht, patience, heads, target.within)
        return outcome.service_level >= target.share and outcome.occupancy <= target.occupancy

    few, many = int(load * target.share), ceil(load)
    while not reach(many):
        many *= 2
    return few + bisect_left(range(few, many), True, key=reach)


def _enough(load: float, aht: float, heads: int, target: Target) -> float:
    """The least 1 / B with which so many heads reach the target's share, by Erlang C."""
    occupancy = load / heads
    least = exp((load - heads) * target.within / aht) / (1 - target.share)
    return (least - occupancy) / (1 - occupancy)


def _late(answered: float, offered: float, within: float, queue: float) -> float:
    """The share of those who wait that is answered, but later than ``within``, in terms of patience."""
    patient = exp(-within)
    rest, _ = _queue(answered + 1, offered * patient)
    return answered / (answered + 1) * exp(offered * (1 - patient) - (answered + 1) * within + rest - queue)


def _queue(answered: float, offered: float) -> tuple[float, float]:
    """The queue while everybody is busy: its weight, as a logarithm, and how long the last in it waits on average.

    The weight is A(x, y) = 1 + y / (x+1) + y² / ((x+1)(x+2)) + …, a term for each length; it may be beyond what a
    float holds. The wait is in terms of patience, and of those who are answered; nobody waits in a queue of none.
    """
    term = total = 1.0
    wait = waits = scale = 0.0
    leaving = answered
    while term > total * _NEGLIGIBLE:
        leaving += 1
        term *= offered / leaving
        wait += 1 / leaving
        total += term
        waits += term * wait
        if total > _LARGE:
            scale += log(total)
            term, waits, total = term / total, waits / total, 1.0
    return scale + log(total), waits / total
