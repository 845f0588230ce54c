"""Looking at covers: where one stands and what the caller may do about it, and those that wait for somebody."""

from contextlib import suppress
from uuid import UUID

from bot.actions.approvers import REFUSALS
from bot.actions.covers_cards import load_cover, load_part
from bot.actions.covers_check import CoverCheck
from bot.actions.covers_decide import approver_of
from bot.actions.covers_propose import least_of
from bot.actions.covers_turn import Turn, UnknownCover
from bot.actions.people import Caller, find_person, somebody
from bot.deps import Deps
from bot.domain.approval import BothSides
from bot.domain.covers import CoverOfOneself, NotOpen, PartState, State
from bot.domain.covers_life import demand_taker
from bot.domain.covers_shown import CoverList, CoverShown, PartShown, Seat
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.ranking import Candidate, rank
from bot.domain.rules_swaps import check_cover
from storage.covers import cover_of_number, covers_in, covers_of_member, offer, offered_to
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import CoverPart


def look_at_cover(deps: Deps, caller: Caller, which: int | UUID) -> tuple[CoverShown, Seat]:
    """A cover by its id or the number that people quote, and from where the caller looks at it.

    Raises ``UnknownCover`` and ``NotPermitted``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        if isinstance(which, int):
            row = cover_of_number(session, which)
            if row is None:
                raise UnknownCover
            which = row.id
        turn = Turn.of(session, deps, caller.actor, which)
        _demand_sees(turn)
        return _shown(session, turn.row.id), seat_of(turn)


def look_at_part(deps: Deps, caller: Caller, part_id: UUID) -> tuple[CoverShown, PartShown]:
    """A part that somebody took, and the cover that it is of, for who may look at it. Raises ``UnknownCover``."""
    with deps.sessions.read(caller.workspace_id) as session:
        found = load_part(session, part_id)
        if found is None:
            raise UnknownCover
        return found


def list_covers(deps: Deps, caller: Caller, whose: str | None = None) -> CoverList:
    """What is open: of somebody (by their Slack account; None: the caller), offered to them, and open shifts.

    Of the open shifts those that the caller could take. Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    other = find_person(deps, caller.workspace_id, whose) if whose not in (None, caller.slack_id) else None
    member_id = other.id if other else caller.actor.member_id
    caller.actor.require(Deed.SEE_COVER, of=member_id, team=other.team_id if other else None)
    assert member_id
    with deps.sessions.read(caller.workspace_id) as session:
        own = [row.id for row in covers_of_member(session, member_id, [State.OPEN])]
        offers = offered_to(session, member_id, [State.OPEN])
        offered = [each.cover.id for each in offers if each.offer.answer is None and each.cover.id not in own]
        known, others = {*own, *(each.cover.id for each in offers)}, []
        for row in covers_in(session, [State.OPEN]) if other is None else ():
            if row.owner_id is None and row.id not in known:
                turn = Turn.of(session, deps, caller.actor, row.id)
                others += [row.id] if may_take(turn) else []
        found = (tuple(_shown(session, each) for each in ids) for ids in (own, offered, others))
        return CoverList(*found)


def seat_of(turn: Turn) -> Seat:
    """From where who acts looks at a cover."""
    row, actor = turn.row, turn.actor
    if row.owner_id:
        acts = actor.may(Deed.OFFER_COVER, of=row.owner_id, team=turn.team_id)
    else:
        acts = actor.may(Deed.OPEN_SHIFT)
    return Seat(
        somebody(turn.session, turn.who),
        may_take(turn),
        acts,
        frozenset(
            each.id for each in turn.parts if each.state == PartState.NEEDS_APPROVAL and _decides(turn, each)
        ),
        may_give=actor.may(Deed.TAKE_COVER, team=turn.team_id),
    )


def may_take(turn: Turn) -> bool:
    """Whether who acts could take any of what is open: by their role, and nothing that is firm denies it."""
    me, life, now = member(turn.session, turn.who), turn.life, turn.deps.clock()
    if me is None or not turn.actor.may(Deed.TAKE_COVER, of=me.id):
        return False
    check, least = CoverCheck(turn.session, now), least_of(turn.session, turn.owner)
    with suppress(NotOpen, CoverOfOneself, BothSides):
        for left in life.open_parts:
            demand_taker(life, me.id, left, now)
            party, piece = check.parties.party(me, left), check.piece(left, turn.queue)
            candidate = Candidate(party.person, party.policy, party.work)
            if not check_cover(None, party, piece, now).firm or any(rank(piece, [candidate], now, least=least)):
                return True
    return False


def _decides(turn: Turn, taken: CoverPart) -> bool:
    with suppress(*REFUSALS):
        approver_of(turn, taken)
        return True
    return False


def _demand_sees(turn: Turn) -> None:
    """The owner, those who decide for them, whoever was asked or took a part; an open shift everybody there."""
    row, actor = turn.row, turn.actor
    if actor.may(Deed.SEE_COVER, of=row.owner_id, team=turn.team_id):
        return
    concerned = {row.entered_by_id, *(each.taker_id for each in turn.parts)}
    open_to_all = row.owner_id is None and actor.may(Deed.TAKE_COVER, of=turn.who)
    if not open_to_all and turn.who not in concerned and offer(turn.session, row.id, turn.who) is None:
        raise NotPermitted(Deed.SEE_COVER)


def _shown(session: WorkspaceSession, cover_id: UUID) -> CoverShown:
    shown = load_cover(session, cover_id)
    if shown is None:
        raise UnknownCover
    return shown
