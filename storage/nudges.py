"""Nudges as they stand: about what, told to whom and when, and what presses on a Home."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from bot.domain.cases import LIVE
from bot.domain.sla import Mode
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Case, CaseClock, Nudge


def known(session: WorkspaceSession, keys: Collection[str]) -> set[str]:
    """Those of the keys under which there is a nudge already."""
    wanted, found = list(keys), set[str]()
    for at in range(0, len(wanted), PARAMETERS):
        found.update(
            session.scalars(
                select(Nudge.key).where(
                    Nudge.workspace_id == session.workspace_id, Nudge.key.in_(wanted[at : at + PARAMETERS])
                )
            )
        )
    return found


def open_about(session: WorkspaceSession, subject_id: UUID, kind: str | None) -> Sequence[Nudge]:
    """The nudges about a subject that nobody has seen to, of one kind or of all."""
    statement = select(Nudge).where(
        Nudge.workspace_id == session.workspace_id, Nudge.subject_id == subject_id, Nudge.ended_at.is_(None)
    )
    if kind:
        statement = statement.where(Nudge.kind == kind)
    # Asked for in that order, SQLite would go through all of them, which the primary key has in it.
    return sorted(session.scalars(statement), key=attrgetter("id"))


def told_about(session: WorkspaceSession, subject_ids: Iterable[UUID], kind: str) -> list[Nudge]:
    """The nudges about these subjects, however many, that people were told and nobody has seen to."""
    wanted, found = list(subject_ids), list[Nudge]()
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(Nudge).where(
            Nudge.workspace_id == session.workspace_id,
            Nudge.subject_id.in_(wanted[at : at + PARAMETERS]),
            Nudge.kind == kind,
            Nudge.told_at.is_not(None),
            Nudge.ended_at.is_(None),
        )
        found += session.scalars(statement)
    return sorted(found, key=attrgetter("id"))


def subjects_nudged(session: WorkspaceSession) -> set[UUID]:
    """What there is a nudge about that nobody has seen to."""
    statement = select(Nudge.subject_id).where(
        Nudge.workspace_id == session.workspace_id, Nudge.ended_at.is_(None)
    )
    return set(session.scalars(statement.distinct()))


def last_told(session: WorkspaceSession, since: datetime) -> dict[UUID | None, datetime]:
    """When each member (None: the coordinators) was told of anything last, of those who were after an instant."""
    rows = session.execute(
        select(Nudge.member_id, func.max(Nudge.told_at))
        .where(Nudge.workspace_id == session.workspace_id, Nudge.told_at > since)
        .group_by(Nudge.member_id)
    )
    return {member_id: at for member_id, at in rows if at}


def batch(session: WorkspaceSession, batch_id: UUID) -> Sequence[Nudge]:
    """All that is told in one message."""
    statement = select(Nudge).where(Nudge.workspace_id == session.workspace_id, Nudge.batch_id == batch_id)
    return session.scalars(statement.order_by(Nudge.made_at, Nudge.id)).all()


def pressing(
    session: WorkspaceSession, percent: int, owners: Collection[UUID] | None, most: int, *, nobodys: bool
) -> list[tuple[UUID, str]]:
    """The live cases of which so much of the time of a running clock is over, with that clock, due first.

    Of these owners (None: of everybody) and, with ``nobodys``, of nobody.
    """
    whose: list[ColumnElement[bool]] = []
    if owners is not None:
        of_them = Case.owner_id.in_(list(owners))
        whose.append(or_(of_them, Case.owner_id.is_(None)) if nobodys else of_them)
    statement = (
        select(CaseClock.case_id, CaseClock.metric)
        .join(Case, (Case.workspace_id == CaseClock.workspace_id) & (Case.id == CaseClock.case_id))
        .where(
            CaseClock.workspace_id == session.workspace_id,
            Case.workspace_id == session.workspace_id,
            CaseClock.state == Mode.RUNNING,
            CaseClock.told_percent >= percent,
            CaseClock.due_at.is_not(None),
            Case.state.in_(LIVE),
            Case.external_gone_at.is_(None),
            *whose,
        )
        .order_by(CaseClock.due_at)
        .limit(most)
    )
    return [(case_id, metric) for case_id, metric in session.execute(statement)]
