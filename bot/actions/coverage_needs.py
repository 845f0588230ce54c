"""How many people each queue needs: by a plan, a setting, a forecast, or the fewest that always have to be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.settings import Preferences, preferences
from bot.actions.volumes import volumes_of
from bot.domain.coverage import Requirement
from bot.domain.coverage_levels import Demanded
from bot.domain.coverage_settings import read_plan_lines
from bot.domain.coverage_shown import Source
from bot.domain.coverage_supply import Post
from bot.domain.erlang import Target
from bot.domain.figures import midnight, slots_of
from bot.domain.forecast import Expected
from bot.domain.forecast_today import as_it_goes
from bot.domain.intervals import Interval, merge
from bot.domain.staffing import Shrinkage, Standard, required, rostered
from bot.domain.staffing_backlog import Batch, plan_backlog
from storage import tables
from storage.coverage import forecast_rows, planned_hours, requirement_rows, volumes_between
from storage.db import WorkspaceSession
from storage.people import skills
from storage.shifts import queues
from storage.tables import Queue

STEP = timedelta(minutes=15)
_MINUTES = 15
# Work that waits comes from days before, and is left to days after.
_AROUND = timedelta(days=3)
Foretold = Callable[[Queue], Sequence[Expected]]


@dataclass(frozen=True, slots=True)
class QueueNeeds:
    """What is known of the needs of a queue: where the numbers come from, and what is expected to come.

    ``lost`` is the share of their time that those there are not on contacts. ``no_handle_time``: contacts are
    expected, and nobody knows how long each of them takes.
    """

    queue: str
    requirements: tuple[Requirement, ...]
    sources: frozenset[Source]
    demanded: tuple[Demanded, ...]
    standard: Standard | None  # of a queue whose contacts wait to be answered
    lost: float
    no_handle_time: bool = False


def standard_of(preferred: Preferences) -> Standard:
    """How a queue of calls or chats is to be staffed; the fewest people are seen to elsewhere."""
    target = Target(
        preferred.service_level_percent / 100, preferred.service_level_seconds, preferred.occupancy_percent / 100
    )
    return Standard(target, 0, preferred.patience_seconds, preferred.concurrency)


def shrinkage_of(preferred: Preferences) -> Shrinkage:
    """The two halves of it."""
    return Shrinkage(preferred.shrinkage_planned_percent / 100, preferred.shrinkage_unplanned_percent / 100)


def reckoned(session: WorkspaceSession, within: Interval) -> Foretold:
    """What was reckoned last night of the days of an interval, by queue and in order."""
    rows: defaultdict[UUID, list[tables.Forecast]] = defaultdict(list)
    for row in forecast_rows(session, within.start.date(), within.end.date()):
        rows[row.queue_id].append(row)
    return lambda queue: [each for row in rows[queue.id] for each in _expected(row)]


def measured(session: WorkspaceSession, within: Interval) -> Callable[[Queue], Mapping[datetime, int]]:
    """The contacts that came on the days of an interval, by queue and when they came."""
    rows: defaultdict[UUID, list[tables.Volume]] = defaultdict(list)
    for row in volumes_between(session, within.start.date(), within.end.date()):
        rows[row.queue_id].append(row)
    return lambda queue: {each.start: each.offered for each in volumes_of(rows[queue.id], queue.name)}


def foretold(session: WorkspaceSession, within: Interval) -> Foretold:
    """What is likely to come on the days of an interval, by queue: as was reckoned last night, but for the rest of
    a day on which otherwise comes than was expected."""
    expected, came = reckoned(session, within), measured(session, within)

    def of_queue(queue: Queue) -> Sequence[Expected]:
        found, counts = expected(queue), came(queue)
        if not (found and counts):
            return found
        preferred = preferences(session, f"queue:{queue.id}")
        return as_it_goes(found, counts, ZoneInfo(preferred.time_zone), *threshold_of(preferred))

    return of_queue


def threshold_of(preferred: Preferences) -> tuple[float, int]:
    """Which share more or less than expected is told of, and for how many intervals on end."""
    return preferred.deviation_percent / 100, preferred.deviation_intervals


def needs(
    session: WorkspaceSession,
    within: Interval,
    expected_in: Callable[[Interval], Foretold],
    *,
    ahead: bool = False,
    scale: float = 1.0,
) -> tuple[QueueNeeds, ...]:
    """What every queue needs at each quarter of an hour within an interval that begins at one.

    ``expected_in`` says what is likely to come within one, of which some days around it are asked as well.
    ``ahead`` is for days whose absences nobody knows yet: then they are added to what a forecast says. ``scale``
    is how many times the contacts of the forecast are to be reckoned with.
    """
    able = {row.id: row.name for row in skills(session)}
    planned: defaultdict[UUID, list[tables.Requirement]] = defaultdict(list)
    for row in requirement_rows(session, within.start.date(), within.end.date()):
        planned[row.queue_id].append(row)
    hours: defaultdict[UUID, list[Interval]] = defaultdict(list)
    around = Interval(within.start - _AROUND, within.end + _AROUND)
    expected = expected_in(around)
    for queue_id, start, end in planned_hours(session, around.start, around.end):
        hours[queue_id].append(Interval(start, end))
    found = []
    for queue in queues(session):
        desk = _Desk(queue, preferences(session, f"queue:{queue.id}"), within, merge(hours[queue.id]))
        found.append(desk.needs(planned[queue.id], able, _scaled(expected(queue), scale), ahead=ahead))
    return tuple(found)


def _expected(row: tables.Forecast) -> Iterator[Expected]:
    columns = zip(row.offered, row.low, row.high, row.aht_seconds, strict=True)
    for number, (offered, low, high, aht) in enumerate(columns):
        if offered is not None:
            start = midnight(row.day) + timedelta(minutes=number * row.minutes)
            yield Expected(start, row.minutes, offered, low or 0.0, high or 0.0, aht, 0)


def _scaled(expected: Iterable[Expected], scale: float) -> list[tuple[Interval, float, float | None]]:
    return [
        (
            Interval(each.start, each.start + timedelta(minutes=each.minutes)),
            each.offered * scale,
            each.aht_seconds,
        )
        for each in expected
    ]


@dataclass(frozen=True, slots=True)
class _Desk:
    """One queue in an interval, with what holds there and when shifts of it are planned, then and around it."""

    queue: Queue
    preferred: Preferences
    within: Interval
    hours: Sequence[Interval]

    def needs(
        self,
        planned: Sequence[tables.Requirement],
        able: Mapping[UUID, str],
        expected: Sequence[tuple[Interval, float, float | None]],
        *,
        ahead: bool,
    ) -> QueueNeeds:
        """The best that is known at each quarter, which each later layer says better."""
        shrinkage = shrinkage_of(self.preferred)
        around = tuple(self._demanded(expected))
        demanded = tuple(each for each in around if each.interval.overlaps(self.within))
        lost = shrinkage.ahead if ahead else shrinkage.on_the_day
        layers = (
            (Source.MINIMUM, self._minimum()),
            (Source.FORECAST, self._from(around, lost)),
            (Source.SETTING, self._from_setting()),
            (Source.PLAN, self._from_plan(row for row in planned if row.skill_id is None)),
        )
        heads: list[float | None] = [None] * self._slots
        sources: list[Source | None] = [None] * self._slots
        for source, layer in layers:
            for slot, need in layer:
                heads[slot], sources[slot] = need, source
        posts = [(Post(self.queue.name), heads)] if any(sources) else []
        for skill_id in dict.fromkeys(row.skill_id for row in planned if row.skill_id):
            own: list[float | None] = [None] * self._slots
            for slot, need in self._from_plan(row for row in planned if row.skill_id == skill_id):
                own[slot] = need
            posts.append((Post(self.queue.name, able[skill_id]), own))
        waits = self.preferred.channel != "backlog"
        return QueueNeeds(
            self.queue.name,
            tuple(Requirement(post, self.within.start, STEP, tuple(each)) for post, each in posts),
            frozenset(each for each in sources if each) | ({Source.PLAN} if len(posts) > 1 else set()),
            demanded,
            standard_of(self.preferred) if waits else None,
            shrinkage.on_the_day,
            any(offered for _, offered, _ in expected) and not around,
        )

    @property
    def _slots(self) -> int:
        return self.within.length // STEP

    def _between(self, interval: Interval) -> range:
        """The quarters of the interval that lie within ours."""
        first = max(0, (interval.start - self.within.start) // STEP)
        return range(first, min(self._slots, -((self.within.start - interval.end) // STEP)))

    def _demanded(self, expected: Iterable[tuple[Interval, float, float | None]]) -> Iterator[Demanded]:
        for interval, offered, aht in expected:
            seconds = aht or self.preferred.handle_seconds
            if seconds:
                yield Demanded(interval, offered, seconds)

    def _minimum(self) -> Iterator[tuple[int, float]]:
        """The fewest that always have to be: whenever a shift of the queue is planned."""
        if self.preferred.minimum_heads:
            for interval in self.hours:
                yield from ((slot, self.preferred.minimum_heads) for slot in self._between(interval))

    def _from(self, demanded: Sequence[Demanded], lost: float) -> Iterator[tuple[int, float]]:
        if self.preferred.channel == "backlog":
            heads = self._backlog(demanded)
        else:
            heads = self._waiting(each for each in demanded if each.interval.overlaps(self.within))
        for interval, need in heads:
            people = max(rostered(need, lost), self.preferred.minimum_heads)
            yield from ((slot, people) for slot in self._between(interval))

    def _waiting(self, demanded: Iterable[Demanded]) -> Iterator[tuple[Interval, float]]:
        # Parts of a head are made whole once, when it is known how many of those rostered are on contacts.
        standard = replace(standard_of(self.preferred), concurrency=1.0)
        places = cache(lambda demand: required(demand, standard))
        return ((each.interval, places(each.demand) / self.preferred.concurrency) for each in demanded)

    def _backlog(self, demanded: Sequence[Demanded]) -> Iterator[tuple[Interval, float]]:
        """Worked off while shifts are planned or, where none are, while it comes in."""
        due = timedelta(hours=self.preferred.deadline_hours)
        batches = [
            Batch(each.interval.start, each.interval.end + due, each.offered * each.aht_seconds)
            for each in demanded
        ]
        opening = [each.interval for each in demanded if self._is_open(each)]
        return zip(opening, plan_backlog(batches, opening).heads, strict=True)

    def _is_open(self, demanded: Demanded) -> bool:
        if not self.hours:
            return demanded.offered > 0
        return any(each.overlaps(demanded.interval) for each in self.hours)

    def _from_setting(self) -> Iterator[tuple[int, float]]:
        zone = ZoneInfo(self.preferred.time_zone)
        for line in read_plan_lines(self.preferred.plan or ""):
            for interval in line.times(self.within, zone):
                yield from ((slot, line.heads) for slot in self._between(interval))

    def _from_plan(self, rows: Iterable[tables.Requirement]) -> Iterator[tuple[int, float]]:
        heads = {row.day: row.heads for row in rows}
        for slot, (day, number) in enumerate(slots_of(self.within.start, self.within.end, _MINUTES)):
            need = heads[day][number] if day in heads else None
            if need is not None:
                yield slot, need
