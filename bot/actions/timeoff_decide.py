"""What approvers do to a request for time off: approve it, or some days of it, decline it, ask a question."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from bot.actions.approvers import REFUSALS
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.timeoff_absence import be_away, end
from bot.actions.timeoff_cards import say, show
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.timeoff import STANDING, Approve, Decline, GiveWay, NotOpen, State, only
from bot.domain.timeoff_seen import DECIDING, Audience, News, Review, Worse, worse_than
from storage.swaps import form_result, remember_form
from storage.timeoff_requests import day_documents, read_days


class GotWorse(Exception):
    """It looks worse than it did on the card; nothing was decided, and the card says how it is now."""

    def __init__(self, what: Collection[Worse], review: Review) -> None:
        super().__init__(", ".join(what))
        self.what, self.review = tuple(what), review


def approve(deps: Deps, caller: Caller, request_id: UUID, days: Collection[date] | None = None) -> None:
    """All of it, or these days. Looked at once more; what is worse than on the card is said before it counts.

    Raises what ``demand_approver`` does, ``NothingToTake`` where none of the days is asked for, ``TooLittle``
    where the balance does not suffice any more, and ``GotWorse``.
    """
    worse: GotWorse | None = None
    with deps.sessions.write(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, request_id)
        turn.approver()
        _demand_waiting(turn)
        chosen = None if days is None else frozenset(days)
        whole = turn.review()
        review = whole if chosen is None else turn.review(only(read_days(turn.row.wanted), chosen))
        if review.short:
            raise review.short
        # The card is about all of it.
        if since := worse_than(turn.row.review, whole.digest):
            turn.row.review = whole.digest
            show(session, deps, turn.row, *DECIDING)
            worse = GotWorse(since, review)
        else:
            _approve(turn, chosen, review)
    if worse:
        raise worse


def decline(deps: Deps, caller: Caller, request_id: UUID, nonce: UUID, reason: str) -> None:
    """None of it, for a reason. Raises what ``demand_approver`` does, and ``ReasonMissing``."""
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, request_id)
        row = turn.row
        before, after = turn.become(Decline(turn.approver(), reason))
        row.reason_id = turn.note(reason)
        turn.keep_ledgers()
        turn.free_days()
        remember_form(session, nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "timeoff.decline", ("timeoff", row.id), before, after, row.number)
        show(session, deps, row)
        say(session, deps, row, News.DECLINED, Audience.ASKER, Audience.PROXY)


def demand_approver(deps: Deps, caller: Caller, request_id: UUID) -> None:
    """Raises ``UnknownRequest``, ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` or ``NotAnApprover``, or
    ``NotOpen`` where nothing waits for approval, unless the caller may decide it now."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, request_id)
        turn.approver()
        _demand_waiting(turn)


def may_decide(turn: Turn) -> bool:
    """Whether who acts is one of those who decide it, as soon as it waits for that."""
    with suppress(*REFUSALS):
        turn.approver()
        return True
    return False


def settle(turn: Turn, holes: Sequence[Interval]) -> None:
    """They are away when the request says so, and everybody is told; what it changes gives way to it.

    ``holes`` are when too few people are left.
    """
    session, deps, row = turn.session, turn.deps, turn.row
    _give_way(turn)
    be_away(turn, holes)
    turn.keep_ledgers()
    turn.free_days()
    show(session, deps, row)
    say(session, deps, row, News.APPROVED, Audience.ASKER, Audience.PROXY, but=turn.actor.member_id)


def _approve(turn: Turn, days: frozenset[date] | None, review: Review) -> None:
    session, row = turn.session, turn.row
    before, after = turn.become(Approve(turn.approver(), days))
    in_spite_of = bool(review.holes or review.hits)
    record(
        session,
        turn.deps,
        turn.actor,
        "timeoff.approve_anyway" if in_spite_of else "timeoff.approve",
        ("timeoff", row.id),
        before,
        after,
        row.number,
    )
    settle(turn, review.holes)


def _give_way(turn: Turn) -> None:
    """Ends what this changes; what of that has begun stays there, and is not taken twice."""
    replaced = turn.replaced
    if replaced is None:
        return
    session, deps, row = turn.session, turn.deps, turn.row
    old = Turn(session, deps, turn.actor, replaced)
    if replaced.state not in STANDING:
        return
    states = old.become(GiveWay())
    stays = {each.day for each in read_days(replaced.days)}
    row.days = day_documents(each for each in read_days(row.days) if each.day not in stays)
    session.flush()
    end(old)
    record(session, deps, turn.actor, "timeoff.give_way", ("timeoff", replaced.id), *states, replaced.number)
    show(session, deps, replaced)


def _demand_waiting(turn: Turn) -> None:
    state = State(turn.row.state)
    if state is not State.NEEDS_APPROVAL:
        raise NotOpen(state)
    if turn.deps.clock() >= turn.row.expires_at:
        raise NotOpen(State.EXPIRED)
