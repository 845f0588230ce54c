"""Who is away, and from when to when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.domain.absences import COUNTED, LIVE, State
from bot.domain.intervals import Interval, merge
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Absence


def absence(session: WorkspaceSession, absence_id: UUID) -> Absence | None:
    """An absence by id."""
    return session.get(Absence, (session.workspace_id, absence_id))


def absences_of(
    session: WorkspaceSession, member_ids: Iterable[UUID], within: Interval
) -> dict[UUID, tuple[Interval, ...]]:
    """When each of these members is away at any time within an interval, in order; who never is, is left out."""
    wanted, found = list(member_ids), defaultdict[UUID, list[Interval]](list)
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.execute(
            select(Absence.member_id, Absence.start, Absence.end).where(
                Absence.workspace_id == session.workspace_id,
                Absence.member_id.in_(wanted[at : at + PARAMETERS]),
                Absence.state.in_(COUNTED),
                Absence.end > within.start,
                Absence.start < within.end,
            )
        )
        for member_id, start, end in rows:
            found[member_id].append(Interval(start, end))
    return {member_id: merge(each) for member_id, each in found.items()}


def absences_ahead(
    session: WorkspaceSession,
    now: datetime,
    member_id: UUID | None = None,
    states: Collection[str] = LIVE,
) -> Sequence[Absence]:
    """Those in one of the states that are not over, all or of one member; the first to begin first."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id, Absence.end > now, Absence.state.in_(states)
    )
    if member_id:
        statement = statement.where(Absence.member_id == member_id)
    return session.scalars(statement.order_by(Absence.start, Absence.id)).all()


def in_force_of(session: WorkspaceSession, member_ids: Collection[UUID], now: datetime) -> list[UUID]:
    """The ids of those in force of these members that are not over."""
    if not member_ids:
        return []
    statement = select(Absence.id).where(
        Absence.workspace_id == session.workspace_id,
        Absence.member_id.in_(member_ids),
        Absence.state == State.IN_FORCE,
        Absence.end > now,
    )
    return list(session.scalars(statement))


def absences_ended(session: WorkspaceSession, since: datetime) -> Sequence[Absence]:
    """Those whose owners came back, or took them back, after an instant."""
    statement = select(Absence).where(Absence.workspace_id == session.workspace_id, Absence.ended_at > since)
    return session.scalars(statement.order_by(Absence.ended_at, Absence.id)).all()


def absences_due(session: WorkspaceSession, until: datetime) -> Sequence[Absence]:
    """Those that were reported up to an instant and are not in force, in order."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id,
        Absence.state == State.REPORTED,
        Absence.reported_at <= until,
    )
    return session.scalars(statement.order_by(Absence.reported_at, Absence.id)).all()


def absences_around(session: WorkspaceSession, member_id: UUID, within: Interval) -> Sequence[Absence]:
    """All of a member that touch an interval, also those that were taken back, in order."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id,
        Absence.member_id == member_id,
        Absence.end > within.start,
        Absence.start < within.end,
    )
    return session.scalars(statement.order_by(Absence.start, Absence.id)).all()


def have_been_away(session: WorkspaceSession) -> set[UUID]:
    """Whoever was ever away, be they back or not, so that something of theirs may be worked by others."""
    return set(
        session.scalars(
            select(Absence.member_id)
            .where(Absence.workspace_id == session.workspace_id, Absence.in_force_at.is_not(None))
            .distinct()
        )
    )
