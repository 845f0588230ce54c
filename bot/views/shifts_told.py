"""What somebody is told whose planned shifts have changed."""

from collections.abc import Sequence

from bot.domain.shifts import ShiftChange, WorkedShift
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, context, message, paragraphs
from bot.views.formats import Formats, escape, shorten

# More lines than this nobody reads in one message.
_LINES = 20


def shifts_changed(changes: Sequence[ShiftChange], formats: Formats) -> Message:
    """The changes, old → new, in the owner's zone."""
    one = len(changes) == 1
    text = f"{'One' if one else len(changes)} of your planned shifts {'has' if one else 'have'} changed."
    lines = [_change(each, formats) for each in changes[:_LINES]]
    if len(changes) > _LINES:
        lines.append(f"… and {len(changes) - _LINES} more.")
    zone = formats.zone.key.replace("_", " ")
    return message(f"{text} {lines[0]}", *paragraphs([f"*{text}*", *lines]), context(f"Times in {zone}"))


def _change(change: ShiftChange, formats: Formats) -> str:
    before = _shift(change.before, formats) if change.before else "not planned"
    after = _shift(change.after, formats) if change.after else "no longer planned"
    return f"• {before} → {after}"


def _shift(shift: WorkedShift, formats: Formats) -> str:
    day = formats.day(local_date(shift.interval.start, formats.zone))
    queue = f" · {escape(shorten(shift.queue, 80))}" if shift.queue else ""
    return f"{day}, {formats.hours(shift.interval)}{queue}"
