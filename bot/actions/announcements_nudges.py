"""What a reminder says of an announcement that somebody has not read yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.announcements_cards import load_reader
from bot.actions.nudges import Part
from bot.domain.announcements import State
from bot.domain.announcements_shown import ReaderShown
from bot.views.announcements import remind_buttons, reminder_line
from storage.db import WorkspaceSession
from storage.tables import Nudge


def _load(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, ReaderShown]:
    """Those that still are to be read, and those that somebody has seen to since, by the nudge."""
    found = {each.id: load_reader(session, each.subject_id) for each in nudges}
    return {
        each.id: shown for each in nudges if (shown := found[each.id]) and (each.ended_at or _is_unread(shown))
    }


def _is_unread(shown: ReaderShown) -> bool:
    return shown.announcement.state is State.SENT and shown.read_at is None


PART = Part(_load, reminder_line, lambda shown, _formats: remind_buttons(shown))
