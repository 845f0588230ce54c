"""Reads the phrases that mean one day or one stretch of the calendar: fri, next week, dec 24, in 2 weeks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.when_dates import Dated, Impossible, dates, day_numbers, month_length, year_after
from bot.domain.when_meaning import Reading, ShortMonth
from bot.domain.when_tokens import Line
from bot.domain.when_vocabulary import Vocabulary
from bot.domain.when_words import Unit

SATURDAY, SUNDAY = 5, 6
FURTHEST_AHEAD = 400  # of what can be counted: days, weeks or months

Stretch = tuple[date, date]


class NoDay(NamedTuple):
    """From where to where a date stands that does not exist, and the month that is too short for it, if one is."""

    at: int
    end: int
    short: ShortMonth | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, with all that is needed to read it. `impossible` collects dates that do not exist."""

    line: Line
    words: Vocabulary
    reading: Reading
    today: date
    impossible: list[NoDay] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a phrase can mean, the likeliest first.

    `dated` is how they were written, if as a date; `with_hours` whether times of day can go with them.
    """

    choices: tuple[Stretch, ...]
    sure: bool = True
    dated: Dated | None = None
    with_hours: bool = True


Found = Iterator[tuple[Days, int]]


def one_stretch(typed: Typed, at: int, after: date) -> Found:
    """Each phrase for a day, a week, a weekend or a month; what comes again is meant from `after` on."""
    at = typed.line.past(typed.words.leading, at)
    yield from dated_days(typed, at, after)
    yield from _weekdays(typed, at, after)
    for days, end in typed.line.named(typed.words.days, at):
        yield _day(typed.today + timedelta(days)), end
    yield from _feasts(typed, at, after)
    yield from _named_stretches(typed, at)
    yield from _counted(typed, at)
    yield from _days_of_month(typed, at, after)
    yield from _months(typed, at, after)


def dated_days(typed: Typed, at: int, after: date) -> Found:
    """Each date at `at`, in figures or with its month's name."""
    for found, end in dates(typed.line, at, typed.words, typed.reading.date_order):
        if isinstance(found, Impossible):
            typed.impossible.append(NoDay(at, end, found.short))
        else:
            yield _of_dated(found, after), end


def _of_dated(found: tuple[Dated, ...], after: date) -> Days:
    coming = [dated.on_or_after(after) for dated in found]
    near = all(dated.year or day - after < timedelta(366) for dated, day in zip(found, coming, strict=True))
    sure = near and all(dated.sure for dated in found)
    return Days(tuple((day, day) for day in coming), sure, found[0])


def _weekdays(typed: Typed, at: int, after: date) -> Found:
    line, words = typed.line, typed.words
    for modifier, start in line.named(words.modifiers, at):
        for weekday, end in line.named(words.weekdays, start):
            yield _modified(typed.today, weekday, modifier), line.skip(end, ".")
    for weekday, end in line.named(words.weekdays, at):
        end = line.skip(end, ".")
        for modifier, after_modifier in line.named(words.modifiers, end):
            yield _modified(typed.today, weekday, modifier), after_modifier
        yield from _confirmed_by_weekday(typed, line.skip(end, ","), after, weekday)
        yield _day(coming(weekday, after)), end


def _confirmed_by_weekday(typed: Typed, at: int, after: date, weekday: int) -> Found:
    """A date after its weekday (Fri, Dec 25); the date counts, and is asked about if the two do not agree."""
    start = typed.line.past(typed.words.articles, at)
    for reader in (dated_days, _days_of_month):
        for days, end in reader(typed, start, after):
            agree = all(first.weekday() == weekday for first, _ in days.choices)
            yield Days(days.choices, days.sure and agree, days.dated), end


def _modified(today: date, weekday: int, modifier: int) -> Days:
    if modifier < 0:
        return _day(coming(weekday, today) - timedelta(7))
    if modifier == 0:
        return _day(coming(weekday, today))
    if today.weekday() == weekday:
        return _day(today + timedelta(7))
    nearest = coming(weekday, today)
    return Days(((nearest, nearest), (nearest + timedelta(7),) * 2), sure=False)


def _feasts(typed: Typed, at: int, after: date) -> Found:
    for (month, day), end in typed.line.named(typed.words.feasts, at):
        year, after_year = year_after(typed.line, end, typed.words)
        yield _of_dated((Dated(month, day, year),), after), after_year


def _named_stretches(typed: Typed, at: int) -> Found:
    """This week, next month, the weekend; the modifier stands before or after."""
    line, words = typed.line, typed.words
    for unit, modifier, end in stretch_names(typed, at):
        match unit:
            case Unit.WEEK:
                first = week_start(typed) + timedelta(7 * modifier)
                yield Days(((first, first + timedelta(6)),)), end
            case Unit.WEEKEND:
                yield _weekend(typed.today, modifier), end
            case Unit.MONTH:
                yield Days((_month(typed.today.year, typed.today.month + modifier),)), end
            case Unit.DAY:
                pass
    for unit, end in line.named(words.units, at):
        if unit is Unit.WEEKEND:
            yield _weekend(typed.today, 0), end


def stretch_names(typed: Typed, at: int) -> Iterator[tuple[Unit, int, int]]:
    """Each unit with its modifier at `at`, in either order: next week, semaine prochaine."""
    line, words = typed.line, typed.words
    for modifier, middle in line.named(words.modifiers, at):
        for unit, end in line.named(words.units, middle):
            yield unit, modifier, end
    for unit, middle in line.named(words.units, at):
        for modifier, end in line.named(words.modifiers, middle):
            yield unit, modifier, end


def week_start(typed: Typed) -> date:
    """The first day of the week that today is in."""
    return typed.today - timedelta((typed.today.weekday() - typed.reading.first_weekday) % 7)


def _weekend(today: date, modifier: int) -> Days:
    saturday = today - timedelta(1) if today.weekday() == SUNDAY else coming(SATURDAY, today)
    starts = [saturday + timedelta(7 * modifier)]
    if modifier == 1 and today.weekday() < SATURDAY:
        starts.insert(0, saturday)
    return Days(tuple((start, start + timedelta(1)) for start in starts), sure=len(starts) == 1)


def _counted(typed: Typed, at: int) -> Found:
    """In 2 weeks: a single day."""
    line, words, today = typed.line, typed.words, typed.today
    for _, start in line.named(words.ahead, at):
        digits = line.digits(start)
        if not 0 < len(digits) <= 3 or int(digits) > FURTHEST_AHEAD:
            continue
        for unit, end in line.named(words.units, start + 1):
            count = int(digits)
            if unit is Unit.MONTH:
                first, last = _month(today.year, today.month + count)
                yield _day(min(first.replace(day=1) + timedelta(today.day - 1), last)), end
            elif unit in (Unit.DAY, Unit.WEEK):
                yield _day(today + timedelta(count * (7 if unit is Unit.WEEK else 1))), end


def _days_of_month(typed: Typed, at: int, after: date) -> Found:
    """The 24th, le 24, am 24.: the next one; months without that day are passed over."""
    line, words = typed.line, typed.words
    after_article = at > 0 and (line.tokens[at - 1].text,) in words.articles
    for day, end in day_numbers(line, at, words):
        if after_article or (line.digits(at) and end > at + 1):
            months = (_month(after.year, after.month + ahead) for ahead in range(4))
            possible = (first.replace(day=day) for first, last in months if day <= last.day)
            yield _day(next(found for found in possible if found >= after)), line.skip(end, ".", glued=True)


def _months(typed: Typed, at: int, after: date) -> Found:
    for month, end in typed.line.named(typed.words.months, at):
        end = typed.line.skip(end, ".")
        year, after_year = year_after(typed.line, end, typed.words)
        if year is not None:
            yield Days((_month(year, month),), with_hours=False), after_year
        yield Days((_month(after.year + (month < after.month), month),), with_hours=False), end


def coming(weekday: int, day: date) -> date:
    """The first such weekday from `day` on, `day` included."""
    return day + timedelta((weekday - day.weekday()) % 7)


def _day(day: date) -> Days:
    return Days(((day, day),))


def _month(year: int, month: int) -> Stretch:
    """First and last day of a month; months below 1 and above 12 run into the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, month_length(year, month))
