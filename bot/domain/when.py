"""Reads the dates, times and ranges that people type after a command.

A text is cut into tokens, and small readers find phrases in them: each yields every way to read what stands
at a position, with the position where that way ends. What reads the text to its end is its meaning; a meaning
that needs no question goes before one that does. Where none reaches the end, the longest phrase that makes
sense tells what was understood.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date, time, timedelta

from bot.domain.when_clock import Hours, clock_times, to_time
from bot.domain.when_dates import Impossible, dates
from bot.domain.when_days import Days, NoDay, Typed
from bot.domain.when_meaning import (
    Ambiguous,
    DateOrder,
    DayPart,
    LeftoverDate,
    Meaning,
    NotUnderstood,
    Reading,
    ShortMonth,
    Understood,
    When,
)
from bot.domain.when_phrases import Sense, best, hours_of_day, joined, senses
from bot.domain.when_ranges import days
from bot.domain.when_tokens import Line, tokenize
from bot.domain.when_vocabulary import vocabulary

__all__ = [
    "Ambiguous",
    "DateOrder",
    "DayPart",
    "LeftoverDate",
    "Meaning",
    "NotUnderstood",
    "Reading",
    "ShortMonth",
    "Understood",
    "When",
    "read_date",
    "read_time",
    "read_when",
]

LONGEST_TEXT = 200  # characters; nobody needs more to say when
SHORTEST_LEFTOVER = 4  # letters
FURTHEST_LEFTOVER = timedelta(400)

_CLOSING = ".,;!?"


def read_when(text: str, reading: Reading) -> Meaning:
    """What `text` means when it is typed at `reading.now`; never raises."""
    line = _line(text)
    if len(line.text) > LONGEST_TEXT:
        return NotUnderstood("", line.text)
    typed = Typed(line, vocabulary(reading.language), reading, reading.today)
    whole = best(sense for sense, end in senses(typed, 0) if _closes(line, end))
    if whole is None:
        fragments = [(at, end) for at in range(len(line.tokens)) for _, end in senses(typed, at)]
        whole = _with_leftover(typed)
        if whole is None:
            return _not_understood(typed, fragments)
    return Understood(whole.choices[0]) if whole.sure else Ambiguous(whole.choices)


def read_time(text: str) -> time | None:
    """The clock time that `text` is as a whole (9:00, 9.30, 9am, 0900, 17h, noon), or None."""
    line = _line(text)
    for clock, end in clock_times(line, 0, vocabulary("en")):
        if end == len(line.tokens) and (not clock.bare or len(line.digits(0)) == 4):
            return to_time(clock.minutes)
    return None


def read_date(text: str, date_order: DateOrder) -> date | None:
    """The date that `text` is as a whole, its year included (2026-12-24, 24.12.26, 24 Dec 2026), or None."""
    line = _line(text)
    for found, end in dates(line, 0, vocabulary("en"), date_order):
        if end == len(line.tokens) and not isinstance(found, Impossible):
            dated = found[0]
            if dated.sure and dated.year:
                return date(dated.year, dated.month, dated.day)
    return None


def _line(text: str) -> Line:
    text = unicodedata.normalize("NFC", text).strip()
    return Line(text, tokenize(text))


def _closes(line: Line, end: int) -> bool:
    return all(line.mark(at, _CLOSING) for at in range(end, len(line.tokens)))


def _with_leftover(typed: Typed) -> Sense | None:
    """The meaning of a text in which the other parser knows the day, and we at most the hours."""
    leftover, line = typed.reading.leftover, typed.line
    is_ours = any(True for at in range(len(line.tokens)) for _ in days(typed, at))
    if leftover is None or is_ours or typed.impossible:
        return None
    cuts = list(_without_hours(typed)) or [(0, len(line.tokens), None)]
    for first, last, hours in cuts:
        if _may_be_a_date(line, first, last):
            day = leftover(line.typed(first, last), typed.today)
            if day is not None and abs(day - typed.today) <= FURTHEST_LEFTOVER:
                return joined(Days(((day, day),)), hours)
    return None


def _without_hours(typed: Typed) -> Iterator[tuple[int, int, Hours | None]]:
    """The text without the hours at its end or at its beginning, and those hours."""
    line = typed.line
    for at in range(1, len(line.tokens)):
        for hours, end in hours_of_day(typed, at):
            if _closes(line, end):
                yield 0, at - line.mark(at - 1, ","), hours
    for hours, end in hours_of_day(typed, 0):
        yield line.skip(end, ","), len(line.tokens), hours


def _may_be_a_date(line: Line, first: int, last: int) -> bool:
    """Words, perhaps with numbers among them, of some length."""
    tokens = line.tokens[first:last]
    letters = sum(len(token.text) for token in tokens if not token.is_number)
    plain = all(token.is_number or token.text[0].isalpha() for token in tokens)
    return plain and letters >= SHORTEST_LEFTOVER


def _not_understood(typed: Typed, fragments: list[tuple[int, int]]) -> NotUnderstood:
    line = typed.line
    if typed.impossible:
        dated = [found for found in typed.impossible if found.short]
        first, last, short = min(dated, key=_length) if dated else max(typed.impossible, key=_length)
        apart = [(at, end) for at, end in fragments if end <= first or at >= last]
        return NotUnderstood(line.typed(*max(apart, key=_length, default=(0, 0))), line.typed(first, last), short)
    first, last = max(fragments, key=_length, default=(0, 0))
    pieces = (line.typed(0, first), line.typed(last, len(line.tokens)))
    rest = " ".join(piece.strip(f" {_CLOSING}") for piece in pieces)
    return NotUnderstood(line.typed(first, last), rest.strip() or line.text)


def _length(fragment: tuple[int, int] | NoDay) -> int:
    return fragment[1] - fragment[0]
