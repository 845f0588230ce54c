"""Looking at swaps: where one stands and what the caller may do about it, and those that wait for something."""

from contextlib import suppress
from uuid import UUID

from bot.actions.people import Caller, find_person, somebody
from bot.actions.swaps_cards import load_swap
from bot.actions.swaps_decide import may_decide
from bot.actions.swaps_turn import Turn, UnknownSwap
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.swaps import PENDING
from bot.domain.swaps_shown import Audience, Seat, SwapList, SwapShown
from storage.db import WorkspaceSession
from storage.people import member
from storage.swaps import swap_of_number, swaps_of_member


def look_at_swap(deps: Deps, caller: Caller, swap_id: UUID) -> SwapShown:
    """A swap as it stands now. Raises ``UnknownSwap``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return _shown(session, swap_id)


def visit_swap(deps: Deps, caller: Caller, swap_id: UUID) -> tuple[SwapShown, Seat]:
    """A swap, and from where the caller looks at it. Raises ``UnknownSwap`` and ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, swap_id)
        return _shown(session, swap_id), seat_of(turn)


def visit_number(deps: Deps, caller: Caller, number: int) -> tuple[SwapShown, Seat]:
    """The same, by the number that people quote."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = swap_of_number(session, number)
        if row is None:
            raise UnknownSwap
        return _shown(session, row.id), seat_of(Turn(session, deps, caller.actor, row))


def open_swaps(deps: Deps, caller: Caller, slack_id: str | None) -> SwapList:
    """The swaps that wait for something and concern somebody, by default the caller, or were entered by them.

    What the caller may not look at is left out. Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    whom = find_person(deps, caller.workspace_id, slack_id) if slack_id not in (None, caller.slack_id) else None
    member_id = whom.id if whom else caller.actor.member_id
    caller.actor.require(Deed.SEE_SWAP, of=member_id, team=whom.team_id if whom else None)
    with deps.sessions.read(caller.workspace_id) as session:
        turns = [Turn(session, deps, caller.actor, row) for row in swaps_of_member(session, member_id, PENDING)]
        swaps = tuple(_shown(session, turn.row.id) for turn in turns if _sees(turn))
        return SwapList(somebody(session, whom.id) if whom else None, swaps, caller.actor.member_id)


def _shown(session: WorkspaceSession, swap_id: UUID) -> SwapShown:
    shown = load_swap(session, swap_id)
    if shown is None:
        raise UnknownSwap
    return shown


def seat_of(turn: Turn) -> Seat:
    """As whom the actor looks at a swap, and for which of the two they may act. Raises ``NotPermitted``."""
    row = turn.row
    parties = {row.asker_id: Audience.ASKER, row.colleague_id: Audience.COLLEAGUE}
    if turn.who in parties:
        return Seat(parties[turn.who])
    people = [member(turn.session, person_id) for person_id in parties]
    if not any(turn.actor.may(Deed.SEE_SWAP, of=each.id, team=each.team_id) for each in people if each):
        raise NotPermitted(Deed.SEE_SWAP)
    sides = {side for person_id, side in parties.items() if _acts_for(turn, person_id)}
    if turn.who in (row.entered_by_id, row.answered_by_id):
        # Nobody stands on both sides.
        sides &= {Audience.ASKER if turn.who == row.entered_by_id else Audience.COLLEAGUE}
    return Seat(Audience.APPROVERS if may_decide(turn) else Audience.PROXY, frozenset(sides))


def _sees(turn: Turn) -> bool:
    with suppress(NotPermitted):
        seat_of(turn)
        return True
    return False


def _acts_for(turn: Turn, person_id: UUID) -> bool:
    with suppress(NotPermitted):
        turn.proxy_of(person_id)
        return True
    return False
