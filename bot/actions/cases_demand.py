"""What cases take, and who works then, as far as it decides who should have them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.actions.coverage_there import ramp_of
from bot.actions.parties import Parties
from bot.actions.settings import preferences
from bot.domain.cases_assign import Candidate, Wanted
from bot.domain.coverage_supply import heads_of
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.permissions import Role
from bot.domain.wallclock import local_date
from storage.absences import absences_of
from storage.cases_lists import open_counts
from storage.coverage import activities
from storage.db import WorkspaceSession
from storage.people import all_grants, members_by_id, skills
from storage.shifts import queues, worked
from storage.tables import Case, Member

# So far ahead somebody is looked for where nobody is there, and no farther.
_AHEAD = timedelta(days=1)
_FARTHEST = timedelta(days=7)


class Demand:
    """What cases take, by the skills that there are; read once for several cases."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session, self._parties = session, Parties(session)
        self._skills = {row.name.casefold(): row.name for row in skills(session)}
        self._queues = {row.id: row for row in queues(session)}
        self._zone = ZoneInfo(preferences(session).time_zone)
        self._ramp = cache(lambda team_id: ramp_of(session, team_id))

    def of(self, case: Case, at: datetime) -> Wanted:
        """What a case takes of somebody who is there at an instant."""
        queue = self._queues.get(case.queue_id) if case.queue_id else None
        needed = self._parties.needs(queue)[0] if queue else frozenset[str]()
        spoken = next((self._skills[each] for each in _spellings(case.language) if each in self._skills), None)
        return Wanted(at, needed | ({spoken} if spoken else set()), case.due_at, spoken)

    def candidates(self, at: datetime, until: datetime, but: Iterable[UUID | None] = ()) -> tuple[Candidate, ...]:
        """Everybody on the floor who works at any time between, ``but`` none of these."""
        within, left_out = Interval(at, until), set(but)
        work: defaultdict[UUID, list[Interval]] = defaultdict(list)
        for each in worked(self._session, at, until):
            if each.member_id and each.member_id not in left_out:
                work[each.member_id].append(Interval(each.start, each.end))
        return tuple(self._read(work, within))

    def _read(self, work: dict[UUID, list[Interval]], within: Interval) -> Iterator[Candidate]:
        people, grants = members_by_id(self._session, work), all_grants(self._session)
        away, able = absences_of(self._session, people, within), self._parties.skills_of(people)
        has, busy = open_counts(self._session, people), defaultdict[UUID, list[Interval]](list)
        for each in activities(self._session, within.start, within.end):
            busy[each.member_id].append(Interval(each.start, each.end))
        for key, person in people.items():
            roles = {row.role for row in grants[key]} - {Role.CONTACT}
            if roles and person.deactivated_at is None:
                yield Candidate(
                    key,
                    tuple(free for each in merge(work[key]) for free in subtract(each, away.get(key, ()))),
                    able[key],
                    self._capacity(person, within.start),
                    has.get(key, 0),
                    tuple(busy[key]),
                    leads=roles != {Role.AGENT},
                )

    def _capacity(self, person: Member, at: datetime) -> float:
        zone = ZoneInfo(person.time_zone) if person.time_zone else self._zone
        return heads_of(person.capacity, person.hired_on, self._ramp(person.team_id), local_date(at, zone))


def horizon(now: datetime, due: Iterable[datetime | None]) -> datetime:
    """Up to when somebody is looked for who sees to cases that are due then."""
    last = max((each for each in due if each), default=now)
    return min(max(last, now + _AHEAD), now + _FARTHEST)


@lru_cache(256)
def _spellings(language: str | None) -> tuple[str, ...]:
    """How a skill may be called that is this language, which helpdesks write as a code: "de", "pt-BR"."""
    if not language:
        return ()
    try:
        spoken = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return (language.casefold(),)
    names = (spoken.get_language_name("en"), spoken.get_language_name())
    return tuple(each.casefold() for each in (language, *names) if each)
