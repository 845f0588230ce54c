"""What to do about work that nobody does because somebody is away: offer it, whole or in two, or leave it so."""

from datetime import datetime
from uuid import UUID, uuid5

from bot.actions.absences_cards import CARD
from bot.actions.coverage_gaps import look_again
from bot.actions.covers_batch import show_batch
from bot.actions.covers_open import asked_by_turns, offer_open
from bot.actions.covers_propose import BadOffer
from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.absences import can_be_offered
from bot.domain.covers_shown import Wrong
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from storage.absences import absence
from storage.covers import cover, offers_of
from storage.db import WorkspaceSession
from storage.swaps import assignment
from storage.tables import Assignment


def to_offer(deps: Deps, caller: Caller, assignment_id: UUID) -> Interval:
    """What can be offered of it. Raises ``NotPermitted``, and ``BadOffer`` where nothing can."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.read(caller.workspace_id) as session:
        return _left(_hole(session, assignment_id), deps.clock())


def offer_hole(deps: Deps, caller: Caller, assignment_id: UUID, nonce: UUID, cut: datetime | None = None) -> int:
    """Offers what is left of it to others, in two parts where it is ``cut``; how many people were asked at once.

    Who is asked for the first part is not asked for the second at once. Of two parts the caller has one message
    that says how they stand. Raises ``NotPermitted`` and ``BadOffer``.
    """
    left = to_offer(deps, caller, assignment_id)
    parts = [left]
    if cut and left.start < cut < left.end:
        parts = [Interval(left.start, cut), Interval(cut, left.end)]
    asked, everybody, cover_ids = frozenset[UUID](), set[UUID](), list[UUID]()
    now = deps.clock()
    for place, part in enumerate(parts):
        own, alone = uuid5(nonce, str(place)), len(parts) == 1
        cover_id = offer_open(deps, caller, assignment_id, own, asked, part, alone=alone, opened_at=now)
        with deps.sessions.read(caller.workspace_id) as session:
            people = [each.member_id for each in offers_of(session, cover_id)]
        asked = asked_by_turns(asked, people)
        everybody.update(people)
        cover_ids.append(cover_id)
    if len(cover_ids) > 1:
        _show_both(deps, caller, cover_ids[0])
    return len(everybody)


def accept_hole(deps: Deps, caller: Caller, absence_id: UUID, assignment_id: UUID) -> None:
    """It stays with nobody: nobody is told again of it, nor of the gap that it leaves.

    Raises ``NotPermitted`` and ``BadOffer``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        row, hole = absence(session, absence_id), _hole(session, assignment_id)
        if row is None:
            raise BadOffer((Wrong.SHIFT_CHANGED,))
        if any(each["assignment"] == str(hole.id) for each in row.accepted):
            return
        said = {"assignment": str(hole.id), "by": str(caller.actor.member_id), "at": deps.clock().isoformat()}
        row.accepted = [*row.accepted, said]
        session.flush()
        record(session, deps, caller.actor, "absence.accept", ("member", row.member_id), None, None)
        look_again(session, deps, leaves=True)
        touch(session, deps, CARD, row.id)


def _show_both(deps: Deps, caller: Caller, first: UUID) -> None:
    with deps.sessions.write(caller.workspace_id) as session:
        if row := cover(session, first):
            show_batch(session, deps, caller.slack_id, row)


def _hole(session: WorkspaceSession, assignment_id: UUID) -> Assignment:
    row = assignment(session, assignment_id)
    if row is None or row.replaced_at or row.member_id:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    return row


def _left(row: Assignment, now: datetime) -> Interval:
    left = can_be_offered(Interval(row.start, row.end), now)
    if left is None:
        raise BadOffer((Wrong.SHIFT_BEGUN,))
    return left
