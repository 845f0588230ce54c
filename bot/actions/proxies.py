"""For whom somebody acts: for themselves, or for somebody else as their proxy."""

from bot.actions.people import Caller
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.people import member, member_by_slack_id
from storage.tables import Member


def person_for(session: WorkspaceSession, caller: Caller, slack_id: str | None, deed: Deed) -> Member | None:
    """For whom the caller would do the deed: the member with this account or, with None, themselves.

    None where nobody on the roster has the account. Raises ``NotPermitted``.
    """
    own = caller.actor.member_id
    found = member_by_slack_id(session, slack_id) if slack_id else (member(session, own) if own else None)
    caller.actor.require(deed, of=found.id if found else None, team=found.team_id if found else None)
    return found
