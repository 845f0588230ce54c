"""The audit: who did what, when, and what was there before and after."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from storage.db import WorkspaceSession
from storage.tables import Audit, Counter, Cover, CoverPart, Import, ImportChange, LeaveRequest, Swap

# Who is asked to take a cover, and who of them cannot.
_ASK, _CANNOT = "cover.ask", "cover.cannot"


def audit_lines(
    session: WorkspaceSession, *which: ColumnElement[bool], until: datetime, skip: int, limit: int
) -> list[Audit]:
    """Lines up to an instant, newest first, after the ``skip`` newest."""
    return list(
        session.scalars(
            select(Audit)
            .where(Audit.workspace_id == session.workspace_id, Audit.at <= until, *which)
            .order_by(Audit.at.desc(), Audit.id.desc())
            .offset(skip)
            .limit(limit)
        )
    )


def count_lines(session: WorkspaceSession, *which: ColumnElement[bool], until: datetime) -> int:
    """How many lines there are up to an instant."""
    statement = select(func.count()).where(Audit.workspace_id == session.workspace_id, Audit.at <= until, *which)
    return session.scalar(statement) or 0


def is_number(kind: str, number: int) -> ColumnElement[bool]:
    """The lines about a numbered thing."""
    return and_(Audit.subject_kind == kind, Audit.number == number)


def concerns(session: WorkspaceSession, member_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """The lines about any of these members: done to them, a swap or cover of theirs, or by an import they are in.

    Who else was asked to take a cover, or cannot, is nobody's but of those who see every line.
    """
    ids = list(member_ids)
    swaps = select(Swap.id).where(
        Swap.workspace_id == session.workspace_id, or_(Swap.asker_id.in_(ids), Swap.colleague_id.in_(ids))
    )
    taken = select(CoverPart.cover_id).where(
        CoverPart.workspace_id == session.workspace_id, CoverPart.taker_id.in_(ids)
    )
    covers = select(Cover.id).where(
        Cover.workspace_id == session.workspace_id,
        or_(Cover.owner_id.in_(ids), Cover.entered_by_id.in_(ids), Cover.id.in_(taken)),
    )
    requests = select(LeaveRequest.id).where(
        LeaveRequest.workspace_id == session.workspace_id, LeaveRequest.member_id.in_(ids)
    )
    # Imports of shifts write far more rows; of whom their shifts are stands in the line itself.
    of_people = select(Import.id).where(Import.workspace_id == session.workspace_id, Import.kind == "people")
    imports = select(ImportChange.import_id).where(
        ImportChange.workspace_id == session.workspace_id,
        ImportChange.import_id.in_(of_people),
        ImportChange.table.in_(("member", "member_skill")),
        ImportChange.subject_id.in_(ids),
    )
    return or_(
        and_(Audit.subject_kind == "member", Audit.subject_id.in_(ids)),
        and_(Audit.subject_kind == "swap", Audit.subject_id.in_(swaps)),
        and_(Audit.subject_kind == "cover", Audit.subject_id.in_(covers), Audit.action.not_in((_ASK, _CANNOT))),
        and_(Audit.subject_kind == "cover", Audit.action == _CANNOT, Audit.actor_id.in_(ids)),
        and_(Audit.subject_kind == "timeoff", Audit.subject_id.in_(requests)),
        and_(Audit.subject_kind == "import", or_(Audit.subject_id.in_(imports), _names_shifts_of(ids))),
    )


def _names_shifts_of(member_ids: Iterable[UUID]) -> ColumnElement[bool]:
    return or_(*(Audit.after["shifts", str(each)].as_integer().is_not(None) for each in member_ids))


def lines_about(session: WorkspaceSession, kind: str, subject_ids: Iterable[UUID]) -> list[Audit]:
    """The lines about these things of one kind, oldest first."""
    return list(
        session.scalars(
            select(Audit)
            .where(
                Audit.workspace_id == session.workspace_id,
                Audit.subject_kind == kind,
                Audit.subject_id.in_(list(subject_ids)),
            )
            .order_by(Audit.at, Audit.id)
        )
    )


def shifts_imported(session: WorkspaceSession, import_id: UUID) -> dict[str, int]:
    """How many shifts of whom an import changed, by member's id."""
    said = session.scalar(
        select(Audit.after).where(
            Audit.workspace_id == session.workspace_id,
            Audit.subject_kind == "import",
            Audit.subject_id == import_id,
            Audit.action == "import.shifts",
        )
    )
    found: dict[str, int] = (said or {}).get("shifts", {})
    return found


def has_line_since(
    session: WorkspaceSession, action: str, actor_id: UUID | None, subject_id: UUID, since: datetime
) -> bool:
    """Whether somebody did this to somebody or something at or after an instant."""
    statement = select(
        exists().where(
            Audit.workspace_id == session.workspace_id,
            Audit.at >= since,
            Audit.action == action,
            Audit.actor_id == actor_id,
            Audit.subject_id == subject_id,
        )
    )
    return bool(session.scalar(statement))


def last_numbers(session: WorkspaceSession) -> dict[str, int]:
    """The last number given out for each kind of thing."""
    rows = session.scalars(select(Counter).where(Counter.workspace_id == session.workspace_id))
    return {row.kind: row.value for row in rows}
