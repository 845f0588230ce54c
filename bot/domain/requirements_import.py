"""A plan of how many people a queue needs, as a file says it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import local_times, read_zone, span
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"date", "start", "end", "queue", "heads"})
COLUMNS = ("date", "start", "end", "queue", "heads", "skills", "timezone")
_NAME_LENGTH = 80
_MOST = 10_000
_QUARTER_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class PlannedHeads:
    """So many people need to be there for a queue or, with a ``skill``, for its contacts that take that one."""

    row: Row
    queue: str
    skill: str | None
    interval: Interval
    heads: float


def read_plan(rows: Iterable[Row], date_order: DateOrder, zone: str) -> list[PlannedHeads]:
    """The lines of a plan; raises ``BadFile`` with everything that is wrong in it.

    Times are on the wall of ``zone`` where the line names none; an end at or before the start is on the next day.
    No two lines speak of the same queue, skill and time.
    """
    problems: list[Problem] = []
    found: list[PlannedHeads] = []
    for row in rows:
        cells = Cells(row)
        if line := _read_line(cells, date_order, zone):
            found.append(line)
        problems += cells.problems
    problems += _twice(found)
    if problems:
        raise BadFile(problems)
    return found


def _read_line(cells: Cells, date_order: DateOrder, zone: str) -> PlannedHeads | None:
    day = cells.required("date", partial(read_date, date_order=date_order), a_date(date_order))
    start = cells.required("start", read_time, "a time such as 09:00")
    end = cells.required("end", read_time, "a time such as 17:00")
    queue = cells.required("queue", _read_name, f"a name of at most {_NAME_LENGTH} characters")
    heads = cells.required("heads", _read_heads, "a number of people, such as 8 or 7.5")
    skill = cells.optional("skills", _read_name, f"a name of at most {_NAME_LENGTH} characters")
    named = cells.optional("timezone", read_zone, "a time zone such as Europe/Berlin")
    if day is None or start is None or end is None or queue is None or heads is None or cells.problems:
        return None
    try:
        interval = span(*local_times(day, start, end), ZoneInfo(named or zone))
    except EmptyInterval:
        cells.refuse("start", f"a time that exists: clocks in {named or zone} skip this one on that day")
        return None
    for column, edge in (("start", interval.start), ("end", interval.end)):
        if edge.timestamp() % _QUARTER_SECONDS:
            cells.refuse(column, "a full, half or quarter hour")
    return None if cells.problems else PlannedHeads(cells.row, queue, skill, interval, heads)


def _twice(lines: Iterable[PlannedHeads]) -> Iterable[Problem]:
    by_post: defaultdict[tuple[str, str], list[PlannedHeads]] = defaultdict(list)
    for line in lines:
        by_post[line.queue.casefold(), (line.skill or "").casefold()].append(line)
    for of_post in by_post.values():
        reach: PlannedHeads | None = None
        for line in sorted(of_post, key=lambda each: each.interval):
            if reach and line.interval.overlaps(reach.interval):
                cells = Cells(line.row)
                cells.refuse("start", f"a time of its own: {reach.row.place} plans this queue then, too")
                yield from cells.problems
            if reach is None or line.interval.end > reach.interval.end:
                reach = line


def _read_name(text: str) -> str | None:
    return text if len(text) <= _NAME_LENGTH else None


def _read_heads(text: str) -> float | None:
    try:
        heads = float(text.replace(",", "."))
    except ValueError:
        return None
    return heads if 0 <= heads <= _MOST else None
