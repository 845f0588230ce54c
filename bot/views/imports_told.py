"""What is said of a settled swap or cover when a new schedule changes one of its shifts."""

from collections.abc import Iterable, Mapping

from bot.domain.imports_standing import Kind, Why
from bot.domain.imports_told import Outcome, Slot, SlotChange
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
    Why.BUILT_ON: "It was built on another one, which has ended.",
}
_PART_REMOVED = "That is no longer planned."
_SETTLED = {
    Kind.SWAP: ("settled swap", "settled swaps"),
    Kind.COVER: ("part taken of a cover", "parts taken of covers"),
    Kind.OPEN_SHIFT: ("part taken of an open shift", "parts taken of open shifts"),
}


def rescheduled(
    kind: Kind, number: int, outcome: Outcome, why: Why | None, changes: Iterable[SlotChange], formats: Formats
) -> Message:
    """What has become of it, ``why`` for whom that is, and who works now what it hands on."""
    reason = f" {_REASONS[why] if kind is Kind.SWAP or why is not Why.REMOVED else _PART_REMOVED}" if why else ""
    what = f"Swap {number}" if kind is Kind.SWAP else f"What was taken of {kind} {number}"
    text = f"{what} {_HEADLINES[outcome]}{reason}"
    lines = [f"• {_change(each, formats)}" for each in changes]
    zone = formats.zone.key.replace("_", " ")
    return message(" ".join([text, *lines]), *paragraphs([text, *lines]), context(f"Times in {zone}"))


def ending_words(ended: Mapping[Kind, int]) -> str:
    """That so many of each kind end, and who is told: "1 settled swap ends: …"."""
    said = [f"{ended[kind]} {words[ended[kind] != 1]}" for kind, words in _SETTLED.items() if ended.get(kind)]
    end = "ends" if sum(ended.values()) == 1 else "end"
    return f"{', '.join(said)} {end}: both people, the coordinators and the floor are told."


def _change(change: SlotChange, formats: Formats) -> str:
    before, after = (_when(each, formats) if each else "" for each in (change.before, change.after))
    if change.after is None:
        return f"{before}: no longer planned"
    when = after if before in ("", after) else f"{before} → {after}"
    if change.after.is_open:
        return f"{when}: nobody works it yet"
    return f"{when}: {f'<@{change.after.worker}>' if change.after.worker else 'its owner'} works it"


def _when(slot: Slot, formats: Formats) -> str:
    day = formats.day(local_date(slot.interval.start, formats.zone))
    queue = f" · {escape(shorten(slot.queue, 80))}" if slot.queue else ""
    return f"{day}, {formats.hours(slot.interval)}{queue}"
