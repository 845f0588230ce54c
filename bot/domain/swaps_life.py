"""The life of a swap: who may do what to it in which state, and what it becomes.

open → accepted → needs approval → approved; or declined, withdrawn, expired, superseded. Only what was approved
can still change: it can be undone, or a new schedule leaves no room for it. Whether the roles of somebody let
them try at all is for the permission table; what the rules say is in the verdict (``bot.domain.rules_swaps``),
made anew for each event that carries one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.approval import (
    REGRET,
    BothSides,
    NotAParty,
    ReasonMissing,
    RegretIsOver,
    check_approver,
    demand_none,
)
from bot.domain.rules_swaps import Outcome, Verdict
from bot.domain.swaps import (
    PENDING,
    Accept,
    AgreeToUndo,
    Approve,
    ApproveAnyway,
    Decline,
    Event,
    Expire,
    NobodyAsked,
    NotAsked,
    Refuse,
    Replan,
    Settle,
    State,
    Supersede,
    Swap,
    SwapNotOpen,
    SwapNotYetExpired,
    SwapWithOneself,
    Undo,
    Withdraw,
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
        demand_none(verdict.firm if proxy else verdict.denials)
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


def _accepted(swap: Swap, event: Accept, now: datetime) -> Swap:
    _demand(swap, {State.OPEN}, now)
    if event.by not in swap.asked:
        raise NotAsked
    if event.proxy in swap.proxies:
        raise BothSides
    accepted = _with_proxy(swap, event.by, event.proxy)
    demand_none(event.verdict.firm)
    return replace(accepted, state=State.ACCEPTED, accepted_by=event.by, asked=frozenset())


def _settled(swap: Swap, event: Settle, now: datetime) -> Swap:
    _demand(swap, {State.ACCEPTED}, now)
    demand_none(event.verdict.firm)
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
    check_approver(event.by, swap.parties, swap.proxies)
    if not isinstance(event, Approve) and not event.reason.strip():
        raise ReasonMissing
    if isinstance(event, Refuse):
        return replace(swap, state=State.DECLINED, decided_by=event.by.member_id)
    demand_none(event.verdict.denials if isinstance(event, Approve) else event.verdict.firm)
    return replace(swap, state=State.APPROVED, decided_by=event.by.member_id, settled_at=now)


def _undone(swap: Swap, event: Undo | AgreeToUndo, now: datetime) -> Swap:
    _demand(swap, {State.APPROVED})
    if event.by not in swap.parties:
        raise NotAParty
    if isinstance(event, Undo):
        if not may_regret(swap, now):
            raise RegretIsOver
        demand_none(event.verdict.firm)
        return replace(swap, state=State.UNDONE)
    wanted_by = swap.undo_wanted_by | {event.by}
    if wanted_by != swap.parties:
        return replace(swap, undo_wanted_by=wanted_by)
    demand_none(event.verdict.denials)
    return replace(swap, state=State.UNDONE, undo_wanted_by=wanted_by)


def _demand(swap: Swap, states: frozenset[State] | set[State], now: datetime | None = None) -> None:
    if swap.state not in states:
        raise SwapNotOpen(swap.state, swap.accepted_by)
    if now is not None and now >= swap.expires_at:
        raise SwapNotOpen(State.EXPIRED, swap.accepted_by)


def _with_proxy(swap: Swap, person: UUID, proxy: UUID | None) -> Swap:
    if proxy is None or proxy == person:
        return swap
    if proxy in swap.parties | swap.asked:
        raise BothSides
    return replace(swap, proxies=swap.proxies | {proxy})
