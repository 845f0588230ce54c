"""What a swap does to the schedule: both shifts change hands, and everybody is told."""

from uuid import UUID

from bot.actions.handover import SWAP, UNDO, Handover, hand_over
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_turn import PARTIES, Turn
from bot.domain.swaps_shown import Audience, News
from storage.shifts import part_of
from storage.swaps import assignment


def settle(turn: Turn) -> None:
    """Hands both shifts over and tells everybody."""
    row = turn.row
    row.given_made_id = _hand(turn, row.given_id, row.asker_id, row.colleague_id, SWAP)
    row.returned_made_id = _hand(turn, row.returned_id, row.colleague_id, row.asker_id, SWAP)
    show(turn.session, turn.deps, row, Audience.FLOOR)
    say(turn.session, turn.deps, row, News.SETTLED, *PARTIES)


def hand_back(turn: Turn) -> None:
    """Hands both shifts back and tells everybody."""
    row = turn.row
    _hand(turn, row.given_made_id, row.colleague_id, row.asker_id, UNDO)
    _hand(turn, row.returned_made_id, row.asker_id, row.colleague_id, UNDO)
    show(turn.session, turn.deps, row)
    say(turn.session, turn.deps, row, News.UNDONE, *PARTIES, Audience.FLOOR)


def _hand(turn: Turn, assignment_id: UUID | None, giver: UUID, taker: UUID, cause: str) -> UUID:
    """What the assignment is of its shift, whether it is in force or was cut or joined since."""
    row = assignment(turn.session, assignment_id) if assignment_id else None
    if row is None:
        raise LookupError(f"a swap names an assignment that is gone: {assignment_id}")
    handover = Handover(row.shift_id, part_of(row).interval, giver, taker, cause)
    return hand_over(turn.session, turn.deps, turn.actor, handover, turn.row)
