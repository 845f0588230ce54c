"""Settled swaps on a base schedule that a file changes: which of them hold, and what there is no room for.

What is worked is the base with the swaps in force put on it, in the order in which they were settled. A file
changes the base under them, and the base wins:

- A shift that stays as it was, and the swaps of it, stay as they are.
- A shift that moves is worked by whoever worked it before: its swaps hold. They end where that person would then
  work two shifts at once, or where a rule denies them the shift as it is now and did not as it was.
- A shift that is no longer planned ends its swaps; and so does a shift that is planned for somebody who works at
  that time already by a swap.
- A swap that has ended gives back what it exchanged, and what was swapped on from there ends with it. What has
  begun stays with whoever works it, and a swap of which both shifts have begun does not end any more.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.rules import RuleId


class Planned(NamedTuple):
    """A shift of the base: when, and whose it is (None: open)."""

    interval: Interval
    owner: UUID | None


class Leg(NamedTuple):
    """One half of an exchange: a shift, who gives it and who takes it."""

    shift: UUID
    giver: UUID
    taker: UUID


@dataclass(frozen=True, slots=True)
class Exchange:
    """A swap in force: the asker's shift ``given`` for the colleague's ``returned``."""

    id: UUID
    number: int
    asker: UUID
    colleague: UUID
    given: UUID
    returned: UUID

    @property
    def legs(self) -> tuple[Leg, Leg]:
        """Its two halves."""
        return Leg(self.given, self.asker, self.colleague), Leg(self.returned, self.colleague, self.asker)


Workers = Mapping[UUID, UUID | None]
Denied = Callable[[UUID, Workers], frozenset[RuleId]]
"""Tells, of a shift and of everybody's work, the rules that newly deny it to whoever works it."""


class Why(StrEnum):
    """What ends a settled swap."""

    REMOVED = "removed"  # one of its shifts is no longer planned
    TWICE = "twice"  # somebody would work two shifts at once
    RULES = "rules"  # they deny somebody a shift as it is now
    BUILT_ON = "built on"  # another one has ended that it was built on


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a swap ends: by which of its shifts, ``beside`` which other (``TWICE``), against which ``rules``."""

    exchange: Exchange
    why: Why
    shift: UUID
    beside: UUID | None = None
    rules: frozenset[RuleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Who works each shift (None: it is open), the last swap by which they do, and the swaps that have ended."""

    workers: Workers
    swaps: Mapping[UUID, Exchange]
    endings: tuple[Ending, ...]


def reconcile(
    base: Mapping[UUID, Planned],
    exchanges: Sequence[Exchange],
    *,
    changed: Collection[UUID],
    begun: Collection[UUID],
    denied: Denied,
) -> Reconciled:
    """What the swaps in force, in their order, come to on a new base.

    ``changed`` are the shifts of the base that a file adds or has otherwise, ``begun`` those that had begun
    before.
    """
    floor = _Floor(base, exchanges, set(changed), frozenset(begun))
    while ending := floor.misfit(denied):
        floor.end(ending)
    return floor.reconciled()


class _Floor:
    """The base with those of the swaps on it that have not been ended yet."""

    def __init__(
        self,
        base: Mapping[UUID, Planned],
        exchanges: Sequence[Exchange],
        touched: set[UUID],
        begun: frozenset[UUID],
    ) -> None:
        self._base, self._exchanges = base, exchanges
        self._changed, self._touched, self._begun = frozenset(touched), touched, begun
        self._endings: dict[UUID, Ending] = {}
        self._unfounded: Ending | None
        self._put_on()

    def end(self, ending: Ending) -> None:
        """Takes a swap off again."""
        self._endings[ending.exchange.id] = ending
        self._touched |= {leg.shift for leg in ending.exchange.legs}
        self._put_on()

    def misfit(self, denied: Denied) -> Ending | None:
        """A swap that does not fit."""
        return self._unfounded or next(self._twice(), None) or next(self._against_rules(denied), None)

    def reconciled(self) -> Reconciled:
        """What it has come to."""
        endings = sorted(self._endings.values(), key=lambda each: each.exchange.number)
        return Reconciled(self._workers, self._swaps, tuple(endings))

    def _put_on(self) -> None:
        self._workers = {shift: planned.owner for shift, planned in self._base.items()}
        self._swaps: dict[UUID, Exchange] = {}
        self._unfounded = None
        for exchange in self._exchanges:
            ended = exchange.id in self._endings
            if not ended and (ending := self._fault(exchange)):
                self._unfounded = self._unfounded or ending
                continue
            for leg in exchange.legs:
                if leg.shift in self._base and (not ended or leg.shift in self._begun):
                    self._workers[leg.shift] = leg.taker
                    if not ended:
                        self._swaps[leg.shift] = exchange

    def _fault(self, exchange: Exchange) -> Ending | None:
        if all(leg.shift in self._begun for leg in exchange.legs):
            return None
        for leg in exchange.legs:
            if leg.shift not in self._base:
                return Ending(exchange, Why.REMOVED, leg.shift)
        for leg in exchange.legs:
            if self._workers[leg.shift] != leg.giver:
                return Ending(exchange, Why.BUILT_ON, leg.shift)
        return None

    def _twice(self) -> Iterator[Ending]:
        """Of two shifts at once the one is given up that the file has moved, else the one swapped last."""
        for one, other in self._overlaps():
            given_up = [shift for shift in (one, other) if self._is_exchanged(shift)]
            if given_up and not self._touched.isdisjoint((one, other)):
                shift = max(given_up, key=lambda each: (each in self._changed, self._swaps[each].number))
                yield Ending(self._swaps[shift], Why.TWICE, shift, other if shift == one else one)

    def _against_rules(self, denied: Denied) -> Iterator[Ending]:
        for shift in sorted(self._changed & self._swaps.keys()):
            if self._is_exchanged(shift) and (rules := denied(shift, self._workers)):
                yield Ending(self._swaps[shift], Why.RULES, shift, rules=rules)

    def _is_exchanged(self, shift: UUID) -> bool:
        """Whether it is worked by a swap, and could still be given back."""
        return (
            shift in self._swaps and shift not in self._begun and self._workers[shift] != self._base[shift].owner
        )

    def _overlaps(self) -> Iterator[tuple[UUID, UUID]]:
        work: defaultdict[UUID, list[tuple[Interval, UUID]]] = defaultdict(list)
        for shift, worker in self._workers.items():
            if worker:
                work[worker].append((self._base[shift].interval, shift))
        for shifts in work.values():
            shifts.sort()
            for place, (interval, shift) in enumerate(shifts, 1):
                for other, beside in islice(shifts, place, None):
                    if not interval.overlaps(other):
                        break
                    yield shift, beside
