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
from bot.domain.shifts import ShiftChange, Somebody, WorkedShift
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.shifts_told import shifts_changed
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.people import members_by_id
from storage.shifts import Planned
from storage.tables import Import, Member

CHANGED = "shifts.changed"

Base = Mapping[UUID, Planned]
Change = tuple[Planned | None, Planned | None]


def tell_owners(
    session: WorkspaceSession, deps: Deps, entry: Import, before: Base, after: Base, told: Collection[UUID]
) -> None:
    """Tells the owners of the shifts that were one thing before the import, or its undoing, and are another after.

    Of one that becomes somebody else's both read the same. ``told`` are shifts that their owners were told of
    otherwise. What is over by now is nobody's news.
    """
    news: defaultdict[UUID, list[Change]] = defaultdict(list)
    for shift_id in before.keys() | after.keys():
        change = before.get(shift_id), after.get(shift_id)
        is_news = change[0] != change[1] and _end(change) > deps.clock()
        if is_news and (shift_id not in told or _handed_on(change)):
            for member_id in _owners(change):
                news[member_id].append(change)
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
                facts={"changes": [_said(change, people) for change in sorted(changes, key=_start)]},
                priority=Priority.BULK,
                expires_at=max(map(_end, changes)),
            )


def register_cards(cards: Cards) -> None:
    """The card of this module."""

    def load(session: WorkspaceSession, subject: UUID | None) -> Import | None:
        return session.get(Import, (session.workspace_id, subject))

    def draw(_entry: Import, _audience: str, formats: Formats, facts: dict[str, Any]) -> Message:
        return shifts_changed([ShiftChange(_read(old), _read(new)) for old, new in facts["changes"]], formats)

    cards.register(CHANGED, load, draw)


def _start(change: Change) -> datetime:
    return min(each.start for each in change if each)


def _end(change: Change) -> datetime:
    return max(each.end for each in change if each)


def _owners(change: Change) -> set[UUID]:
    """Whose it was and is; nobody of an open shift."""
    return {each.member_id for each in change if each and each.member_id}


def _handed_on(change: Change) -> bool:
    before, after = change
    return bool(before and after and before.member_id != after.member_id)


def _said(change: Change, people: Mapping[UUID, Member]) -> list[list[Any] | None]:
    """Whose it is goes without saying, unless that changes; nobody's name is kept with a message."""
    return [_slot(each, people if _handed_on(change) else None) if each else None for each in change]


def _slot(shift: Planned, people: Mapping[UUID, Member] | None) -> list[Any]:
    said = [shift.start.isoformat(), shift.end.isoformat(), shift.queue]
    if people is None:
        return said
    owner = people[shift.member_id] if shift.member_id else None
    return [*said, [str(owner.id), owner.slack_id] if owner else None]


def _read(said: list[Any] | None) -> WorkedShift | None:
    if said is None:
        return None
    start, end, queue, *whose = said
    owner = Somebody(UUID(whose[0][0]), "", whose[0][1]) if whose and whose[0] else None
    return WorkedShift(Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), owner, queue)
