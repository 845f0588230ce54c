"""What the card of a case says of its helpdesk: what could not be written there, and who owns it there."""

from datetime import datetime

from bot.actions.connections_conflicts import owner_there, write_shown
from bot.domain.connections import MirrorShown, WriteState
from bot.views.blocks import Block
from bot.views.connections_writes import decide_buttons, owner_line, part_lines
from bot.views.formats import Formats
from storage.connections import open_writes_of
from storage.db import WorkspaceSession
from storage.tables import Case


def load_writes(session: WorkspaceSession, case: Case, _now: datetime) -> MirrorShown | None:
    """The changes that wait for the helpdesk or for a decision, and an owner whom only the helpdesk knows."""
    if case.source is None:
        return None
    writes = tuple(write_shown(session, row) for row in open_writes_of(session, case.id))
    stranger = owner_there(session, case) if case.owner_id is None and not writes else None
    return MirrorShown(writes, stranger) if writes or stranger else None


def write_lines(shown: MirrorShown, _formats: Formats) -> list[str]:
    """One for each."""
    return [*([owner_line(shown.stranger)] if shown.stranger else []), *part_lines(shown.writes)]


def write_buttons(shown: MirrorShown) -> list[Block]:
    """Of one at a time, the oldest."""
    return next((decide_buttons(each) for each in shown.writes if each.state is WriteState.CONFLICT), [])
