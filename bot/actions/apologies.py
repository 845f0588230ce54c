"""What somebody is told later to whom nothing could be said at once, because Slack was away."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell
from bot.deps import Deps
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.people import slack_was_away
from storage.db import WorkspaceSession
from storage.outbox import Priority

APOLOGY = "apology"
# One for all that was pressed in so long; later it is nobody's news any more.
_PERIOD = timedelta(minutes=10)


def apologise_later(deps: Deps, workspace_id: str, slack_id: str) -> None:
    """Has somebody read, once Slack answers again, that nothing may have come of what they did now."""
    now = deps.clock()
    with deps.sessions.write(workspace_id) as session:
        tell(
            session,
            deps,
            to=slack_id,
            card=APOLOGY,
            key=f"{APOLOGY}:{slack_id}:{now.timestamp() // _PERIOD.total_seconds():.0f}",
            facts={"at": now.isoformat()},
            priority=Priority.PRESS,
            expires_at=now + _PERIOD,
        )


def register_cards(cards: Cards) -> None:
    """The apology, which is about nothing but itself."""
    cards.register(APOLOGY, _load, _draw)


def _load(_session: WorkspaceSession, _subject: UUID | None) -> object:
    return APOLOGY


def _draw(_state: object, _audience: str, formats: Formats, facts: Facts) -> Message:
    return slack_was_away(datetime.fromisoformat(facts["at"]), formats)
