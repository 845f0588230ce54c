"""The base schedule as a file says it, and how it differs from the one we have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.wallclock import local_times, read_zone, span
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"email", "date", "start", "end"})
COLUMNS = ("email", "date", "start", "end", "timezone", "queue", "note")
_NAME_LENGTH = 80
_NOTE_LENGTH = 3000


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A shift of the base: ``email`` is its owner (None: open), the times are on the wall of ``timezone``."""

    email: str | None
    start_local: datetime
    end_local: datetime
    timezone: str
    queue: str | None = None
    note: str | None = None

    @property
    def interval(self) -> Interval:
        """When it is worked; raises ``EmptyInterval`` where clocks skip all of it."""
        return span(self.start_local, self.end_local, ZoneInfo(self.timezone))


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A line of the file: what it does not have a column for stays as it is."""

    row: Row
    shift: PlannedShift

    def over(self, known: PlannedShift) -> PlannedShift:
        """The known shift as it is once the line is taken over."""
        cells = self.row.cells
        return replace(
            self.shift,
            queue=self.shift.queue if "queue" in cells else known.queue,
            note=self.shift.note if "note" in cells else known.note,
        )


@dataclass(frozen=True, slots=True)
class KnownShift:
    """A shift of the base that we have."""

    id: UUID
    shift: PlannedShift


@dataclass(frozen=True, slots=True)
class Move:
    """A known shift that the file has otherwise."""

    known: KnownShift
    line: ShiftLine
    after: PlannedShift

    @property
    def retimed(self) -> bool:
        """Whether it is worked at another time, and not only for another queue or with another note."""
        return self.after.interval != self.known.shift.interval

    @property
    def requeued(self) -> bool:
        """Whether it is worked for another queue."""
        return self.after.queue != self.known.shift.queue

    @property
    def reowned(self) -> bool:
        """Whether it is planned for somebody else; only an edit by hand does that: files know it by its owner."""
        return self.after.email != self.known.shift.email


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that puts somebody on two shifts at once; the other one is a line too, or a shift that we have."""

    line: ShiftLine
    other: ShiftLine | KnownShift


@dataclass(frozen=True, slots=True)
class ShiftPlan:
    """What taking a file over would do."""

    added: tuple[ShiftLine, ...]
    moved: tuple[Move, ...]
    removed: tuple[KnownShift, ...]
    clashes: tuple[Clash, ...]
    unchanged: int


def read_shifts(
    rows: Iterable[Row], date_order: DateOrder, zones: Mapping[str, str], zone: str
) -> list[ShiftLine]:
    """The lines of a shifts file; raises ``BadFile`` with everything that is wrong in it.

    ``zones`` are the time zones of the people on the roster by e-mail; ``zone`` holds where neither the line nor
    the roster names one. ``date_order`` is DMY, MDY or YMD.
    """
    lines: list[ShiftLine] = []
    problems: list[Problem] = []
    for row in rows:
        cells = Cells(row)
        shift = _read_shift(cells, date_order, zones, zone)
        problems += cells.problems
        if shift:
            lines.append(ShiftLine(row, shift))
    if problems:
        raise BadFile(problems)
    return lines


def compare_shifts(
    known: Sequence[KnownShift], lines: Sequence[ShiftLine], replaced: tuple[date, date] | None
) -> ShiftPlan:
    """How the base would change.

    A line that we have is unchanged; otherwise it moves the same person's nearest shift of that day, if the file
    has no other line for that one, and is added if there is none. Shifts that start within ``replaced`` (first
    and last day) and that no line speaks of are removed; elsewhere they stay.
    """
    rest_known, rest_lines = _without_equals(known, lines)
    moved = _moves(rest_known, rest_lines)
    moved_ids = {move.known.id for move in moved}
    moved_lines = {id(move.line) for move in moved}
    added = tuple(line for line in rest_lines if id(line) not in moved_lines)
    removed = tuple(
        each
        for each in rest_known
        if each.id not in moved_ids and replaced and replaced[0] <= each.shift.start_local.date() <= replaced[1]
    )
    gone = moved_ids | {each.id for each in removed}
    standing = [each for each in known if each.id not in gone]
    clashes = clashes_of(standing, [*(move.line for move in moved), *added])
    return ShiftPlan(added, moved, removed, clashes, len(lines) - len(rest_lines))


def clashes_of(standing: Iterable[KnownShift], lines: Iterable[ShiftLine]) -> tuple[Clash, ...]:
    """The lines that put somebody on two shifts at once, beside each other or shifts that stay, in order."""
    by_owner: defaultdict[str, list[tuple[Interval, ShiftLine | KnownShift]]] = defaultdict(list)
    everything: list[ShiftLine | KnownShift] = [*standing, *lines]
    for each in everything:
        if each.shift.email is not None:
            by_owner[each.shift.email].append((each.shift.interval, each))
    clashes: list[Clash] = []
    for work in by_owner.values():
        work.sort(key=lambda pair: pair[0])
        reach_interval, reach = work[0]
        for interval, each in work[1:]:
            if interval.overlaps(reach_interval):
                clashes += _clash(reach, each)
            if interval.end > reach_interval.end:
                reach_interval, reach = interval, each
    return tuple(sorted(clashes, key=lambda clash: (clash.line.row.file, clash.line.row.line)))


def _read_shift(cells: Cells, date_order: DateOrder, zones: Mapping[str, str], zone: str) -> PlannedShift | None:
    email = cells.optional(
        "email",
        lambda text: text.lower() if text.lower() in zones else None,
        "somebody on the roster (import people first)",
    )
    day = cells.required("date", lambda text: read_date(text, date_order), a_date(date_order))
    start = cells.required("start", _read_start, "a time such as 09:00")
    end = cells.required("end", read_time, "a time such as 17:00")
    named = cells.optional("timezone", read_zone, "a time zone such as Europe/Berlin")
    if len(cells.text("queue")) > _NAME_LENGTH:
        cells.refuse("queue", f"a name of at most {_NAME_LENGTH} characters")
    if len(cells.text("note")) > _NOTE_LENGTH:
        cells.refuse("note", f"at most {_NOTE_LENGTH} characters")
    if day is None or start is None or end is None or cells.problems:
        return None
    first, last = local_times(day, start, end)
    shift = PlannedShift(
        email,
        first,
        last,
        named or (zones.get(email) if email else None) or zone,
        cells.text("queue") or None,
        cells.text("note") or None,
    )
    try:
        _ = shift.interval
    except EmptyInterval:
        cells.refuse("start", f"a time that exists: clocks in {shift.timezone} skip this one on that day")
    return shift


def _read_start(text: str) -> time | None:
    """24:00 is an end: as a start it would be midnight of the day before."""
    return None if text.startswith("24") else read_time(text)


def _without_equals(
    known: Sequence[KnownShift], lines: Sequence[ShiftLine]
) -> tuple[list[KnownShift], list[ShiftLine]]:
    """Leaves out the pairs that are equal; several equal open shifts count as often as they are there."""
    by_place: defaultdict[object, list[KnownShift]] = defaultdict(list)
    for each in known:
        by_place[_place(each.shift)].append(each)
    matched: set[UUID] = set()
    rest: list[ShiftLine] = []
    for line in lines:
        candidates = by_place[_place(line.shift)]
        equal = next((each for each in candidates if line.over(each.shift) == each.shift), None)
        if equal is None:
            rest.append(line)
        else:
            candidates.remove(equal)
            matched.add(equal.id)
    return [each for each in known if each.id not in matched], rest


def _place(shift: PlannedShift) -> tuple[object, ...]:
    return shift.email, shift.start_local, shift.end_local, shift.timezone


def _moves(known: Sequence[KnownShift], lines: Sequence[ShiftLine]) -> tuple[Move, ...]:
    by_day: defaultdict[tuple[str | None, date], list[KnownShift]] = defaultdict(list)
    for each in known:
        by_day[each.shift.email, each.shift.start_local.date()].append(each)
    moves: list[Move] = []
    for line in lines:
        candidates = by_day[line.shift.email, line.shift.start_local.date()]
        fitting = [each for each in candidates if _may_be_moved(each.shift, line.over(each.shift))]
        if fitting:
            nearest = min(fitting, key=lambda each: abs(each.shift.start_local - line.shift.start_local))
            candidates.remove(nearest)
            moves.append(Move(nearest, line, line.over(nearest.shift)))
    return tuple(moves)


def _may_be_moved(known: PlannedShift, after: PlannedShift) -> bool:
    """An open shift has no owner to be known by, so only one of the same queue that it overlaps is the same."""
    if known.email is not None:
        return True
    return known.queue == after.queue and known.interval.overlaps(after.interval)


def _clash(one: ShiftLine | KnownShift, other: ShiftLine | KnownShift) -> Iterable[Clash]:
    """What stood in the base before is not the file's fault."""
    if isinstance(other, ShiftLine):
        yield Clash(other, one)
    elif isinstance(one, ShiftLine):
        yield Clash(one, other)
