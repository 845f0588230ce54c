"""The life of a swap: who may do what to it in which state, and what it becomes.

open → accepted → needs approval → approved; or declined, withdrawn, expired, superseded. Only what was approved
can still change: it can be undone, or a new schedule leaves no room for it. Whether the roles of somebody let
them try at all is for the permission table; what the rules say is in the verdict (``bot.domain.rules_swaps``),
made anew for each event that carries one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.permissions import Role
from bot.domain.rules import Finding
from bot.domain.rules_swaps import Outcome, Verdict

REGRET = timedelta(minutes=10)


class State(StrEnum):
    """Where a swap stands."""

    OPEN = "open"  # waits for a colleague
    ACCEPTED = "accepted"  # waits for the check that settles it
    NEEDS_APPROVAL = "needs approval"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # one of the shifts changed
    UNDONE = "undone"


PENDING = frozenset({State.OPEN, State.ACCEPTED, State.NEEDS_APPROVAL})


class SwapNotOpen(Exception):
    """It is not in a state in which this can be done; ``taken_by`` is whose acceptance came first."""

    def __init__(self, state: State, taken_by: UUID | None = None) -> None:
        super().__init__(f"the swap is {state}")
        self.state = state
        self.taken_by = taken_by


class SwapNotYetExpired(Exception):
    """Its time is not over."""


class NotPossible(Exception):
    """Rules stand in the way; ``findings`` are those that do, for who may read them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.rule for finding in findings))
        self.findings = findings


class SwapWithOneself(Exception):
    """The asker is among those asked."""


class NobodyAsked(Exception):
    """There is no colleague to answer."""


class NotAsked(Exception):
    """It was not this person who was asked."""


class NotAParty(Exception):
    """It is not this person's swap."""


class BothSides(Exception):
    """Who asks, or acts for who asks, does not answer as well."""


class OwnRequest(Exception):
    """Nobody approves a swap of their own."""


class EnteredAsProxy(Exception):
    """Nobody approves what they did for somebody else."""


class NotAnApprover(Exception):
    """A coordinator approves; a manager or lead may where there is only one."""


class ReasonMissing(Exception):
    """This needs a reason."""


class RegretIsOver(Exception):
    """The ten minutes are over; now it takes both."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What decides what can become of a swap.

    ``asked``: the colleagues who may still answer. ``proxies``: who did something here for somebody else.
    ``settled_at``: when it was approved. ``undo_wanted_by``: who agreed to undo it once regret was over.
    """

    asker: UUID
    asked: frozenset[UUID]
    expires_at: datetime
    state: State = State.OPEN
    accepted_by: UUID | None = None
    proxies: frozenset[UUID] = frozenset()
    decided_by: UUID | None = None
    settled_at: datetime | None = None
    undo_wanted_by: frozenset[UUID] = frozenset()

    @property
    def parties(self) -> frozenset[UUID]:
        """The asker, and the colleague once there is one."""
        return frozenset(each for each in (self.asker, self.accepted_by) if each)


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides, in which roles, and how many coordinators the floor has."""

    member_id: UUID
    roles: frozenset[Role]
    coordinators: int


@dataclass(frozen=True, slots=True)
class Accept:
    """A colleague who was asked takes it; ``proxy`` did it for them."""

    by: UUID
    verdict: Verdict
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """What was accepted is approved if no rule wants anybody to look at it, or waits for approval."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decline:
    """A colleague who was asked does not want it, or who accepted it no more; ``proxy`` did it for them."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The asker takes it back; ``proxy`` did it for them."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """It shall be so; nothing denies it."""

    by: Approver
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ApproveAnyway:
    """It shall be so although policy denies it, for a reason."""

    by: Approver
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """It shall not be, for a reason."""

    by: Approver
    reason: str


@dataclass(frozen=True, slots=True)
class Expire:
    """Nobody settled it in time."""


@dataclass(frozen=True, slots=True)
class Supersede:
    """One of its shifts changed."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A new schedule leaves no room for what was settled."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A party regrets it within ten minutes; the verdict is on swapping back."""

    by: UUID
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AgreeToUndo:
    """A party wants it undone at any time; once both do it is. The verdict is on swapping back."""

    by: UUID
    verdict: Verdict


Event = (
    Accept
    | Settle
    | Decline
    | Withdraw
    | Approve
    | ApproveAnyway
    | Refuse
    | Expire
    | Supersede
    | Replan
    | Undo
    | AgreeToUndo
)


def propose(
    asker: UUID, verdicts: Mapping[UUID, Verdict], now: datetime, expires_at: datetime, proxy: UUID | None = None
) -> Swap:
    """A swap open to the colleagues that there is a verdict with.

    The asker cannot propose what anything denies. A proxy can where policy may be approved anyway. Raises
    ``NobodyAsked``, ``SwapWithOneself``, ``BothSides`` where the proxy is asked, ``NotPossible``, and
    ``SwapNotOpen`` where it would be over already.
    """
    if not verdicts:
        raise NobodyAsked
    if asker in verdicts:
        raise SwapWithOneself
    if expires_at <= now:
        raise SwapNotOpen(State.EXPIRED)
    for verdict in verdicts.values():
        _demand_none(verdict.firm if proxy else verdict.denials)
    return _with_proxy(Swap(asker, frozenset(verdicts), expires_at), asker, proxy)


def transition(swap: Swap, event: Event, now: datetime) -> Swap:
    """What the swap becomes. Raises one of this module's exceptions, and then nothing has changed."""
    match event:
        case Accept():
            return _accepted(swap, event, now)
        case Settle():
            return _settled(swap, event, now)
        case Decline():
            return _declined(swap, event)
        case Withdraw():
            _demand(swap, PENDING)
            if event.by != swap.asker:
                raise NotAParty
            return replace(_with_proxy(swap, event.by, event.proxy), state=State.WITHDRAWN)
        case Approve() | ApproveAnyway() | Refuse():
            return _decided(swap, event, now)
        case Expire():
            _demand(swap, PENDING)
            if now < swap.expires_at:
                raise SwapNotYetExpired
            return replace(swap, state=State.EXPIRED)
        case Supersede():
            _demand(swap, PENDING)
            return replace(swap, state=State.SUPERSEDED)
        case Replan():
            _demand(swap, {State.APPROVED})
            return replace(swap, state=State.SUPERSEDED)
        case Undo() | AgreeToUndo():
            return _undone(swap, event, now)


def may_regret(swap: Swap, now: datetime) -> bool:
    """Whether either party can still undo it alone."""
    return swap.state is State.APPROVED and swap.settled_at is not None and now < swap.settled_at + REGRET


def check_approver(swap: Swap, by: Approver) -> None:
    """Raises ``OwnRequest``, ``EnteredAsProxy`` or ``NotAnApprover`` unless they may decide it."""
    if by.member_id in swap.parties:
        raise OwnRequest
    if by.member_id in swap.proxies:
        raise EnteredAsProxy
    stands_in = by.coordinators <= 1 and bool(by.roles & {Role.MANAGER, Role.LEAD})
    if Role.COORDINATOR not in by.roles and not stands_in:
        raise NotAnApprover


def _accepted(swap: Swap, event: Accept, now: datetime) -> Swap:
    _demand(swap, {State.OPEN}, now)
    if event.by not in swap.asked:
        raise NotAsked
    if event.proxy in swap.proxies:
        raise BothSides
    accepted = _with_proxy(swap, event.by, event.proxy)
    _demand_none(event.verdict.firm)
    return replace(accepted, state=State.ACCEPTED, accepted_by=event.by, asked=frozenset())


def _settled(swap: Swap, event: Settle, now: datetime) -> Swap:
    _demand(swap, {State.ACCEPTED}, now)
    _demand_none(event.verdict.firm)
    if event.verdict.outcome is Outcome.AUTOMATIC:
        return replace(swap, state=State.APPROVED, settled_at=now)
    return replace(swap, state=State.NEEDS_APPROVAL)


def _declined(swap: Swap, event: Decline) -> Swap:
    _demand(swap, PENDING)
    if event.by != swap.accepted_by and event.by not in swap.asked:
        raise NotAsked
    still_asked = swap.asked - {event.by}
    state = State.OPEN if still_asked else State.DECLINED
    return replace(_with_proxy(swap, event.by, event.proxy), state=state, asked=still_asked)


def _decided(swap: Swap, event: Approve | ApproveAnyway | Refuse, now: datetime) -> Swap:
    _demand(swap, {State.NEEDS_APPROVAL}, now)
    check_approver(swap, event.by)
    if not isinstance(event, Approve) and not event.reason.strip():
        raise ReasonMissing
    if isinstance(event, Refuse):
        return replace(swap, state=State.DECLINED, decided_by=event.by.member_id)
    _demand_none(event.verdict.denials if isinstance(event, Approve) else event.verdict.firm)
    return replace(swap, state=State.APPROVED, decided_by=event.by.member_id, settled_at=now)


def _undone(swap: Swap, event: Undo | AgreeToUndo, now: datetime) -> Swap:
    _demand(swap, {State.APPROVED})
    if event.by not in swap.parties:
        raise NotAParty
    if isinstance(event, Undo):
        if not may_regret(swap, now):
            raise RegretIsOver
        _demand_none(event.verdict.firm)
        return replace(swap, state=State.UNDONE)
    wanted_by = swap.undo_wanted_by | {event.by}
    if wanted_by != swap.parties:
        return replace(swap, undo_wanted_by=wanted_by)
    _demand_none(event.verdict.denials)
    return replace(swap, state=State.UNDONE, undo_wanted_by=wanted_by)


def _demand(swap: Swap, states: frozenset[State] | set[State], now: datetime | None = None) -> None:
    if swap.state not in states:
        raise SwapNotOpen(swap.state, swap.accepted_by)
    if now is not None and now >= swap.expires_at:
        raise SwapNotOpen(State.EXPIRED, swap.accepted_by)


def _demand_none(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise NotPossible(findings)


def _with_proxy(swap: Swap, person: UUID, proxy: UUID | None) -> Swap:
    if proxy is None or proxy == person:
        return swap
    if proxy in swap.parties | swap.asked:
        raise BothSides
    return replace(swap, proxies=swap.proxies | {proxy})
