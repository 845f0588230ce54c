"""What comes to the queues, what they need, and who is there for them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.shifts import at_work
from storage.tables import Activity, Assignment, Forecast, ForecastQuality, Requirement, Shift, Volume


class OnShift(NamedTuple):
    """Who works something, from when to when, and for which queue."""

    member_id: UUID
    start: datetime
    end: datetime
    queue_id: UUID | None


class Doing(NamedTuple):
    """What somebody on shift does instead of contacts; ``id`` is the activity's."""

    id: UUID
    member_id: UUID
    start: datetime
    end: datetime
    kind: str


def volume_rows(session: WorkspaceSession, queue_id: UUID, first: date, last: date) -> list[Volume]:
    """The days of a queue between two, both included, in order."""
    return list(
        session.scalars(
            select(Volume)
            .where(
                Volume.workspace_id == session.workspace_id,
                Volume.queue_id == queue_id,
                Volume.day.between(first, last),
            )
            .order_by(Volume.day)
        )
    )


def volumes_between(session: WorkspaceSession, first: date, last: date) -> list[Volume]:
    """The days of all queues between two, both included, in order."""
    return list(
        session.scalars(
            select(Volume)
            .where(Volume.workspace_id == session.workspace_id, Volume.day.between(first, last))
            .order_by(Volume.day)
        )
    )


def last_volumes(session: WorkspaceSession) -> dict[UUID, Volume]:
    """The last day of each queue of which there are volumes."""
    last = (
        select(Volume.queue_id, func.max(Volume.day).label("day"))
        .where(Volume.workspace_id == session.workspace_id)
        .group_by(Volume.queue_id)
        .subquery()
    )
    rows = session.scalars(
        select(Volume)
        .join(last, (last.c.queue_id == Volume.queue_id) & (last.c.day == Volume.day))
        .where(Volume.workspace_id == session.workspace_id)
    )
    return {row.queue_id: row for row in rows}


def requirement_rows(session: WorkspaceSession, first: date, last: date) -> list[Requirement]:
    """What is planned to be needed between two days, both included, in order."""
    return list(
        session.scalars(
            select(Requirement)
            .where(Requirement.workspace_id == session.workspace_id, Requirement.day.between(first, last))
            .order_by(Requirement.day)
        )
    )


def forecast_rows(session: WorkspaceSession, first: date, last: date) -> list[Forecast]:
    """What is expected between two days, both included, in order."""
    return list(
        session.scalars(
            select(Forecast)
            .where(Forecast.workspace_id == session.workspace_id, Forecast.day.between(first, last))
            .order_by(Forecast.day)
        )
    )


def all_forecasts(session: WorkspaceSession) -> list[Forecast]:
    """Every row of every forecast."""
    return list(session.scalars(select(Forecast).where(Forecast.workspace_id == session.workspace_id)))


def qualities(session: WorkspaceSession) -> dict[UUID, ForecastQuality]:
    """How good the forecast of each queue is that has one."""
    rows = session.scalars(select(ForecastQuality).where(ForecastQuality.workspace_id == session.workspace_id))
    return {row.queue_id: row for row in rows}


def activities(session: WorkspaceSession, start: datetime, end: datetime) -> list[Doing]:
    """What anybody on shift does instead of contacts, at any time from ``start`` up to ``end``."""
    statement = (
        select(Activity.id, Activity.member_id, Activity.start, Activity.end, Activity.kind)
        .where(Activity.workspace_id == session.workspace_id, Activity.start < end, Activity.end > start)
        .order_by(Activity.start, Activity.end, Activity.id)
    )
    return list(map(Doing._make, session.execute(statement)))


def activities_of(
    session: WorkspaceSession, member_ids: Collection[UUID], start: datetime, end: datetime
) -> list[Activity]:
    """The rows of some members that begin within that time."""
    wanted = list(member_ids)
    found: list[Activity] = []
    for at in range(0, len(wanted), PARAMETERS):
        found += session.scalars(
            select(Activity)
            .where(
                Activity.workspace_id == session.workspace_id,
                Activity.member_id.in_(wanted[at : at + PARAMETERS]),
                Activity.start >= start,
                Activity.start < end,
            )
            .order_by(Activity.start, Activity.end, Activity.id)
        )
    return found


def on_shift(session: WorkspaceSession, start: datetime, end: datetime) -> list[OnShift]:
    """What is worked, and not open, at any time from ``start`` up to ``end``."""
    statement = (
        select(Assignment.member_id, Assignment.start, Assignment.end, Shift.queue_id)
        .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.replaced_at.is_(None),
            Assignment.member_id.is_not(None),
            *at_work(Assignment, start, end),
        )
        .order_by(Assignment.start, Assignment.end, Assignment.id)
    )
    return list(map(OnShift._make, session.execute(statement)))


def planned_hours(
    session: WorkspaceSession, start: datetime, end: datetime
) -> Iterable[tuple[UUID, datetime, datetime]]:
    """When shifts of each queue are planned, whoever works them, as queue, start and end."""
    statement = select(Shift.queue_id, Shift.start, Shift.end).where(
        Shift.workspace_id == session.workspace_id,
        Shift.removed_at.is_(None),
        Shift.queue_id.is_not(None),
        *at_work(Shift, start, end),
    )
    return [(queue_id, begins, ends) for queue_id, begins, ends in session.execute(statement) if queue_id]
