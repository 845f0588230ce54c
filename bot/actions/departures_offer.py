"""Finding an owner for shifts whose own has left: they are offered to others, or given to somebody."""

from uuid import UUID

from bot.actions.covers_open import announce, offer_out
from bot.actions.covers_propose import BadOffer, begin_cover
from bot.actions.covers_take import take_part
from bot.actions.covers_turn import Turn
from bot.actions.departures_cards import offers_of, who_could, worked_ahead
from bot.actions.people import Caller, UnknownPerson
from bot.actions.proxies import person_for
from bot.deps import Deps
from bot.domain.covers import PartState
from bot.domain.covers_shown import Wrong
from bot.domain.departures import Choice
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from storage.covers import part
from storage.db import WorkspaceSession
from storage.departures import departure
from storage.people import members_by_id
from storage.shifts import queue_of_shift
from storage.swaps import assignment, form_result, remember_form
from storage.tables import Assignment


def offer_all(deps: Deps, caller: Caller, departure_id: UUID) -> int:
    """Offers what is ahead of somebody who left, is nobody's and is not offered yet; how many shifts that are.

    Who is asked for one of them is not asked for the next at once. Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        row = departure(session, departure_id)
        ahead = worked_ahead(session, row, deps.clock()) if row else []
        offers = offers_of(session, ahead)
        free = [each for each in ahead if each.member_id is None and each.id not in offers]
        asked: frozenset[UUID] = frozenset()
        for each in free:
            turn = begin_cover(session, deps, caller.actor, each.shift_id, Interval(each.start, each.end))
            asked |= set(offer_out(turn, asked))
        return len(free)


def who_can_take(deps: Deps, caller: Caller, assignment_id: UUID) -> Choice:
    """Whom the caller could give it to. Raises ``NotPermitted``, and ``BadOffer`` where somebody works it."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.read(caller.workspace_id) as session:
        row, queue = _unowned(session, deps, assignment_id)
        ranked = who_could(session, row, deps.clock())
        people = members_by_id(session, [each.member_id for each, _ in ranked])
        may = [
            (each, place)
            for each, place in ranked
            if caller.actor.may(Deed.TAKE_COVER, of=each.member_id, team=people[each.member_id].team_id)
        ]
        return Choice(Interval(row.start, row.end), queue, tuple(may))


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
        row, _ = _unowned(session, deps, assignment_id)
        turn = _turn(session, deps, caller, row)
        taken = [take_part(turn, person, each) for each in turn.life.open_parts]
        if not taken:
            raise BadOffer((Wrong.OFFERED_ALREADY,))
        remember_form(session, nonce, taken[0].id, deps.clock())
        waits = any(each.state == PartState.NEEDS_APPROVAL for each in taken)
        return PartState.NEEDS_APPROVAL if waits else PartState.CONFIRMED


def _unowned(session: WorkspaceSession, deps: Deps, assignment_id: UUID) -> tuple[Assignment, str | None]:
    """It, and the name of its queue."""
    row = assignment(session, assignment_id)
    if row is None or row.replaced_at or row.member_id:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    if row.start <= deps.clock():
        raise BadOffer((Wrong.SHIFT_BEGUN,))
    queue = queue_of_shift(session, row.shift_id)
    return row, queue.name if queue else None


def _turn(session: WorkspaceSession, deps: Deps, caller: Caller, row: Assignment) -> Turn:
    """The cover by which it is offered, or a new one for which nobody is asked."""
    offer = offers_of(session, [row]).get(row.id)
    if offer:
        return Turn.of(session, deps, caller.actor, offer.cover.id)
    turn = begin_cover(session, deps, caller.actor, row.shift_id, Interval(row.start, row.end))
    announce(turn)
    return turn
