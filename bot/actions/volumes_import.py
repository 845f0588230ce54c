"""Takes a file of contact volumes over: whole, or not at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.forecast import renew_forecasts
from bot.actions.imports import begin
from bot.actions.settings import preferences
from bot.actions.volumes import counts_of, volumes_of
from bot.deps import Deps
from bot.domain.figures import FiguresImport, differences, slot_of
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.permissions import Actor, Deed
from bot.domain.volumes import Volume, read_volumes
from bot.domain.wallclock import local_date
from storage import tables
from storage.coverage import last_volumes, volume_rows
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.shifts import queues
from storage.tables import Queue

VOLUME = "volume"
# So few lines on the full hour correct what is known by shorter intervals; more of them mean hours.
_CORRECTION = 8


@dataclass(frozen=True, slots=True)
class _OfQueue:
    """What is written of a queue: all volumes of each day that the file speaks of, over those that are stored."""

    name: str
    minutes: int
    stored: Mapping[date, tables.Volume]
    counts: Mapping[date, dict[str, Any]]


def import_volumes(
    deps: Deps, workspace_id: str, actor: Actor, rows: Sequence[Row], *, files: str, dry_run: bool
) -> FiguresImport:
    """Takes over the lines: what was known of an interval is corrected, of others it stays. Raises ``BadFile``.

    What is expected is reckoned anew. A dry run says what would be done and writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        preferred = preferences(session)
        zone = ZoneInfo(preferred.time_zone)
        known = {row.name.casefold(): row for row in queues(session)}
        by_queue: defaultdict[str, list[Volume]] = defaultdict(list)
        for volume in read_volumes(rows, preferred.date_order, zone):
            by_queue[volume.queue.casefold()].append(volume)
        done, written = [], []
        for folded, volumes in by_queue.items():
            of_queue, pairs = _compared(session, known.get(folded), volumes, rows)
            written.append(of_queue)
            days = (local_date(volume.start, zone) for volume in volumes)
            done.append(differences(of_queue.name, days, pairs))
        new = tuple(each.name for each in written if each.name.casefold() not in known)
        outcome = FiguresImport(VOLUME, tuple(done), new)
        if dry_run or outcome.is_empty:
            return outcome
        entry, recorder = begin(session, deps, actor, VOLUME, files)
        _write(session, deps, recorder, written, known)
        recorder.finish()
        session.flush()
        renew_forecasts(session, deps)
        return replace(outcome, number=entry.number)


def _compared(
    session: WorkspaceSession, queue: Queue | None, volumes: Sequence[Volume], rows: Sequence[Row]
) -> tuple[_OfQueue, list[tuple[Volume | None, Volume]]]:
    name = queue.name if queue else volumes[0].queue
    minutes = _minutes(session, queue, volumes, rows)
    days = [slot_of(volume.start, minutes)[0] for volume in volumes]
    stored = {row.day: row for row in volume_rows(session, queue.id, min(days), max(days))} if queue else {}
    # What is known by other intervals cannot stand beside these.
    kept = [row for row in stored.values() if row.minutes == minutes]
    before = {each.start: each for each in volumes_of(kept, name)}
    now = {each.start: replace(each, queue=name, minutes=minutes) for each in volumes}
    by_day: defaultdict[date, list[tuple[int, Volume]]] = defaultdict(list)
    for start, volume in (before | now).items():
        day, slot = slot_of(start, minutes)
        by_day[day].append((slot, volume))
    counts = {day: counts_of(by_day[day], minutes) for day in dict.fromkeys(days)}
    return _OfQueue(name, minutes, stored, counts), [(before.get(start), each) for start, each in now.items()]


def _minutes(
    session: WorkspaceSession, queue: Queue | None, volumes: Sequence[Volume], rows: Sequence[Row]
) -> int:
    """How long the intervals are: those that are known where a few lines correct some of them."""
    last = last_volumes(session).get(queue.id) if queue else None
    minutes = volumes[0].minutes
    if last is None or last.minutes >= minutes:
        return minutes
    if len(volumes) > _CORRECTION:
        expected = f"intervals of {last.minutes} minutes for {volumes[0].queue}, as they were imported before"
        raise BadFile([Problem(rows[0].file, rows[0].line, rows[0].heading("interval_start"), "", expected)])
    return last.minutes


def _write(
    session: WorkspaceSession,
    deps: Deps,
    recorder: Recorder,
    written: Sequence[_OfQueue],
    known: dict[str, Queue],
) -> None:
    for queue in _new_queues(session, deps, [each.name for each in written], known):
        recorder.add(queue)
    for each in written:
        for day, counts in each.counts.items():
            row = each.stored.get(day)
            if row is None:
                recorder.add(
                    tables.Volume(
                        workspace_id=session.workspace_id,
                        id=deps.new_id(),
                        queue_id=known[each.name.casefold()].id,
                        day=day,
                        minutes=each.minutes,
                        counts=counts,
                    )
                )
            elif (row.minutes, row.counts) != (each.minutes, counts):
                recorder.change(row, minutes=each.minutes, counts=counts)


def _new_queues(
    session: WorkspaceSession, deps: Deps, names: Sequence[str], known: dict[str, Queue]
) -> Iterator[Queue]:
    for name in names:
        if name.casefold() not in known:
            known[name.casefold()] = Queue(workspace_id=session.workspace_id, id=deps.new_id(), name=name)
            yield known[name.casefold()]
