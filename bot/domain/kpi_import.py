"""Key figures as a file says them: per day and, as far as it goes, per queue, channel and person."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.kpi import Measure
from bot.domain.kpi_columns import FIGURES, HANDLED, MEASURED, PARTS, PLACES, RATES, SUMS, TIMES
from bot.domain.wallclock import local_times
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"date"})
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]{1,2})?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_A_COUNT = "a whole number such as 1250"
_A_MEASURE = "a number such as 187.5 or 1250"
_NAME = 80
_LONGEST = 8 * 60 * 60
_DAY = 25 * 60
_MINUTES = [each for each in FIGURES if each.endswith("_minutes")]
_MOST = 10**9


class Place(NamedTuple):
    """Of what a line speaks; the names are as the file has them, empty where it names none."""

    day: date
    queue: str
    channel: str
    agent: str


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A line of such a file: what it says of each measure, as numerator and denominator.

    ``there`` is when the person came and went, on the wall.
    """

    row: Row
    place: Place
    said: Mapping[Measure, tuple[float, float | None]]
    there: tuple[datetime, datetime] | None = None


def read_kpi(rows: Iterable[Row], date_order: DateOrder, today: date) -> list[KpiLine]:
    """The lines; raises ``BadFile`` with everything that is wrong in it.

    A day, queue, channel and person have one line. Where one line of a day names a queue, all of them do, and so
    with persons and channels of a day and queue: the whole and its parts together would be counted twice.
    """
    problems: list[Problem] = []
    lines: dict[tuple[str | date, ...], KpiLine] = {}
    for row in rows:
        cells = Cells(row)
        line = _read_line(cells, date_order, today)
        if line:
            key = _folded(line.place)
            if key in lines:
                cells.refuse("date", f"a day of its own: {lines[key].row.place} says the same day and place, too")
            else:
                lines[key] = line
        problems += cells.problems
    problems += _doubly(lines.values())
    if problems:
        raise BadFile(problems)
    return list(lines.values())


def _read_line(cells: Cells, date_order: DateOrder, today: date) -> KpiLine | None:
    day = cells.required("date", partial(_day, date_order=date_order), a_date(date_order))
    if day and day > today:
        cells.refuse("date", "a day that has begun")
    for column in PLACES[1:]:
        cells.optional(column, _name, f"a name of at most {_NAME} characters")
    numbers = dict(_numbers(cells))
    came, went = (cells.optional(column, read_time, "a time such as 09:30") for column in TIMES)
    said = dict(_said(cells, numbers))
    there = local_times(day, came, went) if day and came and went else None
    if there and not cells.text("agent"):
        cells.refuse("agent", "the name or address of who logged in")
    if not (said or there or cells.problems):
        cells.refuse(None, "a figure in any of its columns, with what it is a part of")
    if cells.problems or day is None:
        return None
    return KpiLine(cells.row, Place(day, *(cells.text(column) for column in PLACES[1:])), said, there)


def _numbers(cells: Cells) -> Iterator[tuple[str, float]]:
    for column in FIGURES:
        if column not in TIMES:
            read, expected = (_measure, _A_MEASURE) if column in MEASURED else (_count, _A_COUNT)
            value = cells.optional(column, read, expected)
            if value is not None:
                yield column, value


def _said(cells: Cells, numbers: Mapping[str, float]) -> Iterator[tuple[Measure, tuple[float, float | None]]]:
    for measure, column in SUMS.items():
        if column in numbers:
            yield measure, (numbers[column], None)
    for measure, column, of in RATES:
        if column in numbers and of in numbers:
            if numbers[column] > numbers[of]:
                cells.refuse(column, f"at most {numbers[of]:g}, which is {cells.row.heading(of)}")
            yield measure, (numbers[column], numbers[of])
    for column, of in PARTS:
        if column in numbers and of in numbers and numbers[column] > numbers[of]:
            cells.refuse(column, f"at most {numbers[of]:g}, which is {cells.row.heading(of)}")
    in_target = [numbers.get(column, 0) for column, _ in PARTS]
    if all(in_target) and "offered" in numbers and sum(in_target) > numbers["offered"]:
        beside = cells.row.heading(PARTS[0][0])
        cells.refuse(PARTS[1][0], f"with {beside} at most {numbers['offered']:g} contacts, which were offered")
    if numbers.get("aht_seconds", 0) > _LONGEST:
        cells.refuse("aht_seconds", "seconds, at most 8 hours")
    for column in _MINUTES if cells.text("agent") else ():
        if numbers.get(column, 0) > _DAY:
            cells.refuse(column, f"at most {_DAY} minutes: no day of anybody has more")
    handled = next((numbers[each] for each in HANDLED if each in numbers), None)
    if "aht_seconds" in numbers and handled is not None:
        yield Measure.AHT, (numbers["aht_seconds"] * handled, handled)
    if {"nps_promoters", "nps_detractors", "nps_answers"} <= numbers.keys():
        promoters, detractors = numbers["nps_promoters"], numbers["nps_detractors"]
        if promoters + detractors > numbers["nps_answers"]:
            cells.refuse("nps_answers", f"at least {promoters + detractors:g}, promoters and detractors together")
        yield Measure.NPS, (promoters - detractors, numbers["nps_answers"])
    if {"worked_minutes", "rostered_minutes"} <= numbers.keys():
        yield Measure.CONFORMANCE, (numbers["worked_minutes"], numbers["rostered_minutes"])


def _doubly(lines: Iterable[KpiLine]) -> Iterator[Problem]:
    days: defaultdict[date, list[KpiLine]] = defaultdict(list)
    groups: defaultdict[tuple[date, str], list[KpiLine]] = defaultdict(list)
    for line in lines:
        days[line.place.day].append(line)
        groups[line.place.day, line.place.queue.casefold()].append(line)
    for same in days.values():
        yield from _bare(same, "queue", "a queue, as other lines of this day have one")
    for same in groups.values():
        yield from _bare(same, "agent", "a person, as other lines of this day and queue have one")
        yield from _bare(same, "channel", "a channel, as other lines of this day and queue have one")


def _bare(same: Sequence[KpiLine], column: str, expected: str) -> Iterator[Problem]:
    """The first of the lines that does not name what others of them do."""
    bare = [line for line in same if not getattr(line.place, column)]
    if bare and len(bare) < len(same):
        row = bare[0].row
        yield Problem(row.file, row.line, row.heading(column), "", f"{expected}: else it is counted twice")


def _folded(place: Place) -> tuple[str | date, ...]:
    return place.day, place.queue.casefold(), place.channel.casefold(), place.agent.casefold()


def _day(text: str, date_order: DateOrder) -> date | None:
    """A date; what a spreadsheet writes of the time behind it does not matter."""
    return read_date(text.split("T")[0].split(" 00:00")[0], date_order)


def _name(text: str) -> str | None:
    return text if len(text) <= _NAME else None


def _count(text: str) -> float | None:
    number = _measure(text)
    return number if number is not None and number.is_integer() else None


def _measure(text: str) -> float | None:
    """None for 1,440, too, which is a thousand times as much in one country as in another."""
    if not _DECIMAL.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return number if number <= _MOST else None
