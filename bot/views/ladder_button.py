"""The button that asks what helps against a gap, wherever that is read."""

from datetime import datetime

from bot.domain.intervals import Interval
from bot.domain.ladder_shown import Against
from bot.views.blocks import Block, button

CLIMB = "ladder.climb"


def ladder_button(interval: Interval, queue: str | None, spoken: str | None = None) -> Block:
    """Asks what helps at those times, on a queue or wherever heads are missing; goes into a row of buttons."""
    return button("What helps now", CLIMB, write_against(Against(interval, queue)), spoken)


def write_against(against: Against) -> str:
    """What a button carries that asks what helps."""
    interval = against.interval
    return f"{interval.start.isoformat()} {interval.end.isoformat()} {against.queue or ''}"


def read_against(value: str) -> Against:
    """What a button asks for."""
    start, end, queue = value.split(" ", 2)
    return Against(Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), queue or None)
