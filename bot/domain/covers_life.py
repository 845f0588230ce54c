"""The life of a cover: who may do what to it in which state, and what it becomes.

open → covered; or withdrawn, expired, superseded. Each part that somebody takes: (needs approval →) confirmed; or
declined, withdrawn, expired, superseded; and undone once it was confirmed. What was declined, given up or
regretted by its taker can be taken again while the cover is open. Whether the roles of somebody let them try at
all is for the permission table; what the rules say is in the verdict (``bot.domain.rules_swaps``), made anew for
each event that carries one.
"""

from collections.abc import Set
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
from bot.domain.covers import (
    AgreeToUndo,
    Approve,
    ApproveAnyway,
    Cover,
    CoverOfOneself,
    Event,
    Expire,
    GiveUp,
    NotOffered,
    NotOpen,
    NotYetExpired,
    PartState,
    Refuse,
    Replan,
    State,
    Supersede,
    Take,
    TakenPart,
    Undo,
    Withdraw,
)
from bot.domain.intervals import Interval, subtract
from bot.domain.rules_swaps import Outcome, Verdict


def offer(
    owner: UUID | None,
    interval: Interval,
    now: datetime,
    expires_at: datetime,
    entered_by: UUID | None = None,
    verdict: Verdict | None = None,
) -> Cover:
    """A cover of which all is to be taken; ``verdict`` is on the owner giving it away, whoever takes it.

    The owner cannot offer what anything denies, who enters it for them can where policy may be approved anyway.
    Raises ``NotPossible``, and ``NotOpen`` where it would be over already.
    """
    if expires_at <= now:
        raise NotOpen(State.EXPIRED)
    proxy = None if entered_by == owner else entered_by
    if verdict:
        demand_none(verdict.firm if proxy else verdict.denials)
    return Cover(owner, interval, expires_at, entered_by=proxy)


def transition(cover: Cover, event: Event, now: datetime) -> Cover:
    """What the cover becomes. Raises one of the exceptions of its modules, and then nothing has changed."""
    match event:
        case Take():
            return _taken(cover, event, now)
        case Approve() | ApproveAnyway() | Refuse():
            return _decided(cover, event, now)
        case GiveUp():
            return _given_up(cover, event)
        case Withdraw():
            return _withdrawn(cover, event)
        case Expire():
            _demand_open(cover)
            if now < cover.expires_at:
                raise NotYetExpired
            return _over(cover, State.EXPIRED, PartState.EXPIRED)
        case Supersede():
            _demand_open(cover)
            return _over(cover, State.SUPERSEDED, PartState.SUPERSEDED)
        case Replan():
            part = _demand(cover, event.part, PartState.CONFIRMED)
            return _reckoned(_with(cover, replace(part, state=PartState.SUPERSEDED)), State.SUPERSEDED, now)
        case Undo() | AgreeToUndo():
            return _undone(cover, event, now)


def demand_taker(cover: Cover, by: UUID, interval: Interval, now: datetime, proxy: UUID | None = None) -> None:
    """Raises what a ``Take`` does, whatever the rules say of it."""
    _demand_open(cover, now)
    if by == cover.owner:
        raise CoverOfOneself
    giving = _giving(cover)
    if by in giving:
        raise BothSides
    _proxy(by, proxy, giving)
    if subtract(interval, [cover.interval]):
        raise NotOffered
    if subtract(interval, cover.open_parts):
        first = (each for each in cover.parts if each.is_held and each.interval.overlaps(interval))
        raise NotOpen(cover.state, frozenset(each.taker for each in first), cover.open_parts)


def may_regret(part: TakenPart, now: datetime) -> bool:
    """Whether giver or taker can still undo it alone."""
    return part.state is PartState.CONFIRMED and part.settled_at is not None and now < part.settled_at + REGRET


def is_untaken(cover: Cover) -> bool:
    """Whether it is an open shift of which nobody has taken anything, which ends without anybody's loss."""
    return cover.owner is None and cover.state is State.OPEN and not any(each.is_held for each in cover.parts)


def _taken(cover: Cover, event: Take, now: datetime) -> Cover:
    demand_taker(cover, event.by, event.interval, now, event.proxy)
    proxy = _proxy(event.by, event.proxy, _giving(cover))
    demand_none(event.verdict.firm)
    part = TakenPart(event.part, event.by, event.interval, PartState.NEEDS_APPROVAL, proxy)
    if event.verdict.outcome is Outcome.AUTOMATIC:
        part = replace(part, state=PartState.CONFIRMED, settled_at=now)
    return _reckoned(replace(cover, parts=(*cover.parts, part)), cover.state, now)


def _decided(cover: Cover, event: Approve | ApproveAnyway | Refuse, now: datetime) -> Cover:
    part = _demand(cover, event.part, PartState.NEEDS_APPROVAL, now)
    check_approver(event.by, cover.parties(part), cover.proxies(part))
    if not isinstance(event, Approve) and not event.reason.strip():
        raise ReasonMissing
    decided = replace(part, decided_by=event.by.member_id)
    if isinstance(event, Refuse):
        return _with(cover, replace(decided, state=PartState.DECLINED))
    demand_none(event.verdict.denials if isinstance(event, Approve) else event.verdict.firm)
    return _reckoned(_with(cover, replace(decided, state=PartState.CONFIRMED, settled_at=now)), cover.state, now)


def _given_up(cover: Cover, event: GiveUp) -> Cover:
    part = _demand(cover, event.part, PartState.NEEDS_APPROVAL)
    if event.by != part.taker:
        raise NotAParty
    proxy = _proxy(event.by, event.proxy, {cover.owner})
    return _with(cover, replace(part, state=PartState.WITHDRAWN, ended_by=proxy or event.by))


def _withdrawn(cover: Cover, event: Withdraw) -> Cover:
    _demand_open(cover)
    if cover.owner and event.by != cover.owner:
        raise NotAParty
    waiting = {each.taker for each in cover.parts if each.state is PartState.NEEDS_APPROVAL}
    by = _proxy(event.by, event.proxy, waiting) or event.by
    return _over(cover, State.WITHDRAWN, PartState.WITHDRAWN, by)


def _undone(cover: Cover, event: Undo | AgreeToUndo, now: datetime) -> Cover:
    part = _demand(cover, event.part, PartState.CONFIRMED)
    if event.by not in (part.taker, cover.giver):
        raise NotAParty
    undone = replace(part, state=PartState.UNDONE, ended_by=event.by)
    if isinstance(event, Undo):
        if not may_regret(part, now):
            raise RegretIsOver
        demand_none(event.verdict.firm)
    elif cover.owner is None:
        # Nobody is there to agree: who wants out of it gives it away.
        raise RegretIsOver
    elif part.undo_wanted_by in (None, event.by):
        return _with(cover, replace(part, undo_wanted_by=event.by))
    else:
        demand_none(event.verdict.denials)
    return _reckoned(_with(cover, undone), State.WITHDRAWN, now)


def _reckoned(cover: Cover, kept: State, now: datetime) -> Cover:
    """Whether all of it is covered, is to be taken again or, with nothing left of it, is over as ``kept``."""
    if cover.state not in (State.OPEN, State.COVERED):
        return cover
    unsettled = replace(cover, state=State.OPEN)
    if unsettled.unsettled:
        return unsettled if now < cover.expires_at else _over(unsettled, State.EXPIRED, PartState.EXPIRED)
    confirmed = any(each.state is PartState.CONFIRMED for each in cover.parts)
    return replace(cover, state=State.COVERED if confirmed else kept)


def _over(cover: Cover, state: State, waiting: PartState, by: UUID | None = None) -> Cover:
    """The cover is over, and with it what waits for approval."""
    parts = (
        replace(each, state=waiting, ended_by=by) if each.state is PartState.NEEDS_APPROVAL else each
        for each in cover.parts
    )
    return replace(cover, state=state, parts=tuple(parts))


def _demand_open(cover: Cover, now: datetime | None = None) -> None:
    if cover.state is not State.OPEN:
        raise NotOpen(cover.state, frozenset(each.taker for each in cover.parts if each.is_held))
    if now is not None and now >= cover.expires_at:
        raise NotOpen(State.EXPIRED)


def _demand(cover: Cover, part_id: UUID, state: PartState, now: datetime | None = None) -> TakenPart:
    part = cover.part(part_id)
    if part.state is not state:
        raise NotOpen(part.state)
    if now is not None and now >= cover.expires_at:
        raise NotOpen(State.EXPIRED)
    return part


def _giving(cover: Cover) -> set[UUID | None]:
    """Who is on the owner's side; whoever opened a shift is on nobody's."""
    return {cover.owner, cover.entered_by} if cover.owner else set()


def _proxy(person: UUID, proxy: UUID | None, others: Set[UUID | None]) -> UUID | None:
    """Who acts for somebody; None: they do themselves. Raises ``BothSides`` for one of the ``others``."""
    if proxy is None or proxy == person:
        return None
    if proxy in others:
        raise BothSides
    return proxy


def _with(cover: Cover, part: TakenPart) -> Cover:
    parts = tuple(part if each.id == part.id else each for each in cover.parts)
    return replace(cover, parts=parts)
