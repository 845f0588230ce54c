"""What the rules ask about people and queues, read for a check of who works what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from operator import attrgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.limits import accommodations_of, availability_of
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.domain.intervals import Interval
from bot.domain.rules import Policy
from bot.domain.rules_cost import cost_of
from bot.domain.rules_swaps import Party
from bot.domain.rules_work import Change, Person, Piece, Work
from bot.domain.swaps_review import Side, WeekHours
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.people import skill_names, skills
from storage.shifts import queues, worked
from storage.swaps import Held, held
from storage.tables import Member, Queue

_A_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)
_length = attrgetter("length")


class Parties:
    """Reads in one session; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session
        self._skills = {row.name.casefold(): row.name for row in skills(session)}
        self._needed: dict[UUID, tuple[frozenset[str], float]] = {}
        self._have: dict[UUID, frozenset[str]] = {}
        self._preferred: dict[UUID | None, Preferences] = {}
        self._policies: dict[UUID | None, Policy] = {}
        self._parties: defaultdict[Interval, dict[UUID, Party]] = defaultdict(dict)
        self._away: defaultdict[Interval, dict[UUID, tuple[Interval, ...]]] = defaultdict(dict)

    def preferred(self, member: Member) -> Preferences:
        """What holds where somebody works."""
        team_id = member.team_id
        if team_id not in self._preferred:
            self._preferred[team_id] = preferences(self._session, f"team:{team_id}" if team_id else WORKSPACE)
        return self._preferred[team_id]

    def policy(self, member: Member) -> Policy:
        """The rules that hold where somebody works."""
        if member.team_id not in self._policies:
            self._policies[member.team_id] = self.preferred(member).policy
        return self._policies[member.team_id]

    def person(self, member: Member, within: Interval) -> Person:
        """Somebody, as the rules know them, who look at a time."""
        preferred = self.preferred(member)
        # Rest and weeks go by where somebody works, not by where their laptop is today.
        zone = ZoneInfo(member.time_zone or preferred.time_zone)
        return Person(
            member.id,
            zone,
            skills=self.skills_of([member.id])[member.id],
            weekly_minutes=member.weekly_minutes,
            accommodations=accommodations_of(self._session, member, preferred, zone),
            absences=self._away_of([member.id], within)[member.id],
            availability=availability_of(member, zone),
            active=member.deactivated_at is None,
        )

    def party(self, member: Member, *within: Interval) -> Party:
        """Somebody with all their work as far around the intervals as any rule looks."""
        policy = self.policy(member)
        time = around(within, policy)
        pieces = [self.held_piece(each) for each in held(self._session, member.id, time.start, time.end)]
        person = self.person(member, time)
        return Party(person, policy, Work.of(pieces, person.zone, policy.first_weekday))

    def parties(self, people: Sequence[Member], within: Interval) -> list[Party]:
        """The same of many, read at once."""
        known = self._parties[within]
        unknown = [each for each in people if each.id not in known]
        if unknown:
            known |= zip((each.id for each in unknown), self._read(unknown, within), strict=True)
        return [known[each.id] for each in people]

    def piece(self, interval: Interval, name: str | None) -> Piece:
        """A piece for a queue by name; one that is new takes the skill that is named like it."""
        if name is None:
            return Piece(interval)
        queue = self._queue_names.get(name.casefold())
        skill = self._skills.get(name.casefold())
        return Piece(interval, name, self.needs(queue)[0] if queue else frozenset({skill} if skill else ()))

    def held_piece(self, each: Held) -> Piece:
        """The piece that an assignment is."""
        assignment, queue = each
        interval = Interval(assignment.start, assignment.end)
        return Piece(interval, queue.name if queue else None, self.needs(queue)[0] if queue else frozenset())

    def needs(self, queue: Queue) -> tuple[frozenset[str], float]:
        """The skills that a queue takes, and the fewest people that it needs."""
        if queue.id not in self._needed:
            preferred = preferences(self._session, f"queue:{queue.id}")
            named = preferred.required_skills
            if named is None:
                named = [queue.name] if queue.name.casefold() in self._skills else []
            spelled = frozenset(self._skills.get(name.casefold(), name) for name in named)
            self._needed[queue.id] = spelled, preferred.minimum_heads
        return self._needed[queue.id]

    def skills_of(self, member_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
        """The skills of these members, and of whoever was asked for before."""
        unknown = [each for each in member_ids if each not in self._have]
        if unknown:
            names = skill_names(self._session, unknown)
            self._have |= {each: frozenset(names.get(each, ())) for each in unknown}
        return self._have

    def _away_of(self, member_ids: Iterable[UUID], within: Interval) -> dict[UUID, tuple[Interval, ...]]:
        """When these members are away, and whoever was asked for before at that time."""
        known = self._away[within]
        if unknown := [each for each in member_ids if each not in known]:
            known |= dict.fromkeys(unknown, ()) | absences_of(self._session, unknown, within)
        return known

    def _read(self, people: Sequence[Member], within: Interval) -> Iterator[Party]:
        self.skills_of(each.id for each in people)
        time = max((around([within], self.policy(each)) for each in people), key=_length)
        pieces: defaultdict[UUID | None, list[Piece]] = defaultdict(list)
        for each in worked(self._session, time.start, time.end):
            pieces[each.member_id].append(self.piece(Interval(each.start, each.end), each.queue))
        self._away_of((each.id for each in people), time)
        for member in people:
            person, policy = self.person(member, time), self.policy(member)
            yield Party(person, policy, Work.of(pieces[member.id], person.zone, policy.first_weekday))

    @cached_property
    def _queue_names(self) -> dict[str, Queue]:
        return {row.name.casefold(): row for row in queues(self._session)}


def side(party: Party, *, gained: Iterable[Piece] = (), lost: Iterable[Piece] = ()) -> Side:
    """What it means for somebody to gain some pieces and to lose others. Raises ``NotTheirs``."""
    change = Change.of(party.person, party.work, gained=gained, lost=lost)
    weeks = tuple(
        WeekHours(
            week,
            *(round(work.weeks.get(week, timedelta()) / _MINUTE) for work in (change.before, change.after)),
        )
        for week in change.weeks_touched
    )
    return Side(party.person.id, weeks, cost_of(change, party.policy))


def around(within: Iterable[Interval], policy: Policy) -> Interval:
    """The time that any rule of a policy looks at, for work within the intervals."""
    weeks = max((setting.weeks for setting in policy.settings.values()), default=1)
    reach, every = (weeks + 1) * _A_WEEK, list(within)
    return Interval(min(each.start for each in every) - reach, max(each.end for each in every) + reach)
