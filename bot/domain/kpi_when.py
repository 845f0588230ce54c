"""When figures are of, as it is typed: times that have been, and those that only reports have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.kpi_periods import Span, month_of, week_of
from bot.domain.wallclock import ONE_DAY, resolve
from bot.domain.when import Ambiguous, Meaning, NotUnderstood, Reading, Understood, When, read_when

_LAST_SOME = re.compile(
    r"(?:the )?(?:last|past) (\d{1,3}|two|three|four|six|twelve) (day|week|month)s?", re.IGNORECASE
)
_QUARTER = re.compile(r"q([1-4])(?: (20\d\d))?", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12}
_SHORT = {"week": "this week", "month": "this month", "day": "today"}
_PREFIXES = ("since ", "week of ")
# A year, whichever.
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Ahead:
    """The period is still to come."""

    span: Span


@dataclass(frozen=True, slots=True)
class TooLong:
    """More than ``MOST_DAYS``."""


Period = Span | tuple[Span, ...] | Ahead | TooLong | NotUnderstood


def read_period(text: str, reading: Reading) -> Period:
    """The days that a text means, the past ones where it could mean others as well.

    Several where it may mean each of them; ``Ahead`` where all of it is still to come.
    """
    text = text.strip()
    prefix = next((each for each in _PREFIXES if text.lower().startswith(each)), "")
    found = _read(text[len(prefix) :], reading)
    if isinstance(found, Span) and prefix == "since ":
        found = Span(found.starts, max(reading.today, found.last) + ONE_DAY)
    if isinstance(found, Span) and prefix == "week of ":
        found = week_of(found.starts, reading.first_weekday)
    return TooLong() if isinstance(found, Span) and found.length > MOST_DAYS else found


def usual_period(today: date, first_weekday: int) -> Span:
    """This week, or the last one where this one has only begun."""
    week = week_of(today, first_weekday)
    return week if week.starts < today else week.before()


def so_far(span: Span, today: date) -> Span:
    """The days of a period that are over, with today where there is none but today."""
    return Span(span.starts, max(span.starts + ONE_DAY, min(span.ends, today)))


def alike(before: Span, whole: Span, shown: Span) -> Span:
    """As many days of the period before as are ``shown`` of one that is not over."""
    if shown == whole:
        return before
    return Span(before.starts, min(before.ends, before.starts + timedelta(shown.length)))


def _read(text: str, reading: Reading) -> Period:
    said, today = text.lower(), reading.today
    if own := _own(said, today):
        return own
    meaning = read_when(_SHORT.get(said, text), reading)
    if isinstance(meaning, NotUnderstood):
        return meaning
    spans = list(dict.fromkeys(_spans(text, meaning, reading)))
    over = [each for each in spans if each.starts <= today]
    if not over:
        return Ahead(spans[0])
    return over[0] if len(over) == 1 else tuple(over)


def _own(said: str, today: date) -> Span | None:
    """Periods that only reports have: so many days that are over, years, quarters."""
    if found := _LAST_SOME.fullmatch(said):
        number = _NUMBERS.get(found[1].lower()) or int(found[1])
        return _last(number, found[2].lower(), today) if number else None
    if found := _QUARTER.fullmatch(said):
        year = int(found[2]) if found[2] else today.year
        return _past(_quarter(date(year, 3 * int(found[1]) - 2, 1)), today, typed_year=bool(found[2]))
    match said.removeprefix("this "):
        case "year":
            return Span(date(today.year, 1, 1), date(today.year + 1, 1, 1))
        case "last year":
            return Span(date(today.year - 1, 1, 1), date(today.year, 1, 1))
        case "quarter":
            return _quarter(today)
        case "last quarter":
            return _quarter(_quarter(today).starts - ONE_DAY)
    return None


def _last(number: int, unit: str, today: date) -> Span | None:
    """The days that are over, up to yesterday; of months as many whole ones."""
    if unit == "month":
        first = month_of(today)
        for _ in range(number):
            first = first.before()
        return Span(first.starts, month_of(today).starts)
    return Span(today - timedelta(number * (7 if unit == "week" else 1)), today)


def _quarter(day: date) -> Span:
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Span(first, month_of(first + timedelta(70)).ends)


def _past(span: Span, today: date, *, typed_year: bool) -> Span:
    if span.starts <= today or typed_year:
        return span
    return _quarter(span.starts.replace(year=span.starts.year - 1))


def _spans(text: str, meaning: Understood | Ambiguous, reading: Reading) -> Iterator[Span]:
    choices = (meaning.when,) if isinstance(meaning, Understood) else meaning.choices
    for number, when in enumerate(choices):
        yield _span(_over(text, number, when, reading) or when)


def _over(text: str, number: int, when: When, reading: Reading) -> When | None:
    """The same a week or a year ago, where the text means just that when it is typed on that day.

    Thus a weekday or a date without a year is one that is over, and ``next week`` stays what it is.
    """
    if when.first <= reading.today:
        return None
    for day in (when.first - timedelta(7), _year_before(when.first)):
        noon = resolve(datetime.combine(day, time(12)), reading.zone).astimezone(UTC)
        then = read_when(text, replace(reading, now=noon))
        found = _choices(then)
        if day <= reading.today and number < len(found) and found[number].first == day:
            return found[number]
    return None


def _choices(meaning: Meaning) -> Sequence[When]:
    match meaning:
        case Understood(when):
            return (when,)
        case Ambiguous(choices):
            return choices
    return ()


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day)


def _span(when: When) -> Span:
    return Span(when.first, when.last + ONE_DAY)
