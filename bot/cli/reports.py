"""What imports look like in a terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.actions.cases_import import CasesImport
from bot.actions.imports import ImportInUse, UnknownImport
from bot.actions.imports_aftermath import Ended, Held
from bot.actions.kb_import import KbImported
from bot.actions.people_import import PeopleImport
from bot.actions.shifts_import import ShiftImport
from bot.actions.timeoff_import import LeaveImport
from bot.domain.figures import FiguresImport
from bot.domain.imports import Problem, Row
from bot.domain.imports_standing import Why
from bot.domain.kb import What
from bot.domain.people_import import Person, differing
from bot.domain.shifts_import import KnownShift, PlannedShift, ShiftLine
from bot.views.findings import RULES
from bot.views.imports import in_use_lines
from bot.views.imports_told import ending_words
from bot.views.unowned import no_owner_words
from bot.views.uploads_words import FIGURES, PLANNED_FOR_NOBODY

_Line = tuple[str, Row | None, str]
_BECAME = {
    What.ADDED: "added",
    What.CHANGED: "changed",
    What.SAME: "the same",
    What.KEPT: "left as in Slack",
}


def problem_line(problem: Problem) -> str:
    """Where, what is there and what was expected."""
    place = [problem.file]
    place += [f"line {problem.line}"] if problem.line else []
    place += [f"column {problem.column}"] if problem.column else []
    found = f"“{_short(problem.found)}” is not " if problem.found else "expected "
    return f"{', '.join(place)}: {found}{problem.expected}"


def people_report(done: PeopleImport, *, full: bool, several: bool) -> Iterable[str]:
    """A line for each person who is changed or, for the ``full`` one, added, then the sums.

    Of ``several`` files each line says which.
    """
    plan = done.plan
    lines: list[_Line] = []
    if full:
        lines += [
            ("added", line.row, f"{person.name} <{person.email}>, {person.role}") for line, person in plan.added
        ]
    for line, before, after in plan.changed:
        changes = ", ".join(_difference(before, after, column) for column in differing(before, after))
        lines.append(("changed", line.row, f"{after.name}: {changes}"))
    for line in done.unlinked:
        lines.append(("note", line.row, f"no Slack account has {line.email} yet; linked when there is one"))
    yield from _aligned(lines, several)
    yield f"{len(plan.added)} added, {len(plan.changed)} changed, {plan.unchanged} unchanged"


def shifts_report(done: ShiftImport, *, full: bool, several: bool) -> Iterable[str]:
    """A line for each shift that is moved, removed or clashing or, for the ``full`` one, added, then the sums.

    Of ``several`` files each line says which.
    """
    plan = done.plan
    lines: list[_Line] = [("added", line.row, _shift(line.shift)) for line in plan.added] if full else []
    for move in plan.moved:
        before = move.known.shift
        lines.append(("moved", move.line.row, f"{_shift(before)} → {_change(before, move.after)}"))
    lines += [("removed", None, _shift(known.shift)) for known in plan.removed]
    lines += [("holds", each.line.row, _held(each)) for each in done.aftermath.held]
    for each in done.aftermath.ended:
        lines.append(("ends", each.line.row if each.line else None, _ended(each)))
        lines += [("", None, f"→ {worker or 'nobody'} works {_times(shift)}") for shift, worker in each.works]
    for clash in plan.clashes:
        lines.append(("clashing", clash.line.row, f"{_shift(clash.line.shift)} overlaps {_other(clash.other)}"))
    lines += [("note", line.row, f"{name} <{line.shift.email}> {PLANNED_FOR_NOBODY}") for line, name in done.left]
    if done.new_queues:
        lines.append(("note", None, f"new queues: {', '.join(done.new_queues)}"))
    yield from _aligned(lines, several)
    yield (
        f"{len(plan.added)} added, {len(plan.moved)} moved, {len(plan.removed)} removed, "
        f"{len(plan.clashes)} clashing, {plan.unchanged} unchanged"
    )
    if done.aftermath.ended:
        yield ending_words(Counter(each.kind for each in done.aftermath.ended))


def figures_report(done: FiguresImport) -> Iterable[str]:
    """A line for each queue, or kind of activity, then what is counted."""
    for each in done.series:
        days = _date(each.first) if each.first == each.last else f"{_date(each.first)} – {_date(each.last)}"
        sums = (("added", each.added), ("changed", each.changed), ("removed", each.removed))
        said = [f"{count:,} {what}" for what, count in (*sums, ("unchanged", each.unchanged)) if count]
        yield f"  {each.name}, {days}: {', '.join(said)}"
    if done.new_queues:
        yield f"  note      new queues: {', '.join(done.new_queues)}"
    yield f"What is counted are {FIGURES[done.kind][1]}."


def leave_report(done: LeaveImport, *, several: bool) -> Iterable[str]:
    """A line for each that changes a balance, then the sums."""
    lines: list[_Line] = [
        (
            "adjusted" if line.entry.reason else "opened",
            line.row,
            f"{line.email}, {line.ledger}: {minutes / 60:+.4g} h on {_date(line.entry.on)}",
        )
        for line, minutes in done.entered
    ]
    yield from _aligned(lines, several)
    yield f"{len(done.entered)} entered, {done.unchanged} unchanged"


def cases_report(done: CasesImport, *, full: bool, several: bool) -> Iterable[str]:
    """A line for each case that is changed or, for the ``full`` one, opened, then the sums."""
    lines: list[_Line] = [
        ("changed", line.row, f"{line.reference} “{line.said['title']}”: {', '.join(names)}")
        for line, names in done.changed
    ]
    if full:
        lines += [("opened", line.row, f"{line.reference} “{line.said['title']}”") for line in done.added]
    if done.new_queues:
        lines.append(("note", None, f"new queues: {', '.join(done.new_queues)}"))
    yield from _aligned(lines, several)
    yield f"{len(done.added)} opened, {len(done.changed)} changed, {done.unchanged} unchanged"


def kb_report(done: KbImported) -> Iterable[str]:
    """A line for each article that is otherwise than before, then the sums."""
    lines: list[_Line] = [(what, None, path) for what in (What.ADDED, What.CHANGED) for path in done.paths[what]]
    lines += [
        ("kept", None, f"{path}: edited or archived in Slack since it was imported")
        for path in done.paths[What.KEPT]
    ]
    lines += [("archived" if done.pruned else "gone", None, path) for path in done.gone]
    yield from _aligned(lines, several=False)
    if done.ignored:
        yield f"ignored on top of files: {', '.join(done.ignored)}"
    if done.strangers:
        owners = ", ".join(f"{owner} ({number})" for owner, number in done.strangers.items())
        yield f"not on the roster, so nobody owns what is theirs: {owners}"
    counts = [f"{len(done.paths[what])} {words}" for what, words in _BECAME.items()]
    yield ", ".join([*counts, f"{len(done.gone)} {'archived' if done.pruned else 'gone'}"])
    if done.gone and not done.pruned:
        yield "What is gone from the folder is still found. To archive it: the same again with --prune"


def unowned_report(number: int, prefix: str) -> str:
    """How to find somebody for what nobody works."""
    them = "it" if number == 1 else "them"
    return f"{no_owner_words(number)}. To offer {them} to others: in Slack, /{prefix}floor imports"


def unknown_report(refusal: UnknownImport) -> str:
    """Which imports there are."""
    if not refusal.newest:
        return "There is no import yet. To make one: floorwalker import people FILE"
    there = "There is only import 1." if refusal.newest == 1 else f"There are imports 1 to {refusal.newest}."
    return f"There is no import {refusal.number}. {there}"


def in_use_report(refusal: ImportInUse) -> Iterable[str]:
    """Why an import cannot be undone, and what to do first."""
    return in_use_lines(refusal.number, refusal.dependents)


def _aligned(lines: Sequence[_Line], several: bool) -> Iterable[str]:
    """What happens, where it stands and to what."""
    places = [(row.place if several else f"line {row.line}") if row else "" for _, row, _ in lines]
    width = max(map(len, places), default=0)
    for (what, _, text), place in zip(lines, places, strict=True):
        yield f"  {what:<8}  {place:<{width}}  {text}" if width else f"  {what:<8}  {text}"


def _short(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder=" …") if " " in text else text[:60] + "…" * (len(text) > 60)


def _held(held: Held) -> str:
    planned = f"planned for {held.works.email or 'nobody'}"
    return f"{held.kind} {held.number}: {held.worker} works {_times(held.works)}, {planned}"


def _ended(ended: Ended) -> str:
    return f"{ended.kind} {ended.number} of {' and '.join(ended.parties)}: {_reason(ended)}"


def _reason(ended: Ended) -> str:
    match ended.why:
        case Why.REMOVED:
            return f"{_shift(ended.shift)} is no longer planned"
        case Why.TWICE if ended.beside:
            return f"{_shift(ended.shift)} is at the same time as {_shift(ended.beside)}"
        case Why.RULES:
            rules = ", ".join(RULES[rule] for rule in ended.rules)
            return f"{_shift(ended.shift)} goes against a rule for whoever works it ({rules})"
    return f"it was built on one that ends, with {_shift(ended.shift)}"


def _difference(before: Person, after: Person, column: str) -> str:
    if column == "limits":
        return "limits changed"  # which ones is not for everybody who reads the report
    return f"{column} {_value(before, column)} → {_value(after, column)}"


def _value(person: Person, column: str) -> str:
    value = getattr(person, column)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, frozenset):
        return "; ".join(sorted(value)) or "none"
    return "none" if value is None else str(value)


def _shift(shift: PlannedShift) -> str:
    queue = f", {shift.queue}" if shift.queue else ""
    return f"{shift.email or 'open shift'} {_times(shift)}{queue}"


def _change(before: PlannedShift, after: PlannedShift) -> str:
    changes = [_times(after)] if _times(before) != _times(after) else []
    changes += [after.timezone] if before.timezone != after.timezone else []
    changes += [after.queue or "no queue"] if before.queue != after.queue else []
    changes += ["another note"] if before.note != after.note else []
    return ", ".join(changes)


def _times(shift: PlannedShift) -> str:
    return f"{_day(shift.start_local)} {shift.start_local:%H:%M}–{shift.end_local:%H:%M}"


def _day(local: datetime) -> str:
    return _date(local.date())


def _date(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _other(other: ShiftLine | KnownShift) -> str:
    if isinstance(other, ShiftLine):
        return f"{other.row.place}: {_times(other.shift)}"
    return f"the shift that is there: {_times(other.shift)}"
