"""Showing and telling: what an action leaves behind for the people whom it concerns, in its own transaction."""

from datetime import datetime
from uuid import UUID

from bot.actions.cards import Cards, Facts, Surface, surface_of
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.views import outbox as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import outbox, tables
from storage.db import WorkspaceSession
from storage.home import touch_homes
from storage.outbox import Priority

FAILED = "outbox.failed"
FOLDED = "outbox.folded"


def tell(
    session: WorkspaceSession,
    deps: Deps,
    *,
    to: str,
    card: str,
    key: str,
    subject: UUID | None = None,
    audience: str = "",
    facts: Facts | None = None,
    priority: Priority = Priority.CARD,
    parent: UUID | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> UUID:
    """Posts a card to a person or a channel (a Slack id) after commit, and keeps it up to date; the message's id.

    The key says what makes it the same message: told twice, it is posted once. ``parent`` is the message that it
    replies to, ``facts`` what was true now and will not be. Raises ValueError for a parent that went elsewhere.
    """
    known = outbox.message_of_key(session, key)
    if known:
        return known.id
    if parent and session.get_one(tables.Message, (session.workspace_id, parent)).lane != to:
        raise ValueError(f"{key} replies to a message that is not in {to}")
    message = tables.Message(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        key=key,
        card=card,
        subject_id=subject,
        audience=audience,
        facts=facts,
        lane=to,
        parent_id=parent,
        priority=priority,
        not_before=not_before,
        expires_at=expires_at,
    )
    outbox.add(session, message, deps.clock())
    return message.id


def touch(session: WorkspaceSession, deps: Deps, card: str, subject: UUID) -> None:
    """Has every copy of a subject's card shown anew after commit, and the Homes on which it may show."""
    outbox.touch(session, card, subject, deps.clock())
    touch_homes(session, deps.clock())


def tell_of_failure(session: WorkspaceSession, deps: Deps, message: tables.Message) -> None:
    """Tells the coordinators, once, of a message that cannot be delivered, unless it was to tell them so.

    Nobody has missed anything by a Home, which is published anew when it is opened again.
    """
    if surface_of(message.lane) is Surface.HOME:
        return
    channel = preferences(session).ops_channel
    if channel and channel != message.lane and message.card != FAILED:
        key = f"{FAILED}:{message.id}"
        tell(session, deps, to=channel, card=FAILED, subject=message.id, key=key, priority=Priority.BULK)


def fold_of(message: tables.Message, new_id: UUID) -> tables.Message:
    """A message that stands where this one, the first of several, stood, and shows what they would have."""
    return tables.Message(
        workspace_id=message.workspace_id,
        id=new_id,
        key=f"{FOLDED}:{message.id}",
        card=FOLDED,
        subject_id=new_id,
        audience="",
        lane=message.lane,
        number=message.number,
        priority=message.priority,
    )


def register_cards(cards: Cards) -> None:
    """The outbox's own cards."""

    def load_folded(session: WorkspaceSession, subject: UUID | None) -> object:
        parts = outbox.folded_into(session, subject) if subject else ()
        return [(part, cards.load(session, part)) for part in parts]

    def draw_folded(
        parts: list[tuple[tables.Message, object]], _audience: str, formats: Formats, _facts: Facts
    ) -> Message | None:
        drawn = [cards.draw(part, state, formats) for part, state in parts if state is not None]
        return views.folded([each["text"] for each in drawn if each])

    def load_failed(session: WorkspaceSession, subject: UUID | None) -> object:
        return session.get(tables.Message, (session.workspace_id, subject))

    def draw_failed(message: tables.Message, _audience: str, _formats: Formats, _facts: Facts) -> Message:
        return views.failed(message.lane, message.card, message.error or "")

    cards.register(FOLDED, load_folded, draw_folded)
    cards.register(FAILED, load_failed, draw_failed)
