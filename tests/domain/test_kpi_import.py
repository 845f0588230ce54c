"""Files of key figures: which columns say something, and which numbers are none."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.domain.imports import BadFile, Row
from bot.domain.imports_headings import columns_of
from bot.domain.kpi import Measure
from bot.domain.kpi_columns import guess, mapped, saying
from bot.domain.kpi_import import KpiLine, read_kpi

TODAY = date(2026, 9, 28)


def rows(columns: str, *lines: str, file: str = "kpi.csv") -> list[Row]:
    written = columns.split(";")
    headings = dict(zip(columns_of(written), written, strict=True))
    return [
        Row(file, number, dict(zip(headings, line.split(";"), strict=True)), headings)
        for number, line in enumerate(lines, 2)
    ]


def read(every: Sequence[Row]) -> list[KpiLine]:
    return read_kpi([row for each in every for row in mapped([each], guess(each.headings))], "YMD", TODAY)


def refused(columns: str, *lines: str) -> list[tuple[str | None, str]]:
    with pytest.raises(BadFile) as bad:
        read(rows(columns, *lines))
    return [(each.column, each.expected) for each in bad.value.problems]


CONTACTS = "date;offered;answered;answered_in_target;abandoned;abandoned_in_target"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("100;50;90;10;5", "answered_in_target", "at most 50, which is answered"),
        ("100;50;40;10;20", "abandoned_in_target", "at most 10, which is abandoned"),
        (
            "100;90;90;50;50",
            "abandoned_in_target",
            "with answered_in_target at most 100 contacts, which were offered",
        ),
    ],
)
def test_no_service_level_can_be_more_than_all(line: str, column: str, expected: str) -> None:
    assert refused(CONTACTS, f"2026-09-21;{line}") == [(column, expected)]


@pytest.mark.parametrize("offered", ["1,234", "1.234", "-1", "nan", "inf", "1_000", "12.5", "٣", "9999999999"])
def test_what_is_counted_is_a_whole_number_without_a_mark_for_thousands(offered: str) -> None:
    [(column, expected)] = refused("date;offered", f"2026-09-21;{offered}")
    assert (column, expected) == ("offered", "a whole number such as 1250")


def test_what_is_measured_may_have_decimals_but_no_mark_for_thousands() -> None:
    [line] = read(rows("date;aht_seconds;handled", "2026-09-21;187,5;12.0"))
    assert line.said[Measure.AHT] == (2250, 12)
    assert refused("date;adherent_minutes;rostered_minutes", "2026-09-21;1,440;1440")[0][0] == "adherent_minutes"


def test_nobody_talks_for_a_day_or_works_more_than_one() -> None:
    assert refused("date;aht_seconds;handled", "2026-09-21;28801;1") == [
        ("aht_seconds", "seconds, at most 8 hours")
    ]
    columns = "date;agent;worked_minutes;rostered_minutes"
    assert [column for column, _ in refused(columns, "2026-09-21;Ana;4800;480")] == ["worked_minutes"]
    assert read(rows(columns, "2026-09-21;;4800;4800"))


def test_a_column_alone_that_is_a_part_of_another_says_nothing() -> None:
    assert saying(["date", "offered", "aht_seconds", "csat_positive"]) == {"date", "offered", "aht_seconds"}
    assert saying(["date", "logged_in", "logged_out"]) == {"date"}


def test_files_of_one_import_may_have_different_columns() -> None:
    one, other = rows("Date;Calls", "2026-09-21;5"), rows("Day;Ratings;Happy", "2026-09-22;9;8", file="other.csv")
    headings = {own: heading for row in (*one, *other) for own, heading in row.headings.items()}
    read_as = {"offered": "Calls", "csat_positive": "Happy", **guess(headings)}
    first, second = read(mapped([*one, *other], read_as))
    assert (first.place.day.day, first.said) == (21, {Measure.OFFERED: (5, None)})
    assert (second.place.day.day, second.said) == (22, {Measure.CSAT: (8, 9)})
