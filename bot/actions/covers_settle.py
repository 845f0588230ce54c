"""What a part of a cover does to the schedule: it changes hands, and everybody is told."""

from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.handover import COVER, UNDO, Handover, hand_over
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.intervals import Interval
from storage.tables import CoverPart


def settle(turn: Turn, taken: CoverPart) -> None:
    """Has the taker of a confirmed part work it, and tells everybody."""
    row, interval = turn.row, Interval(taken.start, taken.end)
    handover = Handover(row.shift_id, interval, row.owner_id, taken.taker_id, COVER)
    hand_over(turn.session, turn.deps, turn.actor, handover)
    show(turn, asked(taken.taker_id))
    say(turn, News.CONFIRMED, Audience.OWNER, Audience.PROXY, asked(taken.taker_id), part=taken)


def hand_back(turn: Turn, taken: CoverPart) -> None:
    """Has the owner of a part that was undone work it again, or nobody, and tells everybody."""
    row, interval = turn.row, Interval(taken.start, taken.end)
    hand_over(
        turn.session, turn.deps, turn.actor, Handover(row.shift_id, interval, taken.taker_id, row.owner_id, UNDO)
    )
    show(turn)
    audiences = (Audience.OWNER, Audience.PROXY, asked(taken.taker_id), Audience.FLOOR)
    say(turn, News.UNDONE, *audiences, part=taken)
