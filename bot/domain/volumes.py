"""How many contacts came, as a file or a connector says it: per queue and interval."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.imports import BadFile, Cells, Problem, Row
from bot.domain.wallclock import resolve
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"interval_start", "queue", "offered"})
COLUMNS = (
    "interval_start",
    "queue",
    "offered",
    "aht_seconds",
    "answered",
    "answered_in_target",
    "abandoned",
    "abandoned_in_target",
)
# No part can be more than its whole.
_PARTS = (
    ("answered", "offered"),
    ("abandoned", "offered"),
    ("answered_in_target", "answered"),
    ("abandoned_in_target", "abandoned"),
)
_LENGTHS = (60, 30, 15)
_NAME_LENGTH = 80
_LONGEST = 8 * 60 * 60
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Volume:
    """The contacts offered to a queue in the ``minutes`` from ``start`` on.

    ``aht_seconds`` is what one takes on average, from the greeting to the last note. None: not known.
    """

    queue: str
    start: datetime
    minutes: int
    offered: int
    aht_seconds: float | None = None
    answered: int | None = None
    answered_in_target: int | None = None
    abandoned: int | None = None
    abandoned_in_target: int | None = None


class _Line(NamedTuple):
    row: Row
    wall: datetime  # naive
    volume: Volume


def read_volumes(rows: Iterable[Row], date_order: DateOrder, zone: ZoneInfo) -> list[Volume]:
    """The lines of a volume file by queue and time; raises ``BadFile`` with everything that is wrong in it.

    A time without an offset is on the wall of ``zone``. Where its clocks repeat an hour, the second line of a
    queue with the same time is in the second one. An interval that they skip is left out if nothing was offered in
    it. The intervals of a queue last 60, 30 or 15 minutes: the longest of these at which all of them begin.
    """
    problems: list[Problem] = []
    lines: defaultdict[str, dict[datetime, _Line]] = defaultdict(dict)
    for row in rows:
        cells = Cells(row)
        line = _read_line(cells, date_order, zone)
        if line:
            _place(cells, line, lines[line.volume.queue.casefold()], zone)
        problems += cells.problems
    if problems:
        raise BadFile(problems)
    return [volume for queue in sorted(lines) for volume in _measured(lines[queue])]


def _read_line(cells: Cells, date_order: DateOrder, zone: ZoneInfo) -> _Line | None:
    """None where it is refused, or where it speaks of an interval that never was."""
    began = cells.required(
        "interval_start", partial(_read_start, date_order=date_order), "a time such as 2026-11-23 09:30"
    )
    queue = cells.required("queue", _read_name, f"a name of at most {_NAME_LENGTH} characters")
    offered = cells.required("offered", _read_count, "a whole number")
    length = cells.optional("aht_seconds", _read_seconds, "seconds, more than 0 and at most 8 hours")
    counts = {column: cells.optional(column, _read_count, "a whole number") for column, _ in _PARTS}
    for part, whole in _PARTS:
        few, many = counts[part], offered if whole == "offered" else counts[whole]
        if few is not None and many is not None and few > many:
            cells.refuse(part, f"at most {many}, which is {cells.row.heading(whole)}")
    met, left = counts["answered_in_target"] or 0, counts["abandoned_in_target"] or 0
    # Else more than all of them would be in time.
    if offered is not None and not cells.problems and met + left > offered:
        rest = f"{cells.row.heading('offered')} less {cells.row.heading('answered_in_target')}"
        cells.refuse("abandoned_in_target", f"at most {offered - met}, which is {rest}")
    if began is None or queue is None or offered is None or cells.problems:
        return None
    wall, start = (began, resolve(began, zone)) if began.tzinfo is None else (_wall(began, zone), began)
    if _wall(start, zone) != wall:
        if offered:
            cells.refuse("interval_start", f"a time that exists: clocks in {zone.key} skip this one on that day")
        return None
    return _Line(cells.row, wall, Volume(queue, start.astimezone(UTC), _LENGTHS[0], offered, length, **counts))


def _place(cells: Cells, line: _Line, lines: dict[datetime, _Line], zone: ZoneInfo) -> None:
    """Among the others of its queue; where it stands already, a repeated hour has a second place for it."""
    start = line.volume.start
    if start in lines:
        start = line.wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if start in lines:
        cells.refuse("interval_start", f"an interval of its own: {lines[start].row.place} has this one, too")
    else:
        lines[start] = line._replace(volume=replace(line.volume, start=start))


def _measured(lines: dict[datetime, _Line]) -> Iterable[Volume]:
    minutes = next(each for each in _LENGTHS if not any(line.wall.minute % each for line in lines.values()))
    return (replace(lines[start].volume, minutes=minutes) for start in sorted(lines))


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _read_start(text: str, date_order: DateOrder) -> datetime | None:
    """A date and a time, with an offset or without, at a full, half or quarter hour."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        day, _, clock = text.rpartition(" ")
        on, at = read_date(day.strip(), date_order), read_time(clock)
        if on is None or at is None:
            return None
        start = datetime.combine(on, at)
    return start if (start.minute % _LENGTHS[-1], start.second, start.microsecond) == (0, 0, 0) else None


def _read_name(text: str) -> str | None:
    return text if len(text) <= _NAME_LENGTH else None


def _read_count(text: str) -> int | None:
    """Spreadsheets write whole numbers as 12.0 now and then."""
    digits = text.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None


def _read_seconds(text: str) -> float | None:
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        return None
    return seconds if 0 < seconds <= _LONGEST else None
