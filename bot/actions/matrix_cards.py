"""The matrix as it is looked at, and the card of a version that waits for a second person."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.departments import names_of
from bot.actions.matrix import rows_in_force
from bot.actions.matrix_change import CARD, NEWS
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.matrix import Row, from_documents
from bot.domain.matrix_change import NoSuchRow, NotProposed, State, differences
from bot.domain.matrix_shown import MatrixShown, Names, RowChoices, VersionShown
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from bot.views import matrix as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.matrix import contacts, version, version_in, versions
from storage.people import members_by_id
from storage.swaps import note_text
from storage.tables import EscalationMatrix

# So many that held before can be brought back from the list.
_EARLIER = 5


def register_cards(cards: Cards) -> None:
    """The version, for whoever decides, and what its author is told."""

    def load(session: WorkspaceSession, subject: UUID | None) -> VersionShown | None:
        row = version(session, subject) if subject else None
        return shown_version(session, row) if row else None

    def draw(shown: VersionShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.version_card(shown, formats)

    def draw_news(shown: VersionShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.version_news(shown, formats)

    cards.register(CARD, load, draw)
    cards.register(NEWS, load, draw_news)


def shown_matrix(deps: Deps, caller: Caller) -> MatrixShown:
    """What holds, what waits, and what held before. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.read(caller.workspace_id) as session:
        rows, number = rows_in_force(session)
        waiting = version_in(session, State.PROPOSED)
        earlier = versions(session, [State.REPLACED], _EARLIER)
        return MatrixShown(
            rows,
            number,
            _names(session, rows),
            shown_version(session, waiting) if waiting else None,
            tuple(shown_version(session, each) for each in earlier),
            caller.actor.member_id,
        )


def row_choices(deps: Deps, caller: Caller, at: int | None = None) -> RowChoices:
    """What a row can be made of; ``at`` is the place of one to change among those that the caller would change.

    Raises ``NotPermitted`` and ``NoSuchRow``.
    """
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = rows_in_force(session)[0]
        if at is not None and at >= len(rows):
            raise NoSuchRow
        there = names_of(session)
        return RowChoices(
            rows[at] if at is not None else None,
            _names(session, rows),
            {each: tuple(somebody(session, one.id) for one in contacts(session, each)) for each in there},
        )


def version_of(deps: Deps, caller: Caller, version_id: UUID) -> VersionShown:
    """A version. Raises ``NotPermitted`` and ``NotProposed`` where there is none."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.read(caller.workspace_id) as session:
        row = version(session, version_id)
        if row is None:
            raise NotProposed
        return shown_version(session, row)


def shown_version(session: WorkspaceSession, row: EscalationMatrix) -> VersionShown:
    """A version as people look at it."""
    before, after = from_documents(row.replaces), from_documents(row.rows)
    return VersionShown(
        row.id,
        row.number,
        State(row.state),
        row.restores,
        differences(before, after),
        _names(session, (*before, *after)),
        _somebody(session, row.proposed_by_id),
        row.proposed_at,
        note_text(session, row.reason_id),
        _somebody(session, row.decided_by_id),
        row.decided_at,
        note_text(session, row.decision_id),
    )


def _names(session: WorkspaceSession, rows: Sequence[Row]) -> Names:
    people = members_by_id(session, _contacts(rows))
    return Names(names_of(session), {each: somebody(session, each) for each in people})


def _contacts(rows: Iterable[Row]) -> set[UUID]:
    return {each.contact_id for each in rows if each.contact_id}


def _somebody(session: WorkspaceSession, member_id: UUID | None) -> Somebody | None:
    return somebody(session, member_id) if member_id else None
