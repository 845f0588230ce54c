"""The life of a request for time off: who may do what to it in which state, and what it becomes.

needs approval → approved or partly approved; or declined, withdrawn, expired. What was approved can be cancelled,
as far as it has not begun, or give way to another request that changes it. Whether the roles of somebody let them
try at all is for the permission table; balance, limits and coverage are looked at by whoever decides.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.approval import NotAParty, ReasonMissing, check_approver
from bot.domain.timeoff import (
    STANDING,
    Approve,
    Cancel,
    Day,
    Decline,
    Event,
    Expire,
    GiveWay,
    NothingLeft,
    NothingToTake,
    NotOpen,
    NotYetExpired,
    Request,
    State,
    Withdraw,
    only,
)


def ask(
    asker: UUID,
    days: tuple[Day, ...],
    now: datetime,
    expires_at: datetime,
    proxy: UUID | None = None,
    *,
    needs_approval: bool = True,
) -> Request:
    """A request, approved at once where nobody needs to.

    Raises ``NothingToTake``, and ``NotOpen`` where it would be over already.
    """
    if not any(each.minutes for each in days):
        raise NothingToTake
    if needs_approval and expires_at <= now:
        raise NotOpen(State.EXPIRED)
    state = State.NEEDS_APPROVAL if needs_approval else State.APPROVED
    proxies = frozenset({proxy} if proxy and proxy != asker else ())
    return Request(asker, days, expires_at, state, days, proxies)


def transition(request: Request, event: Event, now: datetime) -> Request:
    """What the request becomes. Raises one of the exceptions of its modules, and then nothing has changed."""
    match event:
        case Approve() | Decline():
            return _decided(request, event, now)
        case Withdraw():
            _demand(request, {State.NEEDS_APPROVAL})
            return replace(_by(request, event), state=State.WITHDRAWN, days=())
        case Cancel():
            _demand(request, STANDING)
            return replace(_by(request, event), state=State.CANCELLED, days=_begun(request.days, now))
        case GiveWay():
            _demand(request, STANDING)
            return replace(request, state=State.CHANGED, days=begun(request.days, now))
        case Expire():
            _demand(request, {State.NEEDS_APPROVAL})
            if now < request.expires_at:
                raise NotYetExpired
            return replace(request, state=State.EXPIRED, days=())


def begun(days: Iterable[Day], now: datetime) -> tuple[Day, ...]:
    """What of it stays as it was, because it has begun or is over."""
    return tuple(each for each in days if each.has_begun(now))


def can_be_cancelled(request: Request, now: datetime) -> bool:
    """Whether anything of it is approved and has not begun."""
    return request.state in STANDING and any(not each.has_begun(now) for each in request.days if each.minutes)


def _decided(request: Request, event: Approve | Decline, now: datetime) -> Request:
    _demand(request, {State.NEEDS_APPROVAL}, now)
    check_approver(event.by, {request.asker}, request.proxies)
    by = event.by.member_id
    if isinstance(event, Decline):
        if not event.reason.strip():
            raise ReasonMissing
        return replace(request, state=State.DECLINED, days=(), decided_by=by)
    taking = {each.day for each in request.wanted if each.minutes}
    chosen = taking if event.days is None else event.days & taking
    if not chosen:
        raise NothingToTake
    if chosen == taking:
        return replace(request, state=State.APPROVED, days=request.wanted, decided_by=by)
    return replace(request, state=State.PARTLY_APPROVED, days=only(request.wanted, chosen), decided_by=by)


def _begun(days: Iterable[Day], now: datetime) -> tuple[Day, ...]:
    """Raises ``NothingLeft`` where that is all of it."""
    every = tuple(days)
    if not any(not each.has_begun(now) for each in every if each.minutes):
        raise NothingLeft
    return begun(every, now)


def _by(request: Request, event: Withdraw | Cancel) -> Request:
    if event.by != request.asker:
        raise NotAParty
    if event.proxy is None or event.proxy == request.asker:
        return request
    return replace(request, proxies=request.proxies | {event.proxy})


def _demand(request: Request, states: frozenset[State] | set[State], now: datetime | None = None) -> None:
    if request.state not in states:
        raise NotOpen(request.state)
    if now is not None and now >= request.expires_at:
        raise NotOpen(State.EXPIRED)
