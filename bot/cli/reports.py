"""What imports look like in a terminal."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.actions.imports import ImportInUse, Undone
from bot.actions.people_import import PeopleImport
from bot.actions.shifts_import import Decided, ShiftImport
from bot.domain.imports import Problem, Row
from bot.domain.people_import import Person, differing
from bot.domain.shifts_import import KnownShift, PlannedShift, ShiftLine

_THINGS = {
    "member": ("person", "people"),
    "grant": ("role", "roles"),
    "member_skill": ("skill of a person", "skills of people"),
    "shift": ("shift", "shifts"),
    "assignment": ("shift", "shifts"),
    "note": ("note", "notes"),
    "swap": ("swap", "swaps"),
    "team": ("team", "teams"),
    "department": ("department", "departments"),
    "queue": ("queue", "queues"),
    "skill": ("skill", "skills"),
    "account": ("Slack account", "Slack accounts"),
}
_TOLD = ("member", "shift")
_Line = tuple[str, Row | None, str]


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
    for clash in plan.clashes:
        lines.append(("clashing", clash.line.row, f"{_shift(clash.line.shift)} overlaps {_other(clash.other)}"))
    lines += [("note", line.row, f"{line.shift.email} has left Slack") for line in done.left]
    if done.new_queues:
        lines.append(("note", None, f"new queues: {', '.join(done.new_queues)}"))
    yield from _aligned(lines, several)
    yield (
        f"{len(plan.added)} added, {len(plan.moved)} moved, {len(plan.removed)} removed, "
        f"{len(plan.clashes)} clashing, {plan.unchanged} unchanged"
    )


def decided_report(refusal: Decided, *, several: bool) -> Iterable[str]:
    """The shifts that the file would change although something was decided about them."""
    yield "Nothing was imported: these shifts are worked otherwise than planned. Undo that first, or leave them."
    lines: list[_Line] = [
        (
            "move" if each.line else "remove",
            each.line.row if each.line else None,
            f"{_shift(each.shift.shift)}: {_numbered(each.swaps) or each.cause}",
        )
        for each in refusal.decisions
    ]
    yield from _aligned(lines, several)


def undone_report(undone: Undone) -> str:
    """What was taken back."""
    parts = [f"{_amount(count, table)} gone again" for table, count in undone.gone.items() if table in _TOLD]
    parts += [f"{_amount(count, table)} as before" for table, count in undone.restored.items() if table in _TOLD]
    return f"Import {undone.number} is undone: {', '.join(parts) or 'everything is as before'}."


def in_use_report(refusal: ImportInUse) -> Iterable[str]:
    """Why an import cannot be undone, and what to do first."""
    found = refusal.dependents
    yield f"Import {refusal.number} cannot be undone, because something depends on it. Nothing was changed."
    for table, count in found.altered.items():
        if table != "assignment":
            yield f"  {_amount(count, table)} changed since"
    reassigned = max(found.altered.get("assignment", 0), found.used.get(("shift", "assignment"), 0))
    if reassigned:
        yield f"  {_amount(reassigned, 'shift')} worked otherwise by now"
    for (table, by), count in found.used.items():
        if by != "assignment" or (table == "member" and ("member", "shift") not in found.used):
            yield f"  {_amount(count, by)} of the {_THINGS[table][1]} that it added"
    if found.swaps:
        yield f"  {_amount(len(found.swaps), 'swap')} of its shifts, waiting or in force"
    if found.taken:
        yield f"  {_amount(found.taken, 'account')} that somebody else has by now"
    if found.overlapping:
        yield f"  {_amount(found.overlapping, 'shift')} at the same time as those that would be back"
    if found.later:
        numbers = ", ".join(str(number) for number in reversed(found.later))
        yield f"Undo what came after it first: import {numbers}."
    if found.swaps:
        yield f"In Slack, have what waits withdrawn and what is in force undone first: {_numbered(found.swaps)}."
    if ("member", "swap") in found.used:
        yield "Whoever a swap names stays on the roster, because its record does."


def _aligned(lines: Sequence[_Line], several: bool) -> Iterable[str]:
    """What happens, where it stands and to what."""
    places = [(row.place if several else f"line {row.line}") if row else "" for _, row, _ in lines]
    width = max(map(len, places), default=0)
    for (what, _, text), place in zip(lines, places, strict=True):
        yield f"  {what:<8}  {place:<{width}}  {text}" if width else f"  {what:<8}  {text}"


def _short(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder=" …") if " " in text else text[:60] + "…" * (len(text) > 60)


def _amount(count: int, table: str) -> str:
    one, many = _THINGS.get(table, (table, table))
    return f"{count} {one if count == 1 else many}"


def _numbered(swaps: Iterable[int]) -> str:
    return ", ".join(f"swap {number}" for number in swaps)


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
    return f"{local:%a} {local.day} {local:%b %Y}"


def _other(other: ShiftLine | KnownShift) -> str:
    if isinstance(other, ShiftLine):
        return f"{other.row.place}: {_times(other.shift)}"
    return f"the shift that is there: {_times(other.shift)}"
