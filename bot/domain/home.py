"""Somebody's Home: all that stands on it, as of one instant."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from bot.domain.absences import Away
from bot.domain.announcements_shown import UnreadSeen
from bot.domain.approval import REGRET
from bot.domain.coverage_shown import GapShown
from bot.domain.coverage_supply import Post
from bot.domain.exceptions import ExceptionsSeen
from bot.domain.fairness import Share
from bot.domain.home_cases import OwnCases
from bot.domain.home_covers import CoverSeen, OpenShifts, PartToDecide
from bot.domain.home_escalations import OpenSeen
from bot.domain.home_kpi import WeekSeen
from bot.domain.intervals import Interval
from bot.domain.nudges_shown import AboutToBeLate
from bot.domain.permissions import Actor
from bot.domain.promises_shown import PromisesPage
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.swaps import PENDING, State
from bot.domain.swaps_shown import Audience, Seat, SwapShown
from bot.domain.timeoff_seen import RequestShown
from bot.domain.timeoff_shown import LeaveLeft
from bot.domain.unowned import Unowned


@dataclass(frozen=True, slots=True)
class Turnover:
    """Who begins and who ends work on a queue at an instant."""

    at: datetime
    queue: str | None
    begin: tuple[Somebody, ...]
    end: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True, order=True)
class QueueNow:
    """How many people a queue, or its contacts of a skill, needs now, and how many are there for it."""

    post: Post
    required: float
    there: float


@dataclass(frozen=True, slots=True)
class FloorToday:
    """Who is on now, what changes until the day is over, and the shifts that nobody works now.

    ``needed`` is for the queues of which it is known, and ``gap`` the next one of the week.
    """

    on: tuple[WorkedShift, ...]
    turnovers: tuple[Turnover, ...]
    unworked: tuple[WorkedShift, ...]
    needed: tuple[QueueNow, ...] = ()
    gap: GapShown | None = None


@dataclass(frozen=True, slots=True)
class SwapSeen:
    """A swap, and from where the reader looks at it."""

    swap: SwapShown
    seat: Seat


@dataclass(frozen=True, slots=True)
class Decisions:
    """The first of the swaps and of the parts of covers that the reader may decide, and how many there are."""

    first: tuple[SwapShown, ...]
    total: int
    parts: tuple[PartToDecide, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a Home shows.

    ``reader`` goes by the name that the roster has. ``shifts`` are theirs from now on, those of the next days;
    None: none at all is ahead of them. ``beside`` are the others on the queue of the first of them, by name.
    ``waiting`` and ``offered`` want the reader's answer, ``requests`` and ``covers`` somebody else's. ``floor`` is
    for who leads it, ``decisions`` for who decides, and so is ``unowned``, all ahead that nobody works. ``share``
    is what they had in a year of what nobody likes. ``open_shifts`` are those that they could take, ``leave`` is
    what they have of that, ``away`` when they are away now or will be, ``awaited`` the work for which a
    sign of them is waited for. ``timeoff`` is what they have asked for that waits or is ahead, and
    ``timeoff_to_decide`` the first of the ``timeoff_undecided`` that wait for them. ``cases`` are their own,
    ``late`` those about to be late, theirs or of whom they lead, ``exceptions`` those that wait for them;
    ``promises`` is what they owe to customers, ``escalations`` what departments owe, or theirs does, ``to_read``
    what was announced to them, ``week`` their key figures or those of the team that they lead.
    """

    now: datetime
    reader: Somebody
    actor: Actor
    shifts: tuple[WorkedShift, ...] | None = None
    beside: tuple[WorkedShift, ...] = ()
    waiting: tuple[SwapSeen, ...] = ()
    requests: tuple[SwapSeen, ...] = ()
    floor: FloorToday | None = None
    decisions: Decisions | None = None
    share: Share | None = None
    offered: tuple[CoverSeen, ...] = ()
    covers: tuple[CoverSeen, ...] = ()
    open_shifts: OpenShifts = field(default_factory=OpenShifts)
    unowned: tuple[Unowned, ...] | None = None
    away: tuple[Away, ...] = ()
    leave: LeaveLeft | None = None
    awaited: Interval | None = None
    timeoff: tuple[RequestShown, ...] = ()
    timeoff_to_decide: tuple[RequestShown, ...] = ()
    timeoff_undecided: int = 0
    cases: OwnCases = field(default_factory=OwnCases)
    late: AboutToBeLate = field(default_factory=AboutToBeLate)
    escalations: OpenSeen = field(default_factory=OpenSeen)
    exceptions: ExceptionsSeen = field(default_factory=ExceptionsSeen)
    promises: PromisesPage = field(default_factory=PromisesPage)
    to_read: UnreadSeen = field(default_factory=UnreadSeen)
    week: WeekSeen | None = None


@dataclass(frozen=True, slots=True)
class NoDesk:
    """The Home of somebody who is not on the roster; ``ask`` are the coordinators' accounts."""

    ask: tuple[str, ...]
    channel: str | None


def at_most(desk: Desk, number: int) -> Desk:
    """With no more than so many of each kind of which it is known how many there are."""
    decisions = desk.decisions and replace(
        desk.decisions,
        first=desk.decisions.first[:number],
        parts=desk.decisions.parts[: max(number - len(desk.decisions.first), 0)],
    )
    return replace(
        desk,
        decisions=decisions,
        timeoff_to_decide=desk.timeoff_to_decide[:number],
        open_shifts=replace(desk.open_shifts, first=desk.open_shifts.first[:number]),
        cases=replace(desk.cases, first=desk.cases.first[:number]),
        late=replace(desk.late, first=desk.late.first[:number]),
        escalations=replace(
            desk.escalations,
            first=desk.escalations.first[:number],
            waiting=desk.escalations.waiting[:number],
        ),
        exceptions=replace(desk.exceptions, first=desk.exceptions.first[:number]),
        to_read=replace(desk.to_read, first=desk.to_read.first[:number]),
    )


def waits_for(reader: Somebody, seen: SwapSeen, now: datetime) -> bool:
    """Whether the reader has to say something: to accept or not, or to agree to undo what is still ahead."""
    swap = seen.swap
    if swap.state is State.OPEN:
        return seen.seat.audience is Audience.COLLEAGUE
    return _wants_undo(swap, now) and swap.undo_wanted_by != reader.member_id


def is_request(reader: Somebody, seen: SwapSeen, now: datetime) -> bool:
    """Whether the reader is to be shown where it stands: it waits for others, or is settled and can be undone."""
    swap = seen.swap
    if waits_for(reader, seen, now):
        return False
    recently = swap.state is State.APPROVED and swap.settled_at is not None and now < swap.settled_at + REGRET
    return swap.state in PENDING or recently or _wants_undo(swap, now)


def turnovers(shifts: Iterable[WorkedShift], after: datetime, until: datetime) -> tuple[Turnover, ...]:
    """What changes on the queues after an instant, and before another; who goes on at once is not named."""
    edges: list[tuple[datetime, str, bool, Somebody]] = []
    for shift in shifts:
        for at, begins in ((shift.interval.start, True), (shift.interval.end, False)):
            if shift.worker and after < at < until:
                edges.append((at, shift.queue or "", begins, shift.worker))
    edges.sort(key=lambda edge: (edge[0], edge[1], edge[3].name, edge[3].member_id))
    found = []
    for (at, queue), group in groupby(edges, key=lambda edge: edge[:2]):
        same = list(group)
        begin, end = ({who for *_, begins, who in same if begins is wanted} for wanted in (True, False))
        changes = [who for *_, who in same if (who in begin) != (who in end)]
        if changes:
            comes, goes = (tuple(who for who in changes if who in side) for side in (begin, end))
            found.append(Turnover(at, queue or None, comes, goes))
    return tuple(found)


def _wants_undo(swap: SwapShown, now: datetime) -> bool:
    """Whether one of the two wants it undone, and it still can be."""
    begins = min(shift.interval.start for shift in (swap.given, swap.returned))
    return swap.state is State.APPROVED and swap.undo_wanted_by is not None and now < begins
