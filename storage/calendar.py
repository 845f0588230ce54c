"""Addresses of calendar feeds, and what a member works or worked with the history of each shift."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, case, delete, func, or_, select, update

from bot.domain.calendar import Held, History
from bot.domain.intervals import Interval
from storage.db import PARAMETERS, Sessions, WorkspaceSession
from storage.documents import decode
from storage.shifts import at_work
from storage.tables import Assignment, FeedToken, Import, ImportChange, Queue, Shift

# Calendars ask many times a day: more often than this it is not written down.
_NOTED = timedelta(hours=1)
_BASE = "base"  # the cause of an assignment that the plan has made


class Feed(NamedTuple):
    """Whose calendar an address shows."""

    workspace_id: str
    id: UUID
    member_id: UUID
    last_read_at: datetime | None


def feed_token(session: WorkspaceSession, member_id: UUID) -> FeedToken | None:
    """The member's address that is in force."""
    return session.scalar(
        select(FeedToken).where(
            FeedToken.workspace_id == session.workspace_id,
            FeedToken.member_id == member_id,
            FeedToken.revoked_at.is_(None),
        )
    )


def forget_feeds(session: WorkspaceSession, member_id: UUID) -> None:
    """Nothing is kept of the member's addresses, in force or not."""
    session.execute(
        delete(FeedToken).where(FeedToken.workspace_id == session.workspace_id, FeedToken.member_id == member_id)
    )


def feed_of_digest(sessions: Sessions, digest: str) -> Feed | None:
    """The feed whose address has this digest and is in force; across workspaces."""
    columns = FeedToken.workspace_id, FeedToken.id, FeedToken.member_id, FeedToken.last_read_at
    statement = select(*columns).where(FeedToken.digest == digest, FeedToken.revoked_at.is_(None))
    with sessions.engine.connect() as connection:
        row = connection.execute(statement).first()
    return Feed._make(row) if row else None


def note_read(sessions: Sessions, feed: Feed, now: datetime) -> None:
    """Keeps when a calendar last asked, to the hour."""
    if feed.last_read_at is None or now - feed.last_read_at >= _NOTED:
        with sessions.across() as connection:
            connection.execute(
                update(FeedToken)
                .where(FeedToken.workspace_id == feed.workspace_id, FeedToken.id == feed.id)
                .values(last_read_at=now)
            )


def held(session: WorkspaceSession, member_id: UUID, within: Interval, gone_since: datetime) -> list[Held]:
    """What the member works within an interval, and what was taken from them at or after an instant."""
    rows = session.execute(
        select(Assignment, Shift.time_zone, Queue.name)
        .join(Shift, and_(Shift.workspace_id == Assignment.workspace_id, Shift.id == Assignment.shift_id))
        .outerjoin(Queue, and_(Queue.workspace_id == Shift.workspace_id, Queue.id == Shift.queue_id))
        .where(
            Assignment.workspace_id == session.workspace_id,
            Assignment.member_id == member_id,
            *at_work(Assignment, within.start, within.end),
            or_(Assignment.replaced_at.is_(None), Assignment.replaced_at >= gone_since),
        )
    )
    return [
        Held(row.shift_id, Interval(row.start, row.end), row.assigned_at, row.replaced_at, time_zone, queue)
        for row, time_zone, queue in rows
    ]


def taken_back(session: WorkspaceSession, member_id: UUID, within: Interval, gone_since: datetime) -> list[Held]:
    """The member's shifts within an interval that are in no table any more: their import was undone since."""
    rows = session.execute(
        select(ImportChange.after, Import.imported_at, Import.undone_at)
        .join(Import, and_(Import.workspace_id == ImportChange.workspace_id, Import.id == ImportChange.import_id))
        .outerjoin(
            Shift, and_(Shift.workspace_id == ImportChange.workspace_id, Shift.id == ImportChange.subject_id)
        )
        .where(
            ImportChange.workspace_id == session.workspace_id,
            Import.undone_at >= gone_since,
            ImportChange.table == Shift.__tablename__,
            ImportChange.before.is_(None),
            ImportChange.after["member_id"].as_string() == str(member_id),
            Shift.id.is_(None),
        )
    )
    found = [(decode(Shift.__tablename__, said), since, until) for said, since, until in rows if said]
    return [
        Held(row["id"], Interval(row["start"], row["end"]), since, until, row["time_zone"], None)
        for row, since, until in found
        if within.overlaps(Interval(row["start"], row["end"]))
    ]


def histories(session: WorkspaceSession, shift_ids: Iterable[UUID]) -> dict[UUID, History]:
    """How often each shift was changed, and when last.

    Counted are the imports that added, moved or removed it, once more each that was undone, and every assignment
    that a decision has appended: of all these nothing is ever forgotten, so the count only grows.
    """
    wanted = list(shift_ids)
    changes: defaultdict[UUID, list[tuple[int, datetime]]] = defaultdict(list)
    for at in range(0, len(wanted), PARAMETERS):
        some = wanted[at : at + PARAMETERS]
        for statement in (
            _imports(session, some, Import.imported_at),
            _imports(session, some, Import.undone_at),
            _assignments(session, some),
        ):
            for shift_id, count, last in session.execute(statement):
                changes[shift_id].append((count, last))
    return {
        shift_id: History(sum(count for count, _ in each), max(last for _, last in each))
        for shift_id, each in changes.items()
    }


def _imports(session: WorkspaceSession, shift_ids: list[UUID], happened: Any) -> Select[UUID, int, datetime]:
    """How many imports of the shifts came to this, and when the last of them did."""
    return (
        select(ImportChange.subject_id, func.count(), func.max(happened))
        .join(Import, and_(Import.workspace_id == ImportChange.workspace_id, Import.id == ImportChange.import_id))
        .where(
            ImportChange.workspace_id == session.workspace_id,
            ImportChange.table == Shift.__tablename__,
            ImportChange.subject_id.in_(shift_ids),
            happened.is_not(None),
        )
        .group_by(ImportChange.subject_id)
    )


def _assignments(session: WorkspaceSession, shift_ids: list[UUID]) -> Select[UUID, int, datetime]:
    """How many assignments of the shifts are not the plan's, and when the last of all was made."""
    decided = func.count(case((Assignment.cause != _BASE, 1)))
    return (
        select(Assignment.shift_id, decided, func.max(Assignment.assigned_at))
        .where(Assignment.workspace_id == session.workspace_id, Assignment.shift_id.in_(shift_ids))
        .group_by(Assignment.shift_id)
    )
