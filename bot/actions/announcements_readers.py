"""Who has read an announcement, and who has not: for its author, and for who leads them."""

from uuid import UUID

from bot.actions.announcements_cards import load_announcement, read_at
from bot.actions.announcements_read import leads_any
from bot.actions.announcements_turn import KIND
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.announcements import UnknownAnnouncement
from bot.domain.announcements_shown import Acknowledged, AnnouncementShown, ReaderRow, ReadersPage
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.shifts import Somebody
from bot.domain.windows import moment
from storage.absences import absences_of
from storage.announcements import announcement_of, readers_of
from storage.db import WorkspaceSession
from storage.people import team_of
from storage.tables import Announcement, AnnouncementReader, Member

_LISTED = 15


def readers(deps: Deps, caller: Caller, announcement_id: UUID, page: int = 0) -> ReadersPage:
    """A page of its readers, first those who have not read it.

    Raises ``NotPermitted`` and ``UnknownAnnouncement``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        row, known = _known(session, caller, announcement_id)
        ordered = sorted(known, key=lambda each: read_at(each[0], row) is not None)
        pages = max(-(-len(ordered) // _LISTED), 1)
        page = min(max(page, 0), pages - 1)
        shown = ordered[page * _LISTED : (page + 1) * _LISTED]
        away = absences_of(session, [person.id for _, person in shown], moment(deps.clock()))
        rows = tuple(
            ReaderRow(_somebody(person), read_at(reader, row), person.id in away) for reader, person in shown
        )
        missing = sum(read_at(reader, row) is None for reader, _ in known)
        return ReadersPage(load_announcement(session, row), rows, missing, len(known), page, pages)


def acknowledged(
    deps: Deps, caller: Caller, announcement_id: UUID
) -> tuple[AnnouncementShown, list[Acknowledged]]:
    """Who has acknowledged it when, for a file; recorded. Raises the same."""
    with deps.sessions.write(caller.workspace_id) as session:
        row, known = _known(session, caller, announcement_id)
        taken = {"lines": len(known)}
        record(session, deps, caller.actor, "announcement.export", (KIND, row.id), None, taken, row.number)
        lines = [_acknowledged(session, row, reader, person) for reader, person in known]
        return load_announcement(session, row), lines


def _known(
    session: WorkspaceSession, caller: Caller, announcement_id: UUID
) -> tuple[Announcement, list[tuple[AnnouncementReader, Member]]]:
    """The readers of whom the caller may know it. Raises ``NotPermitted`` where they may of none."""
    row = announcement_of(session, announcement_id)
    if row is None:
        raise UnknownAnnouncement
    actor = caller.actor
    if not actor.may(Deed.SEE_READERS, of=row.author_id) and not leads_any(session, actor, row):
        raise NotPermitted(Deed.SEE_READERS)
    return row, [
        (reader, person)
        for reader, person in readers_of(session, row.id)
        if actor.may(Deed.SEE_READERS, of=row.author_id, team=person.team_id)
    ]


def _acknowledged(
    session: WorkspaceSession, row: Announcement, reader: AnnouncementReader, person: Member
) -> Acknowledged:
    team = team_of(session, person.team_id) if person.team_id else None
    return Acknowledged(
        person.name,
        person.email,
        team.name if team else None,
        read_at(reader, row),
        reader.acknowledged,
        reader.reminders,
    )


def _somebody(person: Member) -> Somebody:
    return Somebody(person.id, person.slack_name or person.name, person.slack_id)
