"""What approvers do to a part that somebody took: approve it, approve it anyway, decline it."""

from uuid import UUID

from bot.actions import approvers
from bot.actions.approvers import ReviewChanged
from bot.actions.covers_settle import settle
from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.people import Caller, UnknownPerson
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.approval import Approver
from bot.domain.covers import Approve, ApproveAnyway, NotOpen, PartState, Refuse
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.rules import Finding
from bot.domain.swaps_review import from_document, news_since
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import CoverPart


def approve(deps: Deps, caller: Caller, part_id: UUID) -> None:
    """It shall be so. Raises what ``demand_approver`` does, ``NotPossible`` and ``ReviewChanged``."""
    with deps.sessions.write(caller.workspace_id) as session:
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        changed = _decide(turn, taken, None)
    if changed:
        raise ReviewChanged(changed)


def approve_anyway(deps: Deps, caller: Caller, part_id: UUID, nonce: UUID, reason: str) -> None:
    """It shall be so although policy denies it, for a reason. Raises the same, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        changed = _decide(turn, taken, reason)
        if not changed:
            remember_form(session, nonce, taken.id, deps.clock())
    if changed:
        raise ReviewChanged(changed)


def refuse(deps: Deps, caller: Caller, part_id: UUID, nonce: UUID, reason: str) -> None:
    """It shall not be, for a reason. Raises what ``demand_approver`` does, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        row = turn.row
        before, after = turn.become(Refuse(part_id, approver_of(turn, taken), reason))
        taken.reason_id = turn.note(reason)
        remember_form(session, nonce, taken.id, deps.clock())
        record(session, deps, caller.actor, "cover.refuse", ("cover", row.id), before, after, row.number)
        show(turn)
        say(turn, News.REFUSED, Audience.OWNER, Audience.PROXY, asked(taken.taker_id), part=taken)


def demand_approver(deps: Deps, caller: Caller, part_id: UUID) -> None:
    """Raises ``UnknownCover``, ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` or ``NotAnApprover``, or
    ``NotOpen`` where the part does not wait for approval, unless the caller may decide it now."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        approver_of(turn, taken)
        _demand_waiting(taken)


def approver_of(turn: Turn, taken: CoverPart) -> Approver:
    """Who acts, as far as a part is concerned; a lead counts for the owner's team, or where there is no owner for
    the taker's.

    Raises ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and ``NotAnApprover``.
    """
    life = turn.life
    part = life.part(taken.id)
    between = life.parties(part), life.proxies(part)
    return approvers.approver_of(turn.session, turn.actor, Deed.DECIDE_COVER, turn.team_of(taken), *between)


def _decide(turn: Turn, taken: CoverPart, reason: str | None) -> tuple[Finding, ...]:
    """Approves what is as it was when the card was drawn; otherwise draws it anew, and says what is new."""
    session, deps, row = turn.session, turn.deps, turn.row
    approver = approver_of(turn, taken)
    _demand_waiting(taken)
    taker = member(session, taken.taker_id)
    if taker is None:
        raise UnknownPerson
    verdict, review = turn.check(taker, Interval(taken.start, taken.end))
    since = news_since(from_document(taken.review), review)
    turn.keep(taken.id, review)
    if since:
        show(turn)
        return since
    if reason is None:
        before, after = turn.become(Approve(taken.id, approver, verdict))
        record(session, deps, turn.actor, "cover.approve", ("cover", row.id), before, after, row.number)
    else:
        before, after = turn.become(ApproveAnyway(taken.id, approver, verdict, reason))
        taken.reason_id = turn.note(reason)
        record(session, deps, turn.actor, "cover.approve_anyway", ("cover", row.id), before, after, row.number)
    settle(turn, taken)
    return ()


def _demand_waiting(taken: CoverPart) -> None:
    if PartState(taken.state) is not PartState.NEEDS_APPROVAL:
        raise NotOpen(PartState(taken.state))
