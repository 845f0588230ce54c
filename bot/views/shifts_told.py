"""What somebody is told whose planned shifts have changed."""

from collections.abc import Sequence
from datetime import date

from bot.domain.shifts import ShiftChange, Somebody, WorkedShift
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, shorten

# More lines than this nobody reads in one message.
_LINES = 20


def shifts_changed(changes: Sequence[ShiftChange], formats: Formats) -> Message:
    """The changes, old → new, in the reader's zone; whose it was and is where that changes."""
    text = _headline(changes)
    lines = [_change(each, formats) for each in changes[:_LINES]]
    if len(changes) > _LINES:
        lines.append(f"… and {len(changes) - _LINES} more.")
    zone = formats.zone.key.replace("_", " ")
    return message(f"{text} {lines[0]}", *paragraphs([f"*{text}*", *lines]), context(f"Times in {zone}"))


def schedule_published(
    first: date, last: date, shifts: int, formats: Formats, command: str, *, taken_back: bool
) -> Message:
    """The schedule goes further than it did: for which days, and how everybody finds theirs."""
    days = formats.days(first, last)
    if taken_back:
        return message(f"The schedule for {days} was taken back. Your coordinators know what comes instead.")
    count = "1 shift" if shifts == 1 else f"{shifts} shifts"
    text = f"The schedule for {days} is out: {count}."
    typed = " to ".join(f"{each.day} {each:%b}" for each in (first, last))
    return message(text, section(text), context(f"Yours: `{command} {typed.lower()}`"))


def _headline(changes: Sequence[ShiftChange]) -> str:
    if len(changes) > 1:
        return f"{len(changes)} of your planned shifts have changed."
    if changes[0].handed_on:
        return "A planned shift has changed hands."
    return "One of your planned shifts has changed."


def _change(change: ShiftChange, formats: Formats) -> str:
    before = _shift(change.before, formats) if change.before else "not planned"
    after = _shift(change.after, formats) if change.after else "no longer planned"
    if not change.handed_on:
        return f"• {before} → {after}"
    owners = " → ".join(_owner(each.worker) for each in (change.before, change.after) if each)
    return f"• {before if before == after else f'{before} → {after}'}: {owners}"


def _owner(owner: Somebody | None) -> str:
    if owner is None:
        return "nobody"
    return person(owner) or "a colleague"


def _shift(shift: WorkedShift, formats: Formats) -> str:
    day = formats.day(local_date(shift.interval.start, formats.zone))
    queue = f" · {escape(shorten(shift.queue, 80))}" if shift.queue else ""
    return f"{day}, {formats.hours(shift.interval)}{queue}"
