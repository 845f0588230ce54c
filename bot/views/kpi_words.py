"""Key figures in words: values, changes, targets, and why there is no value."""

import re
from datetime import timedelta

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from bot.domain.kpi import DEFINITIONS, UNNAMED_SOURCE, Better, Cut, Figure, Missing, Reading, Split, Unit
from bot.domain.kpi_periods import Span
from bot.views.formats import Formats, amount, duration

_MINUTE = 60
_NOWHERE = {
    Split.QUEUE: "in no queue",
    Split.CHANNEL: "by no channel",
    Split.TEAM: "of no team",
    Split.MEMBER: "of nobody",
}
NO_CHANGE = "no change"
# So many days without a value are named; of more it is said how many are left.
MOST_SILENT = 5
# To which values are rounded where they are read, as they are stored.
_DIGITS = {Unit.SHARE: 3, Unit.DAYS: 1}
# Of one without: "deadlines", "promised times", "hours needed".
_PLURAL = re.compile(r"s\b")


def value_words(figure: Figure, value: float, formats: Formats) -> str:
    """A value with its unit: "86.0 %", "5 min 12 s", "1,060", "2.5 days"; of NPS with its sign."""
    match DEFINITIONS[figure].unit:
        case Unit.SHARE:
            return amount(_number(value * 100, 1, formats), "%")
        case Unit.SECONDS:
            return _seconds(value)
        case Unit.POINTS:
            return f"{'+' if value > 0 else ''}{_number(value, 0, formats)}"
        case Unit.DAYS:
            return amount(_number(value, 1, formats), "days")
        case Unit.COUNT:
            return _number(value, 0, formats)


def change_words(figure: Figure, change: float, formats: Formats) -> str:
    """A change with an arrow: "▲ 2.1 points", "▼ 12 s", "no change"."""
    words = _size(figure, abs(change), formats)
    return amount("▲" if change > 0 else "▼", words) if any(each in "123456789" for each in words) else NO_CHANGE


def since_words(figure: Figure, now: float, then: float, formats: Formats) -> str:
    """A change between two values, as whoever reads both reckons it."""
    digits = _DIGITS.get(DEFINITIONS[figure].unit, 0)
    return change_words(figure, round(now, digits) - round(then, digits), formats)


def judged_words(figure: Figure, change: float) -> str:
    """Whether a change is for the better; nothing where neither direction is."""
    better = DEFINITIONS[figure].better
    if better is Better.NEITHER or not change:
        return ""
    return "better" if (change > 0) == (better is Better.UP) else "worse"


def target_words(reading: Reading, formats: Formats) -> str:
    """Whether the target is met, by a mark and in words; nothing where there is none."""
    if reading.target is None or reading.met is None:
        return ""
    target = value_words(reading.figure, reading.target, formats)
    return f"✓ target {target} met" if reading.met else f"✗ target {target} missed"


def count_words(reading: Reading, formats: Formats) -> str:
    """Of how many a figure is made."""
    number, counts = _number(reading.n, 0, formats), DEFINITIONS[reading.figure].counts
    return f"{number} {_PLURAL.sub('', counts) if number == '1' else counts}"


def part_words(label: str, split: Split | None) -> str:
    """What a part is of; of what belongs to none that."""
    if split is Split.SOURCE:
        return source_words(label)
    return label or (_NOWHERE.get(split, "other") if split else "")


def source_words(source: str) -> str:
    """Where a figure is from."""
    return "a file" if source == UNNAMED_SOURCE else source


def measured_words(days: int, span: Span, cut: Cut) -> str:
    """On how many days of a period something was measured, for a part of the floor be it of another part."""
    return f"measured{'' if cut == Cut() else ' anywhere'} on {days} of {span.length} days"


def missing_words(reading: Reading, formats: Formats) -> str:
    """Why there is no value."""
    if reading.too_few:
        return f"too few to say ({count_words(reading, formats)})"
    if reading.missing is Missing.NOT_YET and reading.published_on:
        return f"known from {formats.day(reading.published_on)} on"
    return (reading.missing or Missing.NOTHING).value


def span_words(span: Span, formats: Formats) -> str:
    """The days of a period, with the year; a whole month by its name."""
    if span.is_month:
        return format_skeleton("yMMMM", span.starts, locale=formats.locale)
    first, last = formats.day(span.starts), formats.day(span.last)
    return f"{first} {span.last.year}" if span.length == 1 else f"{first} – {last} {span.last.year}"


def _size(figure: Figure, size: float, formats: Formats) -> str:
    match DEFINITIONS[figure].unit:
        case Unit.SHARE:
            return amount(_number(size * 100, 1, formats), "points")
        case Unit.POINTS:
            return amount(_number(size, 0, formats), "point" if round(size) == 1 else "points")
    return value_words(figure, size, formats)


def _seconds(value: float) -> str:
    whole = round(value)
    if whole < _MINUTE:
        return amount(f"{whole}", "s")
    minutes, seconds = divmod(whole, _MINUTE)
    if minutes >= _MINUTE:
        return duration(timedelta(seconds=whole))
    return amount(f"{minutes}", "min") + (f" {amount(f'{seconds}', 's')}" if seconds else "")


def _number(value: float, digits: int, formats: Formats) -> str:
    shape = "#,##0." + "0" * digits if digits else "#,##0"
    return str(format_decimal(value, shape, locale=formats.locale))
