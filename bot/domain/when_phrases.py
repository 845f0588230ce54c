"""Puts days and times of day together: fri 14-18, 3pm tomorrow, half day thursday, tonight, now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.when_clock import Clock, Hours, between, clock_times, single_times, spans, times_within
from bot.domain.when_days import Days, Typed, one_stretch
from bot.domain.when_meaning import DayPart, When
from bot.domain.when_ranges import days, until


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase can mean, the likeliest first; `sure` if nobody needs to be asked."""

    choices: tuple[When, ...]
    sure: bool


def senses(typed: Typed, at: int) -> Iterator[tuple[Sense, int]]:
    """Each way to read what stands at `at`, and the position where it ends."""
    for found, end in days(typed, at):
        yield joined(found), end
        if found.with_hours:
            for hours, after in hours_of_day(typed, typed.line.skip(end, ",")):
                yield joined(found, hours), after
    for found, end in until(typed, at):
        yield joined(found), end
    for hours, end in hours_of_day(typed, at):
        for found, after in days(typed, typed.line.skip(end, ",")):
            if found.with_hours:
                yield joined(found, hours), after
        if hours.clear:
            yield joined(_today(typed), hours), end
    for hours, end in _of_today(typed, at):
        yield joined(_today(typed), hours), end
    yield from _which_half(typed, at)
    yield from _from_evening_to_morning(typed, at)
    yield from _now(typed, at)


def joined(found: Days, hours: Hours | None = None) -> Sense:
    """Each of the days with each of the hours."""
    hours = hours or Hours()
    choices = (
        When(first, last, start, end, hours.part) for first, last in found.choices for start, end in hours.choices
    )
    return Sense(tuple(choices), found.sure and len(hours.choices) == 1)


def hours_of_day(typed: Typed, at: int) -> Iterator[tuple[Hours, int]]:
    """Each span, single time or part of the day at `at`."""
    line, words = typed.line, typed.words
    start = line.past(words.leading, at)
    after_at = any(end == start for i in range(at, start) for _, end in line.named(words.at, i))
    yield from spans(line, start, words)
    yield from single_times(line, start, words, after_at=after_at)
    for part, end in line.named(words.parts, start):
        yield from _in_part(typed, part, end)
    for part in DayPart:
        for hours, middle in times_within(part, line, start, words):
            for named, end in line.named(words.parts, middle):
                if named is part:
                    yield hours, end


def _in_part(typed: Typed, part: DayPart, at: int) -> Iterator[tuple[Hours, int]]:
    """The part of the day alone, or the times typed after it."""
    yield Hours(part=part, clear=False), at
    yield from times_within(part, typed.line, typed.line.past(typed.words.leading, at), typed.words)


def _of_today(typed: Typed, at: int) -> Iterator[tuple[Hours, int]]:
    """Tonight, this morning."""
    line, words = typed.line, typed.words
    start = line.past(words.leading, at)
    for part, end in line.named(words.parts_today, start):
        yield from _in_part(typed, part, end)
    for modifier, middle in line.named(words.modifiers, start):
        if modifier == 0:
            for part, end in line.named(words.parts, middle):
                yield from _in_part(typed, part, end)


def _which_half(typed: Typed, at: int) -> Iterator[tuple[Sense, int]]:
    """Half day thursday afternoon: the half is known."""
    for part, start in typed.line.named(typed.words.parts, at):
        if part is DayPart.HALF:
            for found, middle in days(typed, start):
                for hours, end in hours_of_day(typed, middle):
                    if hours.part not in (None, DayPart.HALF):
                        yield joined(found, hours), end


def _from_evening_to_morning(typed: Typed, at: int) -> Iterator[tuple[Sense, int]]:
    """Fri 22:00 to sat 6:00: one span, as long as it ends within a day; a longer one has no `When`."""
    for start, opening, middle in _moments(typed, at, typed.today):
        day = start.choices[0][0]
        for _, second in typed.line.named(typed.words.to, middle):
            for finish, closing, end in _moments(typed, second, day):
                nights = (finish.choices[0][0] - day).days
                choices = tuple(When(day, day, a, b) for a, b in between(opening, closing) if nights == (b <= a))
                if choices and start.sure and finish.sure:
                    yield Sense(choices, len(choices) == 1), end


def _moments(typed: Typed, at: int, after: date) -> Iterator[tuple[Days, Clock, int]]:
    line, words = typed.line, typed.words
    for found, middle in one_stretch(typed, at, after):
        if all(first == last for first, last in found.choices):
            for clock, end in clock_times(line, line.past(words.leading, middle), words):
                yield found, clock, end


def _now(typed: Typed, at: int) -> Iterator[tuple[Sense, int]]:
    now = typed.reading.now.astimezone(typed.reading.zone).time().replace(second=0, microsecond=0)
    for _, end in typed.line.named(typed.words.now, at):
        yield Sense((When(typed.today, typed.today, now),), sure=True), end


def _today(typed: Typed) -> Days:
    return Days(((typed.today, typed.today),))


def best(found: Iterable[Sense]) -> Sense | None:
    """The first that is sure, else the first."""
    several = list(found)
    return next((sense for sense in several if sense.sure), next(iter(several), None))
