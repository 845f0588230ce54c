"""The chase: when a department is asked again, when its lead hears of it, and when the next above them.

One thing at a time: whatever was due while nobody looked is one message, not several.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.matrix import Rung

# Before a promised time, and before it goes up for want of one.
AHEAD = timedelta(hours=1)
# What comes on the dot has kept its time.
_LATE = timedelta(seconds=1)
# So many promised times gone by are a matter for the department's lead.
MISSES_FOR_LEAD = 2


class Hours(Protocol):
    """A department's own hours."""

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The instant at which so much of the hours has passed since ``start``."""

    def before(self, end: datetime, length: timedelta) -> datetime:
        """The last instant from which so much of the hours passes until ``end``."""

    def day(self, instant: datetime) -> date:
        """The date there."""


class Step(StrEnum):
    """What the clock does about a question."""

    ASK = "ask"  # whether the promised time holds or, where there is none, for one
    MISS = "miss"  # the promised time went by: a new one is asked for
    UP = "up"  # nobody says a word: the next rung hears of it


@dataclass(frozen=True, slots=True)
class Chased:
    """A question that is open, as far as the clock minds.

    ``waits``: it waits for the department, and not for us. ``since`` is when the department was last heard of,
    or when the last rung heard of it. ``step`` is how long each may be silent, in the department's hours.
    ``eta_at`` is the promised time that is still to be kept, ``missed_at`` the last one that was not.
    """

    waits: bool
    owned: bool
    since: datetime
    step: timedelta
    own_by: datetime | None = None
    answer_by: datetime | None = None
    eta_at: datetime | None = None
    missed_at: datetime | None = None
    misses: int = 0
    chased: int = 0
    chased_at: datetime | None = None
    rung: Rung = Rung.CONTACT


def upcoming(chased: Chased, hours: Hours, rungs: Collection[Rung]) -> tuple[datetime, Step] | None:
    """What the clock does next, and when; None: nothing, until somebody does something.

    ``rungs`` are those on which there is anybody.
    """
    if not chased.waits:
        return None
    if promised := chased.eta_at:
        return _ask(chased, promised, hours) or (promised + _LATE, Step.MISS)
    if next_rung(chased.rung, rungs) is None:
        return None
    up_at = _up_at(chased, hours)
    never_promised = chased.owned and chased.missed_at is None
    return (_ask(chased, up_at, hours) if never_promised else None) or (up_at, Step.UP)


def turn(chased: Chased, now: datetime, hours: Hours, rungs: Collection[Rung]) -> tuple[Chased, Step | None]:
    """What has become of it now, and what the clock does; one step at most."""
    found = upcoming(chased, hours, rungs)
    if found is None or found[0] > now:
        return chased, None
    step = found[1]
    if step is Step.ASK and (later := _instead_of_asking(chased, now, hours)):
        step = later
    asked = replace(chased, chased=chased.chased + 1, chased_at=now)
    match step:
        case Step.ASK:
            return asked, step
        case Step.MISS:
            return replace(missed(asked, rungs), since=now), step
    return replace(asked, rung=next_rung(chased.rung, rungs) or chased.rung, since=now), step


def missed(chased: Chased, rungs: Collection[Rung]) -> Chased:
    """The promised time went by. The second goes to the department's lead, each further one to the next above."""
    misses = chased.misses + 1
    rung = chased.rung
    if misses == MISSES_FOR_LEAD:
        rung = max(rung, next_rung(Rung.CONTACT, rungs) or rung)
    elif misses > MISSES_FOR_LEAD:
        rung = next_rung(rung, rungs) or rung
    return replace(chased, misses=misses, missed_at=chased.eta_at, eta_at=None, rung=rung)


def next_rung(rung: Rung, rungs: Collection[Rung]) -> Rung | None:
    """Who hears of it next; None: nobody is left."""
    return min((each for each in rungs if each > rung), default=None)


def is_asked_with(chased: Chased, now: datetime, hours: Hours, rungs: Collection[Rung]) -> bool:
    """Whether it is one of those asked on the same list, because it would be asked later that day anyway."""
    found = upcoming(chased, hours, rungs)
    return found is not None and found[1] is Step.ASK and hours.day(found[0]) <= hours.day(now)


def _ask(chased: Chased, before: datetime, hours: Hours) -> tuple[datetime, Step] | None:
    """An hour ahead; not of who has just said something, nor twice on one day without an answer."""
    at = hours.before(before, AHEAD)
    if at <= chased.since:
        return None
    last = chased.chased_at
    asked = last is not None and last >= chased.since and hours.day(last) >= hours.day(at)
    return None if asked else (at, Step.ASK)


def _instead_of_asking(chased: Chased, now: datetime, hours: Hours) -> Step | None:
    """What it is too late to ask about."""
    if promised := chased.eta_at:
        return Step.MISS if promised < now else None
    return Step.UP if _up_at(chased, hours) <= now else None


def _up_at(chased: Chased, hours: Hours) -> datetime:
    """When silence has lasted too long."""
    if not chased.owned and chased.rung is Rung.CONTACT and chased.own_by:
        return max(chased.own_by, chased.since)
    at = hours.after(chased.since, chased.step)
    wanted = chased.answer_by
    return min(at, wanted) if chased.owned and wanted and wanted > chased.since else at
