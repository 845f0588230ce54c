"""Announcements, and whom they are for."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.db import WorkspaceSession
from storage.tables import Announcement, AnnouncementReader, Member

# Of those who are not on the roster any more nobody is waited for.
_STILL_HERE = and_(
    Member.workspace_id == AnnouncementReader.workspace_id, Member.id == AnnouncementReader.member_id
)


def announcement_of(session: WorkspaceSession, announcement_id: UUID) -> Announcement | None:
    """An announcement by id."""
    return session.get(Announcement, (session.workspace_id, announcement_id))


def announcement_numbered(session: WorkspaceSession, number: int) -> Announcement | None:
    """An announcement by number."""
    return session.scalar(
        select(Announcement).where(
            Announcement.workspace_id == session.workspace_id, Announcement.number == number
        )
    )


def numbers_about(session: WorkspaceSession, subject_id: UUID, since: datetime) -> Sequence[int]:
    """The numbers of the announcements that were written about something since then."""
    statement = select(Announcement.number).where(
        Announcement.workspace_id == session.workspace_id,
        Announcement.subject_id == subject_id,
        Announcement.written_at >= since,
    )
    return session.scalars(statement.order_by(Announcement.number)).all()


def announcements_due(session: WorkspaceSession, states: Collection[str], now: datetime) -> Sequence[Announcement]:
    """Those in one of the states that it is time to look at, in order of number."""
    statement = select(Announcement).where(
        Announcement.workspace_id == session.workspace_id,
        Announcement.state.in_(states),
        Announcement.next_at <= now,
    )
    return session.scalars(statement.order_by(Announcement.number)).all()


def announcements_of(
    session: WorkspaceSession, member_id: UUID | None, offset: int, most: int
) -> tuple[Sequence[Announcement], int]:
    """Those that a member wrote or that are for them (None: all), the newest first: a page, and how many."""
    every = Announcement.workspace_id == session.workspace_id
    if member_id:
        for_them = select(AnnouncementReader.announcement_id).where(
            AnnouncementReader.workspace_id == session.workspace_id, AnnouncementReader.member_id == member_id
        )
        every = and_(every, or_(Announcement.author_id == member_id, Announcement.id.in_(for_them)))
    page = select(Announcement).where(every).order_by(Announcement.number.desc()).offset(offset).limit(most)
    return session.scalars(page).all(), session.scalar(select(func.count()).where(every)) or 0


def unread_by(session: WorkspaceSession, member_id: UUID, states: Collection[str]) -> Sequence[Announcement]:
    """Those in one of the states that a member is yet to acknowledge, the oldest first."""
    statement = (
        select(Announcement)
        .join(
            AnnouncementReader,
            and_(
                AnnouncementReader.workspace_id == Announcement.workspace_id,
                AnnouncementReader.announcement_id == Announcement.id,
            ),
        )
        .where(
            Announcement.workspace_id == session.workspace_id,
            AnnouncementReader.workspace_id == session.workspace_id,
            AnnouncementReader.member_id == member_id,
            Announcement.asks,
            Announcement.state.in_(states),
            ~_has_read(Announcement.asks_from),
        )
    )
    return session.scalars(statement.order_by(Announcement.number)).all()


def reader_of(session: WorkspaceSession, announcement_id: UUID, member_id: UUID) -> AnnouncementReader | None:
    """What is known of somebody whom an announcement is for."""
    return session.scalar(
        select(AnnouncementReader).where(
            AnnouncementReader.workspace_id == session.workspace_id,
            AnnouncementReader.announcement_id == announcement_id,
            AnnouncementReader.member_id == member_id,
        )
    )


def reader_by_id(session: WorkspaceSession, reader_id: UUID) -> AnnouncementReader | None:
    """The same by its own id."""
    return session.get(AnnouncementReader, (session.workspace_id, reader_id))


def readers_of(session: WorkspaceSession, announcement_id: UUID) -> list[tuple[AnnouncementReader, Member]]:
    """Everybody whom an announcement is for and who is still there, by name."""
    statement = (
        select(AnnouncementReader, Member)
        .join(Member, _STILL_HERE)
        .where(
            AnnouncementReader.workspace_id == session.workspace_id,
            Member.workspace_id == session.workspace_id,
            AnnouncementReader.announcement_id == announcement_id,
            Member.deactivated_at.is_(None),
        )
        .order_by(Member.name, Member.id)
    )
    return [(reader, member) for reader, member in session.execute(statement)]


def read_counts(session: WorkspaceSession, row: Announcement) -> tuple[int, int]:
    """How many have read an announcement as it has to be read, of how many."""
    statement = (
        select(func.coalesce(func.sum(case((_has_read(row.asks_from), 1), else_=0)), 0), func.count())
        .select_from(AnnouncementReader)
        .join(Member, _STILL_HERE)
        .where(
            AnnouncementReader.workspace_id == session.workspace_id,
            Member.workspace_id == session.workspace_id,
            AnnouncementReader.announcement_id == row.id,
            Member.deactivated_at.is_(None),
        )
    )
    read, every = session.execute(statement).one()
    return read, every


def _has_read(revision: ColumnElement[int] | int | object) -> ColumnElement[bool]:
    read: ColumnElement[bool] = func.coalesce(AnnouncementReader.acknowledged, 0) >= revision
    return read
