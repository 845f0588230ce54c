"""Reads clock times and spans of them: 9:30, 9am, 17h, 9 uhr, noon; 9-5, 22-6, 1pm-3."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from enum import Enum

from bot.domain.when_dates import YEARS
from bot.domain.when_meaning import DayPart
from bot.domain.when_tokens import Line
from bot.domain.when_vocabulary import Vocabulary

HALF_DAY = 12 * 60
DAY = 2 * HALF_DAY

_USUALLY_AFTERNOON = range(1 * 60, 7 * 60)  # who types 1 to 6 may well mean 13 to 18
_BEGINS = {  # the minutes in which a time said to be of this part begins
    DayPart.MORNING: range(HALF_DAY),
    DayPart.AFTERNOON: range(HALF_DAY, 18 * 60),
    DayPart.EVENING: range(16 * 60, DAY),
    DayPart.NIGHT: range(17 * 60, DAY + 6 * 60),
}


class Style(Enum):
    """How a clock time was written."""

    FACE = "9:30"  # either half of the day
    HALF = "9:30 am"
    FULL = "09:30"  # of 24 hours: from 13 on, with a zero in front, or with an h


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written: `minutes` after midnight, up to 24:00.

    `bare` is a number alone, which may as well be a day or a year; `clear` is what can only be a time.
    """

    minutes: int
    style: Style
    bare: bool = False
    clear: bool = True

    @property
    def halves(self) -> tuple["Clock", ...]:
        """The times it can be, in either half of the day."""
        if self.style is not Style.FACE:
            return (self,)
        other = (self.minutes + HALF_DAY) % DAY
        return replace(self, style=Style.HALF), replace(self, minutes=other, style=Style.HALF)


Span = tuple[time | None, time | None]


@dataclass(frozen=True, slots=True)
class Hours:
    """The times of day that a phrase can mean, the likeliest first, or only a part of the day."""

    choices: tuple[Span, ...] = ((None, None),)
    part: DayPart | None = None
    clear: bool = True


def clock_times(line: Line, at: int, words: Vocabulary) -> Iterator[tuple[Clock, int]]:
    """Each clock time that starts at `at` and where it ends."""
    for hour, end in line.named(words.clocks, at):
        yield Clock(hour * 60, Style.HALF), end
    digits = line.digits(at)
    if len(digits) == 4:
        yield from _compact(line, at, words, digits)
    elif 0 < len(digits) <= 2:
        yield from _of_the_hour(line, at, words, digits)


def _compact(line: Line, at: int, words: Vocabulary, digits: str) -> Iterator[tuple[Clock, int]]:
    """0930, 1400 hrs."""
    minutes = _minutes(digits[:2], digits[2:])
    if minutes is not None:
        for end in {line.past(words.oclock, at + 1), at + 1}:
            followed = end > at + 1
            bare = int(digits) in YEARS and not followed
            yield Clock(minutes, Style.FULL, bare=bare, clear=digits[0] == "0" or followed), end


def _of_the_hour(line: Line, at: int, words: Vocabulary, hour: str) -> Iterator[tuple[Clock, int]]:
    """9, 9:30, 9.30 and what may follow: am, h, uhr, o'clock."""
    if line.mark(at + 1, ":.", glued=True) and len(minute := line.digits(at + 2, glued=True)) == 2:
        end = at + 3
        if line.mark(end, ":", glued=True) and line.digits(end + 1, glued=True) == "00":
            end += 2
        written = Clock(0, Style.FACE, clear=line.mark(at + 1, ":"))
        yield from _followed(line, end, words, hour, minute, written)
    else:
        yield from _followed(line, at + 1, words, hour, "", Clock(0, Style.FACE, bare=True, clear=False))


def _followed(
    line: Line, at: int, words: Vocabulary, hour: str, minute: str, written: Clock
) -> Iterator[tuple[Clock, int]]:
    minutes = _minutes(hour, minute or "00")
    for half, end in line.named(words.meridiems, at):
        if minutes is not None and 1 <= int(hour) <= 12:
            afternoon = HALF_DAY if half == "pm" else 0
            yield Clock(minutes % HALF_DAY + afternoon, Style.HALF), end
    for style, end in line.named(words.oclock, at):
        later = "" if minute else line.digits(end)
        extended = _minutes(hour, later) if len(later) == 2 else None
        if extended is not None:
            yield Clock(extended, _style(hour, style)), end + 1
        if minutes is not None:
            yield Clock(minutes, _style(hour, style)), end
    if minutes is not None:
        yield replace(written, minutes=minutes, style=_style(hour, "12")), at


def _style(hour: str, of: str) -> Style:
    full = of == "24" or int(hour) > 12 or hour.startswith("0")
    return Style.FULL if full else Style.FACE


def _minutes(hour: str, minute: str) -> int | None:
    minutes = int(hour) * 60 + int(minute)
    return minutes if int(minute) < 60 and minutes <= DAY else None


def spans(line: Line, at: int, words: Vocabulary) -> Iterator[tuple[Hours, int]]:
    """Each span of two clock times that starts at `at`."""
    for start, middle in clock_times(line, at, words):
        for _, second in line.named(words.to, middle):
            for end, after in clock_times(line, line.past(words.leading, second), words):
                choices = between(start, end)
                if choices:
                    yield Hours(choices, clear=start.clear or end.clear), after


def single_times(line: Line, at: int, words: Vocabulary, *, after_at: bool) -> Iterator[tuple[Hours, int]]:
    """Each clock time alone that starts at `at`; a bare number is one only `after_at`."""
    for start, end in clock_times(line, at, words):
        if start.minutes < DAY and (after_at or not start.bare):
            halves = start.halves[::-1] if start.minutes in _USUALLY_AFTERNOON else (start,)
            choices = tuple((to_time(half.minutes), None) for half in halves)
            yield Hours(choices, clear=start.clear or after_at), end


def times_within(part: DayPart, line: Line, at: int, words: Vocabulary) -> Iterator[tuple[Hours, int]]:
    """Each span or single time at `at` that begins in `part` of the day."""
    window = _BEGINS.get(part, range(0))
    for start, middle in clock_times(line, at, words):
        halves = [half for half in start.halves if {half.minutes, half.minutes + DAY} & set(window)]
        for _, second in line.named(words.to, middle):
            for end, after in clock_times(line, line.past(words.leading, second), words):
                choices = tuple(choice for half in halves for choice in between(half, end))
                if choices:
                    yield Hours(choices), after
        if halves:
            yield Hours(tuple((to_time(half.minutes), None) for half in halves)), middle


def between(start: Clock, end: Clock) -> tuple[tuple[time, time], ...]:
    """What a span can mean, the likeliest first; nothing where it would start at 24:00."""
    first, last = start.minutes, end.minutes
    if first == DAY:
        return ()
    pairs = [(first, last)]
    match start.style, end.style:
        case Style.FACE, Style.FACE:
            pairs = _on_the_face(first, last)
        case Style.FACE, Style.HALF:
            pairs = [(last - _turn(first, last), last)]
        case Style.HALF, Style.FACE:
            pairs = [(first, first + _turn(first, last))]
        case Style.FULL, Style.FACE if last <= first <= HALF_DAY:
            pairs = [(first, last + HALF_DAY)]
    return tuple((to_time(a), to_time(b)) for a, b in pairs)


def _on_the_face(first: int, last: int) -> list[tuple[int, int]]:
    """9-5, 10-2: an end that is not later means the afternoon. 2-4 is as likely in the afternoon as at night."""
    pairs = [(first, last if last > first else last + HALF_DAY)]
    if first in _USUALLY_AFTERNOON:
        afternoon = first + HALF_DAY
        pairs.insert(0, (afternoon, afternoon + _turn(first, last)))
    return pairs


def _turn(first: int, last: int) -> int:
    """Minutes that a clock's hour hand takes from one place on its face to the next: up to twelve hours."""
    return (last - first) % HALF_DAY or HALF_DAY


def to_time(minutes: int) -> time:
    """The time of day `minutes` after midnight, of whatever day."""
    return time(minutes % DAY // 60, minutes % 60)
