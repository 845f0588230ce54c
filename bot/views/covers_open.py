"""Opening shifts that nobody works yet: what was typed is said back, and the form asks for the rest."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from bot.domain.covers_shown import Wrong
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import local_date, local_times, span
from bot.views import forms
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.covers_form import LONGEST_NOTE, WRONG
from bot.views.formats import Formats, plain, shorten
from bot.views.forms import MISSING, MOST_OPTIONS, View, entered, field, modal, option
from bot.views.requests import work_words, zone_line

OPEN, CHANGE, BEGIN = "cover.open", "cover.open.change", "cover.open.begin"
FORM = "cover.open.form"
QUEUE, DAY, FROM, UNTIL, NUMBER, NOTE = (
    f"{FORM}.{name}" for name in ("queue", "day", "from", "until", "number", "note")
)
MOST = 20
TITLE = "Open shifts"
NO_QUEUE = "If that is a queue, there is none of that name. Pick one below."
_OF = {
    Wrong.UNKNOWN_QUEUE: QUEUE,
    Wrong.TOO_MANY: NUMBER,
    Wrong.SHIFT_BEGUN: FROM,
    Wrong.NO_LENGTH: UNTIL,
    Wrong.TOO_SHORT: UNTIL,
    Wrong.TOO_LONG: UNTIL,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Shifts to open, as far as they were typed; ``interval`` None: there is a day at most."""

    nonce: UUID
    queue: str | None = None
    day: date | None = None
    interval: Interval | None = None
    number: int = 1
    note: str = ""


def echo(wanted: Wanted, interval: Interval, formats: Formats) -> Message:
    """Asks whether that is what was meant, before anything is planned."""
    what = "this shift" if wanted.number == 1 else f"these {wanted.number} shifts"
    text = f"Open {what} and offer {'it' if wanted.number == 1 else 'them'} to whoever can work then?"
    label = "Open it" if wanted.number == 1 else f"Open {wanted.number} shifts"
    value = to_value(wanted)
    return message(
        f"{text} {work_words(interval, wanted.queue, formats)}",
        section(f"{text}\n*{work_words(interval, wanted.queue, formats)}*"),
        buttons(button(label, OPEN, value) | {"style": "primary"}, button("Change…", CHANGE, value)),
        zone_line(formats),
    )


def opened(numbers: Sequence[str]) -> Message:
    """The shifts are open."""
    text = f"Now offered: {', '.join(numbers)}. Whoever can work then is asked, a few at a time."
    return message(text, section(text))


def too_many(number: int) -> str:
    """More, or fewer, shifts were typed than are opened at once."""
    return f"{number} at once cannot be: 1 to {MOST}. Please check what I took."


def not_opened(wrong: Iterable[Wrong]) -> Message:
    """What was confirmed cannot be."""
    text = " ".join(WRONG[each] for each in wrong)
    return message(text, section(text), context("Nothing was changed."))


def open_form(wanted: Wanted, queues: Sequence[str], formats: Formats, hints: Iterable[str] = ()) -> View:
    """The form with what was typed."""
    interval, said = wanted.interval, list(hints)
    starts, ends = (
        each.astimezone(formats.zone).time() if each else None
        for each in ((interval.start, interval.end) if interval else (None, None))
    )
    day = local_date(interval.start, formats.zone) if interval else wanted.day
    blocks: list[Block] = [context("\n".join(said))] if said else []
    if queues:
        offered = [option(plain(each), _kept(each)) for each in queues[:MOST_OPTIONS]]
        chosen = _kept(wanted.queue) if wanted.queue else None
        blocks.append(field("Queue", QUEUE, forms.select(offered, chosen), optional=True))
    picker = {"type": "datepicker", **({"initial_date": day.isoformat()} if day else {})}
    blocks += [
        field("Day", DAY, picker),
        field("From", FROM, forms.time_picker(starts)),
        field("Until", UNTIL, forms.time_picker(ends), hint="A time before the start is on the day after."),
        field("How many", NUMBER, forms.number_input(wanted.number, least=1, most=MOST)),
        field("Note", NOTE, forms.paragraph_input(wanted.note, longest=LONGEST_NOTE), optional=True),
        zone_line(formats),
    ]
    kept = json.dumps({"nonce": str(wanted.nonce)})
    return modal(TITLE, *blocks, callback_id=FORM, submit="Open them", metadata=kept)


def read_form(view: View, formats: Formats) -> tuple[Wanted, dict[str, str]]:
    """What somebody has filled in, and what is missing or wrong, at its field."""
    values, nonce = entered(view), UUID(json.loads(view["private_metadata"])["nonce"])
    found = {each: MISSING for each in (DAY, FROM, UNTIL) if not values[each]}
    number = int(values[NUMBER]) if values[NUMBER] else 1
    wanted = Wanted(nonce, values.get(QUEUE), None, None, number, values[NOTE] or "")
    if found:
        return wanted, found
    start, end = (time.fromisoformat(values[each]) for each in (FROM, UNTIL))
    try:
        interval = span(*local_times(date.fromisoformat(values[DAY]), start, end), formats.zone)
    except EmptyInterval:
        return wanted, {UNTIL: WRONG[Wrong.NO_LENGTH]}
    return Wanted(nonce, wanted.queue, None, interval, number, wanted.note), {}


def errors(wrong: Iterable[Wrong]) -> dict[str, str]:
    """What is wrong, each at its field."""
    return {_OF.get(each, DAY): WRONG[each] for each in wrong}


def to_value(wanted: Wanted) -> str:
    """What a button says of the shifts to open."""
    edges = (wanted.interval.start, wanted.interval.end) if wanted.interval else ()
    stamps = "-".join(f"{each.timestamp():.0f}" for each in edges)
    return f"{wanted.nonce} {stamps} {wanted.number} {wanted.queue or ''}"


def read_value(value: str) -> Wanted:
    """The same back."""
    nonce, stamps, number, queue = value.split(" ", 3)
    start, end = (datetime.fromtimestamp(int(each), UTC) for each in stamps.split("-"))
    return Wanted(UUID(nonce), queue or None, None, Interval(start, end), int(number))


def _kept(queue: str) -> str:
    return shorten(queue, 150)
