"""Reckons the facts of key figures from everything that was seen: of the last days every hour, of more at night.

What an import has touched is reckoned soon after it.

Facts are compared with those that are stored, and only what differs is written: so it can be done at any time, as
often as one likes, and says by itself what came late.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.actions.activities_import import ACTIVITIES
from bot.actions.cases_import import CASES
from bot.actions.kpi_collect_cases import cases, escalations
from bot.actions.kpi_collect_floor import absence, contacts, coverage
from bot.actions.requirements_import import PLAN
from bot.actions.settings import preferences
from bot.actions.shifts_import import SHIFTS
from bot.actions.volumes_import import VOLUME
from bot.deps import Deps
from bot.domain.kpi import OWN_SOURCE, Measure
from bot.domain.kpi_facts import Days, Fact, Tally, cut_key
from bot.domain.kpi_periods import Span
from bot.domain.permissions import Actor, Deed
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.db import WorkspaceSession
from storage.kpi import (
    delete_facts,
    facts_between,
    facts_said,
    first_volume,
    imports_done,
    kpi_source,
    note_heard,
    total_of,
)
from storage.kpi_cases import count_opened, first_opened
from storage.tables import KpiFact

# Imports of what figures are reckoned from; others leave them as they are.
_TOUCHING = (ACTIVITIES, CASES, PLAN, SHIFTS, VOLUME)
COLLECTORS = (contacts, cases, escalations, coverage, absence)
_HOURLY = timedelta(hours=1)
# What is written of these by people or helpdesks is rarely older.
_NIGHTLY = timedelta(days=35)
_EVER = timedelta(days=2 * 366)
# So many are reckoned in one go.
_AT_ONCE = 31


def collect(deps: Deps, workspace_id: str, actor: Actor) -> None:
    """Reckons what may have changed: hourly since yesterday, once a day some weeks, after an import everything."""
    actor.require(Deed.COLLECT_KPI)
    with deps.sessions.read(workspace_id) as session:
        imports = imports_done(session, _TOUCHING)
        first, today = _first(session, deps, imports), _today(session, deps)
    if first is None:
        return
    collect_days(deps, workspace_id, actor, Span(first, today + ONE_DAY))
    with deps.sessions.write(workspace_id) as session:
        note_heard(session, OWN_SOURCE, deps.clock(), imports)


def collect_days(deps: Deps, workspace_id: str, actor: Actor, span: Span) -> None:
    """Reckons the facts of some days, those that have begun."""
    actor.require(Deed.COLLECT_KPI)
    for part in _parts(span):
        with deps.sessions.read(workspace_id) as session:
            zone = ZoneInfo(preferences(session).time_zone)
            tally = Tally()
            for each in COLLECTORS:
                each(session, Days(part, zone, deps.clock()), tally)
            found = _by_day(tally)
            other = _others(session, part, found)
        for day in other:
            # One at a time, so that nobody else waits long for their turn to write.
            with deps.sessions.write(workspace_id) as session:
                _keep(session, deps, day, found.get(day, ()))


def _by_day(tally: Tally) -> dict[date, list[Fact]]:
    found: defaultdict[date, list[Fact]] = defaultdict(list)
    for each in tally.facts():
        found[each.day].append(each)
    return found


def _others(session: WorkspaceSession, span: Span, found: Mapping[date, Sequence[Fact]]) -> list[date]:
    """The days of which something else is stored than was found."""
    stored = facts_said(session, OWN_SOURCE, span.starts, span.last)
    return [
        day
        for day in span.days()
        if stored.get(day, {})
        != {_key_of(each): (each.numerator, each.denominator) for each in found.get(day, ())}
    ]


def _keep(session: WorkspaceSession, deps: Deps, day: date, found: Sequence[Fact]) -> None:
    stored = {(row.measure, row.cut): row for row in facts_between(session, OWN_SOURCE, day, day)}
    now = deps.clock()
    for each in found:
        row = stored.pop(_key_of(each), None)
        if row is None:
            row = KpiFact(
                workspace_id=session.workspace_id,
                id=deps.new_id(),
                day=each.day,
                measure=each.measure.value,
                source=OWN_SOURCE,
                cut=cut_key(each.cut),
                **each.cut._asdict(),
            )
            session.add(row)
        elif (row.numerator, row.denominator) == (each.numerator, each.denominator):
            continue
        row.numerator, row.denominator, row.changed_at = each.numerator, each.denominator, now
    delete_facts(session, [row.id for row in stored.values()])


def _first(session: WorkspaceSession, deps: Deps, imports: int) -> date | None:
    """From which day on something may be otherwise than it was reckoned last; None: nothing is."""
    source, today = kpi_source(session, OWN_SOURCE), _today(session, deps)
    preferred = preferences(session)
    zone = ZoneInfo(preferred.time_zone)
    if source and source.imports == imports:
        heard = local_date(source.heard_at, zone)
        if heard == today:
            return today - ONE_DAY if deps.clock() - source.heard_at >= _HOURLY else None
        nightly = min(heard, today - max(_NIGHTLY, timedelta(days=preferred.kpi_fcr_days + 2)))
        if not _came_late(session, zone, today - _EVER, nightly):
            return nightly
    opened, counted = first_opened(session), first_volume(session)
    known = [each for each in (counted, local_date(opened, zone) if opened else None) if each]
    return max(min([*known, today - _NIGHTLY]), today - _EVER)


def _came_late(session: WorkspaceSession, zone: ZoneInfo, first: date, end: date) -> bool:
    """Whether cases of days before the ``end`` have come from a helpdesk, or gone, since these were reckoned."""
    if first >= end:
        return False
    within = days(first, end - ONE_DAY, zone)
    told = total_of(session, OWN_SOURCE, Measure.OPENED, first, end - ONE_DAY)
    return told != count_opened(session, within.start, within.end)


def _today(session: WorkspaceSession, deps: Deps) -> date:
    return local_date(deps.clock(), ZoneInfo(preferences(session).time_zone))


def _parts(span: Span) -> Iterator[Span]:
    start = span.starts
    while start < span.ends:
        end = min(start + _AT_ONCE * ONE_DAY, span.ends)
        yield Span(start, end)
        start = end


def _key_of(fact: Fact) -> tuple[str, str]:
    return fact.measure.value, cut_key(fact.cut)
