"""Several open shifts that somebody has opened at once: one message lists them and shows how they stand."""

from collections.abc import Sequence
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.covers_cards import load_covers
from bot.actions.outbox import tell, touch
from bot.deps import Deps
from bot.domain.covers_shown import CoverShown
from bot.views.blocks import Message
from bot.views.covers_batch import batch_card
from bot.views.formats import Formats
from storage.covers import cover, opened_at_once
from storage.db import WorkspaceSession
from storage.tables import Cover

CARD = "cover.batch"


def register_cards(cards: Cards) -> None:
    """The message about all that was opened with the first of them."""
    cards.register(CARD, load_batch, _draw)


def load_batch(session: WorkspaceSession, first_id: UUID | None) -> tuple[CoverShown, ...] | None:
    """What was opened with a cover, by number; None if there is no such cover."""
    first = cover(session, first_id) if first_id else None
    return tuple(load_covers(session, opened_at_once(session, first)).values()) if first else None


def show_batch(session: WorkspaceSession, deps: Deps, lane: str, first: Cover) -> None:
    """Gives who has opened them, in their lane, the message about all that were opened with the first."""
    tell(session, deps, to=lane, card=CARD, subject=first.id, key=f"{CARD}:{first.id}")


def renew(session: WorkspaceSession, deps: Deps, row: Cover) -> None:
    """Has the message show anew on which an open shift is."""
    first, *others = opened_at_once(session, row)
    if others:
        touch(session, deps, CARD, first)


def _draw(shown: Sequence[CoverShown], _audience: str, formats: Formats, _facts: Facts) -> Message:
    return batch_card(shown, formats)
