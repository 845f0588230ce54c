"""Undoing that somebody took a part: both work what they did before."""

from uuid import UUID

from bot.actions.covers_settle import hand_back
from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.swaps_turn import NotLegal
from bot.deps import Deps
from bot.domain.approval import NotPossible, RegretIsOver
from bot.domain.covers import AgreeToUndo, NotOpen, PartState, Undo
from bot.domain.covers_life import may_regret
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.permissions import Deed
from bot.domain.rules_swaps import read_verdict


def undo(deps: Deps, caller: Caller, part_id: UUID) -> bool:
    """Undoes a confirmed part: within ten minutes at once, later when both want it; whether it is undone.

    Raises ``UnknownCover``, ``NotPermitted``, ``NotOpen``, ``RegretIsOver`` (of an open shift) and ``NotLegal``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        row, life = turn.row, turn.life
        mine = turn.who if turn.who in (taken.taker_id, life.giver) else taken.taker_id
        caller.actor.require(Deed.UNDO_COVER, of=mine)
        if PartState(taken.state) is not PartState.CONFIRMED:
            raise NotOpen(PartState(taken.state))
        regret = may_regret(life.part(part_id), deps.clock())
        if not regret and row.owner_id is None:
            raise RegretIsOver
        if taken.undo_wanted_by_id == turn.who and not regret:
            return False
        verdict, _ = turn.check_back(taken)
        if not regret and verdict.denials:
            # Said to the first of the two already: the other could only agree to what cannot be.
            raise NotLegal(read_verdict(verdict, turn.who, approves=False))
        try:
            before, after = turn.become((Undo if regret else AgreeToUndo)(part_id, turn.who, verdict))
        except NotPossible:
            raise NotLegal(read_verdict(verdict, turn.who, approves=False)) from None
        if taken.state == PartState.UNDONE:
            record(session, deps, caller.actor, "cover.undo", ("cover", row.id), before, after, row.number)
            hand_back(turn, taken)
            return True
        record(session, deps, caller.actor, "cover.want_undo", ("cover", row.id), before, after, row.number)
        show(turn)
        other = Audience.OWNER if turn.who == taken.taker_id else asked(taken.taker_id)
        say(turn, News.UNDO_WANTED, other, part=taken)
        return False
