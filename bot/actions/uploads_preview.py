"""What an uploaded table would do, or has done, through the imports of each kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.actions.activities_import import ACTIVITIES, import_activities
from bot.actions.cases_import import CASES, CasesImport, import_cases
from bot.actions.imports_aftermath import Ended, Held
from bot.actions.kpi_import import KPI, import_kpi
from bot.actions.kpi_mapping import read_rows
from bot.actions.kpi_table import find_figures
from bot.actions.people_import import PeopleImport, import_people
from bot.actions.requirements_import import PLAN, import_plan
from bot.actions.settings import preferences
from bot.actions.shifts_import import ShiftImport, import_shifts
from bot.actions.timeoff_import import LEAVE, LeaveImport, import_leave
from bot.actions.volumes_import import VOLUME, import_volumes
from bot.connectors.slack import Account
from bot.connectors.spreadsheets import Table, find_table, header
from bot.deps import Deps
from bot.domain import (
    activities_import,
    cases_import,
    kpi_columns,
    people_import,
    requirements_import,
    shifts_import,
    timeoff_import,
    volumes,
)
from bot.domain.figures import FiguresImport
from bot.domain.imports import BadFile
from bot.domain.people_import import Person, differing
from bot.domain.permissions import Actor
from bot.domain.shifts_import import Clash, Move, PlannedShift, ShiftLine
from bot.domain.uploads import (
    BalanceEntry,
    CaseEntry,
    Days,
    Entry,
    ExchangeEntry,
    PersonEntry,
    Preview,
    SeriesEntry,
    ShiftEntry,
    What,
)
from bot.domain.when import read_date

PEOPLE, SHIFTS = "people", "shifts"
_READERS = {
    PEOPLE: people_import,
    SHIFTS: shifts_import,
    VOLUME: volumes,
    PLAN: requirements_import,
    ACTIVITIES: activities_import,
    LEAVE: timeoff_import,
    CASES: cases_import,
}
KINDS = {kind: reader.REQUIRED for kind, reader in _READERS.items()}
COLUMNS = {kind: reader.COLUMNS for kind, reader in _READERS.items()} | {KPI: kpi_columns.COLUMNS}
_OF_FIGURES = {VOLUME: import_volumes, PLAN: import_plan, ACTIVITIES: import_activities}


def read_upload(deps: Deps, workspace_id: str, name: str, content: bytes) -> Table:
    """The table in a file, and of which kind it is; raises ``BadFile``.

    What is none of the others and has days and figures is one of key figures, however its columns are called.
    """
    try:
        return find_table(name, content, KINDS, COLUMNS)
    except BadFile:
        table = _key_figures(deps, workspace_id, name, content)
        if table is None:
            raise
        return table


def _key_figures(deps: Deps, workspace_id: str, name: str, content: bytes) -> Table | None:
    with deps.sessions.read(workspace_id) as session:
        try:
            table = find_figures(session, name, content)
            read = set(header(read_rows(session, table.rows)))
        except BadFile:
            return None
    return replace(table, kind=KPI) if read & set(kpi_columns.FIGURES) else None


def run_import(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    table: Table,
    accounts: Sequence[Account],
    *,
    files: str,
    replaced: Days | None,
    dry_run: bool,
) -> tuple[int | None, Preview]:
    """Takes the table over, or says what that would do, entry by entry; the import's number, if there is one.

    ``accounts`` are those of Slack, for people. Raises ``BadFile`` and, unless it is a dry run, ``Clashing``.
    """
    if table.kind == PEOPLE:
        people = import_people(deps, workspace_id, actor, table.rows, accounts, files=files, dry_run=dry_run)
        return people.number, _named(_of_people(people), table)
    if table.kind in _OF_FIGURES:
        run = _OF_FIGURES[table.kind]
        figures = run(deps, workspace_id, actor, table.rows, files=files, dry_run=dry_run)
        return figures.number, _named(_of_figures(figures), table)
    if table.kind == LEAVE:
        leave = import_leave(deps, workspace_id, actor, table.rows, files=files, dry_run=dry_run)
        return leave.number, _named(_of_leave(leave), table)
    if table.kind == CASES:
        cases = import_cases(deps, workspace_id, actor, table.rows, files=files, dry_run=dry_run)
        return cases.number, _named(_of_cases(cases), table)
    if table.kind == KPI:
        figures = import_kpi(deps, workspace_id, actor, table.rows, files=files, dry_run=dry_run)
        with deps.sessions.read(workspace_id) as session:
            read = replace(table, rows=read_rows(session, table.rows))
        return figures.number, _named(_of_figures(figures), read)
    shifts = import_shifts(
        deps,
        workspace_id,
        actor,
        table.rows,
        files=files,
        replaced=replaced,
        dry_run=dry_run,
        progress=lambda _done, _steps: None,
    )
    return shifts.number, _named(replace(preview_of(shifts), days=_days(deps, workspace_id, table)), table)


def preview_of(done: ShiftImport) -> Preview:
    """What an import of shifts does, entry by entry."""
    plan = done.plan
    entries: list[Entry] = [_clash(clash) for clash in plan.clashes]
    entries += [_ended(each) for each in done.aftermath.ended]
    entries += [_held(each) for each in done.aftermath.held]
    entries += [replace(_line(What.LEFT, line), name=name) for line, name in done.left]
    entries += [_move(move) for move in plan.moved]
    entries += [ShiftEntry(What.REMOVED, None, _without_note(known.shift)) for known in plan.removed]
    entries += [_line(What.ADDED, line) for line in plan.added]
    ended = Counter(each.kind for each in done.aftermath.ended)
    return replace(_preview(entries, plan.unchanged), new_queues=done.new_queues, ended=ended)


def _days(deps: Deps, workspace_id: str, table: Table) -> Days | None:
    """The first and the last day of a shifts file that can be read."""
    with deps.sessions.read(workspace_id) as session:
        date_order = preferences(session).date_order
    days = [day for row in table.rows if (day := read_date(row.cells["date"], date_order))]
    return (min(days), max(days)) if days else None


def _named(preview: Preview, table: Table) -> Preview:
    named = header(table.rows)
    read = tuple((name, column) for column, name in named.items() if column in COLUMNS[table.kind])
    unread = tuple(name for column, name in named.items() if name and column not in COLUMNS[table.kind])
    return replace(preview, read_columns=read, unread_columns=unread, unread_sheets=table.passed_over)


def _of_people(done: PeopleImport) -> Preview:
    plan = done.plan
    entries = [_person(What.ADDED, line.row.line, person) for line, person in plan.added]
    entries += [
        replace(_person(What.CHANGED, line.row.line, after), changes=_changes(before, after))
        for line, before, after in plan.changed
    ]
    waiting = {line.email for line in done.unlinked}
    entries += [
        _person(What.UNLINKED, line.row.line, person) for line, person in plan.added if line.email in waiting
    ]
    return _preview(entries, plan.unchanged)


def _of_figures(done: FiguresImport) -> Preview:
    """What becomes of each series, in sums: there are too many figures to show one by one."""
    whats = (What.ADDED, What.CHANGED, What.REMOVED, What.UNCHANGED)
    counts = {what: sum(getattr(each, what) for each in done.series) for what in whats}
    entries = tuple(
        SeriesEntry(what, each.name, done.kind, count, each.first, each.last)
        for each in done.series
        for what in whats[:-1]
        if (count := getattr(each, what))
    )
    return Preview(counts, entries, new_queues=done.new_queues)


def _of_leave(done: LeaveImport) -> Preview:
    entries = (
        BalanceEntry(
            What.ADDED,
            line.row.line,
            line.email,
            line.ledger,
            minutes,
            line.entry.on,
            line.entry.expires,
        )
        for line, minutes in done.entered
    )
    return _preview(entries, done.unchanged)


def _of_cases(done: CasesImport) -> Preview:
    entries = [
        CaseEntry(What.CHANGED, line.row.line, line.reference, line.said["title"], names)
        for line, names in done.changed
    ]
    entries += [CaseEntry(What.ADDED, line.row.line, line.reference, line.said["title"]) for line in done.added]
    return replace(_preview(entries, done.unchanged), new_queues=done.new_queues)


def _person(what: What, line: int, person: Person) -> PersonEntry:
    return PersonEntry(what, line, person.name, person.email, person.role)


def _changes(before: Person, after: Person) -> tuple[tuple[str, str, str], ...]:
    """What the columns said and will say; nobody reads who is exempt from what."""
    return tuple(
        (column, "", "") if column == "limits" else (column, _text(before, column), _text(after, column))
        for column in differing(before, after)
    )


def _text(person: Person, column: str) -> str:
    value = getattr(person, column)
    if isinstance(value, float):
        return f"{value:g}"
    return "; ".join(sorted(value)) if isinstance(value, frozenset) else str(value or "")


def _line(what: What, line: ShiftLine) -> ShiftEntry:
    return ShiftEntry(what, line.row.line, _without_note(line.shift))


def _move(move: Move) -> ShiftEntry:
    before, after = move.known.shift, move.after
    return ShiftEntry(
        What.MOVED, move.line.row.line, _without_note(before), _without_note(after), before.note != after.note
    )


def _clash(clash: Clash) -> ShiftEntry:
    other = clash.other
    line = other.row.line if isinstance(other, ShiftLine) else None
    return replace(_line(What.CLASHING, clash.line), other=_without_note(other.shift), other_line=line)


def _held(held: Held) -> ExchangeEntry:
    works = _without_note(held.works)
    return ExchangeEntry(What.HELD, held.line.row.line, held.kind, held.number, works, ((works, held.worker),))


def _ended(ended: Ended) -> ExchangeEntry:
    return ExchangeEntry(
        What.ENDED,
        ended.line.row.line if ended.line else None,
        ended.kind,
        ended.number,
        _without_note(ended.shift),
        tuple((_without_note(shift), worker) for shift, worker in ended.works),
        ended.parties,
        ended.why,
        _without_note(ended.beside) if ended.beside else None,
        ended.rules,
    )


def _without_note(shift: PlannedShift) -> PlannedShift:
    return replace(shift, note=None)


def _preview(entries: Iterable[Entry], unchanged: int) -> Preview:
    every = tuple(entries)
    counts = {what: sum(entry.what is what for entry in every) for what in What}
    return Preview({**counts, What.UNCHANGED: unchanged}, every)
