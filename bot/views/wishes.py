"""The part of the form of one's own settings in which people say when they cover for others."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.domain.day_list import (
    MOST,
    BadDays,
    DayIsOver,
    NoSuchDay,
    TooManyDays,
    UnclearDay,
    WithHours,
    ranges,
    read_days,
)
from bot.domain.own import Covering
from bot.domain.when import Reading, When
from bot.domain.wishes import Asking, Times, Wish
from bot.views.blocks import Block, context, section
from bot.views.fairness import share_line
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import MOST_OPTIONS, View, changed, entered, field, option, paragraph_input, several
from bot.views.limits import limit_lines

ASKING, QUEUES, TIMES, NOT_ON, EMERGENCY = (
    f"own.form.{name}" for name in ("asking", "queues", "times", "not_on", "emergency")
)
_ASKING = {
    Asking.GLADLY: "Yes, among the first",
    Asking.UNSAID: "Yes, after those who want to be asked",
    Asking.NEVER: "No",
}
_TIMES = {
    Times.MORNINGS: "Early shifts on weekdays",
    Times.EVENINGS: "Late shifts on weekdays",
    Times.WEEKENDS: "Weekend shifts",
    Times.NIGHTS: "Night shifts, on any day",
}
_ANY_HOUR = "any hour"
_VALUE, _LONGEST, _TYPED, _SHOWN = 150, 2500, 60, 200
_TIMES_HINT = "Late shifts begin at noon or later. A night at the weekend is a night."
_DAYS_HINT = "A line each, or separated by commas, such as dec 24, jan 1, feb 3 to 14."
_EMERGENCY_HINT = (
    "When a gap is less than an hour away. Of what you chose above, only the days under “Not on” count then."
)


def wish_fields(covering: Covering, formats: Formats, reading: Reading) -> Iterator[Block]:
    """The fields with what holds now, and what belongs to it; ``reading`` is how the days will be read."""
    wish = covering.wish
    yield section(
        "*Covering for others*\nSomebody cannot work a shift, or part of one, and looks for someone who can."
    )
    asking = [option(words, each) for each, words in _ASKING.items()]
    chosen = next(each for each in asking if each["value"] == wish.asking)
    yield field("May I ask you?", ASKING, {"type": "radio_buttons", "options": asking, "initial_option": chosen})
    if queues := _queue_options(covering):
        held = [each["value"] for each in queues if each["value"].casefold() in (wish.queues or ())]
        yield field("For these queues", QUEUES, several(queues, held), optional=True, hint="Left empty: any.")
    kinds = [option(words, each) for each, words in _TIMES.items()]
    times = several(kinds, wish.times or _TIMES, kind="checkboxes")
    yield field("For these shifts", TIMES, times, hint=_TIMES_HINT)
    text = days_text(wish.not_on, formats, reading)
    yield field("Not on", NOT_ON, paragraph_input(text, longest=_LONGEST), optional=True, hint=_DAYS_HINT)
    any_hour = [option("Ask me at any hour, also in my quiet hours", _ANY_HOUR)]
    ticked = [_ANY_HOUR] if wish.at_any_hour else []
    boxes = several(any_hour, ticked, kind="checkboxes")
    yield field("In an emergency", EMERGENCY, boxes, optional=True, hint=_EMERGENCY_HINT)
    if lines := limit_lines(covering.limits, formats):
        yield context("\n".join(["Your limits, which a coordinator can change:", *lines]))
    if covering.share:
        yield context(share_line(covering.share, formats))


def read_wish(view: View) -> dict[str, Any]:
    """What was chosen, as it is kept; without the days, which are typed. Nothing where the form does not ask."""
    said = entered(view)
    if ASKING not in said:
        return {}
    times = said[TIMES]
    return {
        "asking": said[ASKING],
        "queues": said.get(QUEUES) or None,
        "times": None if len(times) == len(_TIMES) else times,
        "at_any_hour": bool(said[EMERGENCY]),
    }


def typed_days(view: View) -> str | None:
    """What was typed into the field for days; None where it is as it was."""
    return entered(view)[NOT_ON] or "" if NOT_ON in changed(view) else None


def errors(bad: BadDays, formats: Formats, today: date) -> dict[str, str]:
    """What of the days makes no sense, at its field."""
    return {NOT_ON: _wrong(bad, f"“{plain(shorten(bad.typed, _TYPED))}”", formats, today)}


def wish_lines(wish: Wish, queues: Iterable[str], formats: Formats, today: date) -> list[str]:
    """What holds from now on; ``queues`` are all that there are, by name."""
    emergency = " In an emergency I ask you at any hour." if wish.at_any_hour else ""
    if wish.asking is Asking.NEVER:
        return [f"I do not ask you to cover for others.{emergency}"]
    lines = [
        f"I ask you to cover for others{', among the first' if wish.asking is Asking.GLADLY else ''}.{emergency}"
    ]
    if wish.queues is not None:
        names = [each for each in queues if each.casefold() in wish.queues]
        lines.append(f"• Only for {escape(shorten(', '.join(names), _SHOWN)) or 'queues that are gone'}")
    if wish.times is not None:
        lines.append(f"• Only {'; '.join(_lower(_TIMES[each]) for each in Times if each in wish.times)}")
    days = [formats.days(*each, today) for each in ranges(day for day in wish.not_on if day >= today)]
    return [*lines, *([f"• Not on {shorten('; '.join(days), 2 * _SHOWN)}"] if days else [])]


def days_text(days: Iterable[date], formats: Formats, reading: Reading) -> str:
    """The days from today on, a line each, in words that mean just them when they are read again."""
    return "\n".join(_day_line(*each, formats, reading) for each in ranges(d for d in days if d >= reading.today))


def _day_line(first: date, last: date, formats: Formats, reading: Reading) -> str:
    line = formats.days(first, last, date.min)
    try:
        understood = ranges(read_days(line, reading)) == [(first, last)]
    except BadDays:
        understood = False
    return line if understood else When(first, last).typed


def _wrong(bad: BadDays, typed: str, formats: Formats, today: date) -> str:
    match bad:
        case UnclearDay(choices=choices):
            meant = " or ".join(formats.when(each, today) for each in choices[:3])
            return f"{typed} may mean {meant}. Write the date."
        case NoSuchDay(short=short) if short:
            return f"{typed} is no day: {formats.short_month(short)}."
        case WithHours():
            return f"{typed} has hours. Write whole days, such as dec 24 or feb 3 to 14."
        case DayIsOver():
            return f"{typed} is over. Write a day that is still to come."
        case TooManyDays():
            return f"{typed} makes more than {MOST} days. Choose “No” above until they are over."
    return f"I do not understand {typed}. Write days such as dec 24, jan 1 or feb 3 to 14, a line each."


def _queue_options(covering: Covering) -> Sequence[Block]:
    """The queues, the chosen ones first so that they are offered in any case."""
    chosen = covering.wish.queues or frozenset()
    names = sorted(covering.queues, key=lambda name: name.casefold() not in chosen)
    return [option(plain(name), name) for name in names if len(name) <= _VALUE][:MOST_OPTIONS]


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
