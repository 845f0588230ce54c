"""Takes a plan of how many people queues need over: whole, or not at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.actions.imports import begin
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.figures import FiguresImport, Series, differences, empty_day, slots_of
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.permissions import Actor, Deed
from bot.domain.requirements_import import PlannedHeads, read_plan
from bot.domain.wallclock import local_date
from storage.coverage import requirement_rows
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.people import skills
from storage.shifts import queues
from storage.tables import Queue, Requirement, Skill

PLAN = "plan"
STEP_MINUTES = 15

_Place = tuple[str, str, date]
"""A queue and a skill (empty: none), both by their folded names, and a day in UTC."""
_Heads = Mapping[_Place, list[float | None]]


def import_plan(
    deps: Deps, workspace_id: str, actor: Actor, rows: Sequence[Row], *, files: str, dry_run: bool
) -> FiguresImport:
    """Takes over the lines: what was planned for their times is corrected, for others it stays.

    Raises ``BadFile``. A dry run says what would be done and writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        preferred = preferences(session)
        lines = read_plan(rows, preferred.date_order, preferred.time_zone)
        known = {row.name.casefold(): row for row in queues(session)}
        able = {row.name.casefold(): row for row in skills(session)}
        _refuse_unknown(lines, able)
        stored = _stored(session, lines)
        before = {place: list(row.heads) for place, row in stored.items()}
        after = _planned(lines, before)
        outcome = FiguresImport(
            PLAN, tuple(_series(lines, before, ZoneInfo(preferred.time_zone))), _new(lines, known)
        )
        if dry_run or outcome.is_empty:
            return outcome
        entry, recorder = begin(session, deps, actor, PLAN, files)
        _write(session, deps, recorder, after, stored, known, able, outcome.new_queues)
        recorder.finish()
        return replace(outcome, number=entry.number)


def _refuse_unknown(lines: Sequence[PlannedHeads], able: Mapping[str, Skill]) -> None:
    expected = "a skill of somebody on the roster"
    problems = [
        Problem(line.row.file, line.row.line, line.row.heading("skills"), line.skill, expected)
        for line in lines
        if line.skill and line.skill.casefold() not in able
    ]
    if problems:
        raise BadFile(problems)


def _stored(session: WorkspaceSession, lines: Sequence[PlannedHeads]) -> dict[_Place, Requirement]:
    if not lines:
        return {}
    names = {row.id: row.name.casefold() for row in queues(session)}
    able = {row.id: row.name.casefold() for row in skills(session)}
    first = min(line.interval.start for line in lines).date()
    last = max(line.interval.end for line in lines).date()
    return {
        (names[row.queue_id], able[row.skill_id] if row.skill_id else "", row.day): row
        for row in requirement_rows(session, first, last)
    }


def _planned(lines: Sequence[PlannedHeads], before: _Heads) -> dict[_Place, list[float | None]]:
    """The days that the lines speak of, as they will be."""
    after: dict[_Place, list[float | None]] = {}
    for line in lines:
        for day, slot in slots_of(line.interval.start, line.interval.end, STEP_MINUTES):
            place = (*_post(line), day)
            heads = after.setdefault(place, list(before.get(place) or empty_day(STEP_MINUTES)))
            heads[slot] = line.heads
    return after


def _series(lines: Sequence[PlannedHeads], before: _Heads, zone: ZoneInfo) -> list[Series]:
    """By queue, in quarters of an hour."""
    pairs: defaultdict[str, list[tuple[object, object]]] = defaultdict(list)
    days: defaultdict[str, list[date]] = defaultdict(list)
    names: dict[str, str] = {}
    nothing = empty_day(STEP_MINUTES)
    for line in lines:
        queue = names.setdefault(line.queue.casefold(), line.queue)
        days[queue].append(local_date(line.interval.start, zone))
        for day, slot in slots_of(line.interval.start, line.interval.end, STEP_MINUTES):
            pairs[queue].append((before.get((*_post(line), day), nothing)[slot], line.heads))
    return [differences(queue, days[queue], pairs[queue]) for queue in sorted(pairs)]


def _new(lines: Sequence[PlannedHeads], known: Mapping[str, Queue]) -> tuple[str, ...]:
    names = {line.queue.casefold(): line.queue for line in lines}
    return tuple(sorted(name for folded, name in names.items() if folded not in known))


def _write(
    session: WorkspaceSession,
    deps: Deps,
    recorder: Recorder,
    after: _Heads,
    stored: Mapping[_Place, Requirement],
    known: dict[str, Queue],
    able: Mapping[str, Skill],
    new: Sequence[str],
) -> None:
    for name in new:
        known[name.casefold()] = Queue(workspace_id=session.workspace_id, id=deps.new_id(), name=name)
        recorder.add(known[name.casefold()])
    for (queue, skill, day), heads in after.items():
        row = stored.get((queue, skill, day))
        if row is None:
            recorder.add(
                Requirement(
                    workspace_id=session.workspace_id,
                    id=deps.new_id(),
                    queue_id=known[queue].id,
                    skill_id=able[skill].id if skill else None,
                    day=day,
                    heads=heads,
                )
            )
        elif row.heads != heads:
            recorder.change(row, heads=heads)


def _post(line: PlannedHeads) -> tuple[str, str]:
    return line.queue.casefold(), (line.skill or "").casefold()
