"""Which department a question goes to, by the matrix that is in force, and by when each step is to be done."""

from datetime import datetime
from uuid import UUID

from bot.actions.departments import hours_of, names_of
from bot.domain.matrix import Route, Row, Severity, from_documents, pick, times_of, usual_rows
from bot.domain.matrix_change import State
from storage.db import WorkspaceSession
from storage.matrix import contacts, version_in


def route(
    session: WorkspaceSession,
    now: datetime,
    category: str | None,
    severity: Severity | int,
    tier: str | None,
    department_id: UUID | None = None,
) -> Route | None:
    """Where a question about such a case goes, reckoned in the hours of the department from now on.

    None: the matrix names nobody, so whoever asks has to; a ``department_id`` that they chose always has a route.
    """
    rows, number = rows_in_force(session)
    row = pick(rows, category, Severity(severity), tier, department_id)
    if row is None:
        return None
    hours, times = hours_of(session, row.department_id), times_of(row, Severity(severity))
    there = {each.id for each in contacts(session, row.department_id)}
    return Route(
        row.department_id,
        row.contact_id if row.contact_id in there else None,
        hours.after(now, times.own),
        hours.after(now, times.answer),
        times.step,
        number,
    )


def rows_in_force(session: WorkspaceSession) -> tuple[tuple[Row, ...], int | None]:
    """The matrix that holds, and its number; None: the usual one, as nobody has made any."""
    row = version_in(session, State.IN_FORCE)
    departments = names_of(session)
    if row is None:
        return usual_rows(departments), None
    return tuple(each for each in from_documents(row.rows) if each.department_id in departments), row.number
