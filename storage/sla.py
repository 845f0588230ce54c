"""The clocks of cases as they were reckoned last."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CaseClock, CaseEvent, Counter, Setting

# Up to which version of the settings the clocks were reckoned anew.
_FOLLOWED = "sla.settings"


def clock_rows(session: WorkspaceSession, case_ids: Iterable[UUID]) -> dict[UUID, dict[str, CaseClock]]:
    """The clocks of these cases, however many, by case and metric."""
    found: dict[UUID, dict[str, CaseClock]] = {}
    wanted = list(case_ids)
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(CaseClock).where(
            CaseClock.workspace_id == session.workspace_id, CaseClock.case_id.in_(wanted[at : at + PARAMETERS])
        )
        for row in session.scalars(statement):
            found.setdefault(row.case_id, {})[row.metric] = row
    return found


def events_of_cases(
    session: WorkspaceSession, case_ids: Iterable[UUID], kinds: Collection[str]
) -> dict[UUID, list[CaseEvent]]:
    """What of these kinds happened to these cases, however many, each in order."""
    found: dict[UUID, list[CaseEvent]] = {}
    wanted = list(case_ids)
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(CaseEvent).where(
            CaseEvent.workspace_id == session.workspace_id,
            CaseEvent.case_id.in_(wanted[at : at + PARAMETERS]),
            CaseEvent.kind.in_(kinds),
        )
        for row in session.scalars(statement.order_by(CaseEvent.case_id, CaseEvent.at, CaseEvent.number)):
            found.setdefault(row.case_id, []).append(row)
    return found


def cases_after(
    session: WorkspaceSession, after: UUID | None, states: Collection[str], most: int
) -> Sequence[Case]:
    """The next cases in one of the states, by id."""
    statement = select(Case).where(Case.workspace_id == session.workspace_id, Case.state.in_(states))
    if after:
        statement = statement.where(Case.id > after)
    return session.scalars(statement.order_by(Case.id).limit(most)).all()


def settings_written(session: WorkspaceSession) -> int:
    """How many versions of settings were ever put into force."""
    return (
        session.scalar(
            select(func.count()).select_from(Setting).where(Setting.workspace_id == session.workspace_id)
        )
        or 0
    )


def settings_followed(session: WorkspaceSession) -> int:
    """How many of them the clocks have been reckoned anew for."""
    counter = session.get(Counter, (session.workspace_id, _FOLLOWED))
    return counter.value if counter else 0


def follow_settings(session: WorkspaceSession, written: int) -> None:
    """Notes that the clocks have been reckoned anew for so many."""
    counter = session.get(Counter, (session.workspace_id, _FOLLOWED))
    if counter is None:
        counter = Counter(workspace_id=session.workspace_id, kind=_FOLLOWED, value=0)
        session.add(counter)
    counter.value = written
