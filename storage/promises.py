"""What customers were promised."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from bot.domain.cases import State as CaseState
from bot.domain.promises import LIVE, State
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CustomerPromise


def promise_row(session: WorkspaceSession, promise_id: UUID) -> CustomerPromise | None:
    """A promise by id."""
    return session.get(CustomerPromise, (session.workspace_id, promise_id))


def promises_by_id(session: WorkspaceSession, promise_ids: Iterable[UUID]) -> dict[UUID, CustomerPromise]:
    """The promises with these ids, however many."""
    wanted, found = list(dict.fromkeys(promise_ids)), dict[UUID, CustomerPromise]()
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(CustomerPromise).where(
            CustomerPromise.workspace_id == session.workspace_id,
            CustomerPromise.id.in_(wanted[at : at + PARAMETERS]),
        )
        found |= {row.id: row for row in session.scalars(statement)}
    return found


def promises_of_case(
    session: WorkspaceSession, case_id: UUID, states: Collection[str] = LIVE
) -> Sequence[CustomerPromise]:
    """What the customer of a case was promised, what is due first before the rest."""
    statement = select(CustomerPromise).where(
        CustomerPromise.workspace_id == session.workspace_id,
        CustomerPromise.case_id == case_id,
        CustomerPromise.state.in_(states),
    )
    return session.scalars(statement.order_by(CustomerPromise.due_at, CustomerPromise.id)).all()


def promises_of_owner(
    session: WorkspaceSession, owner_id: UUID, first: int, most: int
) -> tuple[Sequence[CustomerPromise], int]:
    """Some of the live promises that somebody sees to, and how many there are; those told come last."""
    theirs = (
        CustomerPromise.workspace_id == session.workspace_id,
        CustomerPromise.owner_id == owner_id,
        CustomerPromise.state.in_(LIVE),
    )
    told = CustomerPromise.state == State.TOLD
    statement = select(CustomerPromise).where(*theirs)
    ordered = statement.order_by(told, CustomerPromise.due_at, CustomerPromise.id)
    count = session.scalar(select(func.count()).select_from(CustomerPromise).where(*theirs)) or 0
    return session.scalars(ordered.offset(first).limit(most)).all(), count


def promises_to_turn(session: WorkspaceSession, now: datetime, most: int) -> Sequence[CustomerPromise]:
    """Live ones of which people are to be reminded, and those whose case is closed or gone."""
    over = or_(Case.state == CaseState.CLOSED, Case.external_gone_at.is_not(None))
    statement = (
        select(CustomerPromise)
        .join(Case, (Case.workspace_id == CustomerPromise.workspace_id) & (Case.id == CustomerPromise.case_id))
        .where(
            CustomerPromise.workspace_id == session.workspace_id,
            Case.workspace_id == session.workspace_id,
            CustomerPromise.state.in_(LIVE),
            or_(CustomerPromise.next_at <= now, over),
        )
    )
    return session.scalars(statement.order_by(CustomerPromise.due_at, CustomerPromise.id).limit(most)).all()
