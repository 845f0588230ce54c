"""Who is there for contacts: those on shift without absences and breaks, each for as much as they count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.parties import Parties
from bot.actions.settings import WORKSPACE, preferences
from bot.domain.coverage_settings import read_ramp
from bot.domain.coverage_supply import Post, Presence, RampStep, heads_of, posts_for, present
from bot.domain.intervals import Interval
from bot.domain.wallclock import local_date
from storage.absences import absences_of
from storage.coverage import OnShift, activities, on_shift
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.shifts import queues
from storage.tables import Member


def presences(session: WorkspaceSession, posts: Iterable[Post], within: Interval) -> tuple[Presence, ...]:
    """Everybody who is there at any time within an interval, and for which of the posts."""
    working: defaultdict[UUID, list[OnShift]] = defaultdict(list)
    for each in on_shift(session, within.start, within.end):
        working[each.member_id].append(each)
    off = defaultdict(list, {each: list(away) for each, away in absences_of(session, working, within).items()})
    for row in activities(session, within.start, within.end):
        off[row.member_id].append(Interval(row.start, row.end))
    crew = _Crew(session, posts)
    people = members_by_id(session, working)
    able = crew.parties.skills_of(working)
    return tuple(
        chain.from_iterable(
            present([crew.presence(people[member_id], able[member_id], each) for each in shifts], off[member_id])
            for member_id, shifts in working.items()
        )
    )


class _Crew:
    """What is read once for everybody."""

    def __init__(self, session: WorkspaceSession, posts: Iterable[Post]) -> None:
        self.parties = Parties(session)
        self._names = {row.id: row.name for row in queues(session)}
        needed = {row.name: self.parties.needs(row)[0] for row in queues(session)}
        self._posts = {post: needed[post.queue] | {post.skill} - {""} for post in posts}
        self._zone = ZoneInfo(preferences(session).time_zone)
        self._ramp = cache(lambda team_id: _ramp(session, team_id))

    def presence(self, member: Member, able: frozenset[str], shift: OnShift) -> Presence:
        """Somebody on a shift. Who was planned for a queue serves it, whatever skills the roster knows of."""
        interval = Interval(shift.start, shift.end)
        zone = ZoneInfo(member.time_zone) if member.time_zone else self._zone
        day = local_date(shift.start, zone)
        heads = heads_of(member.capacity, member.hired_on, self._ramp(member.team_id), day)
        queue = self._names[shift.queue_id] if shift.queue_id else None
        return Presence(interval, posts_for(queue, able, self._takes(queue)), heads)

    def _takes(self, queue: str | None) -> Mapping[Post, frozenset[str]]:
        if queue is None:
            return self._posts
        return {post: frozenset({post.skill} - {""}) for post in self._posts if post.queue == queue}


def _ramp(session: WorkspaceSession, team_id: UUID | None) -> tuple[RampStep, ...]:
    said = preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ramp
    return read_ramp(said) if said else ()
