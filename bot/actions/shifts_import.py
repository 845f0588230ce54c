"""Takes a shifts file over: whole, or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bot.actions import absences_work, covers_end, departures, swaps_end, unowned_cards
from bot.actions.imports import Progress, begin
from bot.actions.imports_aftermath import Aftermath
from bot.actions.imports_follow import follow
from bot.actions.imports_glance import glance
from bot.actions.imports_reconcile import aftermath_of, as_planned
from bot.actions.imports_told import tell_parties
from bot.actions.settings import preferences
from bot.actions.shifts_published import tell_teams
from bot.actions.shifts_told import tell_owners
from bot.actions.shifts_write import PlanWriter, Stored
from bot.deps import Deps
from bot.domain.departures import Gone
from bot.domain.imports import Row
from bot.domain.permissions import Actor, Deed
from bot.domain.rules import RuleId
from bot.domain.shifts_import import (
    KnownShift,
    ShiftLine,
    ShiftPlan,
    compare_shifts,
    read_shifts,
)
from bot.domain.when_dates import YEARS
from storage.db import WorkspaceSession
from storage.departures import gone_since
from storage.imports import shifts_of_import
from storage.people import members
from storage.shifts import BaseShift, base_shifts, last_planned, planned_shifts, queues
from storage.tables import Import, Member, Queue

# A night shift reaches into the next day, and the calendars of two zones are up to a day apart on either side.
AROUND = timedelta(days=3)
# No file can speak of a day before or after.
_FIRST, _LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)

# How the register calls a file of shifts, and an edit by hand.
SHIFTS, EDIT = "shifts", "edit"


class Left(NamedTuple):
    """A line for somebody who has left, by the name that they go by."""

    line: ShiftLine
    name: str


@dataclass(frozen=True, slots=True)
class ShiftImport:
    """What an import of shifts does, or has done: then it has a number, unless there was nothing to do.

    ``new_queues`` are names that no queue had before; ``left`` the first line of each for whom it plans shifts
    although they have left Slack: nobody works those.
    ``aftermath`` says which settled swaps and covers hold with a shift moved, and which end.
    """

    number: int | None
    plan: ShiftPlan
    new_queues: tuple[str, ...]
    left: tuple[Left, ...]
    aftermath: Aftermath = field(default_factory=Aftermath)


class Clashing(Exception):
    """Lines put people on two shifts at once; nothing was imported."""

    def __init__(self, preview: ShiftImport) -> None:
        super().__init__(f"{len(preview.plan.clashes)} lines clash")
        self.preview = preview


def import_shifts(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    rows: Sequence[Row],
    *,
    files: str,
    replaced: tuple[date, date] | None,
    dry_run: bool,
    progress: Progress,
) -> ShiftImport:
    """Takes over the lines; within ``replaced`` (first and last day) what the file does not have is removed.

    Lines are compared with the base only; what is worked otherwise follows. A shift that moves is worked by
    whoever does so by a swap or a cover; what there is no room for ends, its shifts are worked as planned, and
    both people, the coordinators and the floor are told (``bot.domain.imports_standing`` says when). What waits
    for an answer ends with any of its shifts. Raises ``BadFile`` and ``Clashing``: a line that puts somebody on
    two shifts of the base at once refuses the file, one that does so beside a swap or a cover ends that. A dry
    run says what would be done, clashes, swaps and covers included, and writes nothing.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    opened = deps.sessions.read if dry_run else deps.sessions.write
    with opened(workspace_id) as session:
        lines, stored = _read(session, rows, replaced)
        preview = _preview(session, deps, lines, stored, replaced)
        plan = preview.plan
        if dry_run or not (plan.added or plan.moved or plan.removed or plan.clashes):
            return preview
        if plan.clashes:
            raise Clashing(preview)
        entry = apply_plan(session, deps, actor, SHIFTS, files, preview, stored, progress)
        return replace(preview, number=entry.number)


def apply_plan(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    kind: str,
    files: str,
    preview: ShiftImport,
    stored: Stored,
    progress: Progress,
    broken: Sequence[RuleId] = (),
) -> Import:
    """Writes a plan, and tells whoever is concerned; its entry in the register.

    Whose shift is new reads so only where it was added by hand: a file may be the whole schedule. ``broken`` are
    the rules that it was known to break.
    """
    plan, aftermath = preview.plan, preview.aftermath
    changing = [move.known.id for move in plan.moved] + [each.id for each in plan.removed]
    before, seen = planned_shifts(session, changing), glance(session, aftermath.exchanges)
    entry, recorder = begin(session, deps, actor, kind, files, _owners(plan, stored.roster), broken)
    handed = aftermath.handed(session)
    swaps_end.supersede(session, deps, actor, {*changing, *handed})
    covers_end.supersede(session, deps, actor, {*changing, *handed})
    unowned_cards.renew(session, deps, {*changing, *handed})
    last = last_planned(session)
    made = PlanWriter(session, deps, recorder, stored).write(plan, aftermath, handed, progress)
    concerned = follow(session, deps, recorder, aftermath, made)
    recorder.finish()
    planned = {*shifts_of_import(session, entry.id), *handed}
    departures.seek_owners(session, deps, actor, entry, planned)
    absences_work.follow_plan(session, deps, actor, entry, planned)
    told = tell_parties(session, deps, actor, entry, concerned, seen, aftermath.reasons)
    news = changing if kind == SHIFTS else shifts_of_import(session, entry.id)
    tell_owners(session, deps, entry, before, planned_shifts(session, news), told)
    if kind == SHIFTS:
        added = [
            (stored.roster[each.shift.email], each.shift.interval.start) for each in plan.added if each.shift.email
        ]
        tell_teams(session, deps, entry, added, last)
    return entry


def left_of(lines: Iterable[ShiftLine], roster: Mapping[str, Member]) -> tuple[Left, ...]:
    """The first of the lines of each who has left before the shift begins."""
    gone, found = Gone(gone_since(roster.values())), dict[UUID, Left]()
    for line in lines:
        owner = roster[line.shift.email] if line.shift.email else None
        if owner and gone.has_left(owner.id, line.shift.interval.start):
            found.setdefault(owner.id, Left(line, owner.slack_name or owner.name))
    return tuple(found.values())


def _read(
    session: WorkspaceSession, rows: Sequence[Row], replaced: tuple[date, date] | None
) -> tuple[list[ShiftLine], Stored]:
    preferred = preferences(session)
    roster = {row.email: row for row in members(session)}
    zones = {email: row.time_zone or preferred.time_zone for email, row in roster.items()}
    known_queues = {row.name.casefold(): row for row in queues(session)}
    lines = _spelled(read_shifts(rows, preferred.date_order, zones, preferred.time_zone), known_queues)
    base = {each.shift.id: each for each in _base(session, lines, replaced)}
    return lines, Stored(roster, known_queues, base)


def _base(
    session: WorkspaceSession, lines: Sequence[ShiftLine], replaced: tuple[date, date] | None
) -> list[BaseShift]:
    days = [line.shift.start_local.date() for line in lines] + list(replaced or ())
    if not days:
        return []
    first, last = max(min(days), _FIRST), min(max(days), _LAST)
    return base_shifts(session, first - AROUND, last + AROUND)


def _spelled(lines: Iterable[ShiftLine], known_queues: dict[str, Queue]) -> list[ShiftLine]:
    """Queues as they were first written: "Billing" and "billing" are the same."""
    names = {key: row.name for key, row in known_queues.items()}
    return [
        replace(
            line, shift=replace(line.shift, queue=names.setdefault(line.shift.queue.casefold(), line.shift.queue))
        )
        if line.shift.queue
        else line
        for line in lines
    ]


def _owners(plan: ShiftPlan, roster: Mapping[str, Member]) -> Counter[UUID]:
    """How many shifts of each person the plan changes."""
    planned = [line.shift for line in plan.added] + [each.known.shift for each in plan.moved]
    planned += [each.after for each in plan.moved if each.reowned] + [each.shift for each in plan.removed]
    return Counter(roster[each.email].id for each in planned if each.email)


def _preview(
    session: WorkspaceSession,
    deps: Deps,
    lines: Sequence[ShiftLine],
    stored: Stored,
    replaced: tuple[date, date] | None,
) -> ShiftImport:
    known = [KnownShift(shift_id, as_planned(each)) for shift_id, each in stored.base.items()]
    plan = compare_shifts(known, lines, replaced)
    named = {line.shift.queue.casefold(): line.shift.queue for line in lines if line.shift.queue}
    new = sorted(named[name] for name in named.keys() - stored.queues.keys())
    # A file that clashes changes nothing.
    aftermath = Aftermath() if plan.clashes else aftermath_of(session, deps, plan, stored.roster)
    return ShiftImport(None, plan, tuple(new), left_of(lines, stored.roster), aftermath)
