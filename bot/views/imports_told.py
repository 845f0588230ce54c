"""What is said beside the card of a settled swap when a new schedule changes one of its shifts."""

from collections.abc import Iterable

from bot.domain.imports_swaps import Why
from bot.domain.imports_told import Outcome, Slot, SlotChange
from bot.domain.swaps_shown import Audience
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, context, message, paragraphs
from bot.views.formats import Formats, escape, shorten

_HEADLINES = {
    Outcome.HOLDS: "holds on a new schedule, with a shift moved.",
    Outcome.ENDED: "has ended: a new schedule leaves no room for it.",
    Outcome.RESTORED: "is in force again: the new schedule was taken back.",
}
_REASONS = {
    Why.REMOVED: "One of its shifts is no longer planned.",
    Why.TWICE: "Somebody would have worked two shifts at once.",
    Why.RULES: "A rule stands in the way of the shift as it is now.",
    Why.BUILT_ON: "A swap that it was built on has ended.",
}


def swap_rescheduled(
    number: int,
    outcome: Outcome,
    why: Why | None,
    shifts: Iterable[SlotChange],
    audience: Audience,
    formats: Formats,
) -> Message:
    """What has become of it, for approvers also why, and who works its shifts now."""
    reason = f" {_REASONS[why]}" if why and audience is Audience.APPROVERS else ""
    text = f"Swap {number} {_HEADLINES[outcome]}{reason}"
    lines = [f"• {_change(each, formats)}" for each in shifts]
    zone = formats.zone.key.replace("_", " ")
    return message(" ".join([text, *lines]), *paragraphs([text, *lines]), context(f"Times in {zone}"))


def _change(change: SlotChange, formats: Formats) -> str:
    before, after = (_when(each, formats) if each else "" for each in (change.before, change.after))
    if change.after is None:
        return f"{before}: no longer planned"
    when = after if before in ("", after) else f"{before} → {after}"
    return f"{when}: {f'<@{change.after.worker}>' if change.after.worker else 'its owner'} works it"


def _when(slot: Slot, formats: Formats) -> str:
    day = formats.day(local_date(slot.interval.start, formats.zone))
    queue = f" · {escape(shorten(slot.queue, 80))}" if slot.queue else ""
    return f"{day}, {formats.hours(slot.interval)}{queue}"
