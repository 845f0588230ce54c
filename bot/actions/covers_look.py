"""Looking at covers: where one stands and what the caller may do about it, and those that wait for somebody."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from uuid import UUID

from bot.actions.approvers import REFUSALS
from bot.actions.covers_cards import load_covers, load_part, load_with_effect
from bot.actions.covers_decide import approver_of
from bot.actions.covers_possible import takeable
from bot.actions.covers_turn import Turn, UnknownCover
from bot.actions.people import Caller, find_person, somebody
from bot.deps import Deps
from bot.domain.covers import PartState, State
from bot.domain.covers_shown import CoverList, CoverShown, PartShown, Seat
from bot.domain.permissions import Actor, Deed, NotPermitted, Reach
from storage.covers import (
    cover_of_number,
    covers_by_id,
    covers_in,
    covers_of_member,
    offer,
    offered_to,
    parts_of,
)
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.tables import Cover, CoverPart


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


def look_at_covers(deps: Deps, caller: Caller, cover_ids: Collection[UUID]) -> tuple[CoverShown, ...]:
    """Several of them, in this order; what there is not is left out. Raises ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        rows, parts = covers_by_id(session, cover_ids), parts_of(session, cover_ids)
        for row in rows.values():
            _demand_sees(Turn(session, deps, caller.actor, row, parts.get(row.id, [])))
        return tuple(load_covers(session, cover_ids).values())


def look_at_part(deps: Deps, caller: Caller, part_id: UUID) -> tuple[CoverShown, PartShown]:
    """A part that somebody took, and the cover that it is of, for who may look at it. Raises ``UnknownCover``."""
    with deps.sessions.read(caller.workspace_id) as session:
        found = load_part(session, part_id)
        if found is None:
            raise UnknownCover
        return found


def list_covers(deps: Deps, caller: Caller, whose: str | None = None) -> CoverList:
    """What is open: of somebody (by their Slack account; None: the caller), offered to them, and open shifts.

    Of the open shifts those that the caller could take; and for who leads others or decides, all that is open of
    these besides. Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    other = find_person(deps, caller.workspace_id, whose) if whose not in (None, caller.slack_id) else None
    member_id = other.id if other else caller.actor.member_id
    caller.actor.require(Deed.SEE_COVER, of=member_id, team=other.team_id if other else None)
    assert member_id
    with deps.sessions.read(caller.workspace_id) as session:
        own = [row.id for row in covers_of_member(session, member_id, [State.OPEN])]
        offers = offered_to(session, member_id, [State.OPEN])
        offered = [each.cover.id for each in offers if each.offer.answer is None and each.cover.id not in own]
        known = {*own, *(each.cover.id for each in offers)}
        open_ = covers_in(session, [State.OPEN]) if other is None else ()
        others = [row for row in open_ if row.owner_id is None and row.id not in known]
        possible = takeable(session, deps, caller.actor, others)
        opened = [row.id for row in others if row.id in possible]
        floor = [each for each in _led(session, caller.actor, open_) if each not in {*own, *offered, *opened}]
        shown = load_covers(session, [*own, *offered, *opened, *floor])
        return CoverList(*(tuple(shown[each] for each in ids) for ids in (own, offered, opened, floor)))


def _led(session: WorkspaceSession, actor: Actor, covers: Sequence[Cover]) -> Iterator[UUID]:
    """Those of the people whom somebody leads, or may decide for, and open shifts for who opens them."""
    if actor.reach(Deed.SEE_COVER) < Reach.TEAM:
        return
    owners = members_by_id(session, {row.owner_id for row in covers if row.owner_id})
    opens = actor.reach(Deed.OPEN_SHIFT) is not Reach.NOBODY
    for row in covers:
        owner = owners.get(row.owner_id) if row.owner_id else None
        if actor.may(Deed.SEE_COVER, of=owner.id, team=owner.team_id) if owner else opens:
            yield row.id


def seat_of(turn: Turn, possible: Collection[UUID] | None = None) -> Seat:
    """From where who acts looks at a cover; ``possible`` are those that they could take, where that is known."""
    row, actor = turn.row, turn.actor
    if possible is None:
        possible = takeable(turn.session, turn.deps, actor, [row], {row.id: turn.parts})
    if row.owner_id:
        acts = actor.may(Deed.OFFER_COVER, of=row.owner_id, team=turn.team_id)
        gives = actor.may(Deed.TAKE_COVER, team=turn.team_id)
    else:
        acts = actor.may(Deed.OPEN_SHIFT)
        # To people of their team, whoever leads one.
        gives = actor.reach(Deed.TAKE_COVER) >= Reach.TEAM
    return Seat(
        somebody(turn.session, turn.who),
        row.id in possible,
        acts,
        frozenset(
            each.id for each in turn.parts if each.state == PartState.NEEDS_APPROVAL and _decides(turn, each)
        ),
        may_give=gives,
    )


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
    shown = load_with_effect(session, cover_id)
    if shown is None:
        raise UnknownCover
    return shown
