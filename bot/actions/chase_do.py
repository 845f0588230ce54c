"""What people do about a question that waits: have the department asked again, or say that it is still on time."""

from datetime import timedelta
from uuid import UUID

from bot.actions.chase import ASK, KIND, count_miss, heard, plan_next, promised, said_of
from bot.actions.escalations_cards import say_in_department, show
from bot.actions.escalations_list import load_open
from bot.actions.escalations_load import speaks_for
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.chase_shown import ChasedLately, NoPromise, NotWaiting, Open
from bot.domain.escalations import WAITING, State, UnknownEscalation
from bot.domain.permissions import Deed, NotPermitted
from storage.db import WorkspaceSession
from storage.escalations import escalation, open_eta
from storage.tables import Escalation

# Nobody is asked twice within this time, however often the button is pressed.
_BETWEEN = timedelta(minutes=15)


def chase(deps: Deps, caller: Caller, escalation_id: UUID) -> Open:
    """Has the department asked again, now; the clock goes on as it would have.

    Raises ``NotPermitted``, ``UnknownEscalation``, ``NotWaiting`` and ``ChasedLately``.
    """
    caller.actor.require(Deed.CHASE)
    with deps.sessions.write(caller.workspace_id) as session:
        row, now = _row(session, escalation_id), deps.clock()
        if row.chased_at and now < row.chased_at + _BETWEEN:
            raise ChasedLately(row.chased_at)
        count_miss(session, deps, row)
        row.chased, row.chased_at = row.chased + 1, now
        plan_next(session, deps, row)
        after = {"chased": row.chased}
        record(session, deps, caller.actor, "escalation.chase", (KIND, row.id), None, after, row.number)
        key = f"{ASK}:{row.id}:{row.hop}:{row.chased}"
        say_in_department(
            session, deps, row, ASK, {**said_of(session, row, promised(row)), "by": caller.slack_id}, key
        )
        return load_open(session, [row])[0]


def still_on_time(deps: Deps, caller: Caller, escalation_id: UUID) -> Open:
    """The department says that what it promised holds.

    Raises ``NotPermitted``, ``UnknownEscalation``, ``NotWaiting`` and ``NoPromise``.
    """
    caller.actor.require(Deed.ANSWER_ESCALATION)
    missed = False
    with deps.sessions.write(caller.workspace_id) as session:
        row = _row(session, escalation_id)
        if not speaks_for(session, caller.actor, row.department_id):
            raise NotPermitted(Deed.ANSWER_ESCALATION)
        count_miss(session, deps, row)
        if open_eta(session, row.id) is None:
            missed = True
        else:
            # Asked and answered: nobody asks again today.
            row.chased_at = deps.clock()
            heard(session, deps, row)
            record(session, deps, caller.actor, "escalation.on_time", (KIND, row.id), None, None, row.number)
            show(session, deps, row)
        shown = load_open(session, [row])[0]
    if missed:
        raise NoPromise
    return shown


def _row(session: WorkspaceSession, escalation_id: UUID) -> Escalation:
    row = escalation(session, escalation_id)
    if row is None:
        raise UnknownEscalation
    if row.state not in WAITING:
        raise NotWaiting(State(row.state))
    return row
