"""Spreadsheets that were uploaded, as long as something is to be done with them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Import, ImportChange, Message, Upload

# In the info of a session that has left something to work off.
HAS_UPLOADS = "uploads"


def upload(session: WorkspaceSession, upload_id: UUID) -> Upload | None:
    """An upload by id."""
    return session.get(Upload, (session.workspace_id, upload_id))


def uploads_in(session: WorkspaceSession, states: Collection[str]) -> list[UUID]:
    """The uploads that stand at one of the states, oldest first."""
    statement = select(Upload.id).where(Upload.workspace_id == session.workspace_id, Upload.state.in_(states))
    # Asked for in that order, SQLite would go through the whole primary key, which has it.
    return sorted(session.scalars(statement))


def uploads_overdue(session: WorkspaceSession, states: Collection[str], now: datetime) -> list[Upload]:
    """The uploads at one of the states whose time is over, oldest first."""
    statement = select(Upload).where(
        Upload.workspace_id == session.workspace_id, Upload.state.in_(states), Upload.expires_at <= now
    )
    return sorted(session.scalars(statement), key=attrgetter("id"))


def uploads_of_import(session: WorkspaceSession, number: int, states: Collection[str]) -> list[Upload]:
    """The uploads at one of the states that became this import."""
    statement = select(Upload).where(
        Upload.workspace_id == session.workspace_id, Upload.state.in_(states), Upload.number == number
    )
    return list(session.scalars(statement))


def uploads_imported(session: WorkspaceSession, state: str, kind: str) -> list[tuple[Upload, Import]]:
    """The uploads at a state that became imports of a kind, with those, oldest first."""
    statement = (
        select(Upload, Import)
        .join(Import, (Import.workspace_id == Upload.workspace_id) & (Import.number == Upload.number))
        .where(
            Upload.workspace_id == session.workspace_id,
            Import.workspace_id == session.workspace_id,
            Upload.state == state,
            Import.kind == kind,
        )
    )
    found = [(row, entry) for row, entry in session.execute(statement)]
    return sorted(found, key=lambda each: each[0].id)


def uploads_of_shifts(session: WorkspaceSession, state: str, shift_ids: Iterable[UUID]) -> list[UUID]:
    """The uploads at a state that became imports which added or changed any of these shifts."""
    wanted = list(shift_ids)
    found: set[UUID] = set()
    for at in range(0, len(wanted), PARAMETERS):
        found.update(
            session.scalars(
                select(Upload.id)
                .join(Import, (Import.workspace_id == Upload.workspace_id) & (Import.number == Upload.number))
                .join(
                    ImportChange,
                    (ImportChange.workspace_id == Import.workspace_id) & (ImportChange.import_id == Import.id),
                )
                .where(
                    Upload.workspace_id == session.workspace_id,
                    Import.workspace_id == session.workspace_id,
                    ImportChange.workspace_id == session.workspace_id,
                    Upload.state == state,
                    ImportChange.subject_id.in_(wanted[at : at + PARAMETERS]),
                )
            )
        )
    return sorted(found)


def wake(session: WorkspaceSession) -> None:
    """Has what is to be done begun as soon as the transaction is committed."""
    session.info[HAS_UPLOADS] = True


def has_fresh_message(session: WorkspaceSession, lane: str, card: str, now: datetime) -> bool:
    """Whether a recipient was given a message of this card that is not out of date yet."""
    statement = select(Message.id).where(
        Message.workspace_id == session.workspace_id,
        Message.lane == lane,
        Message.card == card,
        Message.expires_at > now,
    )
    return session.scalars(statement.limit(1)).first() is not None
