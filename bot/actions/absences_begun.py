"""The card of an absence that begins: whose cases cannot wait, be it on anybody's screen already or not."""

from datetime import datetime

from bot.actions.absences_cards import CARD, key_of
from bot.actions.absences_lanes import lanes_of
from bot.actions.cases_handover import at_risk
from bot.actions.outbox import tell
from bot.deps import Deps
from bot.domain.absences import Kind, State
from storage.absences import absences_ahead
from storage.db import WorkspaceSession
from storage.outbox import last_facts, message_about
from storage.tables import Absence


def begun(session: WorkspaceSession, now: datetime) -> list[Absence]:
    """Those that have begun, of people whose cases cannot wait, and of which nobody was told so."""
    rows = absences_ahead(session, now, states=[State.IN_FORCE])
    return [row for row in rows if row.start <= now and not _was_told(session, row) and at_risk(session, row, now)]


def show_begun(session: WorkspaceSession, deps: Deps, row: Absence) -> None:
    """Gives the card to whoever finds somebody for the cases.

    Of time off that was approved long ago it may be far up where nobody looks any more, so it comes once again.
    """
    for lane in lanes_of(session, row, deps.clock()):
        key = f"{key_of(row, lane)}:begun" if row.kind == Kind.TIME_OFF else key_of(row, lane)
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=key, facts={"begun": True})


def _was_told(session: WorkspaceSession, row: Absence) -> bool:
    if row.kind == Kind.TIME_OFF:
        return bool(last_facts(session, CARD, row.id))
    return message_about(session, CARD, row.id, "") is not None
