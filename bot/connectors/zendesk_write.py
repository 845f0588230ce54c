"""What is written to Zendesk, as its tickets say it."""

from datetime import UTC, datetime
from typing import Any

from bot.connectors.helpdesk import Change, Write
from bot.connectors.zendesk_read import STATUS
from bot.domain.cases import State


def field_of(write: Write) -> tuple[str, Any, Any]:
    """The field of a ticket, what is wanted in it, and what whoever wants that saw there."""
    wanted, before = write.wanted.get(write.kind), write.before.get(write.kind)
    match write.kind:
        case Change.OWNER:
            return "assignee_id", number_of(wanted), number_of(before)
        case Change.STATE:
            return "status", STATUS[State(str(wanted))], STATUS[State(before)] if before else None
    return "tags", sorted(wanted or ()), sorted(before or ())


def held_in(ticket: dict[str, Any], name: str) -> Any:
    """What stands in a field of a ticket."""
    value = ticket.get(name)
    return sorted(value or ()) if name == "tags" else value


def as_told(kind: Change, found: Any) -> dict[str, Any]:
    """What was found in that field, in our words."""
    match kind:
        case Change.OWNER:
            return {kind: str(found) if found else None}
        case Change.STATE:
            states = {status: state for state, status in STATUS.items()}
            return {kind: states.get(found, State.OPEN)}
    return {kind: found}


def number_of(external_id: str | None) -> int | None:
    """An id as Zendesk writes it."""
    return int(external_id) if external_id else None


def stamp_of(version: str) -> str:
    """A version as Zendesk writes it."""
    return datetime.fromisoformat(version).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
