"""What people worked, and how often it was a night, a weekend, a holiday or at the last minute."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from bot.domain.covers import PartState
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Assignment, Burden, Cover, CoverPart

_SUMS = [func.sum(column) for column in (Burden.nights, Burden.weekends, Burden.holidays, Burden.last_minute)]


class Worked(NamedTuple):
    """A part of a shift and who works it."""

    member_id: UUID
    shift_id: UUID
    start: datetime
    end: datetime


class Taken(NamedTuple):
    """A part of a shift that somebody took over as a cover, and when they did."""

    member_id: UUID
    shift_id: UUID
    start: datetime
    end: datetime
    taken_at: datetime


class Counts(NamedTuple):
    """How often somebody had each hardship."""

    nights: int
    weekends: int
    holidays: int
    last_minute: int


def worked_by_people(session: WorkspaceSession, since: datetime, until: datetime) -> Iterator[Worked]:
    """What people work that begins from ``since`` up to ``until``."""
    statement = select(Assignment.member_id, Assignment.shift_id, Assignment.start, Assignment.end).where(
        Assignment.workspace_id == session.workspace_id,
        Assignment.member_id.is_not(None),
        Assignment.replaced_at.is_(None),
        Assignment.start >= since,
        Assignment.start < until,
    )
    return map(Worked._make, session.connection().execute(statement))


def taken_over(session: WorkspaceSession, since: datetime, until: datetime) -> Iterator[Taken]:
    """What was taken over, and stays so, of what begins from ``since`` up to ``until``; the latest is last."""
    statement = (
        select(CoverPart.taker_id, Cover.shift_id, CoverPart.start, CoverPart.end, CoverPart.taken_at)
        .join(Cover, (Cover.workspace_id == CoverPart.workspace_id) & (Cover.id == CoverPart.cover_id))
        .where(
            CoverPart.workspace_id == session.workspace_id,
            CoverPart.state == PartState.CONFIRMED,
            CoverPart.start >= since,
            CoverPart.start < until,
            Cover.workspace_id == session.workspace_id,
        )
        .order_by(CoverPart.taken_at)
    )
    return map(Taken._make, session.connection().execute(statement))


def burden_rows(session: WorkspaceSession) -> dict[tuple[UUID, date], Burden]:
    """Everything that was counted, by member and month."""
    rows = session.scalars(select(Burden).where(Burden.workspace_id == session.workspace_id))
    return {(row.member_id, row.month): row for row in rows}


def counts_in(row: Burden) -> Counts:
    """What a month was."""
    return Counts(row.nights, row.weekends, row.holidays, row.last_minute)


def all_counts(session: WorkspaceSession, since: date) -> dict[UUID, Counts]:
    """What everybody had from a month on, by member; whoever worked nothing is missing."""
    statement = select(Burden.member_id, *_SUMS).where(
        Burden.workspace_id == session.workspace_id, Burden.month >= since
    )
    rows = session.connection().execute(statement.group_by(Burden.member_id))
    return {member_id: Counts(*counts) for member_id, *counts in rows}


def counts_of(session: WorkspaceSession, member_ids: Iterable[UUID], since: date) -> dict[UUID, Counts]:
    """The same of these members."""
    wanted = list(member_ids)
    found: dict[UUID, Counts] = {}
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(Burden.member_id, *_SUMS).where(
            Burden.workspace_id == session.workspace_id,
            Burden.member_id.in_(wanted[at : at + PARAMETERS]),
            Burden.month >= since,
        )
        rows = session.connection().execute(statement.group_by(Burden.member_id))
        found |= {member_id: Counts(*counts) for member_id, *counts in rows}
    return found
