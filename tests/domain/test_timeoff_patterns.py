from datetime import date

import pytest

from bot.domain.timeoff_hours import Pattern
from bot.domain.timeoff_patterns import (
    as_documents,
    contract,
    followed_by,
    pattern_line,
    pattern_said,
    patterns_of,
    read_pattern,
)

TUESDAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("said", "hours", "written"),
    [
        ("mon-fri 8", (8, 8, 8, 8, 8, 0, 0), "mon-fri 8"),
        ("mon 8; tue 8; thu 4", (8, 8, 0, 4, 0, 0, 0), "mon-tue 8; thu 4"),
        ("Monday to Wednesday 7.5h", (7.5, 7.5, 7.5, 0, 0, 0, 0), "mon-wed 7.5"),
        ("fri – mon 6,5", (6.5, 0, 0, 0, 6.5, 6.5, 6.5), "mon 6.5; fri-sun 6.5"),
    ],
)
def test_weekdays_and_hours_are_read_and_written(said: str, hours: tuple[float, ...], written: str) -> None:
    pattern = read_pattern(said)
    assert pattern is not None
    assert pattern.minutes == tuple(round(each * 60) for each in hours)
    assert pattern_line(pattern) == written
    assert read_pattern(written) == pattern


@pytest.mark.parametrize(
    "said", ["", ";", "8", "mon-fri", "mo 8", "mon 25", "mon-wed 8; tue 4", "mon 8, tue 8", "x 8"]
)
def test_what_makes_no_sense_is_no_pattern(said: str) -> None:
    assert read_pattern(said) is None


def test_who_has_no_pattern_works_the_same_from_monday_to_friday() -> None:
    assert contract(30 * 60).minutes == (360, 360, 360, 360, 360, 0, 0)
    assert contract(None).weekly_minutes == 40 * 60
    assert pattern_said(read_pattern("mon-fri 6"), 30 * 60) is None
    assert pattern_said(read_pattern("mon-thu 7.5"), 30 * 60) == "mon-thu 7.5"


def test_another_pattern_holds_from_its_day_on() -> None:
    before, after = contract(40 * 60), contract(20 * 60)
    patterns = followed_by([before], after, TUESDAY)
    assert patterns == (before, Pattern(after.minutes, TUESDAY))
    assert patterns_of(as_documents(patterns), 20 * 60) == patterns


def test_what_changes_twice_on_a_day_changed_once() -> None:
    whole, half, less = (contract(hours * 60) for hours in (40, 20, 10))
    patterns = followed_by(followed_by([whole], half, TUESDAY), less, TUESDAY)
    assert patterns == (whole, Pattern(less.minutes, TUESDAY))
