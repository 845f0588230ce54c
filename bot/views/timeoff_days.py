"""The days of a request for time off, and what each of them takes."""

from collections.abc import Iterable, Iterator

from bot.domain.timeoff import Day
from bot.domain.wallclock import ONE_DAY, week_start
from bot.views.formats import Formats
from bot.views.timeoff_words import leave_words

MOST_DAYS = 14  # or runs of days, in one list


def day_lines(days: Iterable[Day], formats: Formats, day_minutes: int) -> Iterator[str]:
    """What each day takes, with the hours where they are not there for a part of it: "Thu, Dec 24: 8 h".

    Days of a week that follow each other and take the same are one line: "Mon, Dec 14 – Fri, Dec 18: 8 h a day".
    One day of its usual length says nothing that is not said already.
    """
    taking = [each for each in days if each.minutes]
    if len(taking) == 1 and taking[0].minutes == day_minutes:
        return
    runs = list(_runs(taking, formats))
    for run in runs[:MOST_DAYS]:
        hours = leave_words(run[0].minutes, 24 * 60)
        each_day = " a day" if len(run) > 1 else ""
        when = formats.days(run[0].day, run[-1].day)
        yield f"• {when}: {hours}{each_day}{_back(run[0])}{_hours(run[0], formats)}"
    if more := sum(map(len, runs[MOST_DAYS:])):
        yield f"• and {more} more {'day' if more == 1 else 'days'}"


def _runs(taking: Iterable[Day], formats: Formats) -> Iterator[list[Day]]:
    """The days, those together of a week that follow each other and read the same."""
    run: list[Day] = []
    for each in taking:
        if run and not _goes_on(run[-1], each, formats):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _goes_on(last: Day, day: Day, formats: Formats) -> bool:
    follows = day.day - last.day == ONE_DAY and day.day != week_start(day.day, formats.first_weekday)
    same = day.minutes == last.minutes and _hours(day, formats) == _hours(last, formats)
    return follows and same and not (day.given_back or last.given_back)


def _back(day: Day) -> str:
    return f", {leave_words(day.given_back, 24 * 60)} of them given back" if day.given_back else ""


def _hours(day: Day, formats: Formats) -> str:
    """The hours of a part of a day."""
    whole = sum(each.length.total_seconds() for each in day.away) >= 22 * 60 * 60
    return "" if whole else f", {' and '.join(formats.hours(each) for each in day.away)}"
