"""What the job of the nudges asks: which rungs have come, what waits to be told, and of which cases that is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.nudges import Kind
from storage.db import WorkspaceSession
from storage.tables import Case, CaseClock, Instant, Nudge


class WaitingNudge(NamedTuple):
    """A nudge of which nobody was told yet."""

    id: UUID
    kind: str
    subject_id: UUID
    member_id: UUID | None
    urgent: bool
    data: dict[str, Any]


class Mark(NamedTuple):
    """What is noted on a nudge as it is told."""

    id: UUID
    data: dict[str, Any]
    next_at: datetime | None


class WaitingCase(NamedTuple):
    """A case of which somebody is to be told, with one of its clocks; none: it has none."""

    case_id: UUID
    owner_id: UUID | None
    queue_id: UUID | None
    state: str
    gone_at: datetime | None
    snoozed_until: datetime | None
    metric: str | None
    version: int | None
    clock_state: str | None
    due_at: datetime | None


# Nobody was told of it yet, and nobody need not be.
_UNTOLD = and_(Nudge.workspace_id == bindparam("own"), Nudge.told_at.is_(None), Nudge.ended_at.is_(None))
_READY = and_(_UNTOLD, or_(Nudge.not_before.is_(None), Nudge.not_before <= bindparam("now", type_=Instant)))
_RUNG_DUE = and_(CaseClock.workspace_id == bindparam("own"), CaseClock.rung_at <= bindparam("now", type_=Instant))
_NEXT_DUE = and_(
    Nudge.workspace_id == bindparam("own"),
    Nudge.next_at <= bindparam("now", type_=Instant),
    Nudge.ended_at.is_(None),
)
_ANY_DUE = select(
    or_(select(CaseClock.case_id).where(_RUNG_DUE).exists(), select(Nudge.id).where(_NEXT_DUE).exists())
)
_DUE = (
    select(CaseClock, Case.priority)
    .join(Case, (Case.workspace_id == CaseClock.workspace_id) & (Case.id == CaseClock.case_id))
    .where(_RUNG_DUE, Case.workspace_id == bindparam("own"))
    .order_by(CaseClock.rung_at)
    .limit(bindparam("most"))
)
_WAITING_CASES = (
    select(
        Case.id,
        Case.owner_id,
        Case.queue_id,
        Case.state,
        Case.external_gone_at,
        Case.snoozed_until,
        CaseClock.metric,
        CaseClock.version,
        CaseClock.state,
        CaseClock.due_at,
    )
    .outerjoin(
        CaseClock,
        and_(
            CaseClock.workspace_id == bindparam("own"),
            CaseClock.workspace_id == Case.workspace_id,
            CaseClock.case_id == Case.id,
        ),
    )
    .where(
        Case.workspace_id == bindparam("own"),
        Case.id.in_(select(Nudge.subject_id).where(_READY, Nudge.kind == bindparam("kind"))),
    )
)
_ADVANCE = (
    update(CaseClock)
    .where(
        CaseClock.workspace_id == bindparam("own"),
        CaseClock.case_id == bindparam("of_case", type_=Uuid),
        CaseClock.metric == bindparam("of_metric"),
    )
    .values(
        told_percent=bindparam("told"),
        rung_percent=bindparam("next_percent"),
        rung_at=bindparam("next_at", type_=Instant),
        breached_at=bindparam("breach", type_=Instant),
    )
)


_THIS_UNTOLD = and_(
    Nudge.workspace_id == bindparam("own"),
    Nudge.id == bindparam("this", type_=Uuid),
    Nudge.told_at.is_(None),
    Nudge.ended_at.is_(None),
)
_MARK_TOLD = (
    update(Nudge)
    .where(_THIS_UNTOLD)
    .values(
        told_at=bindparam("at", type_=Instant),
        batch_id=bindparam("batch", type_=Uuid),
        member_id=bindparam("to", type_=Uuid),
        data=bindparam("data", type_=Nudge.data.type),
        next_at=bindparam("next", type_=Instant),
    )
)
_END_UNTOLD = (
    update(Nudge).where(_THIS_UNTOLD).values(ended_at=bindparam("at", type_=Instant), ended=bindparam("how"))
)


def any_due(session: WorkspaceSession, now: datetime) -> bool:
    """Whether a rung has come, or somebody else is to be told of what nobody has seen to."""
    return bool(session.connection().scalar(_ANY_DUE, {"own": session.workspace_id, "now": now}))


def due_clocks(session: WorkspaceSession, now: datetime, most: int) -> list[tuple[CaseClock, str]]:
    """The clocks at which a rung has come, at most so many, the first ones, with the priority of the case.

    They are apart from the session, so that ``advance`` writes all of them at once.
    """
    rows = session.execute(_DUE, {"own": session.workspace_id, "now": now, "most": most}).all()
    for clock, _ in rows:
        session.expunge(clock)
    return [(clock, priority) for clock, priority in rows]


def advance(session: WorkspaceSession, clocks: Iterable[CaseClock]) -> None:
    """Keeps up to which rung each was dealt with, and which comes next and when."""
    values = [
        {
            "own": session.workspace_id,
            "of_case": each.case_id,
            "of_metric": each.metric,
            "told": each.told_percent,
            "next_percent": each.rung_percent,
            "next_at": each.rung_at,
            "breach": each.breached_at,
        }
        for each in clocks
    ]
    if values:
        session.connection().execute(_ADVANCE, values)


def add_new(session: WorkspaceSession, nudges: Sequence[dict[str, Any]]) -> None:
    """Adds nudges, by column, however many; those under a key that there is already are passed over."""
    if nudges:
        dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
        session.connection().execute(dialect.insert(Nudge).on_conflict_do_nothing(), list(nudges))


def unseen(session: WorkspaceSession, now: datetime, most: int) -> Sequence[Nudge]:
    """Those of which somebody else is to be told by now, since nobody has seen to them; at most so many."""
    statement = select(Nudge).where(_NEXT_DUE).order_by(Nudge.next_at, Nudge.id).limit(most)
    return session.scalars(statement, {"own": session.workspace_id, "now": now}).all()


def waiting(session: WorkspaceSession, now: datetime) -> list[WaitingNudge]:
    """The nudges that can be told, the oldest first."""
    columns = Nudge.id, Nudge.kind, Nudge.subject_id, Nudge.member_id, Nudge.urgent, Nudge.data
    statement = select(*columns).where(_READY).order_by(Nudge.made_at, Nudge.id)
    rows = session.connection().execute(statement, {"own": session.workspace_id, "now": now})
    return list(map(WaitingNudge._make, rows))


def mark_told(
    session: WorkspaceSession, marks: Sequence[Mark], to: UUID | None, batch_id: UUID, at: datetime
) -> int:
    """Has these be told to somebody in one message, but those that have been, or have ended; how many are."""
    values = [
        {"own": session.workspace_id, "this": each.id, "data": each.data, "next": each.next_at} for each in marks
    ]
    shared = {"to": to, "batch": batch_id, "at": at}
    return session.connection().execute(_MARK_TOLD, [each | shared for each in values]).rowcount


def end_untold(session: WorkspaceSession, nudge_ids: Iterable[UUID], how: str, at: datetime) -> None:
    """Ends these of which nobody was told."""
    values = [{"own": session.workspace_id, "this": each, "how": how, "at": at} for each in nudge_ids]
    if values:
        session.connection().execute(_END_UNTOLD, values)


def waiting_cases(session: WorkspaceSession, now: datetime) -> list[WaitingCase]:
    """The cases that are meant by those of them that are about a clock, once for each clock."""
    values = {"own": session.workspace_id, "now": now, "kind": Kind.SLA}
    return list(map(WaitingCase._make, session.connection().execute(_WAITING_CASES, values)))
