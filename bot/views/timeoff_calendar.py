"""A month of time off, day by day in words, so that a phone shows it as well."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from babel.dates import format_date

from bot.domain.timeoff_calendar import CalendarDay, TimeOffCalendar, month_after, team_key
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import MOST_OPTIONS, option, select
from bot.views.timeoff_limits import some
from bot.views.timeoff_waitlist import wait_row

SHOW, TEAM = "timeoff_calendar.show", "timeoff_calendar.team"
_NAME, _OPTION, _MOST_WAITS = 60, 30, 5
# So many people are named on a day, and so many characters of other names, while all of it stays below the room.
_DETAIL, _ROOM = ((8, 60), (3, 40), (0, 12)), 6_000


def calendar_message(shown: TimeOffCalendar, formats: Formats, command: str) -> Message:
    """The month, with the days on which there is something to say."""
    month = _month(shown.first, formats)
    team = f" · {escape(shorten(shown.team, _NAME))}" if shown.team else ""
    lines = _lines(shown, formats)
    text = f"Time off · {month}{team}"
    return message(
        text,
        _head(shown, f"*{text}*"),
        *paragraphs(lines or ["Nobody is away, and nothing limits who may be."]),
        *(wait_row(each, formats) for each in shown.waits[:_MOST_WAITS]),
        _pager(shown, formats),
        context(_hint(shown, command)),
    )


def calendar_door(today: date) -> Block:
    """A button that shows this month."""
    return button("Time off calendar", f"{SHOW}.home", f"{today.replace(day=1).isoformat()} ")


def read_value(value: str) -> tuple[date, str]:
    """The month and the key of the team of a button, or of a choice in the menu."""
    month, _, team = value.partition(" ")
    return date.fromisoformat(month), team


def unknown_team(typed: str, teams: tuple[str, ...], command: str) -> Message:
    """Neither a month nor a team that they may look at."""
    text = f"“{escape(shorten(typed, _NAME))}” is neither a month nor a team that you can look at here."
    named = some(escape(shorten(each, _NAME)) for each in teams)
    hint = f"For example `{command} calendar december`" + (f". Teams: {named}" if named else "")
    return message(text, section(text), context(hint))


def _head(shown: TimeOffCalendar, text: str) -> Block:
    """Where there are several teams to look at, the menu of them."""
    if len(shown.teams) < 2:
        return section(text)
    options = [
        option(plain(shorten(name, _OPTION)), _value(shown.first, each)) for each, name in shown.teams.items()
    ][:MOST_OPTIONS]
    menu = select(options, _value(shown.first, shown.team_id))
    return {**section(text), "accessory": {**menu, "action_id": TEAM}}


def _lines(shown: TimeOffCalendar, formats: Formats) -> list[str]:
    """As much detail as a message has room for."""
    for most, name in _DETAIL:
        lines = [
            " · ".join([f"*{_days(first, last, formats)}*", *words])
            for first, last, each in shown.runs
            if (words := list(_words(each, most, name)))
        ]
        if sum(map(len, lines)) <= _ROOM:
            break
    return lines


def _words(day: CalendarDay, most: int, name: int) -> Iterator[str]:
    if day.holiday:
        yield f"{escape(shorten(day.holiday, name))}{' (half a day)' if day.half else ''}"
    if day.blackouts:
        named = some((escape(shorten(each, name)) for each in day.blackouts), max(most, 1))
        yield f"closed: {named}" if day.closed else named
    if day.own:
        yield "you are away"
    if day.own_asked:
        yield "you have asked for it"
    for what, people in (("away", day.away), ("asked", day.asked)):
        if people:
            yield f"{what}: {some(map(person, people), most) if most else len(people)}"
    if day.left is not None:
        yield "full" if not day.left else f"{day.left} {'place' if day.left == 1 else 'places'} left"


def _days(first: date, last: date, formats: Formats) -> str:
    """Within a month the weekday and the day tell which it is: "Thu 24 – Sat 26"."""
    days = [f"{formats.weekday(each)} {each.day}" for each in dict.fromkeys((first, last))]
    return " – ".join(days)


def _pager(shown: TimeOffCalendar, formats: Formats) -> Block:
    turns = [
        button(_month(to, formats), f"{SHOW}.{way}", _value(to, shown.team_id))
        for way, to in (("before", month_after(shown.first, -1)), ("after", month_after(shown.first, 1)))
    ]
    return buttons(*turns)


def _hint(shown: TimeOffCalendar, command: str) -> str:
    who = "“Away” may be for any reason." if shown.names else "Who is away is for leads and coordinators to see."
    return f"{who} Only you see this. Another month: `{command} calendar december`"


def _month(first: date, formats: Formats) -> str:
    return format_date(first, "LLLL y", locale=formats.locale)


def _value(first: date, team_id: UUID | None) -> str:
    return f"{first.isoformat()} {team_key(team_id)}"
