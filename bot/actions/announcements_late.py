"""Once it is due, who leads people hears, once, how many of them have not read an announcement."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from bot.actions.announcements_cards import say_late
from bot.actions.approvers import approver_lanes
from bot.deps import Deps
from bot.domain.permissions import Role
from storage.announcements import readers_of
from storage.db import WorkspaceSession
from storage.people import holders, member, teams
from storage.tables import Announcement, AnnouncementReader, Member


def tell_late(
    session: WorkspaceSession,
    deps: Deps,
    row: Announcement,
    unread: Iterable[tuple[AnnouncementReader, Member]],
) -> None:
    """Tells its author of everybody, and the leads of those of their team; of a team without one the desk."""
    missing = Counter(person.team_id for _, person in unread)
    if not missing:
        return
    readers = Counter(person.team_id for _, person in readers_of(session, row.id))
    teams_of = defaultdict[str, set[UUID | None]](set)
    for team_id in missing:
        for lane in _lanes(session, row, team_id):
            teams_of[lane].add(team_id)
    author = member(session, row.author_id) if row.author_id else None
    if author and author.slack_id and author.deactivated_at is None:
        teams_of[author.slack_id] = set(readers)
    named = {each.id: each.name for each in teams(session)}
    for lane, team_ids in sorted(teams_of.items()):
        late, every = (sum(each[team_id] for team_id in team_ids) for each in (missing, readers))
        names = sorted(named[each] for each in team_ids if each) if team_ids < set(readers) else ()
        say_late(session, deps, row, lane, late, every, names)


def _lanes(session: WorkspaceSession, row: Announcement, team_id: UUID | None) -> list[str]:
    leads = holders(session, Role.LEAD, team_id) if team_id else []
    found = [each.slack_id for each in leads if each.slack_id]
    return found or approver_lanes(session, team_id, {row.author_id})
