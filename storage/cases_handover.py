"""Cases that others have while their owners are away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.domain.cases import By, Kind
from bot.domain.cases_handover import ABSENCE, Done
from storage.db import WorkspaceSession
from storage.tables import Absence, CaseEvent, CaseHandover


def handover(session: WorkspaceSession, absence_id: UUID, case_id: UUID) -> CaseHandover | None:
    """How a case was handed over for an absence."""
    return session.get(CaseHandover, (session.workspace_id, absence_id, case_id))


def handovers_of(session: WorkspaceSession, absence_id: UUID) -> Sequence[CaseHandover]:
    """All that were handed over for an absence, in order."""
    statement = select(CaseHandover).where(
        CaseHandover.workspace_id == session.workspace_id, CaseHandover.absence_id == absence_id
    )
    return session.scalars(statement.order_by(CaseHandover.handed_at, CaseHandover.case_id)).all()


def handed_on(session: WorkspaceSession, rows: Iterable[CaseHandover]) -> dict[tuple[UUID, UUID], UUID]:
    """Who has each of these cases for whom, by the case and who is away, as long as that is not over."""
    statement = (
        select(CaseHandover.case_id, Absence.member_id, CaseHandover.to_id)
        .join(
            Absence,
            (Absence.workspace_id == CaseHandover.workspace_id) & (Absence.id == CaseHandover.absence_id),
        )
        .where(
            CaseHandover.workspace_id == session.workspace_id,
            Absence.workspace_id == session.workspace_id,
            CaseHandover.case_id.in_([row.case_id for row in rows]),
            CaseHandover.ended_at.is_(None),
        )
    )
    return {(case_id, away_id): to_id for case_id, away_id, to_id in session.execute(statement)}


def absences_to_end(session: WorkspaceSession, now: datetime) -> Sequence[Absence]:
    """Those that are over by the clock while others still have cases for them."""
    statement = (
        select(Absence)
        .join(
            CaseHandover,
            (CaseHandover.workspace_id == Absence.workspace_id) & (CaseHandover.absence_id == Absence.id),
        )
        .where(
            Absence.workspace_id == session.workspace_id,
            CaseHandover.workspace_id == session.workspace_id,
            CaseHandover.ended_at.is_(None),
            Absence.end <= now,
        )
        .distinct()
    )
    return session.scalars(statement.order_by(Absence.end, Absence.id)).all()


def done_since(session: WorkspaceSession, rows: Iterable[CaseHandover]) -> dict[UUID, list[Done]]:
    """What happened to each of these cases since it was handed over, but that others were away."""
    numbers = {row.case_id: row.number for row in rows}
    statement = select(CaseEvent.case_id, CaseEvent.number, CaseEvent.kind, CaseEvent.by, CaseEvent.data).where(
        CaseEvent.workspace_id == session.workspace_id, CaseEvent.case_id.in_(list(numbers))
    )
    found: defaultdict[UUID, list[Done]] = defaultdict(list)
    for case_id, number, kind, by, data in session.execute(statement):
        if number > numbers[case_id] and data.get("because") != ABSENCE:
            found[case_id].append(Done(Kind(kind), By(by)))
    return found
