"""What could not be written to a helpdesk, as whoever asked for it is told, and what they decide about it."""

from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.settings import preferences
from bot.connectors.helpdesks import PROVIDERS
from bot.deps import Deps
from bot.domain.connections import Stranger, WriteShown, WriteState
from bot.views import connections_writes as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.cases import case
from storage.connections import case_write, external_people, seen_cases
from storage.db import WorkspaceSession
from storage.people import member, members_by_id
from storage.tables import Case, CaseWrite

CARD = "case.write"
_SOMEBODY = "somebody else"


def tell_of(session: WorkspaceSession, deps: Deps, row: CaseWrite) -> None:
    """Tells whoever asked for it; the coordinators, where nobody did or they cannot be told."""
    person = member(session, row.member_id) if row.member_id else None
    lane = person.slack_id if person and not person.deactivated_at else None
    lane = lane or preferences(session).ops_channel
    if lane:
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=f"{CARD}:{row.id}")
    touch(session, deps, CARD, row.id)


def write_shown(session: WorkspaceSession, row: CaseWrite) -> WriteShown:
    """A write as people read of it."""
    of = case(session, row.case_id)
    assert of  # a write is of a case
    provider = PROVIDERS.get(row.source)
    people = members_by_id(session, filter(None, [row.member_id, row.decided_by_id]))
    names = {member_id: each.name for member_id, each in people.items()}
    return WriteShown(
        row.id,
        provider.name if provider else row.source,
        of.number,
        of.external_id or "",
        of.title,
        of.external_url,
        row.kind,
        WriteState(row.state),
        names.get(row.member_id) if row.member_id else None,
        _wanted(session, row),
        _found(session, row),
        names.get(row.decided_by_id) if row.decided_by_id else None,
        row.error,
    )


def owner_there(session: WorkspaceSession, of: Case) -> Stranger | None:
    """Who owns a case in its helpdesk, where that is nobody of ours."""
    seen = seen_cases(session, [of.id]).get(of.id)
    owner = seen.seen.get("owner") if seen else None
    if of.source is None or owner is None:
        return None
    known, provider = external_people(session, of.source, [owner]).get(owner), PROVIDERS.get(of.source)
    if known and known.member_id:
        return None
    return Stranger(known.name if known else None, provider.name if provider else of.source)


def register_cards(cards: Cards) -> None:
    """The message about it."""

    def load(session: WorkspaceSession, write_id: UUID | None) -> WriteShown | None:
        row = case_write(session, write_id) if write_id else None
        return write_shown(session, row) if row else None

    def draw(shown: WriteShown, _audience: str, _formats: Formats, _facts: Facts) -> Message:
        return views.write_card(shown)

    cards.register(CARD, load, draw)


def _wanted(session: WorkspaceSession, row: CaseWrite) -> Any:
    value = row.wanted.get(row.kind)
    if row.kind == "owner" and value:
        people = members_by_id(session, [UUID(value)])
        return next((each.name for each in people.values()), _SOMEBODY)
    return value


def _found(session: WorkspaceSession, row: CaseWrite) -> Any:
    value = (row.found or {}).get(row.kind)
    if row.kind == "owner" and value:
        people = external_people(session, row.source, [value])
        return next((each.name for each in people.values()), None) or _SOMEBODY
    return value
