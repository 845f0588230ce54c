"""Helpdesks that are connected, who is who there, and what is to be written there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from bot.domain.cases import LIVE
from bot.domain.connections import WriteState
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CaseWrite, Connection, ExternalCase, ExternalPerson


def connections(session: WorkspaceSession) -> Sequence[Connection]:
    """All of them, by kind."""
    statement = select(Connection).where(Connection.workspace_id == session.workspace_id)
    return session.scalars(statement.order_by(Connection.kind)).all()


def connection(session: WorkspaceSession, kind: str) -> Connection | None:
    """The one of this kind."""
    return session.get(Connection, (session.workspace_id, kind))


def external_people(
    session: WorkspaceSession, source: str, external_ids: Iterable[str]
) -> dict[str, ExternalPerson]:
    """Who these ids of a helpdesk are, as far as they are known."""
    wanted = list(dict.fromkeys(external_ids))
    found: dict[str, ExternalPerson] = {}
    for first in range(0, len(wanted), PARAMETERS):
        statement = select(ExternalPerson).where(
            ExternalPerson.workspace_id == session.workspace_id,
            ExternalPerson.source == source,
            ExternalPerson.external_id.in_(wanted[first : first + PARAMETERS]),
        )
        found |= {row.external_id: row for row in session.scalars(statement)}
    return found


def agent_of_member(session: WorkspaceSession, source: str, member_id: UUID) -> ExternalPerson | None:
    """What a member of ours is called there; of several accounts the first."""
    statement = select(ExternalPerson).where(
        ExternalPerson.workspace_id == session.workspace_id,
        ExternalPerson.source == source,
        ExternalPerson.member_id == member_id,
    )
    return session.scalar(statement.order_by(ExternalPerson.external_id).limit(1))


def seen_cases(session: WorkspaceSession, case_ids: Iterable[UUID]) -> dict[UUID, ExternalCase]:
    """What was last read of these cases."""
    wanted = list(dict.fromkeys(case_ids))
    found: dict[UUID, ExternalCase] = {}
    for first in range(0, len(wanted), PARAMETERS):
        statement = select(ExternalCase).where(
            ExternalCase.workspace_id == session.workspace_id,
            ExternalCase.case_id.in_(wanted[first : first + PARAMETERS]),
        )
        found |= {row.case_id: row for row in session.scalars(statement)}
    return found


def case_write(session: WorkspaceSession, write_id: UUID) -> CaseWrite | None:
    """A write by id."""
    return session.get(CaseWrite, (session.workspace_id, write_id))


def next_write(session: WorkspaceSession, source: str, now: datetime) -> CaseWrite | None:
    """The first write that is due; one that waits lets none of the same case pass."""
    earlier = aliased(CaseWrite)
    before_it = select(earlier.id).where(
        earlier.workspace_id == session.workspace_id,
        earlier.case_id == CaseWrite.case_id,
        earlier.state == WriteState.WAITING,
        earlier.number < CaseWrite.number,
    )
    statement = select(CaseWrite).where(
        CaseWrite.workspace_id == session.workspace_id,
        CaseWrite.source == source,
        CaseWrite.state == WriteState.WAITING,
        or_(CaseWrite.next_at.is_(None), CaseWrite.next_at <= now),
        ~before_it.exists(),
    )
    return session.scalar(statement.order_by(CaseWrite.number).limit(1))


def writes_of_states(session: WorkspaceSession, source: str) -> dict[str, int]:
    """How many writes to a helpdesk wait, and how many are in conflict."""
    statement = (
        select(CaseWrite.state, func.count())
        .where(
            CaseWrite.workspace_id == session.workspace_id,
            CaseWrite.source == source,
            or_(CaseWrite.state == WriteState.WAITING, CaseWrite.state == WriteState.CONFLICT),
        )
        .group_by(CaseWrite.state)
    )
    return {row.state: row[1] for row in session.execute(statement)}


def open_writes(session: WorkspaceSession, source: str) -> Sequence[CaseWrite]:
    """What is still to be written to a helpdesk, or to be decided."""
    statement = select(CaseWrite).where(
        CaseWrite.workspace_id == session.workspace_id,
        CaseWrite.source == source,
        CaseWrite.state.in_([WriteState.WAITING, WriteState.CONFLICT]),
    )
    return session.scalars(statement.order_by(CaseWrite.number)).all()


def any_url(session: WorkspaceSession, source: str) -> str | None:
    """Where one of the cases of a helpdesk is, if there is any."""
    statement = select(Case.external_url).where(
        Case.workspace_id == session.workspace_id, Case.source == source, Case.external_url.is_not(None)
    )
    return session.scalar(statement.limit(1))


def groups_of(session: WorkspaceSession, source: str) -> list[str]:
    """In which groups of a helpdesk its live cases are, by name."""
    group = ExternalCase.seen["queue"].as_string()
    statement = (
        select(group)
        .join(Case, (Case.workspace_id == ExternalCase.workspace_id) & (Case.id == ExternalCase.case_id))
        .where(
            ExternalCase.workspace_id == session.workspace_id,
            Case.workspace_id == session.workspace_id,
            Case.source == source,
            Case.state.in_(LIVE),
            group.is_not(None),
        )
        .distinct()
    )
    return sorted(session.scalars(statement))


def newest_version(session: WorkspaceSession, source: str) -> str | None:
    """The last version of all that was read of a helpdesk."""
    statement = select(func.max(Case.external_version)).where(
        Case.workspace_id == session.workspace_id, Case.source == source
    )
    return session.scalar(statement) or None


def open_writes_of(session: WorkspaceSession, case_id: UUID) -> Sequence[CaseWrite]:
    """What of a case is still to be written, or to be decided, the oldest first."""
    statement = select(CaseWrite).where(
        CaseWrite.workspace_id == session.workspace_id,
        CaseWrite.case_id == case_id,
        CaseWrite.state.in_([WriteState.WAITING, WriteState.CONFLICT]),
    )
    return session.scalars(statement.order_by(CaseWrite.number)).all()


def unowned_cases(session: WorkspaceSession, source: str, owner: str) -> Sequence[Case]:
    """The live cases that somebody owns in a helpdesk, and nobody of ours here."""
    statement = (
        select(Case)
        .join(ExternalCase, (ExternalCase.workspace_id == Case.workspace_id) & (ExternalCase.case_id == Case.id))
        .where(
            Case.workspace_id == session.workspace_id,
            ExternalCase.workspace_id == session.workspace_id,
            Case.source == source,
            Case.owner_id.is_(None),
            Case.state.in_(LIVE),
            ExternalCase.seen["owner"].as_string() == owner,
        )
    )
    return session.scalars(statement).all()
