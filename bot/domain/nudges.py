"""Who is told that something needs them, and when: few messages, nothing twice, nobody at rest.

A deadline has rungs, at a share of its time each. Half of it shows on Home only; what comes after goes out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from uuid import UUID

from bot.domain.cases import LIVE, By, Happening, Priority, State
from bot.domain.cases import Kind as What
from bot.domain.sla import BREACH, STOPPED, Mode
from bot.domain.wallclock import next_quarter, quarter

HOME = 50  # per cent of the time
# At most one unsolicited message to a person in so long a time.
BETWEEN = timedelta(minutes=30)
# Of a breach that its owner was told of and does nothing about, the lead hears.
PATIENCE = timedelta(minutes=30)
_STANDS = frozenset({Mode.PAUSED, *STOPPED})
# Less is no rest.
_WORTH = timedelta(minutes=10)
_SNOOZES = (timedelta(minutes=15), timedelta(minutes=30), *(timedelta(hours=each) for each in (1, 2, 4, 8)))


class Kind(StrEnum):
    """What somebody is nudged about."""

    SLA = "sla"  # a clock of a case
    STUCK = "stuck"  # a case between two teams
    PROMISE = "promise"
    ESCALATION = "escalation"
    EXCEPTION = "exception"
    ANNOUNCEMENT = "announcement"  # that somebody has not read yet
    KB = "kb"  # articles that somebody should look at
    KB_APPROVAL = "kb_approval"  # words that wait for a second person


class Ended(StrEnum):
    """Why a nudge is none any more."""

    SEEN = "seen"  # somebody saw to it
    SNOOZED = "snoozed"
    AGAIN = "again"  # a later one asks the same
    OVERTAKEN = "overtaken"  # the deadline is another one, or nobody is to be told any more
    OVER = "over"  # there is nothing to see to any more


class As(StrEnum):
    """Why somebody in particular hears of a case."""

    OWNER = "owner"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    DESK = "desk"  # the coordinators, where nobody else is there


class PastTheBreach(Exception):
    """A nudge cannot be put off until after the case is late, nor when it is late already."""

    def __init__(self, latest: datetime | None) -> None:
        super().__init__(latest)
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Ear:
    """How somebody can be reached now. ``at_any_hour``: they want to be told of what is urgent in any case."""

    on: bool  # at work
    quiet: bool  # in their quiet hours, or away
    at_any_hour: bool = False
    told_at: datetime | None = None  # the last message for which they did not ask


@dataclass(frozen=True, slots=True)
class Waiting:
    """A nudge that nobody was told of yet, to whom (None: the coordinators); ``asked``: they want to hear then."""

    id: UUID
    to: UUID | None
    urgent: bool
    not_before: datetime | None = None
    asked: bool = False


def goes_out(percent: int) -> bool:
    """Whether anybody is told of this rung in a message."""
    return percent > HOME


def is_urgent(percent: int, priority: Priority) -> bool:
    """Whether it does not wait for other news."""
    return percent >= BREACH and priority is Priority.URGENT


def rung_key(case_id: UUID, metric: str, version: int, percent: int) -> str:
    """What makes the warning of a rung the same one: the case, its clock, the deadline and the rung."""
    return f"{Kind.SLA}:{case_id}:{metric}:{version}:{percent}"


def is_current(state: State, clock: tuple[int, Mode] | None, version: int) -> bool:
    """Whether a warning still holds: the case lives and its clock runs towards the deadline that was meant."""
    return state in LIVE and clock is not None and clock[0] == version and clock[1] not in _STANDS


def ended_by(happening: Happening) -> Ended | None:
    """What becomes of the warnings that people were given of a case, when this happens to it."""
    match happening.kind:
        case What.WORKING | What.OWNER | What.QUEUE | What.STATE | What.GONE:
            return Ended.SEEN
        case What.MESSAGE if happening.by in (By.MEMBER, By.HELPDESK):
            return Ended.SEEN
        case What.SNOOZE if happening.data.get("until"):
            return Ended.SNOOZED
        case What.PRIORITY | What.TIER | What.DEADLINE:
            return Ended.OVERTAKEN
    return None


def answers_the_told(happening: Happening) -> bool:
    """Whether it ends only what somebody was told: whoever has the case now has heard of nothing yet."""
    return happening.kind in (What.OWNER, What.QUEUE, What.SNOOZE)


def held_until(
    percent: int, snoozed_until: datetime | None, due_at: datetime | None, now: datetime
) -> datetime | None:
    """Until when a warning waits because the case was put off: never past the breach, and no breach does."""
    if percent >= BREACH or snoozed_until is None or snoozed_until <= now:
        return None
    return None if due_at and due_at <= snoozed_until else snoozed_until


def who_hears(
    owner: UUID | None,
    leads: Sequence[UUID],
    responsible: Sequence[UUID],
    ears: Mapping[UUID, Ear],
    *,
    urgent: bool = False,
) -> tuple[UUID | None, As]:
    """The owner on shift, or else a lead who is, or else whoever answers for this hour; None: the coordinators.

    Where none of them is there for something ``urgent``, the first of them who wants to be told at any hour.
    """
    steps = ((As.OWNER, [owner] if owner else []), (As.LEAD, leads), (As.RESPONSIBLE, responsible))
    known = [(why, each, ears[each]) for why, people in steps for each in people if each in ears]
    there = ((each, why) for why, each, ear in known if not ear.quiet and (ear.on or why is As.RESPONSIBLE))
    at_any_hour = ((each, why) for why, each, ear in known if urgent and ear.at_any_hour)
    return next(chain(there, at_any_hour), (None, As.DESK))


def tell_now(
    waiting: Iterable[Waiting], ears: Mapping[UUID | None, Ear], now: datetime
) -> dict[UUID | None, tuple[UUID, ...]]:
    """What each person is told now, in one message: nothing where their rest, or the last message, forbids it.

    What need not be told yet, or waits for the end of a rest, is left for a later turn. Where something goes out
    that is urgent, or that they asked to be reminded of, all the rest that is ready joins it.
    """
    ready: defaultdict[UUID | None, list[Waiting]] = defaultdict(list)
    for each in waiting:
        if each.not_before is None or each.not_before <= now:
            ready[each.to].append(each)
    told = {to: _told(every, ears.get(to), now) for to, every in ready.items()}
    return {to: tuple(each.id for each in every) for to, every in told.items() if every}


def snoozes(now: datetime, breach_at: datetime | None) -> tuple[datetime, ...]:
    """Until when a case can be put off: before it is late, and not at all where it is or nothing runs."""
    if breach_at is None:
        return ()
    # A round time is read faster, and one that is just ahead is not worth the bother.
    offered = dict.fromkeys(_round(now + each, now) for each in _SNOOZES)
    return tuple(each for each in offered if each < breach_at)


def snooze(until: datetime, now: datetime, breach_at: datetime | None) -> datetime:
    """The same instant; raises ``PastTheBreach`` where a case cannot be put off until then."""
    if breach_at is None or not now < until < breach_at:
        raise PastTheBreach(breach_at if breach_at and breach_at > now else None)
    return until


def _round(until: datetime, now: datetime) -> datetime:
    begun = quarter(until)
    return begun if begun - now >= _WORTH else next_quarter(until)


def _told(ready: Sequence[Waiting], ear: Ear | None, now: datetime) -> Sequence[Waiting]:
    if ear is None:
        return ()
    urgent = [each for each in ready if each.urgent]
    if ear.quiet:
        return urgent if ear.at_any_hour else ()
    rested = ear.told_at is None or ear.told_at + BETWEEN <= now
    asked = any(each.asked for each in ready)
    return ready if urgent or asked or rested else ()
