"""The exceptions that wait for somebody, on their Home."""

from functools import cache, partial

from bot.actions.exceptions_cards import load_exception
from bot.actions.exceptions_turn import asked_of, limits_of_team, roles_for, team_of
from bot.domain.exceptions import ExceptionsSeen, State, deciders
from bot.domain.permissions import Actor, Deed
from storage.db import WorkspaceSession
from storage.exceptions import exceptions_in
from storage.tables import CaseException

_MOST = 4


def exceptions_to_decide(session: WorkspaceSession, actor: Actor) -> ExceptionsSeen:
    """Those that the actor may decide, the earliest deadline first."""
    if not actor.may(Deed.DECIDE_EXCEPTION):
        return ExceptionsSeen()
    limits = cache(partial(limits_of_team, session))

    def is_theirs(row: CaseException) -> bool:
        team_id = team_of(session, row.asked_by_id)
        may = roles_for(actor, team_id).intersection(deciders(asked_of(row).money, limits(team_id)))
        return bool(may) and row.asked_by_id != actor.member_id

    rows = [row for row in exceptions_in(session, [State.NEEDS_APPROVAL]) if is_theirs(row)]
    return ExceptionsSeen(tuple(load_exception(session, row) for row in rows[:_MOST]), len(rows))
