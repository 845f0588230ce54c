"""How many people to roster for what is expected to come, and how many if more came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.actions.coverage import queues_shown, refuse_too_far
from bot.actions.coverage_needs import STEP, QueueNeeds, needs
from bot.actions.forecast import foretell
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.coverage import Requirement
from bot.domain.coverage_shown import DayPlan, PlanShown, QueuePlan, Run, Source, WeekBefore, WhatIfShown
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.wallclock import days, local_date, week_start

# More weeks than a forecast that knows no season should be trusted for.
MOST_DAYS = 92


def plan(deps: Deps, caller: Caller, first: date, last: date, queue: str | None, now: datetime) -> PlanShown:
    """How many people to roster from one of the caller's days to another, for all queues or one.

    Raises ``NotPermitted`` and ``TooFar``.
    """
    caller.actor.require(Deed.SEE_COVERAGE)
    refuse_too_far(first, last)
    within = days(first, last, caller.zone)
    with deps.sessions.read(caller.workspace_id) as session:
        every = needs(session, within, partial(foretell, session, now), ahead=True)
        known = {each.name: each for each in queues_shown(session, every)}
    plans = (
        QueuePlan(known[of.queue], each.post.skill, tuple(_days(each, caller.zone)))
        for of in every
        for each in of.requirements
        if queue in (None, of.queue)
    )
    return PlanShown(first, last, queue, tuple(plans))


def what_if(
    deps: Deps, caller: Caller, percent: float, first: date, last: date, queue: str | None, now: datetime
) -> WhatIfShown:
    """What would have to be rostered by week if so many percent more contacts came than are expected.

    Only what a forecast says can be reckoned so. Raises ``NotPermitted`` and ``TooFar``.
    """
    caller.actor.require(Deed.SEE_COVERAGE)
    refuse_too_far(first, last, MOST_DAYS)
    within = days(first, last, caller.zone)
    with deps.sessions.read(caller.workspace_id) as session:
        expected = partial(foretell, session, now)
        before, then = (
            {each.queue: each for each in needs(session, within, expected, ahead=True, scale=scale)}
            for scale in (1.0, 1 + percent / 100)
        )
    asked = [each for each in before.values() if queue in (None, each.queue)]
    foretold = [each.queue for each in asked if Source.FORECAST in each.sources]
    weeks = {each: tuple(_weeks(before[each], then[each], caller)) for each in foretold}
    return WhatIfShown(
        percent, first, last, weeks, tuple(each.queue for each in asked if each.queue not in foretold)
    )


def _days(requirement: Requirement, zone: ZoneInfo) -> Iterator[DayPlan]:
    """Day by day; those without a requirement are left out."""
    by_day: defaultdict[date, list[Run]] = defaultdict(list)
    for interval, heads in _steps(requirement):
        runs = by_day[local_date(interval.start, zone)]
        if runs and runs[-1].heads == heads and runs[-1].interval.end == interval.start:
            runs[-1] = Run(Interval(runs[-1].interval.start, interval.end), heads)
        else:
            runs.append(Run(interval, heads))
    return (DayPlan(day, tuple(runs)) for day, runs in by_day.items())


def _steps(requirement: Requirement) -> Iterator[tuple[Interval, float]]:
    for number, heads in enumerate(requirement.heads):
        if heads:
            start = requirement.start + number * STEP
            yield Interval(start, start + STEP), heads


def _weeks(before: QueueNeeds, then: QueueNeeds, caller: Caller) -> Iterator[WeekBefore]:
    old, new = (_by_week(each.requirements, caller) for each in (before, then))
    for week in sorted(old.keys() | new.keys()):
        hours, most = _sums(old.get(week, ()))
        hours_then, most_then = _sums(new.get(week, ()))
        yield WeekBefore(week, hours, hours_then, most, most_then)


def _by_week(requirements: Iterable[Requirement], caller: Caller) -> dict[date, list[float]]:
    found: defaultdict[date, list[float]] = defaultdict(list)
    for each in requirements:
        if not each.post.skill:
            for interval, heads in _steps(each):
                day = local_date(interval.start, caller.zone)
                found[week_start(day, caller.preferences.week_starts)].append(heads)
    return found


def _sums(heads: Sequence[float]) -> tuple[float, float]:
    """The hours that so many heads by quarter are, and the most of them."""
    return sum(heads) * (STEP / timedelta(hours=1)), max(heads, default=0.0)
