"""The floor as it stands on the Home of whoever leads it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.domain.home import FloorToday, Turnover
from bot.domain.home_board import by_name
from bot.domain.shifts import WorkedShift
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, header, paragraphs, section
from bot.views.coverage import gap_words, heads, post_name
from bot.views.formats import Formats, escape, person, shorten

_NAME = 40
_MOST_PEOPLE, _MOST_QUEUES, _MOST_LINES = 12, 15, 8
_LINE = 1400  # characters; two lines of people to a paragraph


def the_floor(floor: FloorToday, now: datetime, formats: Formats) -> Iterator[Block]:
    """Who is on now by queue, what changes today, and what nobody works although it has begun."""
    yield header("The floor today")
    lines = list(_on(floor.on, now, formats))
    yield from paragraphs(["*On now*", *lines] if lines else ["Nobody is on right now."])
    yield from paragraphs(list(_covered(floor, now, formats)))
    if floor.turnovers:
        yield from paragraphs(["*Next changes*", *_lines([_turnover(each, formats) for each in floor.turnovers])])
    else:
        yield section("Nothing changes any more today.")
    if floor.unworked:
        shown = [f"• {hours_line(each, formats)}" for each in floor.unworked]
        yield from paragraphs(["*Nobody works*", *_lines(shown)])


def _covered(floor: FloorToday, now: datetime, formats: Formats) -> Iterator[str]:
    """What is needed against who is there, and where people will be missing next."""
    if floor.needed:
        shown = [
            f"{post_name(each.post)} {heads(each.there)} of {heads(each.required)}"
            for each in floor.needed[:_MOST_QUEUES]
        ]
        yield f"*Needed now* · {', '.join(shown)}"
    if floor.gap:
        yield f"*Next gap* · {gap_words(floor.gap, formats, local_date(now, formats.zone))}"
    elif floor.needed:
        yield "No gap is ahead in the next 7 days."


def until(shift: WorkedShift, now: datetime, formats: Formats) -> str:
    """When a shift ends; says the day where it is not today's."""
    ends, today = (local_date(each, formats.zone) for each in (shift.interval.end, now))
    time = formats.time(shift.interval.end)
    return time if ends == today else f"{time} ({formats.weekday(ends)})"


def hours_line(shift: WorkedShift, formats: Formats) -> str:
    """From when to when, and for which queue."""
    return f"{formats.hours(shift.interval)}{queue_after(shift.queue)}"


def queue_after(queue: str | None) -> str:
    """What follows the hours of a shift."""
    return f" · {queue_name(queue)}" if queue else ""


def queue_name(queue: str) -> str:
    """A queue, as it is written between other words."""
    return escape(shorten(queue, _NAME))


def people_line(people: Sequence[str]) -> str:
    """As many of them as a line holds, and how many more there are."""
    shown: list[str] = []
    for each in people[:_MOST_PEOPLE]:
        if sum(map(len, shown)) + len(each) > _LINE:
            break
        shown.append(each)
    more = len(people) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _on(shifts: Sequence[WorkedShift], now: datetime, formats: Formats) -> Iterator[str]:
    ordered = sorted(shifts, key=lambda each: (not each.queue, each.queue or "", by_name(each)))
    queues = [(queue, list(each)) for queue, each in groupby(ordered, key=lambda each: each.queue)]
    for queue, there in queues[:_MOST_QUEUES]:
        people = [f"{person(each.worker)} until {until(each, now, formats)}" for each in there if each.worker]
        yield f"• {queue_name(queue or 'No queue')} · {len(people)}: {people_line(people)}"
    if len(queues) > _MOST_QUEUES:
        yield f"• and {len(queues) - _MOST_QUEUES} more queues: press *Who is on*"


def _turnover(change: Turnover, formats: Formats) -> str:
    parts = [
        f"{people_line([person(each) for each in people])} {verb if len(people) == 1 else verb[:-1]}"
        for people, verb in ((change.begin, "begins"), (change.end, "ends"))
        if people
    ]
    return f"• {formats.time(change.at)}{queue_after(change.queue)}: {'; '.join(parts)}"


def _lines(lines: Sequence[str]) -> list[str]:
    more = [f"• and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
    return [*lines[:_MOST_LINES], *more]
