"""For whom a swap is proposed, and with whom it cannot be."""

from bot.actions.people import Caller
from bot.actions.proxies import person_for
from bot.domain.permissions import Actor, Deed
from bot.domain.swaps_shown import Wrong
from storage.db import WorkspaceSession
from storage.tables import Member


def asker_of(session: WorkspaceSession, caller: Caller, slack_id: str | None) -> Member | None:
    """Who would give a shift: the member with this account or, with None, the caller. Raises ``NotPermitted``."""
    return person_for(session, caller, slack_id, Deed.PROPOSE_SWAP)


def wrong_colleague(actor: Actor, asker: Member | None, colleague: Member) -> Wrong | None:
    """Why the asker cannot swap with this colleague, whatever they work; None: they can."""
    if asker and colleague.id == asker.id:
        return Wrong.COLLEAGUE_SELF if asker.id == actor.member_id else Wrong.COLLEAGUE_ASKER
    if colleague.id == actor.member_id:
        return Wrong.COLLEAGUE_PROXY
    return Wrong.COLLEAGUE_LEFT if colleague.deactivated_at else None
