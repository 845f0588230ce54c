"""Cases, and what happened to them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select

from bot.domain.cases import LIVE, By, Happening, Kind
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CaseClock, CaseEvent

# More digits than any case has, and than PostgreSQL takes for a number.
_LONGEST_NUMBER = 10


class LastEvent(NamedTuple):
    """Up to when, and to which number, something is known of a case."""

    at: datetime
    number: int


def case(session: WorkspaceSession, case_id: UUID) -> Case | None:
    """A case by id."""
    return session.get(Case, (session.workspace_id, case_id))


def cases_by_id(session: WorkspaceSession, case_ids: Iterable[UUID]) -> dict[UUID, Case]:
    """The cases with these ids, however many."""
    wanted = list(dict.fromkeys(case_ids))
    found: dict[UUID, Case] = {}
    for first in range(0, len(wanted), PARAMETERS):
        some = wanted[first : first + PARAMETERS]
        statement = select(Case).where(Case.workspace_id == session.workspace_id, Case.id.in_(some))
        found |= {row.id: row for row in session.scalars(statement)}
    return found


def case_of_number(session: WorkspaceSession, number: int) -> Case | None:
    """A case by our own number."""
    return session.scalar(select(Case).where(Case.workspace_id == session.workspace_id, Case.number == number))


def case_of_reference(session: WorkspaceSession, reference: str, source: str | None = None) -> Case | None:
    """A case by the helpdesk's number; of several helpdesks the one that was opened last."""
    statement = select(Case).where(
        Case.workspace_id == session.workspace_id,
        Case.external_id.in_({reference, reference.upper(), reference.lower()}),
        *([Case.source == source.lower()] if source else []),
    )
    return session.scalar(statement.order_by(Case.opened_at.desc(), Case.number.desc()).limit(1))


def live_case_of_link(session: WorkspaceSession, link: str) -> Case | None:
    """The live case that leads to this address; of several the one that was opened last."""
    statement = select(Case).where(
        Case.workspace_id == session.workspace_id,
        Case.external_url == link,
        Case.state.in_(LIVE),
        Case.external_gone_at.is_(None),
    )
    return session.scalar(statement.order_by(Case.opened_at.desc(), Case.number.desc()).limit(1))


def cases_of_references(session: WorkspaceSession, source: str, references: Iterable[str]) -> dict[str, Case]:
    """The cases of one helpdesk by its numbers for them."""
    wanted = list(dict.fromkeys(references))
    found: dict[str, Case] = {}
    for first in range(0, len(wanted), PARAMETERS):
        statement = select(Case).where(
            Case.workspace_id == session.workspace_id,
            Case.source == source,
            Case.external_id.in_(wanted[first : first + PARAMETERS]),
        )
        found |= {row.external_id: row for row in session.scalars(statement) if row.external_id}
    return found


def search_cases(session: WorkspaceSession, typed: str, most: int) -> list[Case]:
    """Live cases of which number, title or customer have all the words that were typed.

    Whose number it is comes first, also where it is closed by now; then those that are due first.
    """
    words = typed.replace("#", " ").split()
    numbers = [int(each) for each in words if each.isascii() and each.isdigit() and len(each) < _LONGEST_NUMBER]
    is_meant = Case.number == numbers[0] if numbers and len(words) == 1 else None
    live = Case.state.in_(LIVE)
    statement = select(Case).where(
        Case.workspace_id == session.workspace_id,
        Case.external_gone_at.is_(None),
        live if is_meant is None else or_(live, is_meant),
        *map(_has, words),
    )
    first = [] if is_meant is None else [is_meant.desc()]
    order = (*first, Case.due_at.is_(None), Case.due_at, Case.number.desc())
    return list(session.scalars(statement.order_by(*order).limit(most)))


def due_first(session: WorkspaceSession, owner_id: UUID, most: int) -> tuple[list[Case], int]:
    """The live cases of somebody that are due first, and how many there are in all."""
    mine = (Case.workspace_id == session.workspace_id, Case.owner_id == owner_id, Case.state.in_(LIVE))
    here = Case.external_gone_at.is_(None)
    statement = select(Case).where(*mine, here).order_by(Case.due_at.is_(None), Case.due_at, Case.number)
    count = session.scalar(select(func.count()).select_from(Case).where(*mine, here)) or 0
    return list(session.scalars(statement.limit(most))), count


def events_of(session: WorkspaceSession, case_id: UUID) -> Sequence[CaseEvent]:
    """All that happened to a case, in the order of time; at the same time, in the order in which it was noted."""
    statement = select(CaseEvent).where(
        CaseEvent.workspace_id == session.workspace_id, CaseEvent.case_id == case_id
    )
    return session.scalars(statement.order_by(CaseEvent.at, CaseEvent.number)).all()


def happening_of(row: CaseEvent) -> Happening:
    """What an event says happened."""
    return Happening(Kind(row.kind), row.data, By(row.by), row.member_id, row.at, row.note_id, row.external_id)


def known_events(session: WorkspaceSession, case_id: UUID, external_ids: Collection[str]) -> set[str]:
    """Which of a helpdesk's events of a case were read before."""
    if not external_ids:
        return set()
    statement = select(CaseEvent.external_id).where(
        CaseEvent.workspace_id == session.workspace_id,
        CaseEvent.case_id == case_id,
        CaseEvent.external_id.in_(external_ids),
    )
    return {each for each in session.scalars(statement) if each}


def last_event(session: WorkspaceSession, case_id: UUID) -> LastEvent | None:
    """The latest time of anything that happened to a case, and the highest number."""
    at, number = session.execute(
        select(func.max(CaseEvent.at), func.max(CaseEvent.number)).where(
            CaseEvent.workspace_id == session.workspace_id, CaseEvent.case_id == case_id
        )
    ).one()
    return LastEvent(at, number) if number else None


def last_events(session: WorkspaceSession, case_ids: Iterable[UUID]) -> dict[UUID, LastEvent]:
    """The same of many cases."""
    wanted = list(case_ids)
    found: dict[UUID, LastEvent] = {}
    for first in range(0, len(wanted), PARAMETERS):
        statement = (
            select(CaseEvent.case_id, func.max(CaseEvent.at), func.max(CaseEvent.number))
            .where(
                CaseEvent.workspace_id == session.workspace_id,
                CaseEvent.case_id.in_(wanted[first : first + PARAMETERS]),
            )
            .group_by(CaseEvent.case_id)
        )
        found |= {case_id: LastEvent(at, number) for case_id, at, number in session.execute(statement)}
    return found


def last_replies(session: WorkspaceSession, case_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the team replied last, of those of the cases where it did."""
    wanted = list(case_ids)
    found: dict[UUID, datetime] = {}
    for first in range(0, len(wanted), PARAMETERS):
        statement = (
            select(CaseEvent.case_id, func.max(CaseEvent.at))
            .where(
                CaseEvent.workspace_id == session.workspace_id,
                CaseEvent.case_id.in_(wanted[first : first + PARAMETERS]),
                CaseEvent.kind == Kind.MESSAGE,
                CaseEvent.by.in_((By.MEMBER, By.HELPDESK)),
            )
            .group_by(CaseEvent.case_id)
        )
        found |= dict(session.execute(statement).all())
    return found


def events_said(
    session: WorkspaceSession, case_ids: Iterable[UUID]
) -> Iterator[tuple[UUID, UUID, str, dict[str, Any]]]:
    """Id, case, kind and data of all that happened to these cases."""
    wanted = list(case_ids)
    for first in range(0, len(wanted), PARAMETERS):
        statement = select(CaseEvent.id, CaseEvent.case_id, CaseEvent.kind, CaseEvent.data).where(
            CaseEvent.workspace_id == session.workspace_id,
            CaseEvent.case_id.in_(wanted[first : first + PARAMETERS]),
        )
        for row in session.execute(statement):
            yield row[0], row[1], row[2], row[3]


def delete_events(session: WorkspaceSession, event_ids: Sequence[UUID]) -> None:
    """What has not happened after all."""
    for first in range(0, len(event_ids), PARAMETERS):
        some = event_ids[first : first + PARAMETERS]
        session.execute(
            delete(CaseEvent).where(CaseEvent.workspace_id == session.workspace_id, CaseEvent.id.in_(some))
        )


def delete_cases(session: WorkspaceSession, case_ids: Sequence[UUID]) -> None:
    """Cases that were never there, with their log and clocks; nothing else may refer to them."""
    session.flush()
    for first in range(0, len(case_ids), PARAMETERS):
        some = case_ids[first : first + PARAMETERS]
        for table, column in ((CaseClock, CaseClock.case_id), (CaseEvent, CaseEvent.case_id), (Case, Case.id)):
            session.execute(delete(table).where(table.workspace_id == session.workspace_id, column.in_(some)))


def newest_event(session: WorkspaceSession, case_id: UUID) -> CaseEvent | None:
    """What was noted last of a case."""
    statement = select(CaseEvent).where(
        CaseEvent.workspace_id == session.workspace_id, CaseEvent.case_id == case_id
    )
    return session.scalar(statement.order_by(CaseEvent.number.desc()).limit(1))


def _has(word: str) -> ColumnElement[bool]:
    """Whether a case has a word in its title or customer, or is called so."""
    is_number = word.isascii() and word.isdigit() and len(word) < _LONGEST_NUMBER
    return or_(
        Case.title.icontains(word, autoescape=True),
        Case.customer.icontains(word, autoescape=True),
        Case.external_id == word.upper(),
        *([Case.number == int(word)] if is_number else []),
    )
