"""Finding an owner for shifts whose own has left: they are offered to others, or given to somebody."""

from uuid import UUID

from bot.actions.covers_check import CoverCheck
from bot.actions.covers_give import to_give
from bot.actions.covers_open import announce, offer_out_all
from bot.actions.covers_propose import BadOffer, begin_cover
from bot.actions.covers_take import meant_for, take_part
from bot.actions.covers_turn import Turn
from bot.actions.departures_cards import worked_ahead
from bot.actions.people import Caller, UnknownPerson
from bot.actions.proxies import person_for
from bot.actions.swaps_turn import NotLegal
from bot.actions.unowned import offers_of
from bot.deps import Deps
from bot.domain.absences import can_be_offered
from bot.domain.covers import PartState
from bot.domain.covers_shown import Meant, Wrong
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.rules_swaps import read_verdict
from bot.domain.unowned import Choice
from storage.covers import part
from storage.db import WorkspaceSession
from storage.departures import departure
from storage.shifts import queue_of_shift
from storage.swaps import assignment, form_result, remember_form
from storage.tables import Assignment, Queue


def offer_all(deps: Deps, caller: Caller, departure_id: UUID) -> int:
    """Offers what is ahead of somebody who left, is nobody's and is not offered yet; how many shifts that are.

    Their card says how all of them stand. Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        row = departure(session, departure_id)
        ahead = worked_ahead(session, row, deps.clock()) if row else []
        offers = offers_of(session, ahead)
        free = [each for each in ahead if each.member_id is None and each.id not in offers]
        offer_out_all(
            [
                begin_cover(session, deps, caller.actor, each.shift_id, Interval(each.start, each.end))
                for each in free
            ]
        )
        return len(free)


def who_can_take(deps: Deps, caller: Caller, assignment_id: UUID) -> Choice:
    """Whom the caller could give it to. Raises ``NotPermitted``, and ``BadOffer`` where somebody works it."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.read(caller.workspace_id) as session:
        _, interval, queue = _unowned(session, deps, assignment_id)
        people = to_give(session, deps, caller, interval, queue)
        return Choice(interval, queue.name if queue else None, people)


def preview_give(deps: Deps, caller: Caller, assignment_id: UUID, taker: str) -> Meant:
    """What it would mean for who takes it. Raises what ``give`` does."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.read(caller.workspace_id) as session:
        person = person_for(session, caller, taker, Deed.TAKE_COVER)
        if person is None:
            raise UnknownPerson
        _, interval, queue = _unowned(session, deps, assignment_id)
        verdict, review = CoverCheck(session, deps.clock()).verdict(None, person, interval, queue)
        reader = caller.actor.member_id
        assert reader
        if verdict.firm:
            raise NotLegal(read_verdict(verdict, reader, approves=False))
        return meant_for(person, reader, verdict, review)


def give(deps: Deps, caller: Caller, assignment_id: UUID, taker: str, nonce: UUID) -> PartState:
    """Somebody takes it, who is told that the caller did it for them; confirmed, or it needs approval.

    ``taker`` is their Slack account. Raises ``BadOffer``, ``NotLegal``, ``NotOpen``, ``NotPermitted`` and
    ``UnknownPerson``, and then nothing has changed.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        if (known := form_result(session, nonce)) and (before := part(session, known)):
            return PartState(before.state)
        person = person_for(session, caller, taker, Deed.TAKE_COVER)
        if person is None:
            raise UnknownPerson
        row, interval, _ = _unowned(session, deps, assignment_id)
        turn = _turn(session, deps, caller, row, interval)
        taken = [take_part(turn, person, each) for each in turn.life.open_parts]
        if not taken:
            raise BadOffer((Wrong.OFFERED_ALREADY,))
        remember_form(session, nonce, taken[0].id, deps.clock())
        waits = any(each.state == PartState.NEEDS_APPROVAL for each in taken)
        return PartState.NEEDS_APPROVAL if waits else PartState.CONFIRMED


def _unowned(
    session: WorkspaceSession, deps: Deps, assignment_id: UUID
) -> tuple[Assignment, Interval, Queue | None]:
    """It, what of it somebody can still work, and its queue."""
    row = assignment(session, assignment_id)
    if row is None or row.replaced_at or row.member_id:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    left = can_be_offered(Interval(row.start, row.end), deps.clock())
    if left is None:
        raise BadOffer((Wrong.SHIFT_BEGUN,))
    return row, left, queue_of_shift(session, row.shift_id)


def _turn(session: WorkspaceSession, deps: Deps, caller: Caller, row: Assignment, interval: Interval) -> Turn:
    """The cover by which it is offered, or a new one for which nobody is asked."""
    offer = offers_of(session, [row]).get(row.id)
    if offer:
        return Turn.of(session, deps, caller.actor, offer.cover.id)
    turn = begin_cover(session, deps, caller.actor, row.shift_id, interval)
    announce(turn)
    return turn
