"""Reads ranges of days: mon-wed, dec 24 to jan 2, 24-28 dec, next week mon-wed, until fri."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.when_dates import Dated, dates, day_numbers, year_after
from bot.domain.when_days import Days, Found, NoDay, Stretch, Typed, one_stretch, stretch_names, week_start
from bot.domain.when_words import Unit

HALF_A_YEAR = timedelta(183)


def days(typed: Typed, at: int) -> Found:
    """Each phrase for days at `at`, ranges before what they begin with."""
    start = typed.line.past(typed.words.leading, at)
    yield from _within_a_month(typed, start)
    yield from _between(typed, start)
    yield from _weekdays_of_a_week(typed, start)
    yield from one_stretch(typed, start, typed.today)


def until(typed: Typed, at: int) -> Found:
    """Until fri: from today to then."""
    for _, start in typed.line.named(typed.words.until, at):
        for found, end in one_stretch(typed, start, typed.today):
            if all(last >= typed.today for _, last in found.choices):
                yield replace(found, choices=tuple((typed.today, last) for _, last in found.choices)), end


def _within_a_month(typed: Typed, at: int) -> Found:
    """24-28 dec, 24.-28.12., dec 24-28, 2026."""
    for first, last, end in _two_days_of_a_month(typed, at):
        if not last.exists:
            typed.impossible.append(NoDay(at, end, last.short))
        elif first < last.day:
            day = last.on_or_after(typed.today)
            yield Days(((day.replace(day=first), day),), last.sure), end


def _two_days_of_a_month(typed: Typed, at: int) -> Iterator[tuple[int, Dated, int]]:
    line, words, order = typed.line, typed.words, typed.reading.date_order
    for first, middle in day_numbers(line, at, words):
        for _, second in line.named(words.to, line.skip(middle, ".", glued=True)):
            for found, end in dates(line, line.past(words.articles, second), words, order):
                if isinstance(found, tuple):
                    yield first, found[0], end
                else:
                    typed.impossible.append(NoDay(at, end, found.short))
    for found, middle in dates(line, at, words, order):
        if isinstance(found, tuple) and found[0].year is None:
            for _, second in line.named(words.to, middle):
                for day, after in day_numbers(line, line.past(words.articles, second), words):
                    year, end = year_after(line, after, words)
                    yield found[0].day, replace(found[0], day=day, year=year), end


def _between(typed: Typed, at: int) -> Found:
    """From one day to another: what comes again is meant from the first day on."""
    for start, middle in one_stretch(typed, at, typed.today):
        for _, second in typed.line.named(typed.words.to, middle):
            by_choice = [list(one_stretch(typed, second, first)) for first, _ in start.choices]
            for ends in zip(*by_choice, strict=True):
                choices = [
                    _joined(start.dated, choice, finish.dated, last)
                    for choice, (finish, _) in zip(start.choices, ends, strict=True)
                    for last in finish.choices
                ]
                ordered = tuple(choice for choice in choices if choice)
                if ordered:
                    yield Days(ordered, start.sure and all(finish.sure for finish, _ in ends)), ends[0][1]
                else:
                    typed.impossible.append(NoDay(at, ends[0][1]))


def _joined(written: Dated | None, start: Stretch, ending: Dated | None, finish: Stretch) -> Stretch | None:
    """Both as one range; None if it would run backwards. A year typed at the end holds for the beginning too."""
    first, last = start[0], finish[1]
    if written and ending and ending.year and not written.year:
        first = _latest(written, last)
        if last - first > HALF_A_YEAR:
            return None
    return (first, last) if first <= last else None


def _latest(written: Dated, last: date) -> date:
    """The latest day written so, up to `last`."""
    same_year = replace(written, year=last.year)
    if same_year.exists and same_year.on_or_after(last) <= last:
        return same_year.on_or_after(last)
    year_before = replace(written, year=last.year - 1)
    return year_before.on_or_after(last) if year_before.exists else date.min


def _weekdays_of_a_week(typed: Typed, at: int) -> Found:
    """Next week mon-wed, mon-wed next week, friday this week."""
    for modifier, middle in _weeks(typed, at):
        for first, last, end in _weekday_pairs(typed, typed.line.skip(middle, ",")):
            yield _in_week(typed, modifier, first, last), end
    for first, last, middle in _weekday_pairs(typed, at):
        for modifier, end in _weeks(typed, typed.line.skip(middle, ",")):
            yield _in_week(typed, modifier, first, last), end


def _weeks(typed: Typed, at: int) -> Iterator[tuple[int, int]]:
    for unit, modifier, end in stretch_names(typed, typed.line.past(typed.words.leading, at)):
        if unit is Unit.WEEK:
            yield modifier, end


def _weekday_pairs(typed: Typed, at: int) -> Iterator[tuple[int, int, int]]:
    line, words = typed.line, typed.words
    for first, middle in line.named(words.weekdays, line.past(words.leading, at)):
        for _, second in line.named(words.to, middle):
            for last, end in line.named(words.weekdays, second):
                yield first, last, end
        yield first, first, middle


def _in_week(typed: Typed, modifier: int, first: int, last: int) -> Days:
    start = week_start(typed) + timedelta(7 * modifier)
    day = start + timedelta((first - typed.reading.first_weekday) % 7)
    return Days(((day, day + timedelta((last - first) % 7)),))
