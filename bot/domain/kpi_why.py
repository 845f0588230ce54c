"""Why a service level was not what was planned: its change, split fairly among contacts, handle time and staff.

Each cause gets what it changes on average over all orders in which the causes could have come (Shapley, 1953), so
that the parts add up to the whole change and none is favoured by coming first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import permutations
from math import factorial, floor

from bot.domain.erlang import Unstable
from bot.domain.staffing import Demand, Standard, expected


class Cause(StrEnum):
    """What can be otherwise than planned."""

    CONTACTS = "contacts"
    HANDLE_TIME = "handle time"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What comes in an interval and who answers it: ``heads`` are on contacts, ``aht`` is in seconds."""

    contacts: float
    aht: float
    heads: float


@dataclass(frozen=True, slots=True)
class Slot:
    """An interval as it was planned and as it was."""

    length: timedelta
    planned: Conditions
    actual: Conditions

    def mixed(self, causes: frozenset[Cause]) -> Conditions:
        """As planned, but for these, which are as they were."""
        return Conditions(
            (self.actual if Cause.CONTACTS in causes else self.planned).contacts,
            (self.actual if Cause.HANDLE_TIME in causes else self.planned).aht,
            (self.actual if Cause.STAFF in causes else self.planned).heads,
        )


@dataclass(frozen=True, slots=True)
class Why:
    """A service level as planned and as reckoned for what was; ``parts`` add up to the difference.

    All are shares of contacts. ``one_more`` is what it would have been with one more head on contacts all along,
    ``as_staffed`` with the heads that were planned.
    """

    planned: float
    actual: float
    parts: Mapping[Cause, float]
    one_more: float
    as_staffed: float


def why(slots: Sequence[Slot], standard: Standard) -> Why | None:
    """Splits the change over some intervals, each counting by its contacts; None where no contacts were planned
    or none came.

    A queue that can never settle answers nobody in time: its service level counts as 0.
    """
    if not (sum(each.planned.contacts for each in slots) and sum(each.actual.contacts for each in slots)):
        return None
    levels = {
        causes: _level([(each.length, each.mixed(causes)) for each in slots], standard) for causes in _subsets()
    }
    parts = dict.fromkeys(Cause, 0.0)
    for order in permutations(Cause):
        come: frozenset[Cause] = frozenset()
        for cause in order:
            before, come = come, come | {cause}
            parts[cause] += levels[come] - levels[before]
    parts = {cause: part / factorial(len(Cause)) for cause, part in parts.items()}
    more = [(each.length, replace(each.actual, heads=each.actual.heads + 1)) for each in slots]
    return Why(
        levels[frozenset()],
        levels[frozenset(Cause)],
        parts,
        _level(more, standard),
        levels[frozenset({Cause.CONTACTS, Cause.HANDLE_TIME})],
    )


def service_level(conditions: Conditions, length: timedelta, standard: Standard) -> float:
    """The share of contacts that is answered in time; between whole heads in proportion.

    Whoever is there for half of an interval, or counts as half a person, is neither nobody nor somebody.
    """
    fewer = floor(round(conditions.heads, 9))
    part = conditions.heads - fewer
    low = _of_whole(conditions, length, standard, fewer)
    return low if part < 1e-9 else (1 - part) * low + part * _of_whole(conditions, length, standard, fewer + 1)


def _of_whole(conditions: Conditions, length: timedelta, standard: Standard, heads: int) -> float:
    outcome = expected(Demand.of(conditions.contacts, conditions.aht, length), standard, heads)
    return 0.0 if isinstance(outcome, Unstable) else outcome.service_level


def _level(slots: Sequence[tuple[timedelta, Conditions]], standard: Standard) -> float:
    answered = sum(each.contacts * service_level(each, length, standard) for length, each in slots)
    return answered / sum(each.contacts for _, each in slots)


def _subsets() -> list[frozenset[Cause]]:
    every = list(Cause)
    return [
        frozenset(cause for number, cause in enumerate(every) if mask >> number & 1)
        for mask in range(1 << len(every))
    ]
