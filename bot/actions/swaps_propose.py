"""Proposing a swap: what the form asks for is checked whole, and the colleague is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.actions.swaps_asker import asker_of, wrong_colleague
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_check import Leg, SwapCheck
from bot.actions.swaps_turn import PARTIES, NotLegal, Turn
from bot.deps import Deps
from bot.domain.approval import NotPossible
from bot.domain.permissions import Actor
from bot.domain.rules_swaps import Verdict, read_verdict
from bot.domain.swaps import PENDING, State
from bot.domain.swaps_life import propose as begin_life
from bot.domain.swaps_review import Review, to_document
from bot.domain.swaps_shown import Audience, News, Wrong
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.people import member_by_slack_id
from storage.swaps import assignment, form_result, remember_form, swaps_with
from storage.tables import Member, Swap


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form asks for: assignments to exchange, with a colleague by their Slack account.

    ``asker`` is for whom the caller enters it, by their Slack account; None: for themselves.
    """

    nonce: UUID
    given: UUID
    colleague: str
    returned: UUID
    note: str = ""
    asker: str | None = None


class BadProposal(Exception):
    """Everything that is wrong with a proposal."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


class SameSwap(Exception):
    """The same two shifts are being swapped already, or one of them in a swap that was accepted."""

    def __init__(self, number: int) -> None:
        super().__init__(f"as swap {number}")
        self.number = number


def propose(deps: Deps, caller: Caller, proposal: Proposal) -> UUID:
    """Proposes a swap and tells both; its id, also where the form was sent before.

    Raises ``BadProposal``, ``SameSwap``, ``NotLegal`` and ``NotPermitted``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        asker = asker_of(session, caller, proposal.asker)
        known = form_result(session, proposal.nonce)
        if known:
            return known
        now = deps.clock()
        check = SwapCheck(session, now)
        given, returned = _legs(session, check, caller.actor, asker, proposal, now)
        _demand_free(session, given, returned)
        verdict, review = check.verdict(given, returned)
        expires_at = _expires_at(session, given, returned, now)
        proxy = caller.actor.member_id if given.member.id != caller.actor.member_id else None
        _begin(verdict, given.member, returned.member, now, expires_at, proxy)
        row = _row(session, deps, given, returned, review, expires_at)
        row.entered_by_id = proxy
        turn = Turn(session, deps, caller.actor, row)
        row.note_id = turn.note(proposal.note)
        session.add(row)
        session.flush()
        remember_form(session, proposal.nonce, row.id, now)
        _record(session, deps, caller.actor, row)
        show(session, deps, row, *PARTIES)
        if proxy:
            say(session, deps, row, News.ENTERED, Audience.ASKER)
        return row.id


def _record(session: WorkspaceSession, deps: Deps, actor: Actor, row: Swap) -> None:
    after = {"state": row.state}
    if row.entered_by_id:
        after["for"] = str(row.asker_id)
        record(session, deps, actor, "swap.enter", ("swap", row.id), None, after, row.number)
    else:
        record(session, deps, actor, "swap.propose", ("swap", row.id), None, after, row.number)


def _legs(
    session: WorkspaceSession,
    check: SwapCheck,
    actor: Actor,
    asker: Member | None,
    proposal: Proposal,
    now: datetime,
) -> tuple[Leg, Leg]:
    """What both would give; raises ``BadProposal`` with all that is wrong."""
    colleague = member_by_slack_id(session, proposal.colleague)
    given, returned = assignment(session, proposal.given), assignment(session, proposal.returned)
    wrong: list[Wrong] = []
    if asker is None or given is None or given.member_id != asker.id:
        wrong.append(Wrong.GIVEN_NOT_YOURS)
    elif given.replaced_at:
        wrong.append(Wrong.GIVEN_CHANGED)
    elif given.start <= now:
        wrong.append(Wrong.GIVEN_BEGUN)
    if colleague is None:
        wrong.append(Wrong.COLLEAGUE_UNKNOWN)
    elif reason := wrong_colleague(actor, asker, colleague):
        wrong.append(reason)
    elif returned is None or returned.replaced_at or returned.member_id != colleague.id:
        wrong.append(Wrong.RETURNED_CHANGED)
    elif returned.start <= now:
        wrong.append(Wrong.RETURNED_BEGUN)
    if wrong or not (asker and given and colleague and returned):
        raise BadProposal(tuple(wrong))
    return check.leg(asker, given), check.leg(colleague, returned)


def _demand_free(session: WorkspaceSession, given: Leg, returned: Leg) -> None:
    """A shift may be offered to several, but only until one of them has accepted."""
    pair = {given.assignment.id, returned.assignment.id}
    for other in swaps_with(session, pair, PENDING):
        if {other.given_id, other.returned_id} == pair or other.state != State.OPEN:
            raise SameSwap(other.number)


def _begin(
    verdict: Verdict, asker: Member, colleague: Member, now: datetime, expires_at: datetime, proxy: UUID | None
) -> None:
    try:
        begin_life(asker.id, {colleague.id: verdict}, now, expires_at, proxy)
    except NotPossible:
        # A proxy reads no more of the asker's rules than anybody else.
        raise NotLegal(read_verdict(verdict, proxy or asker.id, approves=False)) from None


def _expires_at(session: WorkspaceSession, given: Leg, returned: Leg, now: datetime) -> datetime:
    """So many hours before the earlier shift or, where that is past, when it begins."""
    begins = min(given.assignment.start, returned.assignment.start)
    team_id = given.member.team_id
    preferred = preferences(session, f"team:{team_id}") if team_id else preferences(session)
    before = begins - timedelta(hours=preferred.swap_expiry_hours)
    return before if before > now else begins


def _row(
    session: WorkspaceSession, deps: Deps, given: Leg, returned: Leg, review: Review, expires_at: datetime
) -> Swap:
    return Swap(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, "swap"),
        asker_id=given.member.id,
        colleague_id=returned.member.id,
        given_id=given.assignment.id,
        returned_id=returned.assignment.id,
        state=State.OPEN,
        review=to_document(review),
        proposed_at=deps.clock(),
        expires_at=expires_at,
    )
