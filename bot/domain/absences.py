"""Somebody is away: what can become of it. Of why, only the kind is known, and from when to when.

It is reported, and a little later it is in force: nobody works what is theirs. Coming back ends it, and takes it
back as long as nothing of it has begun. Who may say so is for the permission table.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.cases_handover_shown import CasesAway
from bot.domain.coverage_effect import Summary
from bot.domain.departures import Owned
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.unowned import Unowned
from bot.domain.wallclock import next_quarter

# So long nobody is asked yet, in case it was a slip.
REGRET = timedelta(minutes=2)
# So long before work begins there is no time for offers by turns.
SHORT_NOTICE = timedelta(hours=1)
# So long before it begins whoever answers for it hears again of what nobody works.
LAST_CALL = timedelta(minutes=30)
# Whoever steps into work that has begun needs so long to be asked and to come, and comes for no less.
_TO_COME, _WORTH_IT = timedelta(minutes=5), timedelta(minutes=30)


class Kind(StrEnum):
    """What sort of absence it is. Others read "away" for each, or at most that somebody comes later."""

    SICK = "sick"
    LATE = "late"
    NO_SHOW = "no show"
    TIME_OFF = "time off"  # approved; it ends with the request


class State(StrEnum):
    """Where an absence stands."""

    REPORTED = "reported"
    IN_FORCE = "in force"
    TAKEN_BACK = "taken back"  # before anything of it had begun
    ENDED = "ended"  # they came back early


LIVE = frozenset({State.REPORTED, State.IN_FORCE})
COUNTED = LIVE | {State.ENDED}


class NotAway(Exception):
    """They are not away, or are back already."""


class NotYet(Exception):
    """It can still be taken back."""


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence as far as it decides what can become of it."""

    interval: Interval
    reported_at: datetime
    state: State = State.REPORTED


def put_in_force(absence: Absence, now: datetime) -> Absence:
    """It counts from now on. Raises ``NotAway`` and ``NotYet``."""
    if absence.state is not State.REPORTED:
        raise NotAway
    if now < absence.reported_at + REGRET:
        raise NotYet
    return replace(absence, state=State.IN_FORCE)


def come_back(absence: Absence, now: datetime) -> Absence:
    """They are back; what they were away until now stays as it was. Raises ``NotAway``."""
    interval = absence.interval
    if absence.state not in LIVE or interval.end <= now:
        raise NotAway
    if absence.state is State.REPORTED or now <= interval.start:
        return replace(absence, state=State.TAKEN_BACK)
    return replace(absence, state=State.ENDED, interval=Interval(interval.start, now))


def can_be_offered(hole: Interval, now: datetime) -> Interval | None:
    """What others can still be asked for of what nobody works; None: it is too late for that.

    Of what has begun it is the rest from the next quarter of an hour on.
    """
    if hole.start > now:
        return hole
    start = next_quarter(now + _TO_COME)
    return Interval(start, hole.end) if hole.end - start >= _WORTH_IT else None


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is away, as others see it too."""

    id: UUID
    interval: Interval
    state: State
    member: Somebody


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody would report, for them to say yes to: ``work`` is what they would work meanwhile.

    ``whom`` is for whom it is reported, None: for themselves.
    """

    kind: Kind
    interval: Interval
    work: tuple[Interval, ...]
    whom: Somebody | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """What nobody works because somebody is away. ``left``: what can still be offered of it, None: too late.

    ``able`` is how many people can take all of that by the rules, ``accepted`` whoever decided to leave it so.
    ``effect`` is what it does to coverage as long as nobody works it. ``hurried``: it begins within the hour, and
    ``reachable`` says whether anybody who may be asked at any hour can take some of it then. ``enough``: it is
    known how many people are needed, and so many are there though nobody works it.
    """

    open: Unowned
    left: Interval | None
    able: int
    accepted: Somebody | None
    effect: tuple[Summary, ...] = ()
    hurried: bool = False
    reachable: bool = False
    enough: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceShown:
    """An absence as those look at it who find somebody to step in, as of an instant.

    ``owned`` is what of it others work by now, ``more`` how many holes there are besides. ``late``: they come
    after it. ``cases`` are those of theirs that cannot wait.
    """

    id: UUID
    member: Somebody
    interval: Interval
    state: State
    at: datetime
    holes: tuple[Hole, ...]
    owned: tuple[Owned, ...] = ()
    more: int = 0
    late: bool = False
    cases: CasesAway = field(default_factory=CasesAway)

    @property
    def is_spared(self) -> bool:
        """Whether they only come later, enough are there until then, and nobody has done anything about it."""
        untouched = all(
            each.enough and each.open.number is None and not each.open.waits and not each.accepted
            for each in self.holes
        )
        in_force = self.late and self.state is State.IN_FORCE
        return in_force and bool(self.holes) and untouched and not self.owned and not self.more
