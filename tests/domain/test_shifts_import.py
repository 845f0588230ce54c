from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from bot.domain.imports import BadFile, Row
from bot.domain.shifts_import import (
    Clash,
    KnownShift,
    PlannedShift,
    ShiftLine,
    ShiftPlan,
    compare_shifts,
    read_shifts,
)
from bot.domain.when import DateOrder

ZONES = {"ana@example.com": "Europe/Madrid", "ben@example.com": "America/New_York"}
HOUR = timedelta(hours=1)


def line(number: int = 2, file: str = "shifts.csv", /, **cells: str) -> Row:
    usual = {"email": "ana@example.com", "date": "2026-10-05", "start": "09:00", "end": "17:00"}
    return Row(file, number, usual | cells)


def read(*rows: Row, date_order: DateOrder = "DMY") -> list[ShiftLine]:
    return read_shifts(rows, date_order, ZONES, "UTC")


def shift(date_order: DateOrder = "DMY", /, **cells: str) -> PlannedShift:
    return read(line(**cells), date_order=date_order)[0].shift


def refused(*rows: Row) -> list[tuple[int, str | None, str, str]]:
    with pytest.raises(BadFile) as refusal:
        read(*rows)
    return [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems]


def known(**cells: str) -> KnownShift:
    return KnownShift(uuid4(), shift(**cells))


def compare(have: list[KnownShift], *rows: Row, replaced: tuple[date, date] | None = None) -> ShiftPlan:
    return compare_shifts(have, read(*rows), replaced)


def instants(plan: PlannedShift) -> tuple[datetime, datetime]:
    return plan.interval.start, plan.interval.end


def test_every_column_is_read() -> None:
    read_one = shift(email="Ana@Example.com", timezone="Europe/Rome", queue="Mail", note="front desk")
    assert read_one == PlannedShift(
        "ana@example.com",
        datetime(2026, 10, 5, 9),
        datetime(2026, 10, 5, 17),
        "Europe/Rome",
        "Mail",
        "front desk",
    )


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("24.12.2026", "DMY"),
        ("24/12/2026", "DMY"),
        ("24.12.26", "DMY"),
        ("12/24/2026", "MDY"),
        ("24.12.2026", "MDY"),
        ("2026-12-24", "DMY"),
        ("2026-12-24", "YMD"),
        ("24-Dec-26", "DMY"),
    ],
)
def test_dates_are_read_in_the_order_of_the_workspace(text: str, order: DateOrder) -> None:
    assert shift(order, date=text).start_local == datetime(2026, 12, 24, 9)


@pytest.mark.parametrize("text", ["9:00", "09:00", "9am", "0900", "9.00", "9h", "9 AM", "09:00:00"])
def test_times_are_read_as_people_and_programs_write_them(text: str) -> None:
    assert shift(start=text).start_local == datetime(2026, 10, 5, 9)


@pytest.mark.parametrize(
    ("end", "day", "hour"), [("06:00", 6, 6), ("22:00", 6, 22), ("00:00", 6, 0), ("24:00", 6, 0)]
)
def test_an_end_at_or_before_the_start_is_on_the_next_day(end: str, day: int, hour: int) -> None:
    assert shift(start="22:00", end=end).end_local == datetime(2026, 10, day, hour)


def test_the_zone_is_that_of_the_line_or_of_the_person_or_of_the_workspace() -> None:
    assert shift(timezone="Asia/Tokyo").timezone == "Asia/Tokyo"
    assert shift(timezone="").timezone == "Europe/Madrid"
    assert shift(email="ben@example.com").timezone == "America/New_York"
    assert shift(email="").timezone == "UTC"


def test_no_email_is_an_open_shift() -> None:
    assert shift(email="").email is None


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        ("2026-03-28", "22:00", "06:00", 7),
        ("2026-10-24", "22:00", "06:00", 9),
        ("2026-10-23", "22:00", "06:00", 8),
        ("2026-03-29", "00:00", "24:00", 23),
        ("2026-10-05", "07:00", "07:00", 24),
        ("2026-10-24", "07:00", "07:00", 25),
    ],
)
def test_hours_follow_the_clocks(day: str, start: str, end: str, hours: int) -> None:
    assert shift(date=day, start=start, end=end).interval.length == hours * HOUR


def test_a_start_that_clocks_skip_is_the_next_moment_there_is() -> None:
    start, end = instants(shift(date="2026-03-29", start="02:30", end="10:00"))
    assert (start, end) == (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC))


def test_a_shift_that_clocks_skip_altogether_is_refused() -> None:
    assert refused(line(3, date="2026-03-29", start="02:00", end="03:00")) == [
        (3, "start", "02:00", "a time that exists: clocks in Europe/Madrid skip this one on that day")
    ]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("email", "eve@example.com", "somebody on the roster (import people first)"),
        ("date", "", "a date such as 24.12.2026"),
        ("date", "12/24/2026", "a date such as 24.12.2026"),
        ("date", "monday", "a date such as 24.12.2026"),
        ("date", "24.12.", "a date such as 24.12.2026"),
        ("date", "24.12.1026", "a date such as 24.12.2026"),
        ("start", "", "a time such as 09:00"),
        ("start", "9", "a time such as 09:00"),
        ("start", "25:00", "a time such as 09:00"),
        ("start", "24:00", "a time such as 09:00"),
        ("end", "17:60", "a time such as 17:00"),
        ("end", "late", "a time such as 17:00"),
        ("timezone", "Berlin", "a time zone such as Europe/Berlin"),
        ("queue", "q" * 81, "a name of at most 80 characters"),
        ("note", "n" * 3001, "at most 3000 characters"),
    ],
)
def test_a_wrong_cell_is_named_with_what_it_says_and_what_was_expected(
    column: str, text: str, expected: str
) -> None:
    assert refused(line(7, **{column: text})) == [(7, column, text, expected)]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    rows = line(2, date="x", start="y", end="z"), line(3), line(4, email="eve@example.com", timezone="Mars")
    assert [(number, column) for number, column, _, _ in refused(*rows)] == [
        (2, "date"),
        (2, "start"),
        (2, "end"),
        (4, "email"),
        (4, "timezone"),
    ]


def test_what_is_not_there_yet_is_added() -> None:
    plan = compare([], line(2), line(3, email=""))
    assert [each.row.line for each in plan.added] == [2, 3]
    assert (plan.moved, plan.removed, plan.clashes, plan.unchanged) == ((), (), (), 0)


def test_what_is_there_already_is_unchanged() -> None:
    plan = compare([known(), known(email="")], line(2), line(3, email=""))
    assert (plan.added, plan.moved, plan.removed, plan.unchanged) == ((), (), (), 2)


@pytest.mark.parametrize(
    "other",
    [
        {"start": "10:00"},
        {"end": "18:00"},
        {"timezone": "Europe/Rome"},
        {"queue": "Phones"},
        {"note": "late lunch"},
    ],
)
def test_a_line_that_differs_moves_the_shift_of_that_day(other: dict[str, str]) -> None:
    have = known(queue="Mail", note="")
    plan = compare([have], line(2, **{"queue": "Mail", "note": ""} | other))
    assert [(move.known, move.line.row.line, move.after) for move in plan.moved] == [
        (have, 2, shift(**{"queue": "Mail", "note": ""} | other))
    ]
    assert (plan.added, plan.removed, plan.unchanged) == ((), (), 0)


def test_a_move_to_another_queue_is_worked_at_the_same_time() -> None:
    queue, time = (
        compare([known()], line(2, **cells)).moved[0] for cells in ({"queue": "Mail"}, {"end": "18:00"})
    )
    assert (queue.retimed, time.retimed) == (False, True)


def test_a_column_that_is_missing_keeps_what_is_there() -> None:
    have = known(queue="Mail", note="front desk")
    assert compare([have], line(2)).unchanged == 1
    [move] = compare([have], line(2, end="18:00")).moved
    assert (move.after.queue, move.after.note) == ("Mail", "front desk")


def test_an_empty_cell_clears_what_is_there() -> None:
    [move] = compare([known(queue="Mail", note="front desk")], line(2, queue="", note="")).moved
    assert (move.after.queue, move.after.note) == (None, None)


def test_of_two_shifts_on_a_day_the_nearer_one_moves() -> None:
    early, late = known(start="06:00", end="10:00"), known(start="14:00", end="18:00")
    [move] = compare([early, late], line(2, start="15:00", end="19:00")).moved
    assert move.known is late


def test_a_shift_that_another_line_speaks_of_does_not_move() -> None:
    early, late = known(start="06:00", end="10:00"), known(start="14:00", end="18:00")
    plan = compare([early, late], line(2, start="14:00", end="18:00"), line(3, start="13:00", end="14:00"))
    assert plan.unchanged == 1
    assert [(move.known, move.line.row.line) for move in plan.moved] == [(early, 3)]


def test_a_shift_never_moves_to_another_day_or_person() -> None:
    plan = compare([known()], line(2, date="2026-10-06"), line(3, email="ben@example.com"))
    assert len(plan.added) == 2
    assert plan.moved == ()


def test_an_open_shift_moves_only_within_its_queue_and_its_time() -> None:
    have = known(email="", queue="Mail", start="09:00", end="12:00")
    overlapping = compare([have], line(2, email="", queue="Mail", start="10:00", end="13:00"))
    assert [move.known for move in overlapping.moved] == [have]
    for cells in ({"queue": "Phones", "start": "10:00"}, {"queue": "Mail", "start": "12:00"}):
        assert len(compare([have], line(2, email="", end="13:00", **cells)).added) == 1


def test_open_shifts_that_are_alike_count_as_often_as_they_are_there() -> None:
    plan = compare([known(email=""), known(email="")], *(line(number, email="") for number in (2, 3, 4)))
    assert (plan.unchanged, [each.row.line for each in plan.added]) == (2, [4])


def test_without_a_range_nothing_is_removed() -> None:
    assert compare([known(start="18:00", end="19:00")], line(2, email="ben@example.com")).removed == ()


def test_only_what_starts_within_the_range_is_removed() -> None:
    have = [known(date=f"2026-10-0{day}", start="22:00", end="06:00") for day in (4, 5, 6, 7)]
    plan = compare(have, replaced=(date(2026, 10, 5), date(2026, 10, 6)))
    assert plan.removed == (have[1], have[2])


def test_what_a_line_speaks_of_is_not_removed() -> None:
    kept, moved, gone = known(), known(email="ben@example.com"), known(email="")
    day = date(2026, 10, 5)
    plan = compare(
        [kept, moved, gone], line(2), line(3, email="ben@example.com", end="18:00"), replaced=(day, day)
    )
    assert (plan.unchanged, [move.known for move in plan.moved], plan.removed) == (1, [moved], (gone,))


def clashes(plan: ShiftPlan) -> list[tuple[int, int | KnownShift]]:
    return [(each.line.row.line, _other(each)) for each in plan.clashes]


def _other(clash: Clash) -> int | KnownShift:
    return clash.other if isinstance(clash.other, KnownShift) else clash.other.row.line


def test_two_lines_clash() -> None:
    assert clashes(compare([], line(2), line(3, start="16:59", end="18:00"))) == [(3, 2)]


def test_shifts_that_meet_do_not_clash() -> None:
    rows = line(2), line(3, start="17:00", end="22:00"), line(4, start="22:00", end="09:00")
    assert clashes(compare([], *rows, line(5, date="2026-10-06"))) == []


def test_a_line_clashes_with_a_shift_that_stays() -> None:
    have = known(date="2026-10-04", start="22:00", end="10:00")
    assert clashes(compare([have], line(2))) == [(2, have)]


def test_a_line_clashes_with_a_shift_that_lies_inside_it() -> None:
    have = known(date="2026-10-06", start="01:00", end="02:00")
    assert clashes(compare([have], line(2, start="22:00", end="06:00"))) == [(2, have)]


def test_a_line_does_not_clash_with_what_moves_or_goes() -> None:
    have = known(), known(date="2026-10-06", start="00:00", end="08:00")
    rows = line(2, start="18:00", end="02:00")
    assert clashes(compare(list(have), rows, replaced=(date(2026, 10, 6), date(2026, 10, 6)))) == []


def test_clashes_are_found_across_zones() -> None:
    rows = line(2, start="09:00", end="12:00"), line(3, start="15:00", end="20:00", timezone="Asia/Tokyo")
    assert clashes(compare([], *rows)) == [(2, 3)]


def test_every_line_that_clashes_is_named_in_the_order_of_the_file() -> None:
    rows = line(2, start="12:00", end="14:00"), line(3, start="13:00", end="15:00"), line(4, start="09:00")
    assert clashes(compare([], *rows)) == [(2, 4), (3, 4)]


def test_open_shifts_and_different_people_do_not_clash() -> None:
    rows = (
        line(2),
        line(3, email="ben@example.com", timezone="Europe/Madrid"),
        line(4, email=""),
        line(5, email=""),
    )
    assert clashes(compare([], *rows)) == []


def test_shifts_that_overlapped_before_are_not_the_fault_of_the_file() -> None:
    have = [known(start="09:00"), known(start="10:00")]
    assert clashes(compare(have, line(2, start="18:00", end="19:00", date="2026-10-06"))) == []
