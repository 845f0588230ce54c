"""Live cases in lists: pages, counts, and how old they are; never more rows than are shown."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from bot.domain.cases import LIVE
from bot.domain.cases_aging import Age, Counted, opened_within
from bot.domain.cases_lists import By, Scope
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, Queue

_OWN = {By.OWNER: Case.owner_id, By.QUEUE: Case.queue_id, By.DEPARTMENT: Case.waits_on_id}


class Number(NamedTuple):
    """How many there are, and how many of them are overdue."""

    total: int
    late: int


class InQueue(NamedTuple):
    """What is in a queue (None: in none)."""

    queue_id: UUID | None
    name: str | None
    total: int
    late: int
    unowned: int


def live(session: WorkspaceSession) -> tuple[ColumnElement[bool], ...]:
    """What holds for each case that is not done with."""
    return (
        Case.workspace_id == session.workspace_id,
        Case.state.in_(sorted(LIVE)),
        Case.external_gone_at.is_(None),
    )


def page_of(
    session: WorkspaceSession, scope: Scope, now: datetime, offset: int = 0, most: int = 10
) -> Sequence[Case]:
    """Some of the cases in their order."""
    by_due = (Case.due_at.is_(None), Case.due_at, Case.number)
    order = by_due if scope.age is None else (Case.opened_at, Case.number)
    statement = select(Case).where(*_within(session, scope, now)).order_by(*order)
    return session.scalars(statement.offset(offset).limit(most)).all()


def number_of(session: WorkspaceSession, scope: Scope, now: datetime) -> Number:
    """How many they are."""
    late = func.count(case((Case.due_at < now, 1)))
    row = session.execute(select(func.count(), late).select_from(Case).where(*_within(session, scope, now))).one()
    return Number(*row)


def in_queues(session: WorkspaceSession, now: datetime) -> list[InQueue]:
    """What is in each queue that has any, by name, and before them what is in none."""
    statement = (
        select(
            Case.queue_id,
            Queue.name,
            func.count(),
            func.count(case((Case.due_at < now, 1))),
            func.count(case((Case.owner_id.is_(None), 1))),
        )
        .outerjoin(Queue, (Queue.workspace_id == Case.workspace_id) & (Queue.id == Case.queue_id))
        .where(*live(session))
        .group_by(Case.queue_id, Queue.name)
        .order_by(Queue.name.is_not(None), Queue.name)
    )
    return [InQueue(*row) for row in session.execute(statement)]


def counted(session: WorkspaceSession, now: datetime) -> list[Counted]:
    """How many there are by owner, age and department."""
    edges = [(age, opened_within(age, now)[0]) for age in Age]
    age = case(*((Case.opened_at > after, int(each)) for each, after in edges if after), else_=int(Age.OLDER))
    statement = (
        select(Case.owner_id, Case.waits_on_id, age.label("age"), func.count())
        .where(*live(session))
        .group_by(Case.owner_id, Case.waits_on_id, "age")
    )
    return [
        Counted(owner_id, waits_on_id, Age(old), number)
        for owner_id, waits_on_id, old, number in session.execute(statement)
    ]


def oldest(session: WorkspaceSession, most: int) -> Sequence[Case]:
    """Those that were opened longest ago."""
    statement = select(Case).where(*live(session)).order_by(Case.opened_at, Case.number)
    return session.scalars(statement.limit(most)).all()


def open_counts(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many live cases each of these members has; who has none is left out."""
    wanted = list(member_ids)
    found: dict[UUID, int] = {}
    for at in range(0, len(wanted), PARAMETERS):
        statement = (
            select(Case.owner_id, func.count())
            .where(*live(session), Case.owner_id.in_(wanted[at : at + PARAMETERS]))
            .group_by(Case.owner_id)
        )
        found |= {owner_id: number for owner_id, number in session.execute(statement) if owner_id}
    return found


def due_before(session: WorkspaceSession, owner_id: UUID, until: datetime) -> Sequence[Case]:
    """The live cases of somebody that are due before an instant, the first due first."""
    statement = select(Case).where(*live(session), Case.owner_id == owner_id, Case.due_at < until)
    return session.scalars(statement.order_by(Case.due_at, Case.number)).all()


def _within(session: WorkspaceSession, scope: Scope, now: datetime) -> tuple[ColumnElement[bool], ...]:
    conditions = [*live(session)]
    if scope.by in _OWN:
        conditions.append(_OWN[scope.by] == scope.of)
    if scope.age is not None:
        after, until = opened_within(scope.age, now)
        conditions += [Case.opened_at > after] if after else []
        conditions += [Case.opened_at <= until] if until else []
    return tuple(conditions)
