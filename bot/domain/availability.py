"""When somebody can be given work at all, as a coordinator writes it: "mon-fri 8-18", "sat, sun 9-13"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.limits import WEEKDAYS, window
from bot.domain.wallclock import Recurring
from bot.domain.when_clock import Span, spans
from bot.domain.when_tokens import Line, Phrases, tokenize
from bot.domain.when_vocabulary import Vocabulary, vocabulary
from bot.domain.when_words import Unit

MOST = 20  # lines
_MIDNIGHT = time()
_WEEK = 7
_WEEKEND = frozenset({5, 6})
_AND: Phrases[None] = {(word,): None for word in ("and", "und", "et", "y")}
_LINES = re.compile("[;\n]")


class BadAvailability(Exception):
    """A line makes no sense; ``choices`` are the hours that it may mean where it may mean several."""

    def __init__(self, line: str, choices: Sequence[Span] = ()) -> None:
        super().__init__("not a line of availability")
        self.line, self.choices = line, tuple(choices)


class TooManyLines(Exception):
    """There are more than ``MOST``."""


@dataclass(frozen=True, slots=True)
class Available:
    """Hours on the wall, beginning on these weekdays (0 is Monday); an end at or before the start is next day."""

    weekdays: frozenset[int]
    start: time
    end: time

    @property
    def whole_day(self) -> bool:
        """Whether it is from midnight to midnight."""
        return self.start == self.end == _MIDNIGHT

    @property
    def days(self) -> list[tuple[int, int]]:
        """The weekdays as ranges, first and last of each."""
        found: list[tuple[int, int]] = []
        for day in sorted(self.weekdays):
            if found and found[-1][1] == day - 1:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


def read_availability(text: str, language: str) -> tuple[Available, ...] | None:
    """What the lines mean, None where there is none: at any time. Raises ``BadAvailability``, ``TooManyLines``."""
    words = vocabulary(language)
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    if len(lines) > MOST:
        raise TooManyLines
    return tuple(each for line in lines for each in _read_line(line, words)) or None


def as_documents(available: Iterable[Available]) -> list[dict[str, Any]]:
    """As it is stored: windows in the manner of limits."""
    return [
        {
            "weekdays": [WEEKDAYS[day] for day in sorted(each.weekdays)],
            "from": f"{each.start:%H:%M}",
            "to": f"{each.end:%H:%M}",
        }
        for each in available
    ]


def from_documents(documents: Iterable[Mapping[str, Any]] | None) -> tuple[Available, ...] | None:
    """What is stored; None: at any time."""
    if documents is None:
        return None
    return tuple(
        Available(
            frozenset(map(WEEKDAYS.index, each["weekdays"])),
            time.fromisoformat(each["from"]),
            time.fromisoformat(each["to"]),
        )
        for each in documents
    )


def windows_of(documents: Iterable[Mapping[str, Any]] | None, zone: ZoneInfo) -> tuple[Recurring, ...] | None:
    """What is stored, by the clocks of a zone, as the rules want it."""
    return None if documents is None else tuple(window(each, zone) for each in documents)


def _read_line(text: str, words: Vocabulary) -> Iterator[Available]:
    line = Line(text, tokenize(text))
    weekdays, at = _weekdays(line, words)
    at = _past_commas(line, at)
    if at == len(line.tokens) and weekdays:
        yield Available(weekdays, _MIDNIGHT, _MIDNIGHT)
    while at < len(line.tokens):
        hours, at = _hours(line, line.past(words.leading, at), words)
        yield Available(weekdays or frozenset(range(_WEEK)), *hours)
        at = _past_commas(line, at)


def _weekdays(line: Line, words: Vocabulary) -> tuple[frozenset[int], int]:
    """The weekdays at the beginning: one after the other, from one to another, or the weekend."""
    found: set[int] = set()
    at = 0
    while stretch := next(_stretches(line, _past_commas(line, at), words), None):
        days, at = stretch
        found |= days
    return frozenset(found), at


def _stretches(line: Line, at: int, words: Vocabulary) -> Iterator[tuple[frozenset[int], int]]:
    """Each stretch of weekdays at ``at``, the longest first."""
    for first, middle in line.named(words.weekdays, at):
        after = line.skip(middle, ".")
        for _, second in line.named(words.to, after):
            for last, end in line.named(words.weekdays, second):
                length = (last - first) % _WEEK + 1
                yield frozenset((first + each) % _WEEK for each in range(length)), line.skip(end, ".")
        yield frozenset({first}), after
    for unit, end in line.named(words.units, at):
        if unit is Unit.WEEKEND:
            yield _WEEKEND, end


def _hours(line: Line, at: int, words: Vocabulary) -> tuple[tuple[time, time], int]:
    hours, end = max(spans(line, at, words), key=lambda each: each[1], default=(None, at))
    if hours is None:
        raise BadAvailability(line.text)
    if len(hours.choices) > 1:
        raise BadAvailability(line.text, hours.choices)
    start, finish = hours.choices[0]
    if start is None or finish is None:
        raise BadAvailability(line.text)
    return (start, finish), end


def _past_commas(line: Line, at: int) -> int:
    while line.mark(at, ",&+") or any(True for _ in line.named(_AND, at)):
        at += 1
    return at
