"""Records of live cases in which something seems wrong, and which of them somebody has looked at."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select

from bot.domain.hygiene import FRESH, Record, What, said_twice
from storage.cases_lists import live
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CaseCheck


def check_of(session: WorkspaceSession, case_id: UUID, what: What) -> CaseCheck | None:
    """Who looked at this of a case."""
    return session.get(CaseCheck, (session.workspace_id, case_id, what.value))


def missing(
    session: WorkspaceSession, what: What, now: datetime, offset: int = 0, most: int = 10
) -> Sequence[Case]:
    """Cases that lack this, the oldest first."""
    statement = select(Case).where(*_lacking(session, what, now)).order_by(Case.opened_at, Case.number)
    return session.scalars(statement.offset(offset).limit(most)).all()


def count_missing(session: WorkspaceSession, what: What, now: datetime) -> int:
    """How many they are."""
    return session.scalar(select(func.count()).select_from(Case).where(*_lacking(session, what, now))) or 0


def alike(session: WorkspaceSession) -> list[Record]:
    """The cases that say what another one of the same customer says."""
    # Of all of them no more is read than decides it: there may be tens of thousands.
    every = select(Case.number, Case.title, Case.customer).where(*live(session), Case.customer != "")
    wanted = said_twice((number, title, customer or "") for number, title, customer in session.execute(every))
    found: list[Record] = []
    for at in range(0, len(wanted), PARAMETERS):
        several = select(Case.id, Case.number, Case.title, Case.customer, Case.opened_at).where(
            Case.workspace_id == session.workspace_id, Case.number.in_(wanted[at : at + PARAMETERS])
        )
        found += [Record(*row) for row in session.execute(several)]
    return found


def checked(session: WorkspaceSession, what: What) -> set[UUID]:
    """The cases of which somebody said that this is done, or right as it is."""
    return set(
        session.scalars(
            select(CaseCheck.case_id).where(CaseCheck.workspace_id == session.workspace_id, CaseCheck.what == what)
        )
    )


def _lacking(session: WorkspaceSession, what: What, now: datetime) -> tuple[ColumnElement[bool], ...]:
    done = exists().where(
        CaseCheck.workspace_id == session.workspace_id, CaseCheck.case_id == Case.id, CaseCheck.what == what
    )
    lacks = {
        What.TAG: Case.tags == [],
        What.OWNER: Case.owner_id.is_(None),
        What.CONTACT: or_(Case.customer.is_(None), Case.customer == ""),
    }[what]
    return (*live(session), Case.opened_at <= now - FRESH, lacks, ~done)
