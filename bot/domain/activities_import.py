"""When somebody on shift is not there for contacts, as a file says it: breaks, training and meetings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import local_times, read_zone, span
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"email", "date", "start", "end", "activity"})
COLUMNS = ("email", "date", "start", "end", "activity", "timezone")


class ActivityKind(StrEnum):
    """What somebody does instead."""

    BREAK = "break"
    TRAINING = "training"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """What somebody does instead of contacts, on which ``day`` of the zone that it was said in."""

    row: Row
    email: str
    day: date
    interval: Interval
    kind: ActivityKind


def read_activities(
    rows: Iterable[Row], date_order: DateOrder, zones: Mapping[str, str], zone: str
) -> list[ActivityLine]:
    """The lines of a file of activities; raises ``BadFile`` with everything that is wrong in it.

    ``zones`` are the time zones of the people on the roster by e-mail; ``zone`` holds where neither the line nor
    the roster names one. An end at or before the start is on the next day.
    """
    problems: list[Problem] = []
    found: list[ActivityLine] = []
    for row in rows:
        cells = Cells(row)
        if line := _read_line(cells, date_order, zones, zone):
            found.append(line)
        problems += cells.problems
    if problems:
        raise BadFile(problems)
    return found


def _read_line(cells: Cells, date_order: DateOrder, zones: Mapping[str, str], zone: str) -> ActivityLine | None:
    email = cells.required(
        "email",
        lambda text: text.lower() if text.lower() in zones else None,
        "somebody on the roster (import people first)",
    )
    day = cells.required("date", partial(read_date, date_order=date_order), a_date(date_order))
    start = cells.required("start", read_time, "a time such as 12:00")
    end = cells.required("end", read_time, "a time such as 12:30")
    kind = cells.required("activity", _read_kind, "one of " + ", ".join(ActivityKind))
    named = cells.optional("timezone", read_zone, "a time zone such as Europe/Berlin")
    if email is None or day is None or start is None or end is None or kind is None or cells.problems:
        return None
    where = ZoneInfo(named or zones[email] or zone)
    try:
        return ActivityLine(cells.row, email, day, span(*local_times(day, start, end), where), kind)
    except EmptyInterval:
        cells.refuse("start", f"a time that exists: clocks in {where.key} skip this one on that day")
        return None


def _read_kind(text: str) -> ActivityKind | None:
    return ActivityKind(text.lower()) if text.lower() in set(ActivityKind) else None
