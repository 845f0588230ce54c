"""What happens to shifts and people, what is wrong with a file, and what hinders, in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.imports import Problem
from bot.domain.imports_headings import compared
from bot.domain.imports_standing import Why
from bot.domain.shifts import Somebody
from bot.domain.shifts_import import PlannedShift
from bot.domain.uploads import (
    BalanceEntry,
    CaseEntry,
    Entry,
    ExchangeEntry,
    PersonEntry,
    Preview,
    Remark,
    SeriesEntry,
    ShiftEntry,
    UploadShown,
    What,
)
from bot.views.findings import RULES
from bot.views.formats import Formats, escape, person, shorten
from bot.views.imports import BEGUN
from bot.views.timeoff_words import hours_words

# Said of somebody who has left and for whom shifts are planned nevertheless.
PLANNED_FOR_NOBODY = "has left Slack: nobody works what is planned for them until it is given to somebody"
_TEXT, _CHANGES = 60, 4
Names = Mapping[str, Somebody]
"""People by their e-mail address."""
# What is counted of a file of figures.
FIGURES = {
    "volume": ("interval", "intervals"),
    "plan": ("quarter of an hour", "quarters of an hour"),
    "activities": ("time", "times"),
    "figures": ("figure of a day", "figures of days"),
}
# What is done, and how it is called before.
_DEEDS = {What.ADDED: "add", What.CHANGED: "change", What.MOVED: "move", What.REMOVED: "remove"}
_SUMS = (*_DEEDS, What.CLASHING, What.UNCHANGED)
_REMARKS = {
    Remark.BEGUN: BEGUN,
    Remark.CHANGED: "Something has changed since the preview, so nothing was applied. This is how it is now.",
    Remark.MAY_NOT: "Only coordinators and managers import spreadsheets. Ask one of them.",
    Remark.NO_SCOPE: "I may not read files: the app lacks the scope `files:read`, or has to be installed again.",
    Remark.NO_FILE: "Slack has no such file for me: it was deleted, or is a link. Download it, and drop it here.",
    Remark.TOO_LARGE: "It is larger than 5 MB. Split it, and drop the parts here.",
    Remark.SLACK_AWAY: "Slack does not answer me as it should. Please try again later.",
}


def count_words(preview: Preview, *, done: bool) -> str:
    """The sums: "3 to add, 1 to move, 12 unchanged", or, once it is ``done``, "3 added, 1 moved, 12 unchanged"."""
    said = [
        f"{preview.counts[what]} {what if done or what not in _DEEDS else f'to {_DEEDS[what]}'}"
        for what in _SUMS
        if preview.counts.get(what)
    ]
    return ", ".join(said) or "There are no lines below the header."


def column_words(heading: str, column: str) -> str:
    """A column by its heading, and which of ours it is where that is not plain: "Datum (date)"."""
    name = escape(shorten(heading, _TEXT))
    return name if compared(heading) == compared(column) else f"{name} ({column.replace('_', ' ')})"


def entry_words(entry: Entry, formats: Formats, today: date) -> str:
    """One shift or person: through which line, and what happens."""
    if isinstance(entry, SeriesEntry):
        return deed_words(entry, formats, today)
    place = f"Line {entry.line}" if entry.line is not None else "Not in the file"
    return f"{place}: {deed_words(entry, formats, today)}"


def deed_words(entry: Entry, formats: Formats, today: date, names: Names = MappingProxyType({})) -> str:
    """What happens to one shift or person; people go by e-mail address unless there are ``names``."""
    match entry:
        case PersonEntry():
            return _person(entry)
        case ShiftEntry():
            return _shift(entry, formats, today, names)
        case SeriesEntry():
            return _series(entry, formats, today)
        case BalanceEntry():
            return _balance(entry, formats, today)
        case CaseEntry():
            return _case(entry)
    return _exchange(entry, formats, today, names)


def planned_words(shift: PlannedShift, formats: Formats, today: date) -> str:
    """Day, hours and queue of a shift of the base, on the wall of its own zone."""
    queue = f" · {escape(shorten(shift.queue, _TEXT))}" if shift.queue else ""
    return f"{times_words(shift, formats, today)}{queue}"


def times_words(shift: PlannedShift, formats: Formats, today: date) -> str:
    """On the wall of the shift's own zone, which is named where it is not the reader's."""
    there = replace(formats, zone=ZoneInfo(shift.timezone))
    zone = "" if there.zone.key == formats.zone.key else f" ({shift.timezone.replace('_', ' ')})"
    return f"{formats.day(shift.start_local.date(), today)}, {there.hours(shift.interval)}{zone}"


def problem_words(problem: Problem) -> str:
    """Where it stands, what is there and what was expected."""
    place = [f"Line {problem.line}"] if problem.line else []
    place += [f"column {escape(shorten(problem.column, _TEXT))}"] if problem.column else []
    said = f"“{escape(shorten(problem.found, _TEXT))}” is not " if problem.found else "expected "
    text = f"{said}{escape(shorten(problem.expected, 300))}"
    return f"• {', '.join(place)}: {text}" if place else f"• {text[0].upper()}{text[1:]}"


def remark_words(shown: UploadShown) -> list[str]:
    """What is to be said beside where it stands."""
    match shown.remark:
        case None:
            return []
        case Remark.FAILED:
            reference = (
                f" If it happens again, tell this reference: `{shown.reference}`" if shown.reference else ""
            )
            return [f"Something went wrong on my side, and nothing was changed. Please try again.{reference}"]
        case Remark.IN_USE:
            return [line.replace("  ", "• ", 1) if line.startswith("  ") else line for line in shown.in_the_way]
    return [_REMARKS[shown.remark]]


def _series(entry: SeriesEntry, formats: Formats, today: date) -> str:
    one, many = FIGURES[entry.kind]
    count = f"{entry.count:,} {one if entry.count == 1 else many}"
    days = formats.days(entry.first, entry.last, today)
    return f"{_DEEDS[entry.what]} {escape(shorten(entry.name, _TEXT))}: {count}, {days}"


def _balance(entry: BalanceEntry, formats: Formats, today: date) -> str:
    whose = f"{escape(shorten(entry.email, _TEXT))}, {escape(shorten(entry.ledger, _TEXT))}"
    until = f", to be taken by {formats.day(entry.expires, today)}" if entry.expires else ""
    return f"{whose}: {hours_words(entry.minutes)} on {formats.day(entry.on, today)}{until}"


def _case(entry: CaseEntry) -> str:
    which = f"{escape(shorten(entry.reference, _TEXT))} “{escape(shorten(entry.title, _TEXT))}”"
    if entry.what is What.ADDED:
        return f"open {which}"
    return f"change {which}: {', '.join(entry.changes)}"


def _person(entry: PersonEntry) -> str:
    whom = _whom(entry.name, entry.email)
    match entry.what:
        case What.ADDED:
            return f"add {whom}, {entry.role}"
        case What.UNLINKED:
            return f"{whom} has no Slack account yet, and is linked when there is one"
    changes = [_change(*change) for change in entry.changes[:_CHANGES]]
    changes += [f"and {len(entry.changes) - _CHANGES} more"] if len(entry.changes) > _CHANGES else []
    return f"change {whom}: {', '.join(changes)}"


def _whom(name: str, email: str) -> str:
    return f"{escape(shorten(name, _TEXT))} ({escape(shorten(email, _TEXT))})"


def _change(column: str, before: str, after: str) -> str:
    name = column.replace("_", " ")
    if not (before or after):
        return f"{name} changed"
    return f"{name} {_value(before)} → {_value(after)}"


def _value(text: str) -> str:
    return escape(shorten(text, 40)) or "nothing"


def _shift(entry: ShiftEntry, formats: Formats, today: date, names: Names) -> str:
    shift = _planned(entry.shift, formats, today, names)
    match entry.what:
        case What.MOVED:
            return f"move {shift} → {_difference(entry, formats, today, names)}"
        case What.CLASHING:
            other = times_words(entry.other, formats, today) if entry.other else "another shift"
            where = f"line {entry.other_line}" if entry.other_line else "the shift that is there"
            return f"{shift} overlaps {where}: {other}"
        case What.LEFT:
            return f"{_left(entry, names)} {PLANNED_FOR_NOBODY}"
    return f"{_DEEDS[entry.what]} {shift}"


def _exchange(entry: ExchangeEntry, formats: Formats, today: date, names: Names) -> str:
    works = "; ".join(
        f"{_who(worker, names, 'nobody')} works {planned_words(shift, formats, today)}"
        for shift, worker in entry.works
    )
    if entry.what is What.HELD:
        return f"{entry.kind} {entry.number} holds: {works}"
    parties = " and ".join(_who(email, names) for email in entry.parties)
    then = f". From then on {works}" if works else ""
    return f"{entry.kind} {entry.number} of {parties} ends: {_reason(entry, formats, today, names)}{then}"


def _reason(entry: ExchangeEntry, formats: Formats, today: date, names: Names) -> str:
    leg = _planned(entry.leg, formats, today, names)
    match entry.why:
        case Why.REMOVED:
            return f"{leg} is no longer planned"
        case Why.TWICE if entry.beside:
            return f"{leg} is at the same time as {_planned(entry.beside, formats, today, names)}"
        case Why.RULES:
            rules = ", ".join(RULES[rule] for rule in entry.rules)
            return f"{leg} goes against a rule for whoever works it ({rules})"
    return f"it was built on one that ends, with {leg}"


def _planned(shift: PlannedShift, formats: Formats, today: date, names: Names) -> str:
    return f"{_who(shift.email, names)}, {planned_words(shift, formats, today)}"


def _difference(entry: ShiftEntry, formats: Formats, today: date, names: Names) -> str:
    before, after = entry.shift, entry.after or entry.shift
    changes = [_who(after.email, names)] if before.email != after.email else []
    times = times_words(after, formats, today)
    changes += [times] if times != times_words(before, formats, today) else []
    if before.queue != after.queue:
        changes.append(escape(shorten(after.queue, _TEXT)) if after.queue else "no queue")
    changes += ["another note"] if entry.new_note else []
    return ", ".join(changes)


def _who(email: str | None, names: Names, nobody: str = "an open shift") -> str:
    if email and email in names:
        return person(names[email])
    return escape(shorten(email or nobody, _TEXT))


def _left(entry: ShiftEntry, names: Names) -> str:
    email = entry.shift.email or ""
    return person(names[email]) if email in names else _whom(entry.name, email)
