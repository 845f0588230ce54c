"""Takes a file of breaks, training and meetings over: whole, or not at all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.imports import begin
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.activities_import import ActivityLine, read_activities
from bot.domain.figures import FiguresImport, Series, midnight
from bot.domain.imports import Row
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor, Deed
from bot.domain.wallclock import local_date
from storage.coverage import activities_of
from storage.db import WorkspaceSession
from storage.people import members
from storage.tables import Activity, Member

ACTIVITIES = "activities"
# The calendar of a zone is up to a day apart from that of UTC, on either side.
_APART = timedelta(days=2)


class _Doing(NamedTuple):
    member_id: UUID
    interval: Interval
    kind: str


def import_activities(
    deps: Deps, workspace_id: str, actor: Actor, rows: Sequence[Row], *, files: str, dry_run: bool
) -> FiguresImport:
    """Takes over the lines: of the days of a person that it speaks of, a file says all. Raises ``BadFile``.

    A dry run says what would be done and writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        preferred = preferences(session)
        roster = {row.email: row for row in members(session)}
        zones = {email: row.time_zone or preferred.time_zone for email, row in roster.items()}
        lines = read_activities(rows, preferred.date_order, zones, preferred.time_zone)
        said = dict.fromkeys(_Doing(roster[line.email].id, line.interval, line.kind) for line in lines)
        stored = _stored(session, lines, roster, zones)
        added = [each for each in said if each not in stored]
        gone = [row for doing, row in stored.items() if doing not in said]
        outcome = FiguresImport(ACTIVITIES, tuple(_series(lines, added, gone)))
        if dry_run or outcome.is_empty:
            return outcome
        entry, recorder = begin(session, deps, actor, ACTIVITIES, files)
        for row in gone:
            recorder.remove(row)
        for doing in added:
            recorder.add(_row(session, deps, doing))
        recorder.finish()
        return replace(outcome, number=entry.number)


def _stored(
    session: WorkspaceSession, lines: Sequence[ActivityLine], roster: dict[str, Member], zones: dict[str, str]
) -> dict[_Doing, Activity]:
    """What is there on the days of the people that the lines speak of."""
    if not lines:
        return {}
    days = {(roster[line.email].id, line.day) for line in lines}
    where = {roster[email].id: ZoneInfo(zone) for email, zone in zones.items()}
    first, last = min(line.day for line in lines), max(line.day for line in lines)
    rows = activities_of(
        session, {member_id for member_id, _ in days}, midnight(first) - _APART, midnight(last) + _APART
    )
    of_days = (row for row in rows if (row.member_id, local_date(row.start, where[row.member_id])) in days)
    return {_Doing(row.member_id, Interval(row.start, row.end), row.kind): row for row in of_days}


def _series(lines: Sequence[ActivityLine], added: Sequence[_Doing], gone: Sequence[Activity]) -> list[Series]:
    """By kind; what goes counts for its own, also where the file has none of it any more."""
    days = sorted(line.day for line in lines)
    count: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    new = set(added)
    for place, kinds in enumerate(([each.kind for each in new], [row.kind for row in gone])):
        for kind in kinds:
            count[kind][place] += 1
    for line in lines:
        count[line.kind][2] += 1
    return [_of_kind(kind, days[0], days[-1], *counts) for kind, counts in sorted(count.items())]


def _of_kind(kind: str, first: date, last: date, added: int, removed: int, said: int) -> Series:
    return Series(kind, first, last, added, 0, removed, max(0, said - added))


def _row(session: WorkspaceSession, deps: Deps, doing: _Doing) -> Activity:
    return Activity(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        member_id=doing.member_id,
        start=doing.interval.start,
        end=doing.interval.end,
        kind=doing.kind,
    )
