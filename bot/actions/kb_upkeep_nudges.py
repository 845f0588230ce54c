"""What a reminder says of articles that somebody should look at, or that have no owner any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.kb_upkept import orphans_left, upkept
from bot.actions.nudges import Part
from bot.actions.people import somebody
from bot.domain.kb_upkeep_shown import OwnersDue
from bot.views.kb_upkeep import reminder_buttons, reminder_line
from storage.db import WorkspaceSession
from storage.kb_upkeep import due, made_due, orphans, release_of
from storage.swaps import note_text
from storage.tables import Nudge

_NAMED = 3


def _load(session: WorkspaceSession, now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, OwnersDue]:
    """What is left of each, and those that somebody has seen to since, by the nudge."""
    found = {each.id: _owners_due(session, now, each) for each in nudges}
    return {each.id: found[each.id] for each in nudges if each.ended_at or found[each.id].total}


def _owners_due(session: WorkspaceSession, now: datetime, row: Nudge) -> OwnersDue:
    if row.member_id is None:
        rows, _ = orphans(session, 0, _NAMED)
        left = somebody(session, UUID(row.data["left"]))
        return OwnersDue(None, tuple(upkept(session, rows, now)), orphans_left(session), left=left)
    owner = somebody(session, row.member_id)
    if "release" not in row.data:
        rows, total = due(session, now, row.member_id, 0, _NAMED)
        return OwnersDue(owner, tuple(upkept(session, rows, now)), total)
    release = release_of(session, UUID(row.data["release"]))
    assert release
    of_it = [
        each
        for each, _ in made_due(session, release.id)
        if each.owner_id == row.member_id and each.release_id == release.id
    ]
    shown, note = tuple(upkept(session, of_it[:_NAMED], now)), note_text(session, release.note_id)
    return OwnersDue(owner, shown, len(of_it), release.tag, note)


PART = Part(_load, reminder_line, lambda shown, _formats: list(reminder_buttons(shown)))
