"""What follows where a tool cannot be read or written; the desk hears of it where somebody must act."""

from datetime import timedelta

from bot.actions.cards import Cards, Facts
from bot.actions.connections import mirrored_of
from bot.actions.outbox import tell
from bot.actions.settings import preferences
from bot.connectors.helpdesk import HelpdeskFails, SignInFailed, TooManyRequests
from bot.connectors.sealed import WrongKey
from bot.connectors.tools import TOOLS
from bot.deps import Deps
from bot.domain.connections import ConnectionState, Mirrors
from bot.views import connections as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.tables import Connection

CARD = "helpdesk.failed"
_AGAIN = timedelta(minutes=1)


def note_failure(session: WorkspaceSession, deps: Deps, row: Connection, error: HelpdeskFails | WrongKey) -> None:
    """Waits as long as it is told to; nobody signs in again and again with what is refused."""
    now = deps.clock()
    row.failed_at = row.failed_at or now
    row.error = error.name if isinstance(error, HelpdeskFails) else "wrong key"
    row.next_at = now + (timedelta(seconds=error.seconds) if isinstance(error, TooManyRequests) else _AGAIN)
    if isinstance(error, SignInFailed) and row.state != ConnectionState.SIGN_IN_FAILED:
        row.state = ConnectionState.SIGN_IN_FAILED
        channel = preferences(session).ops_channel
        if channel:
            key = f"{CARD}:{row.kind}:{now.isoformat()}"
            facts = {"helpdesk": TOOLS[row.kind].name, "mirrors": mirrored_of(row.kind)}
            tell(session, deps, to=channel, card=CARD, key=key, facts=facts)


def register_cards(cards: Cards, prefix: str) -> None:
    """The message about it."""

    def draw(_state: object, _audience: str, _formats: Formats, facts: Facts) -> Message:
        return views.signed_out(prefix, facts["helpdesk"], Mirrors(facts.get("mirrors", Mirrors.CASES)))

    cards.register(CARD, lambda _session, _subject: True, draw)
