"""Takes a file of leave over, whole or not at all: opening balances, and adjustments with a reason."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from bot.actions.imports import begin
from bot.actions.notes import write_note
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.actions.timeoff import Ledgers, ledgers_of, settle
from bot.deps import Deps
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.permissions import Actor, Deed
from bot.domain.timeoff_due import Plan, due
from bot.domain.timeoff_entries import adjusted, opened
from bot.domain.timeoff_import import Holder, LeaveEntry, read_leave_file
from bot.domain.timeoff_ledger import Book
from bot.domain.timeoff_statement import balance
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.people import member, members
from storage.tables import Member
from storage.timeoff import reasons, write

LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class LeaveImport:
    """What an import of leave enters, or has entered: then it has a number, unless there was nothing to enter.

    ``entered`` are the lines that change a ledger, each with the minutes by which it does.
    """

    number: int | None
    entered: tuple[tuple[LeaveEntry, int], ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What one line does to a ledger."""

    line: LeaveEntry
    before: Book
    after: Book

    @property
    def minutes(self) -> int:
        """By how much."""
        return sum(each.minutes for each in self.after.lines[len(self.before.lines) :])


def import_leave(
    deps: Deps, workspace_id: str, actor: Actor, rows: Sequence[Row], *, files: str, dry_run: bool
) -> LeaveImport:
    """Enters the lines. Raises ``BadFile`` and ``NotPermitted``; a dry run writes nothing.

    A balance that is so already, and an adjustment that was entered by a file before, change nothing.
    """
    actor.require(Deed.ADJUST_BALANCE)
    with (deps.sessions.read if dry_run else deps.sessions.write)(workspace_id) as session:
        people = {row.email: row for row in members(session)}
        found = ledgers_of(session, deps, people.values())
        kept = {email: found[row.id] for email, row in people.items()}
        holders = {email: _holder(ledgers) for email, ledgers in kept.items() if ledgers.kinds}
        lines = read_leave_file(rows, preferences(session).date_order, holders)
        _refuse_own(session, actor, lines)
        kept |= _reaching_back(session, deps, people, lines)
        steps = list(_steps(session, deps, lines, kept))
        entered = tuple((each.line, each.minutes) for each in steps)
        if dry_run or not steps:
            return LeaveImport(None, entered, len(lines) - len(steps))
        entry, recorder = begin(session, deps, actor, LEAVE, files)
        _write(session, deps, actor, entry.number, recorder, steps, kept)
        recorder.finish()
        return LeaveImport(entry.number, entered, len(lines) - len(steps))


def _refuse_own(session: WorkspaceSession, actor: Actor, lines: Iterable[LeaveEntry]) -> None:
    """Nobody puts their own balance right, by a file either."""
    own = member(session, actor.member_id) if actor.member_id else None
    expected = "somebody else: nobody puts their own balance right"
    problems = [
        Problem(line.row.file, line.row.line, line.row.heading("email"), line.email, expected)
        for line in lines
        if own and line.email == own.email
    ]
    if problems:
        raise BadFile(problems)


def _reaching_back(
    session: WorkspaceSession, deps: Deps, people: Mapping[str, Member], lines: Iterable[LeaveEntry]
) -> dict[str, Ledgers]:
    """The ledgers of those whom the lines name, from the first day that they name on."""
    since: dict[UUID, date] = {}
    for line in lines:
        member_id = people[line.email].id
        since[member_id] = min(line.entry.on, since.get(member_id, line.entry.on))
    named = [row for row in people.values() if row.id in since]
    found = ledgers_of(session, deps, named, since)
    return {row.email: found[row.id] for row in named}


def _holder(ledgers: Ledgers) -> Holder:
    return Holder(ledgers.kinds, ledgers.today, ledgers.day_minutes)


def _steps(
    session: WorkspaceSession, deps: Deps, lines: Iterable[LeaveEntry], kept: Mapping[str, Ledgers]
) -> Iterator[_Step]:
    """What each line does, in the order in which the lines of a ledger are to be entered."""
    by_ledger: defaultdict[tuple[str, str], list[LeaveEntry]] = defaultdict(list)
    for line in lines:
        by_ledger[line.email, line.ledger].append(line)
    for (email, name), of_ledger in by_ledger.items():
        ledgers = kept[email]
        known = _entered_before(session, ledgers.member_id)
        book = ledgers.stored.get(name, Book())
        plan = ledgers.plan(name, book, min(each.entry.on for each in of_ledger))
        for line in sorted(of_ledger, key=_order):
            before = due(book, plan, line.entry.on, line.entry.on, deps.new_id)
            book = _entered(before, line, of_ledger, plan, deps, known)
            if book != before:
                yield _Step(line, before, book)


def _order(line: LeaveEntry) -> tuple[date, bool, bool]:
    """What expires before the whole balance, of which it is a part, and that before what changes it."""
    return line.entry.on, bool(line.entry.reason), line.is_whole_balance


def _entered(
    before: Book, line: LeaveEntry, lines: Iterable[LeaveEntry], plan: Plan, deps: Deps, known: Counter[object]
) -> Book:
    if line.entry.reason:
        after = adjusted(before, line.entry, deps.new_id)
        last = after.lines[-1]
        is_known = known[last.lot, last.day, last.minutes, line.entry.reason] > 0
        return before if is_known else after
    same_day = (each.entry for each in lines if each.entry.on == line.entry.on and not each.entry.reason)
    parts = tuple(each for each in same_day if each.expires) if line.is_whole_balance else ()
    return opened(before, (line.entry, *parts), plan, deps.new_id)


def _entered_before(session: WorkspaceSession, member_id: UUID) -> Counter[object]:
    """How often each line with a reason was entered and not taken back."""
    found: Counter[object] = Counter()
    for lot, day, minutes, reason in reasons(session, [member_id]):
        found[lot, day, minutes, reason] += 1
        found[lot, day, -minutes, reason] -= 1
    return found


def _write(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    number: int,
    recorder: Recorder,
    steps: Iterable[_Step],
    kept: Mapping[str, Ledgers],
) -> None:
    for (email, name), of_ledger in groupby(steps, key=lambda each: (each.line.email, each.line.ledger)):
        ledgers = kept[email]
        key, written = (ledgers.member_id, name), ledgers.stored.get(name, Book())
        for step in of_ledger:
            write(session, key, written, step.before, deps.clock(), deps.new_id)
            note_id = write_note(session, deps, actor.member_id, step.line.entry.reason)
            for line in write(session, key, step.before, step.after, deps.clock(), deps.new_id, note_id):
                recorder.add(line)
            written = step.after
        balanced = settle(session, deps, ledgers, name, written)
        was = balance(ledgers.books.get(name, Book()), ledgers.today)
        said = {"ledger": name, "minutes": balanced - was, "import": number}
        record(session, deps, actor, "timeoff.import", ("member", ledgers.member_id), None, said)
