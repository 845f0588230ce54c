"""Facts of key figures: what each source measured on which day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select

from bot.domain.intervals import Interval
from bot.domain.kpi import OWN_SOURCE, Cut, Split
from bot.domain.kpi_facts import NOWHERE
from bot.domain.kpi_reckon import Sum
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Absence, Assignment, Import, KpiFact, KpiMapping, KpiSource, Volume

_PARTS = {Split.CHANNEL: KpiFact.channel, Split.TEAM: KpiFact.team_id, Split.MEMBER: KpiFact.member_id}


def sums(
    session: WorkspaceSession,
    first: date,
    last: date,
    measures: Collection[str],
    cut: Cut = NOWHERE,
    split: Split | None = None,
) -> list[Sum]:
    """What is known of these measures between two days, both included, by day, source and queue, in order.

    With a ``split`` by channel, team or person also by that.
    """
    part = _PARTS.get(split) if split else None
    by = [KpiFact.day, KpiFact.measure, KpiFact.source, KpiFact.queue_id]
    groups = [*by, part] if part is not None else by
    statement = select(
        *groups,
        func.sum(KpiFact.numerator),
        func.sum(KpiFact.denominator),
        func.max(KpiFact.changed_at, type_=KpiFact.changed_at.type),
        func.count(KpiFact.team_id),
        func.count(KpiFact.channel),
        func.count(KpiFact.member_id),
    ).where(
        KpiFact.workspace_id == session.workspace_id,
        KpiFact.measure.in_(list(measures)),
        KpiFact.day.between(first, last),
        *_within(cut),
    )
    rows = session.execute(statement.group_by(*groups).order_by(KpiFact.day))
    whole = () if part is not None else (None,)
    return [Sum._make((*row[:4], *whole, *row[4:])) for row in rows]


def facts_between(session: WorkspaceSession, source: str, first: date, last: date) -> list[KpiFact]:
    """What a source says of the days between two, both included."""
    return list(
        session.scalars(
            select(KpiFact).where(
                KpiFact.workspace_id == session.workspace_id,
                KpiFact.source == source,
                KpiFact.day.between(first, last),
            )
        )
    )


def facts_said(
    session: WorkspaceSession, source: str, first: date, last: date
) -> dict[date, dict[tuple[str, str], tuple[float, float | None]]]:
    """The same as numerator and denominator by day, and by measure and cut, without the rows."""
    statement = select(KpiFact.day, KpiFact.measure, KpiFact.cut, KpiFact.numerator, KpiFact.denominator).where(
        KpiFact.workspace_id == session.workspace_id,
        KpiFact.source == source,
        KpiFact.day.between(first, last),
    )
    found: dict[date, dict[tuple[str, str], tuple[float, float | None]]] = {}
    for day, measure, cut, numerator, denominator in session.execute(statement):
        found.setdefault(day, {})[measure, cut] = (numerator, denominator)
    return found


def delete_facts(session: WorkspaceSession, fact_ids: Sequence[UUID]) -> None:
    """Removes some of them."""
    for at in range(0, len(fact_ids), PARAMETERS):
        session.execute(
            delete(KpiFact).where(
                KpiFact.workspace_id == session.workspace_id, KpiFact.id.in_(fact_ids[at : at + PARAMETERS])
            )
        )


def forget_facts(session: WorkspaceSession, ids: Sequence[UUID]) -> None:
    """Deletes what was reckoned of these queues, teams and people; of those that stay it is reckoned again."""
    for at in range(0, len(ids), PARAMETERS):
        some = ids[at : at + PARAMETERS]
        session.execute(
            delete(KpiFact).where(
                KpiFact.workspace_id == session.workspace_id,
                KpiFact.source == OWN_SOURCE,
                or_(KpiFact.queue_id.in_(some), KpiFact.team_id.in_(some), KpiFact.member_id.in_(some)),
            )
        )


def absences_within(session: WorkspaceSession, within: Interval, states: Collection[str]) -> Sequence[Absence]:
    """Those in one of the states that touch an interval."""
    statement = select(Absence).where(
        Absence.workspace_id == session.workspace_id,
        Absence.state.in_(states),
        Absence.start < within.end,
        Absence.end > within.start,
    )
    return session.scalars(statement).all()


def first_worked(session: WorkspaceSession) -> datetime | None:
    """When the first shift begins that anybody was to work."""
    return session.scalar(
        select(func.min(Assignment.start, type_=Assignment.start.type)).where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.replaced_at.is_(None),
            Assignment.member_id.is_not(None),
        )
    )


def first_volume(session: WorkspaceSession) -> date | None:
    """The first day of which contacts are known."""
    return session.scalar(select(func.min(Volume.day)).where(Volume.workspace_id == session.workspace_id))


def heard(session: WorkspaceSession) -> dict[str, datetime]:
    """When each source was last heard."""
    rows = session.scalars(select(KpiSource).where(KpiSource.workspace_id == session.workspace_id))
    return {row.source: row.heard_at for row in rows}


def kpi_source(session: WorkspaceSession, source: str) -> KpiSource | None:
    """What is known of a source."""
    return session.get(KpiSource, (session.workspace_id, source))


def note_heard(session: WorkspaceSession, source: str, now: datetime, imports: int = 0) -> None:
    """Notes that a source was heard."""
    row = kpi_source(session, source)
    if row is None:
        row = KpiSource(workspace_id=session.workspace_id, source=source)
        session.add(row)
    row.heard_at, row.imports = now, imports


def imports_done(session: WorkspaceSession, kinds: Collection[str]) -> int:
    """How many imports of these kinds were made, and how many of any were undone."""
    made, undone = session.execute(
        select(func.count().filter(Import.kind.in_(kinds)), func.count(Import.undone_at)).where(
            Import.workspace_id == session.workspace_id
        )
    ).one()
    return int(made + undone)


def total_of(session: WorkspaceSession, source: str, measure: str, first: date, last: date) -> float:
    """What a source says of a measure in the days between two, both included, added up."""
    statement = select(func.sum(KpiFact.numerator)).where(
        KpiFact.workspace_id == session.workspace_id,
        KpiFact.source == source,
        KpiFact.measure == measure,
        KpiFact.day.between(first, last),
    )
    return session.scalar(statement) or 0


def mapping(session: WorkspaceSession, name: str) -> KpiMapping | None:
    """Which column of somebody's file says what, by the name that it was kept under, folded."""
    return session.get(KpiMapping, (session.workspace_id, name))


def mappings(session: WorkspaceSession) -> Sequence[KpiMapping]:
    """All that were kept, by name."""
    statement = select(KpiMapping).where(KpiMapping.workspace_id == session.workspace_id)
    return session.scalars(statement.order_by(KpiMapping.name)).all()


def _within(cut: Cut) -> list[ColumnElement[bool]]:
    wanted = (
        (KpiFact.queue_id, cut.queue_id),
        (KpiFact.team_id, cut.team_id),
        (KpiFact.channel, cut.channel),
        (KpiFact.member_id, cut.member_id),
    )
    return [column == value for column, value in wanted if value is not None]
