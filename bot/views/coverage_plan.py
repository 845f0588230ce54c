"""How many people to roster, and how many if more contacts came, as people read it."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.coverage_shown import DayPlan, PlanShown, QueuePlan, WeekBefore, WhatIfShown
from bot.domain.coverage_supply import Post
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, context, message, paragraphs, section
from bot.views.coverage import as_many_as_fit, heads, name, post_name, small_print, source_lines
from bot.views.formats import Formats, amount

_MOST_LINES, _MOST_NAMED = 100, 8
_HALVES = (
    "Forecasts include what leave, breaks and sickness take; plans and settings are people who need to be there"
)
_REST = (
    "Hours to roster, leave, breaks and sickness included, in whole people: a few more contacts may take one more "
    "all day"
)


def plan(shown: PlanShown, formats: Formats, command: str, now: datetime) -> Message:
    """Day by day; for one queue also how many at which time."""
    today = local_date(now, formats.zone)
    when = formats.days(shown.first, shown.last, today)
    there = [each for each in shown.plans if each.days]
    if not there:
        text = f"Nothing says how many people are needed, {when}."
        how = f"Give me a plan or contact volumes: `{command} help` says how."
        return message(f"{text} {how}", section(text), context(how))
    title = f"*How many to roster* · {when}{f' · {name(shown.queue)}' if shown.queue else ''}"
    lines = [line for each in there for line in _queue(each, formats, today, by_hour=shown.queue is not None)]
    sources = source_lines((each.queue for each in there if not each.skill), formats, today)
    return message(
        f"How many to roster, {when}",
        *paragraphs([title, *as_many_as_fit(lines, _MOST_LINES)]),
        *small_print([*sources, _HALVES]),
        context(f"More: `{command} help` · times in {formats.zone.key.replace('_', ' ')}"),
    )


def what_if(shown: WhatIfShown, formats: Formats, command: str, now: datetime) -> Message:
    """Week by week, before → after."""
    today = local_date(now, formats.zone)
    when = formats.days(shown.first, shown.last, today)
    more = "more" if shown.percent >= 0 else "fewer"
    what = f"If {amount(f'{abs(shown.percent):g}', '%')} {more} contacts come"
    without = ", ".join(map(name, shown.without[:_MOST_NAMED]))
    without += f" and {len(shown.without) - _MOST_NAMED} more" if len(shown.without) > _MOST_NAMED else ""
    left_out = f"Not reckoned, because there is no forecast: {without}" if without else ""
    if not shown.weeks:
        text = f"{what}, nobody can tell: there is no forecast for {when}."
        how = f"Import contact volumes of the last weeks: `{command} help` says how."
        return message(f"{text} {how}", section(text), context(how))
    lines = [
        line
        for queue, weeks in shown.weeks.items()
        for line in (f"*{name(queue)}*", *(_week(each, formats, today) for each in weeks))
    ]
    return message(
        f"{what}, {when}",
        *paragraphs([f"*{what}* · {when}", *as_many_as_fit(lines, _MOST_LINES)]),
        *small_print(list(filter(None, [_REST, left_out]))),
    )


def not_a_percentage(command: str) -> Message:
    """What was typed says not how many more."""
    text = "Say how many more contacts, and when."
    return message(
        text, section(text), context(f"For example `{command} whatif +20% dec` or `{command} whatif -10%`")
    )


def _queue(shown: QueuePlan, formats: Formats, today: date, *, by_hour: bool) -> Iterator[str]:
    yield f"*{post_name(Post(shown.queue.name, shown.skill))}*"
    for each in shown.days:
        day = formats.day(each.day, today)
        if by_hour:
            yield f"• {day}: {_hours(each, formats)} · {heads(each.hours)} hours"
        else:
            yield f"• {day}: {heads(each.hours)} hours, at most {heads(each.most)} at once"


def _hours(day: DayPlan, formats: Formats) -> str:
    return ", ".join(f"{formats.hours(each.interval)} *{heads(each.heads)}*" for each in day.runs)


def _week(week: WeekBefore, formats: Formats, today: date) -> str:
    hours = f"{week.hours:,.0f} → {week.hours_then:,.0f} hours"
    most = f"at most {heads(week.most)} → {heads(week.most_then)} people at once"
    return f"• Week of {formats.day(week.week, today)}: {hours}, {most}"
