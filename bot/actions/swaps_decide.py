"""What approvers do to a swap: approve it, approve it anyway, decline it."""

from contextlib import suppress
from uuid import UUID

from bot.actions import approvers
from bot.actions.approvers import REFUSALS, ReviewChanged
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_settle import settle
from bot.actions.swaps_turn import PARTIES, Turn
from bot.deps import Deps
from bot.domain.approval import Approver
from bot.domain.permissions import Deed
from bot.domain.rules import Finding
from bot.domain.swaps import Approve, ApproveAnyway, Refuse, State, SwapNotOpen
from bot.domain.swaps_review import from_document, news_since
from bot.domain.swaps_shown import News
from storage.people import member
from storage.swaps import form_result, remember_form


def approve(deps: Deps, caller: Caller, swap_id: UUID) -> None:
    """It shall be so. Raises what ``demand_approver`` does, ``NotPossible`` and ``ReviewChanged``."""
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        changed = _decide(turn, None)
    if changed:
        raise ReviewChanged(changed)


def approve_anyway(deps: Deps, caller: Caller, swap_id: UUID, nonce: UUID, reason: str) -> None:
    """It shall be so although policy denies it, for a reason. Raises the same, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, swap_id)
        changed = _decide(turn, reason)
        if not changed:
            remember_form(session, nonce, turn.row.id, deps.clock())
    if changed:
        raise ReviewChanged(changed)


def refuse(deps: Deps, caller: Caller, swap_id: UUID, nonce: UUID, reason: str) -> None:
    """It shall not be, for a reason. Raises what ``demand_approver`` does, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, swap_id)
        row = turn.row
        before, after = turn.become(Refuse(approver_of(turn), reason))
        row.reason_id = turn.note(reason)
        remember_form(session, nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "swap.refuse", ("swap", row.id), before, after, row.number)
        show(session, deps, row)
        say(session, deps, row, News.REFUSED, *PARTIES)


def demand_approver(deps: Deps, caller: Caller, swap_id: UUID) -> None:
    """Raises ``UnknownSwap``, ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` or ``NotAnApprover``, or
    ``SwapNotOpen`` where nothing waits for approval, unless the caller may decide it now."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        approver_of(turn)
        _demand_waiting(turn)


def _decide(turn: Turn, reason: str | None) -> tuple[Finding, ...]:
    """Approves what is as it was when the card was drawn; otherwise draws it anew, and says what is new."""
    session, deps, row = turn.session, turn.deps, turn.row
    approver = approver_of(turn)
    _demand_waiting(turn)
    verdict, review = turn.check()
    since = news_since(from_document(row.review), review)
    turn.keep(review)
    if since:
        show(session, deps, row)
        return since
    if reason is None:
        before, after = turn.become(Approve(approver, verdict))
        record(session, deps, turn.actor, "swap.approve", ("swap", row.id), before, after, row.number)
    else:
        before, after = turn.become(ApproveAnyway(approver, verdict, reason))
        row.reason_id = turn.note(reason)
        record(session, deps, turn.actor, "swap.approve_anyway", ("swap", row.id), before, after, row.number)
    settle(turn)
    return ()


def approver_of(turn: Turn) -> Approver:
    """Who acts, as far as the swap is concerned; a lead counts for the asker's team only.

    Raises ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and ``NotAnApprover``.
    """
    asker, life = member(turn.session, turn.row.asker_id), turn.life
    team_id = asker.team_id if asker else None
    return approvers.approver_of(turn.session, turn.actor, Deed.DECIDE_SWAP, team_id, life.parties, life.proxies)


def may_decide(turn: Turn) -> bool:
    """Whether who acts is one of those who decide it, as soon as it waits for that."""
    with suppress(*REFUSALS):
        approver_of(turn)
        return True
    return False


def _demand_waiting(turn: Turn) -> None:
    if State(turn.row.state) is not State.NEEDS_APPROVAL:
        raise SwapNotOpen(State(turn.row.state))
