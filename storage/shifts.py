"""The base schedule and what is really worked."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from bot.domain.intervals import Interval
from bot.domain.parts import Part
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Assignment, Member, Note, Queue, Shift


class BaseShift(NamedTuple):
    """A shift of the base with the names behind its ids."""

    shift: Shift
    email: str | None
    queue: str | None
    note: str | None


class Worked(NamedTuple):
    """A part of a shift and who works it; ``id`` is the assignment's."""

    id: UUID
    start: datetime
    end: datetime
    member_id: UUID | None
    queue: str | None
    note: str | None


class Planned(NamedTuple):
    """A shift of the base, and whose it is (None: open)."""

    member_id: UUID | None
    start: datetime
    end: datetime
    queue: str | None


# On the wall a shift lasts a day at most; clocks that are put back make it longer, but never by another day.
LONGEST = timedelta(days=2)
# The calendar of a zone is up to a day apart from that of UTC.
_APART = timedelta(days=1)

# Built once: putting so many joins together takes longer than the database needs to answer them.
_WORKED = (
    select(Assignment.id, Assignment.start, Assignment.end, Assignment.member_id, Queue.name, Note.text)
    .join(Shift, (Shift.workspace_id == Assignment.workspace_id) & (Shift.id == Assignment.shift_id))
    .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
    .outerjoin(Note, (Note.workspace_id == Shift.workspace_id) & (Note.id == Shift.note_id))
    .where(
        Assignment.workspace_id == bindparam("workspace_id"),
        Assignment.replaced_at.is_(None),
        Assignment.start < bindparam("until"),
        Assignment.start > bindparam("earliest"),
        Assignment.end > bindparam("since"),
    )
    .order_by(Assignment.start, Assignment.end, Assignment.id)
)
_WORKED_BY = _WORKED.where(Assignment.member_id == bindparam("member_id"))
_ANY_AFTER = (
    select(Assignment.id)
    .where(
        Assignment.workspace_id == bindparam("workspace_id"),
        Assignment.member_id == bindparam("member_id"),
        Assignment.replaced_at.is_(None),
        Assignment.start > bindparam("earliest"),
        Assignment.end > bindparam("since"),
    )
    .limit(1)
)
_LAST_PLANNED = (
    select(Shift.start)
    .where(Shift.workspace_id == bindparam("workspace_id"), Shift.removed_at.is_(None))
    .order_by(Shift.start.desc())
    .limit(1)
)


def at_work(
    work: type[Assignment | Shift], start: datetime, end: datetime
) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """What lies in the time from ``start`` up to ``end``, wholly or in part; what is long over is passed over."""
    return work.start < end, work.end > start, work.start > start - LONGEST


def last_planned(session: WorkspaceSession) -> datetime | None:
    """When the last shift that is planned begins; None where there is no schedule."""
    return session.connection().scalar(_LAST_PLANNED, {"workspace_id": session.workspace_id})


def count_ahead(session: WorkspaceSession, now: datetime) -> int:
    """How many planned shifts are not over yet."""
    statement = select(func.count()).where(
        Shift.workspace_id == session.workspace_id,
        Shift.removed_at.is_(None),
        Shift.end > now,
        Shift.start > now - LONGEST,
    )
    return session.scalar(statement) or 0


def base_shifts(session: WorkspaceSession, first: date, last: date) -> list[BaseShift]:
    """The base shifts that start between two local dates, both included."""
    since, until = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    statement = _base(session).where(
        Shift.start_local >= since,
        Shift.start_local < until,
        # There is an index of the instants.
        Shift.start.between(since.replace(tzinfo=UTC) - _APART, until.replace(tzinfo=UTC) + _APART),
    )
    return list(map(BaseShift._make, session.execute(statement)))


def shifts_by_id(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> dict[UUID, Shift]:
    """The shifts of these ids, planned or not any more."""
    rows = session.scalars(
        select(Shift).where(Shift.workspace_id == session.workspace_id, Shift.id.in_(list(shift_ids)))
    )
    return {row.id: row for row in rows}


def base_shift(session: WorkspaceSession, shift_id: UUID) -> BaseShift | None:
    """A shift that is in the base."""
    row = session.execute(_base(session).where(Shift.id == shift_id)).one_or_none()
    return BaseShift._make(row) if row else None


def _base(session: WorkspaceSession) -> Select[Shift, str, str, str]:
    return (
        select(Shift, Member.email, Queue.name, Note.text)
        .outerjoin(
            Member,
            (Member.workspace_id == Shift.workspace_id) & (Member.id == Shift.member_id),
        )
        .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
        .outerjoin(Note, (Note.workspace_id == Shift.workspace_id) & (Note.id == Shift.note_id))
        .where(Shift.workspace_id == session.workspace_id, Shift.removed_at.is_(None))
    )


def worked(
    session: WorkspaceSession, start: datetime, end: datetime, member_id: UUID | None = None
) -> list[Worked]:
    """What is worked, or open, at any time from ``start`` up to ``end``, in order; of one member if named."""
    statement = _WORKED if member_id is None else _WORKED_BY
    when = {"earliest": start - LONGEST, "since": start, "until": end}
    values = {"workspace_id": session.workspace_id, "member_id": member_id, **when}
    return list(map(Worked._make, session.connection().execute(statement, values)))


def works_after(session: WorkspaceSession, member_id: UUID, instant: datetime) -> bool:
    """Whether anything that the member works, or is to work, ends after an instant."""
    when = {"earliest": instant - LONGEST, "since": instant}
    values = {"workspace_id": session.workspace_id, "member_id": member_id, **when}
    return session.connection().scalar(_ANY_AFTER, values) is not None


def planned_shifts(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> dict[UUID, Planned]:
    """Those of the shifts that are in the base."""
    wanted = list(shift_ids)
    found: dict[UUID, Planned] = {}
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.execute(
            select(Shift.id, Shift.member_id, Shift.start, Shift.end, Queue.name)
            .outerjoin(Queue, (Queue.workspace_id == Shift.workspace_id) & (Queue.id == Shift.queue_id))
            .where(
                Shift.workspace_id == session.workspace_id,
                Shift.id.in_(wanted[at : at + PARAMETERS]),
                Shift.removed_at.is_(None),
            )
        )
        found |= {
            shift_id: Planned(member_id, start, end, queue) for shift_id, member_id, start, end, queue in rows
        }
    return found


def assignments_of(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> list[Assignment]:
    """The assignments of shifts that are in force."""
    wanted = list(shift_ids)
    found: list[Assignment] = []
    for at in range(0, len(wanted), PARAMETERS):
        found += session.scalars(
            select(Assignment).where(
                Assignment.workspace_id == session.workspace_id,
                Assignment.replaced_at.is_(None),
                Assignment.shift_id.in_(wanted[at : at + PARAMETERS]),
            )
        )
    return found


def part_of(row: Assignment) -> Part:
    """Who works which part of its shift by an assignment."""
    return Part(Interval(row.start, row.end), row.member_id)


def partition(session: WorkspaceSession, shift_id: UUID) -> list[Part]:
    """Who works which part of a shift; nothing of one that is not planned any more."""
    return [part_of(row) for row in assignments_of(session, [shift_id])]


def is_as_planned(shift: Shift, standing: Iterable[Assignment]) -> bool:
    """Whether the assignments in force say what the base says: its owner works it from its start to its end."""
    worked_by = [(row.member_id, row.start, row.end) for row in standing]
    return worked_by == [(shift.member_id, shift.start, shift.end)]


def overlapping(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> list[UUID]:
    """The other shifts of the base that the owners of these shifts would work at the same time."""
    other = aliased(Shift)
    wanted = list(shift_ids)
    found: list[UUID] = []
    for at in range(0, len(wanted), PARAMETERS):
        found += session.scalars(
            select(other.id)
            .join(Shift, (Shift.workspace_id == other.workspace_id) & (Shift.member_id == other.member_id))
            .where(
                other.workspace_id == session.workspace_id,
                Shift.workspace_id == session.workspace_id,
                Shift.id.in_(wanted[at : at + PARAMETERS]),
                Shift.removed_at.is_(None),
                other.removed_at.is_(None),
                other.id != Shift.id,
                other.start < Shift.end,
                other.end > Shift.start,
            )
        )
    return found


def queue_of_shift(session: WorkspaceSession, shift_id: UUID) -> Queue | None:
    """The queue that a shift is for."""
    shift = session.get_one(Shift, (session.workspace_id, shift_id))
    return session.get(Queue, (session.workspace_id, shift.queue_id)) if shift.queue_id else None


def queues(session: WorkspaceSession) -> list[Queue]:
    """All queues, by name."""
    return list(
        session.scalars(select(Queue).where(Queue.workspace_id == session.workspace_id).order_by(Queue.name))
    )
