"""What the two people of a swap can do to it: accept, decline, withdraw, undo."""

from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_end import supersede_rivals
from bot.actions.swaps_settle import hand_back, settle
from bot.actions.swaps_turn import PARTIES, NotLegal, Turn
from bot.deps import Deps
from bot.domain.approval import NotPossible
from bot.domain.permissions import Deed
from bot.domain.rules_swaps import read_verdict
from bot.domain.swaps import PENDING, Accept, AgreeToUndo, Decline, Settle, State, SwapNotOpen, Undo, Withdraw
from bot.domain.swaps_life import may_regret
from bot.domain.swaps_review import from_document, news_since
from bot.domain.swaps_shown import Audience, News
from storage.swaps import form_result, remember_form


def accept(deps: Deps, caller: Caller, swap_id: UUID) -> None:
    """The colleague takes it: settled where nobody needs to look at it, otherwise the approvers are told.

    Raises ``UnknownSwap``, ``NotPermitted``, ``SwapNotOpen``, ``BothSides`` and ``NotLegal``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        row = turn.row
        proxy = turn.proxy_of(row.colleague_id)
        if State(row.state) is not State.OPEN:
            raise SwapNotOpen(State(row.state))
        verdict, review = turn.check()
        earlier = from_document(row.review)
        try:
            before, accepted = turn.become(Accept(row.colleague_id, verdict, proxy))
            _, after = turn.become(Settle(verdict))
        except NotPossible:
            reading = read_verdict(verdict, turn.who, approves=False)
            own = tuple(each for each in news_since(earlier, review) if each in reading.findings)
            raise NotLegal(reading, own) from None
        turn.keep(review)
        row.answered_by_id = proxy
        record(session, deps, caller.actor, "swap.accept", ("swap", row.id), before, accepted | after, row.number)
        supersede_rivals(session, deps, caller.actor, [row.given_id, row.returned_id], row)
        if row.state == State.APPROVED:
            settle(turn)
        else:
            show(session, deps, row, Audience.APPROVERS)
            say(session, deps, row, News.ACCEPTED, *PARTIES, but=turn.who)


def decline(deps: Deps, caller: Caller, swap_id: UUID, nonce: UUID, note: str) -> None:
    """The colleague does not want it, or no more.

    Raises ``UnknownSwap``, ``NotPermitted``, ``SwapNotOpen`` and ``BothSides``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, swap_id)
        row = turn.row
        before, after = turn.become(Decline(row.colleague_id, turn.proxy_of(row.colleague_id)))
        row.answer_id, row.ended_by_id = turn.note(note), turn.who
        remember_form(session, nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "swap.decline", ("swap", row.id), before, after, row.number)
        show(session, deps, row)
        say(session, deps, row, News.DECLINED, *PARTIES, but=turn.who)


def withdraw(deps: Deps, caller: Caller, swap_id: UUID) -> None:
    """The asker takes it back. Raises ``UnknownSwap``, ``NotPermitted``, ``SwapNotOpen`` and ``BothSides``."""
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        row = turn.row
        before, after = turn.become(Withdraw(row.asker_id, turn.proxy_of(row.asker_id)))
        row.ended_by_id = turn.who
        record(session, deps, caller.actor, "swap.withdraw", ("swap", row.id), before, after, row.number)
        show(session, deps, row)
        say(session, deps, row, News.WITHDRAWN, *PARTIES, but=turn.who)


def undo(deps: Deps, caller: Caller, swap_id: UUID) -> bool:
    """Undoes what was settled: within ten minutes at once, later when both want it; whether it is undone.

    Raises ``UnknownSwap``, ``NotPermitted``, ``SwapNotOpen`` and ``NotLegal``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        row = turn.row
        mine = row.asker_id if turn.who == row.asker_id else row.colleague_id
        caller.actor.require(Deed.UNDO_SWAP, of=mine)
        if State(row.state) is not State.APPROVED:
            raise SwapNotOpen(State(row.state))
        if row.undo_wanted_by_id == turn.who and not may_regret(turn.life, deps.clock()):
            return False
        verdict, _ = turn.check_back()
        regret = may_regret(turn.life, deps.clock())
        if not regret and verdict.denials:
            # Said to the first of the two already: the other could only agree to what cannot be.
            raise NotLegal(read_verdict(verdict, turn.who, approves=False))
        try:
            before, after = turn.become((Undo if regret else AgreeToUndo)(turn.who, verdict))
        except NotPossible:
            raise NotLegal(read_verdict(verdict, turn.who, approves=False)) from None
        if row.state == State.UNDONE:
            _undone(turn, before, after)
            return True
        record(session, deps, caller.actor, "swap.want_undo", ("swap", row.id), before, after, row.number)
        show(session, deps, row)
        other = Audience.COLLEAGUE if turn.who == row.asker_id else Audience.ASKER
        say(session, deps, row, News.UNDO_WANTED, other)
        return False


def demand_answerer(deps: Deps, caller: Caller, swap_id: UUID) -> None:
    """Raises ``UnknownSwap``, ``NotPermitted`` or ``SwapNotOpen`` unless the caller may decline it now."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        turn.proxy_of(turn.row.colleague_id)
        if State(turn.row.state) not in PENDING:
            raise SwapNotOpen(State(turn.row.state))


def _undone(turn: Turn, before: dict[str, str], after: dict[str, str]) -> None:
    session, deps, actor, row = turn.session, turn.deps, turn.actor, turn.row
    row.ended_by_id = turn.who
    record(session, deps, actor, "swap.undo", ("swap", row.id), before, after, row.number)
    hand_back(turn)
