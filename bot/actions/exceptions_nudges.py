"""What a reminder says of an exception that still waits for approval."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.exceptions_cards import load_exception
from bot.actions.nudges import Part
from bot.domain.exceptions import ExceptionShown, State
from bot.views.exceptions import decide_buttons, reminder_line
from storage.db import WorkspaceSession
from storage.exceptions import exceptions_by_id
from storage.tables import Nudge


def _load(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, ExceptionShown]:
    """Those that still wait, and those that somebody has seen to since, by the nudge."""
    rows = exceptions_by_id(session, [each.subject_id for each in nudges])
    return {
        each.id: load_exception(session, row)
        for each in nudges
        if (row := rows.get(each.subject_id)) and (each.ended_at or row.state == State.NEEDS_APPROVAL)
    }


PART = Part(_load, reminder_line, lambda shown, formats: list(decide_buttons(shown, formats)))
