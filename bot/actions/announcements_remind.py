"""Reminds people of what they have not read yet: when they work, and never while they are to be left alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.contact import quiet_until
from bot.actions.nudges import end, nudge
from bot.actions.own import zone_of
from bot.actions.settings import WORKSPACE, preferences
from bot.deps import Deps
from bot.domain.announcements_remind import AHEAD, MOST_REMINDERS, next_reminder, remind_at
from bot.domain.intervals import Interval
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from storage.db import WorkspaceSession
from storage.shifts import worked
from storage.tables import Announcement, AnnouncementReader, Member

_BACK = timedelta(days=1)


def first_reminders(session: WorkspaceSession, people: Iterable[Member], now: datetime) -> dict[UUID, datetime]:
    """When each of them is reminded first: as their next shift begins."""
    shifts = _shifts(session, now)
    return {each.id: next_reminder(shifts[each.id], now, _zone(session, each)) for each in people}


def remind(
    session: WorkspaceSession,
    deps: Deps,
    row: Announcement,
    readers: Sequence[tuple[AnnouncementReader, Member]],
) -> None:
    """Reminds those of them who can be told now, and notes for the others when they can."""
    if not readers:
        return
    now, shifts = deps.clock(), _shifts(session, deps.clock())
    for reader, person in readers:
        zone, work = _zone(session, person), shifts[person.id]
        quiet = quiet_until(session, person.slack_id, now) if person.slack_id else None
        reader.remind_at = remind_at(work, quiet, now, zone)
        if reader.remind_at <= now:
            _remind(session, deps, row, reader)
            again = reader.reminders < MOST_REMINDERS
            reader.remind_at = next_reminder(work, now, zone) if again else None
    session.flush()


def _remind(session: WorkspaceSession, deps: Deps, row: Announcement, reader: AnnouncementReader) -> None:
    end(session, deps, reader.id, Nudged.ANNOUNCEMENT, Ended.AGAIN)
    reader.reminders, reader.reminded_at = reader.reminders + 1, deps.clock()
    key = f"{Nudged.ANNOUNCEMENT}:{reader.id}:{row.asks_from}:{reader.reminders}"
    nudge(session, deps, reader.member_id, Nudged.ANNOUNCEMENT, reader.id, key, {})


def _shifts(session: WorkspaceSession, now: datetime) -> defaultdict[UUID, list[Interval]]:
    """What everybody works now and soon."""
    found = defaultdict[UUID, list[Interval]](list)
    for each in worked(session, now - _BACK, now + 2 * AHEAD):
        if each.member_id:
            found[each.member_id].append(Interval(each.start, each.end))
    return found


def _zone(session: WorkspaceSession, person: Member) -> ZoneInfo:
    preferred = preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE)
    return zone_of(session, person, preferred)
