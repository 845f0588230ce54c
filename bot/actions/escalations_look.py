"""Looking at a question to a department, and whether somebody may do something about it before a form opens."""

from uuid import UUID

from bot.actions.escalations_load import load_escalation, own_department
from bot.actions.escalations_turn import Turn
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.escalations import OPEN, State, UnknownEscalation
from bot.domain.escalations_shown import EscalationShown
from bot.domain.permissions import Deed
from storage.escalations import escalation_of_number


def look(deps: Deps, caller: Caller, escalation_id: UUID) -> EscalationShown:
    """It as it stands. Raises ``UnknownEscalation`` and ``NotPermitted``."""
    caller.actor.require(Deed.SEE_ESCALATIONS)
    with deps.sessions.read(caller.workspace_id) as session:
        return load_escalation(session, Turn.of(session, deps, caller.actor, escalation_id).row)


def look_at_number(deps: Deps, caller: Caller, number: int) -> EscalationShown:
    """The one that people call so; a contact sees their own department's.

    Raises ``UnknownEscalation`` and ``NotPermitted``.
    """
    caller.actor.require(Deed.SEE_ESCALATIONS)
    with deps.sessions.read(caller.workspace_id) as session:
        row = escalation_of_number(session, number)
        own = own_department(session, caller.actor)
        if row is None or own not in (None, row.department_id):
            raise UnknownEscalation
        return load_escalation(session, row)


def demand_answering(deps: Deps, caller: Caller, escalation_id: UUID) -> EscalationShown:
    """It as it stands, if the caller may answer for the department now.

    Raises ``UnknownEscalation``, ``NotPermitted``, ``OtherDepartment`` and ``NotOpen``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        turn.demand_department()
        turn.demand_state(OPEN)
        return load_escalation(session, turn.row)


def demand_asking(deps: Deps, caller: Caller, escalation_id: UUID, state: State) -> EscalationShown:
    """It as it stands, if that is so and the caller is of the side that asked.

    Raises ``UnknownEscalation``, ``NotPermitted`` and ``NotOpen``.
    """
    caller.actor.require(Deed.ESCALATE)
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        turn.demand_state({state})
        return load_escalation(session, turn.row)
