"""Public holidays of a workspace's own."""

from datetime import date

import pytest

from bot.domain.coverage_settings import BadLine
from bot.domain.timeoff_holidays import Extent, OwnHoliday, own_holidays_text, read_own_holidays, with_own

EVE, REFORMATION, CARNIVAL = date(2026, 12, 24), date(2026, 10, 31), date(2026, 2, 16)
YEAR = date(2026, 1, 1), date(2026, 12, 31)
TEXT = "2026-02-16 in DE-NW Carnival Monday\n2026-10-31 none Reformation Day\n2026-12-24 half Christmas Eve"


def test_lines_are_read_and_written_alike() -> None:
    found = read_own_holidays(TEXT)
    assert found == (
        OwnHoliday(CARNIVAL, "Carnival Monday", region="DE-NW"),
        OwnHoliday(REFORMATION, "Reformation Day", Extent.NONE),
        OwnHoliday(EVE, "Christmas Eve", Extent.HALF),
    )
    assert own_holidays_text(reversed(found)) == TEXT
    assert read_own_holidays("2026-12-31 half in DE Silvester; ;2026-12-31 New  Year's Eve") == (
        OwnHoliday(date(2026, 12, 31), "New Year's Eve"),
        OwnHoliday(date(2026, 12, 31), "Silvester", Extent.HALF, "DE"),
    )


@pytest.mark.parametrize(
    "line", ["2026-12-24", "24.12.2026 Eve", "2026-13-01 Eve", "2026-12-24 half", f"2026-12-24 {'x' * 61}"]
)
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(BadLine) as bad:
        read_own_holidays(f"2026-05-01 Day of work\n{line}")
    assert bad.value.line == line


def test_own_holidays_go_before_the_public_ones_and_take_some_away() -> None:
    public = {REFORMATION: "Reformationstag", date(2026, 12, 25): "Weihnachten"}
    whole, half = with_own(public, read_own_holidays(TEXT), "DE-NI", *YEAR)
    assert whole == {date(2026, 12, 25): "Weihnachten"}
    assert half == {EVE: "Christmas Eve"}


def test_what_is_for_a_country_is_for_its_regions_and_not_the_other_way_round() -> None:
    own = OwnHoliday(CARNIVAL, "Carnival", region="DE-NW")
    assert [own.holds_in(region) for region in ("DE-NW", "DE-BY", "DE", None)] == [True, False, False, False]
    country = OwnHoliday(EVE, "Eve", region="DE")
    assert [country.holds_in(region) for region in ("DE", "DE-BY", "DK", None)] == [True, True, False, False]
    assert [OwnHoliday(EVE, "Eve").holds_in(region) for region in ("DE", None)] == [True, True]


def test_only_years_that_are_asked_for_are_looked_at() -> None:
    assert with_own({}, read_own_holidays("2027-01-04 Bridge day"), None, *YEAR) == ({}, {})
