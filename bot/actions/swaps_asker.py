"""For whom a swap is proposed: oneself, or somebody else as their proxy."""

from bot.actions.people import Caller
from bot.domain.permissions import Actor, Deed
from bot.domain.swaps_shown import Wrong
from storage.db import WorkspaceSession
from storage.people import member, member_by_slack_id
from storage.tables import Member


def asker_of(session: WorkspaceSession, caller: Caller, slack_id: str | None) -> Member | None:
    """Who would give a shift: the member with this account or, with None, the caller. Raises ``NotPermitted``."""
    own = caller.actor.member_id
    found = member_by_slack_id(session, slack_id) if slack_id else (member(session, own) if own else None)
    caller.actor.require(Deed.PROPOSE_SWAP, of=found.id if found else None, team=found.team_id if found else None)
    return found


def wrong_colleague(actor: Actor, asker: Member | None, colleague: Member) -> Wrong | None:
    """Why the asker cannot swap with this colleague, whatever they work; None: they can."""
    if asker and colleague.id == asker.id:
        return Wrong.COLLEAGUE_SELF if asker.id == actor.member_id else Wrong.COLLEAGUE_ASKER
    if colleague.id == actor.member_id:
        return Wrong.COLLEAGUE_PROXY
    return Wrong.COLLEAGUE_LEFT if colleague.deactivated_at else None
