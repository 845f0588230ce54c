"""What becomes of an announcement: it goes out, people are reminded, who leads them hears, its time is over."""

from datetime import datetime
from uuid import UUID

from bot.actions.announcements_audience import audience_of
from bot.actions.announcements_cards import (
    end_posting,
    end_reader,
    read_at,
    renew,
    show_channels,
    show_reader,
)
from bot.actions.announcements_late import tell_late
from bot.actions.announcements_remind import first_reminders, remind
from bot.actions.nudges import end
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.announcements import OPEN, State, read_audience
from bot.domain.announcements_remind import JOINS, MOST_REMINDERS, next_look
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.announcements import announcement_of, announcements_due, reader_of, readers_of, unread_by
from storage.db import WorkspaceSession
from storage.tables import Announcement, AnnouncementReader, Member

# What the audit and the counter call it.
KIND = "announcement"
_ENDS = {State.WITHDRAWN: "withdraw", State.EXPIRED: "expire"}


def send(session: WorkspaceSession, deps: Deps, actor: Actor, row: Announcement) -> None:
    """Sends it to whoever it is for by now."""
    now = deps.clock()
    row.state, row.sent_at, row.send_at = State.SENT, now, now
    readers = _add_readers(session, deps, row)
    show_channels(session, deps, row)
    sent = {"state": row.state, "readers": len(readers)}
    record(session, deps, actor, "announcement.send", (KIND, row.id), None, sent, row.number)
    renew(session, deps, row)
    look_next(session, row)


def end_it(session: WorkspaceSession, deps: Deps, actor: Actor, row: Announcement, state: State) -> None:
    """Nobody needs to read it any more: it is withdrawn, or its time is over."""
    before, row.state, row.next_at = row.state, state, None
    readers = [reader for reader, _ in readers_of(session, row.id)]
    for reader in readers:
        end(session, deps, reader.id, Nudged.ANNOUNCEMENT, Ended.OVER)
    end_posting(session, deps, row, readers)
    states = ({"state": before}, {"state": row.state})
    record(session, deps, actor, f"announcement.{_ENDS[state]}", (KIND, row.id), *states, row.number)
    renew(session, deps, row, readers)


def look_next(session: WorkspaceSession, row: Announcement) -> None:
    """Notes when the clock looks at it again."""
    session.flush()
    unread = [reader for reader, _ in unread_of(session, row)]
    wanted = [each.remind_at for each in unread if each.remind_at]
    due_at = row.due_at if row.asks and row.told_late_at is None else None
    joins_at = row.looked_at + JOINS if row.looked_at and _takes_on(row) else None
    row.next_at = next_look(row.expires_at, due_at, wanted, joins_at)
    session.flush()


def unread_of(session: WorkspaceSession, row: Announcement) -> list[tuple[AnnouncementReader, Member]]:
    """Those who have not read it as it has to be."""
    return [each for each in readers_of(session, row.id) if read_at(each[0], row) is None]


def leave(session: WorkspaceSession, deps: Deps, member_id: UUID) -> None:
    """Somebody is no longer here: nobody waits any more for them to read anything."""
    for row in unread_by(session, member_id, [State.SENT]):
        if reader := reader_of(session, row.id, member_id):
            end_reader(session, deps, reader)
        renew(session, deps, row)
        look_next(session, row)


def turn(deps: Deps, workspace_id: str) -> None:
    """Goes on with every announcement for which it is time."""
    CLOCK.require(Deed.TURN_ANNOUNCEMENT)
    with deps.sessions.read(workspace_id) as session:
        due = [row.id for row in announcements_due(session, OPEN, deps.clock())]
    for announcement_id in due:
        with deps.sessions.write(workspace_id) as session:
            row = announcement_of(session, announcement_id)
            if row and row.state in OPEN and row.next_at and row.next_at <= deps.clock():
                _go_on(session, deps, row)


def _go_on(session: WorkspaceSession, deps: Deps, row: Announcement) -> None:
    now = deps.clock()
    if row.expires_at <= now:
        end_it(session, deps, CLOCK, row, State.EXPIRED)
        return
    if row.state == State.SCHEDULED:
        send(session, deps, CLOCK, row)
        return
    if row.looked_at and row.looked_at + JOINS <= now and _takes_on(row):
        _add_readers(session, deps, row)
    unread = unread_of(session, row) if row.asks else []
    remind(session, deps, row, [each for each in unread if _is_due(each[0], now)])
    if row.asks and row.told_late_at is None and row.due_at and row.due_at <= now:
        row.told_late_at = now
        tell_late(session, deps, row, unread)
    look_next(session, row)


def _is_due(reader: AnnouncementReader, now: datetime) -> bool:
    return reader.remind_at is not None and reader.remind_at <= now and reader.reminders < MOST_REMINDERS


def _takes_on(row: Announcement) -> bool:
    """Whether who joins its audience later is to read it, too: not where it goes by who works when, or by name."""
    audience = read_audience(row.audience)
    return row.asks and audience.by_traits and not audience.by_shift


def _add_readers(session: WorkspaceSession, deps: Deps, row: Announcement) -> list[AnnouncementReader]:
    """Takes on everybody whom it is for and who is not among its readers yet."""
    now = row.looked_at = deps.clock()
    known = {reader.member_id for reader, _ in readers_of(session, row.id)}
    people = [
        each
        for each in audience_of(session, read_audience(row.audience), now, row.author_id)
        if each.id not in known
    ]
    reminders = first_reminders(session, people, now) if row.asks else {}
    return [_add_reader(session, deps, row, person, reminders.get(person.id)) for person in people]


def _add_reader(
    session: WorkspaceSession, deps: Deps, row: Announcement, person: Member, remind_at: datetime | None
) -> AnnouncementReader:
    reader = AnnouncementReader(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        announcement_id=row.id,
        member_id=person.id,
        added_at=deps.clock(),
        reminders=0,
        remind_at=remind_at,
    )
    session.add(reader)
    session.flush()
    if not row.channels:
        show_reader(session, deps, row, reader, person)
    return reader
