"""Requests for time off, and what they take from ledgers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.domain.intervals import Interval
from bot.domain.timeoff import LIVE, STANDING, TAKEN, Day, State, beyond, leave_of
from bot.domain.timeoff_ledger import Leave
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Absence, LeaveRequest


def request(session: WorkspaceSession, request_id: UUID) -> LeaveRequest | None:
    """A request by id."""
    return session.get(LeaveRequest, (session.workspace_id, request_id))


def request_of_number(session: WorkspaceSession, number: int) -> LeaveRequest | None:
    """A request by the number that people quote."""
    return session.scalar(
        select(LeaveRequest).where(
            LeaveRequest.workspace_id == session.workspace_id, LeaveRequest.number == number
        )
    )


def requests_of(
    session: WorkspaceSession, member_id: UUID, states: Collection[str], until: datetime | None = None
) -> Sequence[LeaveRequest]:
    """Those of a member in one of the states that end after an instant, or all, the first to begin first."""
    statement = select(LeaveRequest).where(
        LeaveRequest.workspace_id == session.workspace_id,
        LeaveRequest.member_id == member_id,
        LeaveRequest.state.in_(states),
    )
    if until:
        statement = statement.where(LeaveRequest.end > until)
    return session.scalars(statement.order_by(LeaveRequest.start, LeaveRequest.number)).all()


def requests_entered(session: WorkspaceSession, by: UUID, states: Collection[str]) -> Sequence[LeaveRequest]:
    """Those that a member entered for others, in order."""
    statement = select(LeaveRequest).where(
        LeaveRequest.workspace_id == session.workspace_id,
        LeaveRequest.entered_by_id == by,
        LeaveRequest.state.in_(states),
    )
    return session.scalars(statement.order_by(LeaveRequest.start, LeaveRequest.number)).all()


def requests_in(
    session: WorkspaceSession, states: Collection[str], within: Interval | None = None
) -> Sequence[LeaveRequest]:
    """Those in one of the states, or the ones of them that touch an interval, in order of number."""
    statement = select(LeaveRequest).where(
        LeaveRequest.workspace_id == session.workspace_id, LeaveRequest.state.in_(states)
    )
    if within:
        statement = statement.where(LeaveRequest.start < within.end, LeaveRequest.end > within.start)
    return session.scalars(statement.order_by(LeaveRequest.number)).all()


def change_of(session: WorkspaceSession, row: LeaveRequest) -> LeaveRequest | None:
    """The request that waits to take its place."""
    return session.scalar(
        select(LeaveRequest).where(
            LeaveRequest.workspace_id == session.workspace_id,
            LeaveRequest.replaces_id == row.id,
            LeaveRequest.state == State.NEEDS_APPROVAL,
        )
    )


def absences_of_request(session: WorkspaceSession, request_id: UUID) -> Sequence[Absence]:
    """The absences that it has come to, in order."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id, Absence.request_id == request_id
    )
    return session.scalars(statement.order_by(Absence.start, Absence.id)).all()


def leaves_of(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[tuple[UUID, str], list[Leave]]:
    """What requests of these members take from each of their ledgers; what waits for approval reserves."""
    wanted, found = list(member_ids), defaultdict[tuple[UUID, str], list[Leave]](list)
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.scalars(
            select(LeaveRequest)
            .where(
                LeaveRequest.workspace_id == session.workspace_id,
                LeaveRequest.member_id.in_(wanted[at : at + PARAMETERS]),
                LeaveRequest.ledger.is_not(None),
                LeaveRequest.state.in_(LIVE | TAKEN),
            )
            .order_by(LeaveRequest.number)
        ).all()
        by_id = {row.id: row for row in rows}
        for row in rows:
            leave = _leave(row, by_id.get(row.replaces_id) if row.replaces_id else None)
            if leave.days and row.ledger:
                found[row.member_id, row.ledger].append(leave)
    return found


def read_days(documents: Iterable[dict[str, Any]]) -> tuple[Day, ...]:
    """The days that are stored."""
    return tuple(
        Day(
            date.fromisoformat(each["day"]),
            each["minutes"],
            tuple(Interval(*map(datetime.fromisoformat, stretch)) for stretch in each["away"]),
            each.get("given_back", 0),
        )
        for each in documents
    )


def day_documents(days: Iterable[Day]) -> list[dict[str, Any]]:
    """As they are stored."""
    return list(_documents(days))


def _documents(days: Iterable[Day]) -> Iterator[dict[str, Any]]:
    for each in days:
        away = [[stretch.start.isoformat(), stretch.end.isoformat()] for stretch in each.away]
        document = {"day": each.day.isoformat(), "minutes": each.minutes, "away": away}
        yield document | ({"given_back": each.given_back} if each.given_back else {})


def _leave(row: LeaveRequest, replaced: LeaveRequest | None) -> Leave:
    days, pending = read_days(row.days), row.state == State.NEEDS_APPROVAL
    if pending and replaced and replaced.state in STANDING and replaced.ledger == row.ledger:
        days = beyond(days, read_days(replaced.days))
    return leave_of(row.id, days, pending=pending)
