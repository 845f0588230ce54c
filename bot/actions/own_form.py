"""What the form of one's own settings shows."""

from bot.actions.fairness import share_of
from bot.actions.limits import limits_of
from bot.actions.own import own_preferences
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.own import Covering, OwnShown
from bot.domain.permissions import Deed, Reach
from storage.people import member
from storage.shifts import queues


def shown_own(deps: Deps, caller: Caller) -> OwnShown:
    """What the caller chose, and what of covers concerns them."""
    member_id = caller.actor.member_id
    assert member_id
    with deps.sessions.read(caller.workspace_id) as session:
        own = own_preferences(session, member_id)
        if caller.actor.reach(Deed.PROPOSE_SWAP) is Reach.NOBODY:
            return OwnShown(own.time_zone, own.quiet, None)
        row = member(session, member_id)
        assert row
        names = tuple(each.name for each in queues(session))
        share = share_of(session, member_id, deps.clock())
        return OwnShown(own.time_zone, own.quiet, Covering(own.wish, names, limits_of(row), share))
