"""Settled swaps and covers on a base schedule that a file changes: which hold, and what there is no room for.

What is worked is the base with all that is in force put on it, in the order in which it was settled: a swap
hands two shifts on, or parts of them, and what somebody has taken of a cover one. A file changes the base under
them, and the base wins:

- A shift that stays as it was, and whatever was settled of it, stay as they are.
- A shift that moves is worked by whoever worked it before, and so is a part of it that still lies within. That
  ends where somebody would then work two shifts at once, or where a rule denies them the shift as it is now and
  did not as it was.
- What is no longer planned ends whatever was settled of it; and so does a shift that is planned for somebody who
  works at that time already by a swap or a cover.
- What has ended is given back, and what was handed on from there ends with it. What has begun stays with whoever
  works it, and where all that was exchanged has begun it does not end any more.
- Nobody works what begins after its worker has left, whatever a file says; whoever took over what somebody left
  keeps it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from bot.domain.departures import Gone
from bot.domain.intervals import Interval, subtract
from bot.domain.parts import Part, joined, works_all
from bot.domain.rules import RuleId


class Kind(StrEnum):
    """What people call it, before its number."""

    SWAP = "swap"
    COVER = "cover"
    OPEN_SHIFT = "open shift"


class Planned(NamedTuple):
    """A shift of the base: when, and whose it is (None: open)."""

    interval: Interval
    owner: UUID | None


class Leg(NamedTuple):
    """A shift that changes hands, or a ``part`` of it (None: all of it, whenever that is).

    ``giver`` is None where nobody worked it. ``begun``: it had begun before the base changed.
    """

    shift: UUID
    giver: UUID | None
    taker: UUID
    part: Interval | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A swap in force, of two legs, or a part that somebody has taken of a cover, of one, by its number."""

    id: UUID
    kind: Kind
    number: int
    legs: tuple[Leg, ...]


class Stint(NamedTuple):
    """A part of a shift and who works it; by which leg of which exchange they do, unless as planned."""

    shift: UUID
    interval: Interval
    worker: UUID | None
    leg: Leg | None = None
    exchange: Exchange | None = None


Workers = Mapping[UUID, tuple[Part, ...]]
Denied = Callable[[UUID, UUID, Workers], frozenset[RuleId]]
"""Tells, of a shift, somebody who works any of it and everybody's work, the rules that newly deny it to them."""


class Why(StrEnum):
    """What ends a settled exchange."""

    REMOVED = "removed"  # what it hands on is no longer planned
    TWICE = "twice"  # somebody would work two shifts at once
    RULES = "rules"  # they deny somebody a shift as it is now
    BUILT_ON = "built on"  # another one has ended that it was built on


@dataclass(frozen=True, slots=True)
class Ending:
    """Why one ends: by which of its shifts, ``beside`` which other (``TWICE``), against which ``rules``."""

    exchange: Exchange
    why: Why
    shift: UUID
    beside: UUID | None = None
    rules: frozenset[RuleId] = frozenset()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How each shift is worked, who does so from when to when, and the exchanges that have ended."""

    stints: Mapping[UUID, tuple[Stint, ...]]
    workers: Workers
    endings: tuple[Ending, ...]


def reconcile(
    base: Mapping[UUID, Planned],
    exchanges: Sequence[Exchange],
    *,
    changed: Collection[UUID],
    denied: Denied,
    gone: Gone | None = None,
) -> Reconciled:
    """What the exchanges in force, in the order in which they were settled, come to on a new base.

    ``changed`` are the shifts of the base that a file adds or has otherwise.
    """
    floor = _Floor(base, exchanges, set(changed), gone or Gone())
    while ending := floor.misfit(denied):
        floor.end(ending)
    return floor.reconciled()


class _Floor:
    """The base with those of the exchanges on it that have not been ended yet."""

    def __init__(
        self, base: Mapping[UUID, Planned], exchanges: Sequence[Exchange], touched: set[UUID], gone: Gone
    ) -> None:
        self._base, self._exchanges, self._gone = base, exchanges, gone
        self._changed, self._touched = frozenset(touched), touched
        self._place = {exchange.id: place for place, exchange in enumerate(exchanges)}
        self._planned = {shift: (Stint(shift, *planned),) for shift, planned in base.items()}
        self._planned_for = {shift: gone.parts(Part(each.interval, each.owner)) for shift, each in base.items()}
        self._endings: dict[UUID, Ending] = {}
        self._put_on()

    def end(self, ending: Ending) -> None:
        """Takes an exchange off again."""
        self._endings[ending.exchange.id] = ending
        self._touched |= {leg.shift for leg in ending.exchange.legs}
        self._put_on()

    def misfit(self, denied: Denied) -> Ending | None:
        """An exchange that does not fit."""
        return self._unfounded or next(self._twice(), None) or next(self._against_rules(denied), None)

    def reconciled(self) -> Reconciled:
        """What it has come to."""
        kinds = list(Kind)
        endings = self._endings.values()
        ordered = sorted(endings, key=lambda each: (kinds.index(each.exchange.kind), each.exchange.number))
        return Reconciled(self._stints, self._workers, tuple(ordered))

    def _put_on(self) -> None:
        self._stints: dict[UUID, tuple[Stint, ...]] = {**self._planned}
        self._unfounded: Ending | None = None
        for exchange in self._exchanges:
            begun = [leg for leg in exchange.legs if leg.begun]
            if exchange.id in self._endings or len(begun) == len(exchange.legs):
                self._stints |= self._handed(exchange, begun)
            elif ending := self._fault(exchange):
                self._unfounded = self._unfounded or ending
            else:
                self._stints |= self._handed(exchange, exchange.legs)
        self._stints = {
            shift: tuple(part for each in stints for part in self._as_worked(each))
            for shift, stints in self._stints.items()
        }
        handed = {leg.shift for exchange in self._exchanges for leg in exchange.legs} & self._base.keys()
        self._workers = self._planned_for | {shift: _parts(self._stints[shift]) for shift in handed}

    def _fault(self, exchange: Exchange) -> Ending | None:
        for leg in exchange.legs:
            if leg.shift not in self._base or self._interval(leg) != (leg.part or self._base[leg.shift].interval):
                return Ending(exchange, Why.REMOVED, leg.shift)
        for place, leg in enumerate(exchange.legs):
            before = self._handed(exchange, exchange.legs[:place]).get(leg.shift, self._stints[leg.shift])
            interval = leg.part or self._base[leg.shift].interval
            if not self._works_all(before, interval, leg.giver):
                return Ending(exchange, Why.BUILT_ON, leg.shift)
        return None

    def _works_all(self, stints: Iterable[Stint], interval: Interval, giver: UUID | None) -> bool:
        """Whether the giver could hand on all of an interval; nobody what was left by whoever would work it."""
        if giver is None:
            stints = [each._replace(worker=None) if each.worker in self._gone.ever else each for each in stints]
        return works_all(_parts(stints), interval, giver)

    def _as_worked(self, stint: Stint) -> Iterator[Stint]:
        for part in self._gone.parts(Part(stint.interval, stint.worker)):
            yield stint._replace(interval=part.interval, worker=part.worker)

    def _handed(self, exchange: Exchange, legs: Iterable[Leg]) -> dict[UUID, tuple[Stint, ...]]:
        """How the shifts of the legs are worked once as much as is planned of them is handed on."""
        after: dict[UUID, tuple[Stint, ...]] = {}
        for leg in legs:
            if interval := self._interval(leg):
                stint = Stint(leg.shift, interval, leg.taker, leg, exchange)
                after[leg.shift] = _with(after.get(leg.shift, self._stints[leg.shift]), stint)
        return after

    def _interval(self, leg: Leg) -> Interval | None:
        """What is planned of what a leg hands on."""
        if leg.shift not in self._base:
            return None
        whole = self._base[leg.shift].interval
        return leg.part.intersection(whole) if leg.part else whole

    def _twice(self) -> Iterator[Ending]:
        """Of two shifts at once the one is given up that the file has moved, else the one settled last."""
        for pair in self._overlaps():
            shifts = [stint.shift for stint in pair]
            given_up = [(stint.shift, by) for stint in pair if (by := self._returnable(stint))]
            if given_up and not self._touched.isdisjoint(shifts):
                shift, exchange = max(
                    given_up, key=lambda each: (each[0] in self._changed, self._place[each[1].id])
                )
                shifts.remove(shift)
                yield Ending(exchange, Why.TWICE, shift, shifts[0])

    def _against_rules(self, denied: Denied) -> Iterator[Ending]:
        for shift in sorted(self._changed & self._stints.keys()):
            found = [(stint.worker, by) for stint in self._stints[shift] if (by := self._returnable(stint))]
            for worker, exchange in sorted(found, key=lambda each: self._place[each[1].id], reverse=True):
                if worker and (rules := denied(shift, worker, self._workers)):
                    yield Ending(exchange, Why.RULES, shift, rules=rules)

    def _returnable(self, stint: Stint) -> Exchange | None:
        """By which exchange it is worked, if it could still be given back."""
        given_back = stint.leg is None or stint.leg.begun or stint.worker == self._base[stint.shift].owner
        return None if given_back else stint.exchange

    def _overlaps(self) -> Iterator[tuple[Stint, Stint]]:
        work: defaultdict[UUID, list[Stint]] = defaultdict(list)
        for stints in self._stints.values():
            for stint in stints:
                if stint.worker:
                    work[stint.worker].append(stint)
        for every in work.values():
            every.sort(key=lambda stint: (stint.interval, stint.shift))
            for place, stint in enumerate(every, 1):
                for beside in islice(every, place, None):
                    if not stint.interval.overlaps(beside.interval):
                        break
                    yield stint, beside


def _with(stints: Iterable[Stint], new: Stint) -> tuple[Stint, ...]:
    """What is left of the stints beside a new one, in order."""
    kept = [stint._replace(interval=left) for stint in stints for left in subtract(stint.interval, [new.interval])]
    return tuple(sorted([*kept, new], key=lambda stint: stint.interval))


def _parts(stints: Iterable[Stint]) -> tuple[Part, ...]:
    return joined(Part(stint.interval, stint.worker) for stint in stints)
