"""Tells people that their planned shifts have changed: old → new, once for each import."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards
from bot.actions.outbox import tell
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.shifts import ShiftChange, WorkedShift
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.shifts_told import shifts_changed
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.people import members_by_id
from storage.shifts import OwnedShift
from storage.tables import Import

CHANGED = "shifts.changed"

Owned = Mapping[UUID, OwnedShift]
Change = tuple[OwnedShift | None, OwnedShift | None]


def tell_owners(session: WorkspaceSession, deps: Deps, entry: Import, before: Owned, after: Owned) -> None:
    """Tells the owners of the shifts that were one thing before the import, or its undoing, and are another after.

    What is over by now is nobody's news.
    """
    news: defaultdict[UUID, list[Change]] = defaultdict(list)
    for shift_id in before.keys() | after.keys():
        change = before.get(shift_id), after.get(shift_id)
        there = [each for each in change if each]
        if change[0] != change[1] and max(each.end for each in there) > deps.clock():
            news[there[0].member_id].append(change)
    people = members_by_id(session, news)
    for member_id, changes in news.items():
        slack_id = people[member_id].slack_id
        if slack_id and people[member_id].deactivated_at is None:
            tell(
                session,
                deps,
                to=slack_id,
                card=CHANGED,
                subject=entry.id,
                key=f"{CHANGED}:{entry.id}:{member_id}:{'undone' if entry.undone_at else 'done'}",
                facts={"changes": [[_said(each) for each in change] for change in sorted(changes, key=_start)]},
                priority=Priority.BULK,
                expires_at=max(each.end for change in changes for each in change if each),
            )


def without(owned: Owned, told: Collection[UUID]) -> dict[UUID, OwnedShift]:
    """The shifts but for those that were told of otherwise."""
    return {shift_id: each for shift_id, each in owned.items() if shift_id not in told}


def register_cards(cards: Cards) -> None:
    """The card of this module."""

    def load(session: WorkspaceSession, subject: UUID | None) -> Import | None:
        return session.get(Import, (session.workspace_id, subject))

    def draw(_entry: Import, _audience: str, formats: Formats, facts: dict[str, Any]) -> Message:
        return shifts_changed([ShiftChange(_read(old), _read(new)) for old, new in facts["changes"]], formats)

    cards.register(CHANGED, load, draw)


def _start(change: Change) -> datetime:
    return min(each.start for each in change if each)


def _said(shift: OwnedShift | None) -> list[str | None] | None:
    return [shift.start.isoformat(), shift.end.isoformat(), shift.queue] if shift else None


def _read(said: list[Any] | None) -> WorkedShift | None:
    if said is None:
        return None
    start, end, queue = said
    return WorkedShift(Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), None, queue)
