"""Who took something of what is offered and does not work it: they are not asked for it again."""

from collections.abc import Iterable
from uuid import UUID

from bot.domain.covers import PartState
from bot.domain.intervals import Interval
from storage.covers import parts_of
from storage.db import WorkspaceSession
from storage.tables import Cover

_BACK = (PartState.WITHDRAWN, PartState.UNDONE)


def turned_down(
    session: WorkspaceSession, covers: Iterable[Cover], interval: Interval
) -> tuple[list[UUID], list[UUID]]:
    """Who took any of an interval by these covers and gave it back, and who was not approved; each once."""
    taken = (part for parts in parts_of(session, [each.id for each in covers]).values() for part in parts)
    had = [part for part in taken if part.start < interval.end and interval.start < part.end]
    back = (part.taker_id for part in had if part.state in _BACK and part.ended_by_id == part.taker_id)
    refused = (part.taker_id for part in had if part.state == PartState.DECLINED)
    return list(dict.fromkeys(back)), list(dict.fromkeys(refused))
