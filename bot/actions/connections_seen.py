"""What a helpdesk says of a case, as it is kept to tell later what of it is new."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.connectors.helpdesk import CaseRead, DeadlineRead
from bot.domain.cases import By, Happening, Kind, Priority, State

# What of a case the helpdesk says, each with what happens when it says something else than before.
HAPPENS = {
    "state": Kind.STATE,
    "priority": Kind.PRIORITY,
    "tier": Kind.TIER,
    "queue": Kind.QUEUE,
    "owner": Kind.OWNER,
    "satisfaction": Kind.SATISFACTION,
}
RECORD = ("title", "customer", "language", "channel", "category", "tags", "external_url")
DEADLINES = "deadlines"


def said(read: CaseRead) -> dict[str, Any]:
    """All that a case says, as a document holds it."""
    stands = {name: getattr(read, name) for name in HAPPENS}
    return {name: plain(value) for name, value in {**stands, **record_of(read)}.items()}


def record_of(read: CaseRead) -> dict[str, Any]:
    """What it says that nothing follows from."""
    return {name: read.url if name == "external_url" else getattr(read, name) for name in RECORD}


def moved(seen: dict[str, Any], deadlines: Iterable[DeadlineRead]) -> Iterator[Happening]:
    """The deadlines that are others than before; they are noted as seen."""
    known: dict[str, str | None] = dict(seen.get(DEADLINES) or {})
    for each in deadlines:
        due = text_of(each.due_at.isoformat() if each.due_at else None)
        if known.get(each.metric) != due:
            known[each.metric] = due
            yield Happening(Kind.DEADLINE, {"metric": each.metric, "due_at": due}, By.HELPDESK)
    seen[DEADLINES] = known


def plain(value: Any) -> Any:
    """A value as a document holds it."""
    match value:
        case tuple():
            return list(value)
        case datetime():
            return value.isoformat()
        case State() | Priority():
            return value.value
    return value


def text_of(value: object) -> str | None:
    """An id as a document holds it."""
    return str(value) if value else None
