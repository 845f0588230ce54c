"""The cards that show what nobody works: they show it anew when that changes."""

from collections.abc import Collection
from uuid import UUID

from bot.actions import absences_cards, coverage_gaps_cards, departures_cards, uploads_cards
from bot.deps import Deps
from storage.db import WorkspaceSession


def renew(session: WorkspaceSession, deps: Deps, shift_ids: Collection[UUID]) -> None:
    """Has the cards show anew on which any of these shifts is."""
    absences_cards.renew(session, deps, shift_ids)
    coverage_gaps_cards.renew(session, deps, shift_ids)
    departures_cards.renew(session, deps, shift_ids)
    uploads_cards.renew(session, deps, shift_ids)
