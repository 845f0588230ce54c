"""Who is there for contacts: those on shift without absences and breaks, each for as much as they count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.parties import Parties
from bot.actions.settings import WORKSPACE, preferences
from bot.domain.coverage_effect import AS_PLANNED, Moves, Stand
from bot.domain.coverage_settings import read_ramp
from bot.domain.coverage_supply import (
    Boost,
    Doing,
    Hand,
    Post,
    Presence,
    RampStep,
    heads_of,
    posts_for,
    present,
)
from bot.domain.intervals import Interval, subtract
from bot.domain.ladder import Rung
from bot.domain.wallclock import local_date
from storage.absences import absences_of
from storage.coverage import activities, on_shift
from storage.db import WorkspaceSession
from storage.ladder import steps_made
from storage.people import members_by_id
from storage.shifts import queues
from storage.tables import LadderStep, Member

_Shift = tuple[str | None, Presence]


class Crew:
    """Everybody who is there at any time within an interval, and for which of the posts; all is read once."""

    def __init__(self, session: WorkspaceSession, posts: Iterable[Post], within: Interval) -> None:
        self._session, self._within = session, within
        self._parties = Parties(session)
        rows = queues(session)
        self._names = {row.id: row.name for row in rows}
        self._needed = {row.name: self._parties.needs(row)[0] for row in rows}
        self._posts = {post: self._needed[post.queue] | {post.skill} - {""} for post in posts}
        self._zone = ZoneInfo(preferences(session).time_zone)
        self._ramp = cache(lambda team_id: ramp_of(session, team_id))
        self._doing: defaultdict[UUID, list[Doing]] = defaultdict(list)
        for row in activities(session, within.start, within.end):
            self._doing[row.member_id].append(Doing(row.id, Interval(row.start, row.end), row.kind))
        self._steps: defaultdict[UUID, list[LadderStep]] = defaultdict(list)
        for step in steps_made(session, within.start, within.end):
            self._steps[step.member_id].append(step)
        self._shifts: defaultdict[UUID, list[_Shift]] = defaultdict(list)
        self._hands = {each.id: each for each in self._read()}
        self._there: dict[UUID | None, Sequence[Presence]] = {
            each.id: each.present() for each in self._hands.values()
        }

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Everybody who is on shift, with what else they do and could do."""
        return tuple(self._hands.values())

    def presences(self, moves: Moves = AS_PLANNED) -> tuple[Presence, ...]:
        """Who is there, or would be if people moved so."""
        found = self._there | dict(self._moved(moves)) if moves != AS_PLANNED else self._there
        return tuple(chain.from_iterable(found.values()))

    def queues_of(self, moves: Moves) -> set[str]:
        """Those that people leave by it, or come to."""
        left = {
            queue
            for member_id, intervals in moves.gone.items()
            for queue, shift in self._shifts.get(member_id, ())
            if queue and any(shift.interval.overlaps(each) for each in intervals)
        }
        return left | {each.queue for each in moves.there if each.queue}

    def _read(self) -> Iterator[Hand]:
        rows = on_shift(self._session, self._within.start, self._within.end)
        people = members_by_id(self._session, {each.member_id for each in rows})
        self._parties.skills_of(people)
        away = absences_of(self._session, people, self._within)
        for each in rows:
            queue = self._names[each.queue_id] if each.queue_id else None
            shift = self._presence(people[each.member_id], Interval(each.start, each.end), queue)
            self._shifts[each.member_id].append((queue, shift))
        for member_id, shifts in self._shifts.items():
            worked = tuple(shift for _, shift in shifts)
            person = people[member_id]
            able = self._parties.skills_of([member_id])[member_id]
            yield Hand(
                member_id,
                worked,
                away.get(member_id, ()),
                tuple(self._doing[member_id]),
                tuple(self._boost(each, able) for each in self._steps[member_id]),
                posts_for(None, able, self._posts),
                self._heads(person, 1.0, worked[0].interval),
            )

    def _moved(self, moves: Moves) -> Iterator[tuple[UUID | None, Sequence[Presence]]]:
        """Whoever is elsewhere by it. Breaks and training of those who go are kept by who comes instead."""
        breaks = [each.interval for member_id in moves.gone for each in self._doing[member_id]]
        stands = [(each, part) for each in moves.there for part in subtract(each.interval, breaks)]
        people = members_by_id(self._session, {each.member_id for each in moves.there if each.member_id})
        for member_id in {*moves.gone, *(each.member_id for each in moves.there)}:
            mine = [(each, part) for each, part in stands if each.member_id == member_id]
            if member_id is None:
                yield None, [self._anybody(each, part) for each, part in mine]
                continue
            hand = self._hands.get(member_id) or Hand(member_id, ())
            stays = replace(hand, away=(*hand.away, *moves.gone.get(member_id, ()))).present()
            comes = [self._presence(people[member_id], part, each.queue) for each, part in mine]
            yield member_id, present([*stays, *comes])

    def _presence(self, member: Member, interval: Interval, queue: str | None) -> Presence:
        """Somebody on a shift. Who was planned for a queue serves it, whatever skills the roster knows of."""
        able = self._parties.skills_of([member.id])[member.id]
        heads = self._heads(member, member.capacity, interval)
        return Presence(interval, posts_for(queue, able, self._takes(queue)), heads)

    def _heads(self, member: Member, capacity: float, interval: Interval) -> float:
        zone = ZoneInfo(member.time_zone) if member.time_zone else self._zone
        return heads_of(capacity, member.hired_on, self._ramp(member.team_id), local_date(interval.start, zone))

    def _boost(self, step: LadderStep, able: frozenset[str]) -> Boost:
        """What a step changes of how somebody counts."""
        queue = self._names[step.queue_id] if step.queue_id else None
        posts = posts_for(queue, able, self._takes(queue)) if queue else frozenset[Post]()
        return Boost(Interval(step.start, step.end), posts, step.rung == Rung.WHOLE)

    def _anybody(self, stand: Stand, interval: Interval) -> Presence:
        able = self._needed[stand.queue] if stand.queue else frozenset[str]()
        return Presence(interval, posts_for(stand.queue, able, self._takes(stand.queue)))

    def _takes(self, queue: str | None) -> Mapping[Post, frozenset[str]]:
        if queue is None:
            return self._posts
        return {post: frozenset({post.skill} - {""}) for post in self._posts if post.queue == queue}


def ramp_of(session: WorkspaceSession, team_id: UUID | None) -> tuple[RampStep, ...]:
    """For how much a new hire of a team counts, week by week."""
    said = preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ramp
    return read_ramp(said) if said else ()
