"""Reading what was announced, and saying that one has."""

from uuid import UUID

from bot.actions.announcements_cards import load_announcement, read_at, renew
from bot.actions.announcements_turn import KIND, look_next
from bot.actions.nudges import end
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.announcements import NotForYou, NotOpen, State, UnknownAnnouncement
from bot.domain.announcements_shown import AnnouncementLine, AnnouncementsPage, ReaderShown, UnreadSeen
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import Actor, Deed, Reach
from storage.announcements import (
    announcement_numbered,
    announcement_of,
    announcements_of,
    reader_of,
    readers_of,
    unread_by,
)
from storage.db import WorkspaceSession
from storage.tables import Announcement

_LISTED, _ON_HOME = 10, 3


def acknowledge(deps: Deps, caller: Caller, announcement_id: UUID, revision: int) -> ReaderShown:
    """The caller has read it as it was in that revision; saying so twice changes nothing.

    Where it has changed since and is to be read again, it still is. Raises ``NotPermitted``,
    ``UnknownAnnouncement``, ``NotOpen`` and ``NotForYou``.
    """
    me = caller.actor.member_id
    caller.actor.require(Deed.READ_ANNOUNCEMENTS, of=me)
    assert me
    with deps.sessions.write(caller.workspace_id) as session:
        row = announcement_of(session, announcement_id)
        if row is None:
            raise UnknownAnnouncement
        reader = reader_of(session, row.id, me)
        if reader is None:
            raise NotForYou
        if row.state != State.SENT:
            raise NotOpen(State(row.state))
        revision = min(revision, row.revision)
        if read_at(reader, row) is None and revision > (reader.acknowledged or 0):
            reader.acknowledged, reader.acknowledged_at = revision, deps.clock()
            session.flush()
            said = {"revision": revision}
            record(session, deps, caller.actor, "announcement.acknowledge", (KIND, row.id), None, said, row.number)
        if read_at(reader, row):
            reader.remind_at = None
            end(session, deps, reader.id, Nudged.ANNOUNCEMENT, Ended.SEEN)
            renew(session, deps, row, [reader])
            look_next(session, row)
        return ReaderShown(load_announcement(session, row), read_at(reader, row))


def look(deps: Deps, caller: Caller, number: int) -> AnnouncementLine:
    """The announcement of a number, as the caller has to do with it.

    Raises ``NotPermitted`` and ``UnknownAnnouncement``.
    """
    _require(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        row = announcement_numbered(session, number)
        return _seen(session, caller, row)


def look_at(deps: Deps, caller: Caller, announcement_id: UUID) -> AnnouncementLine:
    """The same by id."""
    _require(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        return _seen(session, caller, announcement_of(session, announcement_id))


def listed(deps: Deps, caller: Caller, page: int = 0) -> AnnouncementsPage:
    """A page of what the caller wrote or is to read, the newest first; for coordinators all.

    Raises ``NotPermitted``.
    """
    _require(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        whose = None if _sees_all(caller) else caller.actor.member_id
        rows, count = announcements_of(session, whose, max(page, 0) * _LISTED, _LISTED)
        lines = tuple(_line(session, caller, row) for row in rows)
        return AnnouncementsPage(lines, max(page, 0), max(-(-count // _LISTED), 1), count)


def to_read(session: WorkspaceSession, actor: Actor) -> UnreadSeen:
    """What somebody is yet to acknowledge, on their Home, the oldest first."""
    rows = unread_by(session, actor.member_id, [State.SENT]) if actor.member_id else ()
    return UnreadSeen(tuple(load_announcement(session, row) for row in rows[:_ON_HOME]), len(rows))


def leads_any(session: WorkspaceSession, actor: Actor, row: Announcement) -> bool:
    """Whether somebody of its readers is theirs to lead, or all are."""
    if actor.reach(Deed.SEE_READERS) is Reach.ANYBODY:
        return True
    return any(actor.may(Deed.SEE_READERS, team=person.team_id) for _, person in readers_of(session, row.id))


def _require(caller: Caller) -> None:
    caller.actor.require(Deed.READ_ANNOUNCEMENTS, of=caller.actor.member_id)


def _sees_all(caller: Caller) -> bool:
    return caller.actor.reach(Deed.SEE_READERS) is Reach.ANYBODY


def _seen(session: WorkspaceSession, caller: Caller, row: Announcement | None) -> AnnouncementLine:
    """Whoever has nothing to do with it learns nothing of it, either."""
    me = caller.actor.member_id
    if row is None or me is None:
        raise UnknownAnnouncement
    concerned = row.author_id == me or reader_of(session, row.id, me) is not None
    if not concerned and not leads_any(session, caller.actor, row):
        raise UnknownAnnouncement
    return _line(session, caller, row)


def _line(session: WorkspaceSession, caller: Caller, row: Announcement) -> AnnouncementLine:
    assert caller.actor.member_id
    reader = reader_of(session, row.id, caller.actor.member_id)
    since = read_at(reader, row) if reader else None
    is_read = since is not None if reader and row.asks else None
    return AnnouncementLine(load_announcement(session, row), is_read, since)
