from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.imports import BadFile, Row
from bot.domain.volumes import Volume, read_volumes
from bot.domain.when import DateOrder

BERLIN = ZoneInfo("Europe/Berlin")


def line(number: int = 2, /, **cells: str) -> Row:
    return Row(
        "volume.csv", number, {"interval_start": "2026-11-23 09:30", "queue": "voice", "offered": "12"} | cells
    )


def read(*rows: Row, date_order: DateOrder = "DMY") -> list[Volume]:
    return read_volumes(rows, date_order, BERLIN)


def refused(*rows: Row) -> list[tuple[int, str | None, str, str]]:
    with pytest.raises(BadFile) as refusal:
        read(*rows)
    return [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems]


def at(hour: int, minute: int = 0, day: int = 23, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_every_column_is_read() -> None:
    cells = {"aht_seconds": "190,5", "answered": "10", "answered_in_target": "8", "abandoned": "2"}
    assert read(line(**cells, abandoned_in_target="1")) == [Volume("voice", at(8, 30), 30, 12, 190.5, 10, 8, 2, 1)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2026-11-23T09:30", at(8, 30)),
        ("2026-11-23 09:30:00", at(8, 30)),
        ("2026-11-23T09:30Z", at(9, 30)),
        ("2026-11-23T09:30:00-05:00", at(14, 30)),
        ("23.11.2026 09:30", at(8, 30)),
        ("23/11/26 9:30", at(8, 30)),
    ],
)
def test_starts_are_read_as_exports_write_them(text: str, start: datetime) -> None:
    assert [each.start for each in read(line(interval_start=text))] == [start]


def test_the_order_of_day_and_month_is_the_workspace_s() -> None:
    assert read(line(interval_start="11/12/2026 09:00"), date_order="MDY")[0].start == at(8, 0, 12)


@pytest.mark.parametrize(
    ("starts", "minutes"),
    [(["09:00", "10:00"], 60), (["09:00", "09:30"], 30), (["09:30"], 30), (["09:00", "09:15", "10:00"], 15)],
)
def test_an_interval_is_as_long_as_those_of_its_queue_allow(starts: list[str], minutes: int) -> None:
    rows = [line(number, interval_start=f"2026-11-23 {start}") for number, start in enumerate(starts, 2)]
    other = line(9, interval_start="2026-11-23 09:45", queue="chat")
    assert {each.minutes for each in read(*rows, other) if each.queue == "voice"} == {minutes}


def test_the_second_line_of_a_repeated_hour_is_its_second_time() -> None:
    rows = [line(2, interval_start="2026-10-25 02:30"), line(3, interval_start="2026-10-25 02:30", offered="7")]
    assert [(each.start, each.offered) for each in read(*rows)] == [
        (at(0, 30, 25, 10), 12),
        (at(1, 30, 25, 10), 7),
    ]
    third = line(4, interval_start="2026-10-25 02:30")
    assert refused(*rows, third) == [
        (4, "interval_start", "2026-10-25 02:30", "an interval of its own: volume.csv, line 3 has this one, too")
    ]


def test_what_the_clocks_skip_is_left_out_unless_something_was_offered_then() -> None:
    nothing = line(2, interval_start="2026-03-29 02:30", offered="0")
    assert read(nothing, line(3)) == read(line(3))
    assert refused(line(2, interval_start="2026-03-29 02:30")) == [
        (
            2,
            "interval_start",
            "2026-03-29 02:30",
            "a time that exists: clocks in Europe/Berlin skip this one on that day",
        )
    ]


def test_a_queue_is_the_same_in_whatever_letters() -> None:
    assert refused(line(2), line(3, queue="Voice")) == [
        (3, "interval_start", "2026-11-23 09:30", "an interval of its own: volume.csv, line 2 has this one, too")
    ]


def test_all_that_is_wrong_is_named_with_its_line_and_column() -> None:
    start = "a time such as 2026-11-23 09:30"
    assert refused(
        line(2, interval_start="soon", offered="-1"),
        line(3, interval_start="2026-11-23 09:10", aht_seconds="0"),
        line(4, queue="", offered="", aht_seconds="30000"),
        line(5, offered="12.5"),
    ) == [
        (2, "interval_start", "soon", start),
        (2, "offered", "-1", "a whole number"),
        (3, "interval_start", "2026-11-23 09:10", start),
        (3, "aht_seconds", "0", "seconds, more than 0 and at most 8 hours"),
        (4, "queue", "", "a name of at most 80 characters"),
        (4, "offered", "", "a whole number"),
        (4, "aht_seconds", "30000", "seconds, more than 0 and at most 8 hours"),
        (5, "offered", "12.5", "a whole number"),
    ]


def test_no_part_is_more_than_its_whole() -> None:
    assert refused(
        line(answered="13", answered_in_target="14"), line(3, abandoned="2", abandoned_in_target="3")
    ) == [
        (2, "answered", "13", "at most 12, which is offered"),
        (2, "answered_in_target", "14", "at most 13, which is answered"),
        (3, "abandoned_in_target", "3", "at most 2, which is abandoned"),
    ]
    both = line(answered="10", answered_in_target="9", abandoned="5", abandoned_in_target="4")
    rest = "at most 3, which is offered less answered_in_target"
    assert refused(both) == [(2, "abandoned_in_target", "4", rest)]


def test_whole_numbers_are_read_as_spreadsheets_write_them() -> None:
    assert read(line(offered="12.0"))[0].offered == 12
