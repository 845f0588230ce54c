"""Key figures of the floor: contacts as files say them, heads there of those needed, and absence of groups."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from bot.actions.coverage_needs import needs, reckoned
from bot.actions.coverage_there import Crew
from bot.actions.volumes import volumes_of
from bot.domain.absences import COUNTED
from bot.domain.absences import Kind as Absence
from bot.domain.coverage import stretches
from bot.domain.intervals import EmptyInterval, Interval, total
from bot.domain.kpi import Cut, Measure
from bot.domain.kpi_facts import NOWHERE, Days, Tally
from bot.domain.kpi_reckon import told_groups
from bot.domain.volumes import Volume
from bot.domain.wallclock import local_date, quarter
from storage.coverage import on_shift, volumes_between
from storage.db import WorkspaceSession
from storage.kpi import absences_within, first_worked
from storage.people import members
from storage.shifts import queues

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_OUTCOMES = (
    (Measure.ANSWERED, "answered"),
    (Measure.ANSWERED_IN_TARGET, "answered_in_target"),
    (Measure.ABANDONED, "abandoned"),
    (Measure.ABANDONED_IN_TARGET, "abandoned_in_target"),
)


def contacts(session: WorkspaceSession, days: Days, tally: Tally) -> None:
    """What files say of the contacts of each queue."""
    names = {row.id: row.name for row in queues(session)}
    first, last = days.within.start.date(), days.within.end.date()
    for row in volumes_between(session, first, last):
        for each in volumes_of([row], names[row.queue_id]):
            if days.has(each.start):
                _count(each, days.of(each.start), Cut(row.queue_id), tally)


def coverage(session: WorkspaceSession, days: Days, tally: Tally) -> None:
    """Head hours that were there of those that were needed, none beyond the need.

    Of a day of which no shift is known nothing is.
    """
    within = _up_to(days, quarter(days.now))
    if within is None:
        return
    every = needs(session, within, partial(reckoned, session))
    required = [each for of_queue in every for each in of_queue.requirements]
    if not required:
        return
    ids = {row.name: row.id for row in queues(session)}
    there = Crew(session, [each.post for each in required], within).presences()
    ends = ((each.interval.start, each.interval.end - timedelta.resolution) for each in there)
    rostered = {local_date(at, days.zone) for each in ends for at in each}
    for stretch in stretches(there, required):
        serving = stretch.serving()
        for post in stretch.pool.posts:
            needed = stretch.required(post)
            if not needed:
                continue
            for day, part in days.parts(stretch.interval):
                if day in rostered:
                    hours, cut = part.length / _HOUR, Cut(ids[post.queue])
                    tally.add(day, Measure.COVERED, cut, hours * min(serving[post], needed), hours * needed)


def absence(session: WorkspaceSession, days: Days, tally: Tally) -> None:
    """Hours of absence of hours rostered, by team; teams of too few on a day are told together, or not at all."""
    first = first_worked(session)
    if first is None:
        return
    over = [day for day, _ in days.ends() if days.of(first) <= day < days.today]
    worked: defaultdict[tuple[date, UUID], list[Interval]] = defaultdict(list)
    gone: defaultdict[tuple[date, UUID], list[Interval]] = defaultdict(list)
    for row in on_shift(session, days.within.start, days.within.end):
        for day, part in days.parts(Interval(row.start, row.end)):
            worked[day, row.member_id].append(part)
    for away in absences_within(session, days.within, COUNTED):
        if away.kind != Absence.TIME_OFF:
            for piece in away.work:
                start, end = (datetime.fromisoformat(piece[each]) for each in ("start", "end"))
                missed = Interval(start, end).intersection(Interval(away.start, away.end))
                for day, part in days.parts(missed) if missed else ():
                    gone[day, away.member_id].append(part)
    teams = {row.id: row.team_id for row in members(session)}
    groups: defaultdict[date, defaultdict[UUID | None, list[tuple[timedelta, timedelta]]]]
    groups = defaultdict(lambda: defaultdict(list))
    for day, member_id in {*worked, *gone}:
        missed_of, of = gone[day, member_id], worked[day, member_id]
        groups[day][teams.get(member_id)].append((total(missed_of), total([*of, *missed_of])))
    for day in over:
        tally.add(day, Measure.ABSENT, NOWHERE, 0, 0)
        for team_id, group in told_groups(groups[day]).items():
            absent, rostered = (sum(each, timedelta()) / _HOUR for each in zip(*group, strict=True))
            tally.add(day, Measure.ABSENT, Cut(team_id=team_id), absent, rostered)


def _count(volume: Volume, day: date, cut: Cut, tally: Tally) -> None:
    tally.add(day, Measure.OFFERED, cut, volume.offered)
    for measure, name in _OUTCOMES:
        known = getattr(volume, name)
        if known is not None:
            tally.add(day, measure, cut, known, volume.offered)
    if volume.aht_seconds is not None:
        handled = volume.offered - (volume.abandoned or 0) if volume.answered is None else volume.answered
        tally.add(day, Measure.AHT, cut, volume.aht_seconds * handled, handled)


def _up_to(days: Days, now: datetime) -> Interval | None:
    """From a quarter of an hour to another, as needs are reckoned."""
    start, end = quarter(days.within.start), min(days.within.end, now)
    try:
        return Interval(start, quarter(end))
    except EmptyInterval:
        return None
