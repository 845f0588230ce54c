"""When somebody can work, as a coordinator writes it, and as the rules obey it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.availability import (
    MOST,
    Available,
    BadAvailability,
    TooManyLines,
    as_documents,
    from_documents,
    read_availability,
    windows_of,
)
from bot.domain.intervals import Interval
from bot.domain.rules import RuleId
from bot.domain.rules_work import Piece
from tests.domain.rules_examples import ANA, BERLIN, change, found, policy_of, shift

WEEKDAYS, WEEKEND, ALL = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))
OFFICE = Available(WEEKDAYS, time(8), time(18))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mon-fri 8-18", [OFFICE]),
        ("Mon–Fri 08:00–18:00", [OFFICE]),
        ("monday to friday, from 8am to 6pm", [OFFICE]),
        ("mon-fri 8-18\n\nsat 9-13", [OFFICE, Available(frozenset({5}), time(9), time(13))]),
        ("sat, sun 9-5", [Available(WEEKEND, time(9), time(17))]),
        ("weekend", [Available(WEEKEND, time(), time())]),
        ("mon and wed", [Available(frozenset({0, 2}), time(), time())]),
        ("8-24", [Available(ALL, time(8), time())]),
        ("fri-mon 22-06", [Available(frozenset({4, 5, 6, 0}), time(22), time(6))]),
        ("tue 8-12, 14-18", [Available(frozenset({1}), time(start), time(start + 4)) for start in (8, 14)]),
    ],
)
def test_weekdays_and_hours_are_read_a_line_each(text: str, meant: list[Available]) -> None:
    assert read_availability(text, "en") == tuple(meant)


def test_weekdays_are_read_in_the_language_of_the_workspace_and_in_english() -> None:
    assert read_availability("mo-fr 8-18", "de") == read_availability("mon-fri 8-18", "de") == (OFFICE,)


@pytest.mark.parametrize("text", ["", "  \n ;"])
def test_nothing_said_is_any_time(text: str) -> None:
    assert read_availability(text, "en") is None
    assert windows_of(None, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("mon-fri 8-18; never", "never"),
        ("mon 8", "mon 8"),
        ("8-18 mon-fri", "8-18 mon-fri"),
        ("mon 25-26", "mon 25-26"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(text: str, line: str) -> None:
    with pytest.raises(BadAvailability) as bad:
        read_availability(text, "en")
    assert (bad.value.line, bad.value.choices) == (line, ())


def test_hours_that_may_be_in_either_half_of_the_day_are_not_guessed() -> None:
    with pytest.raises(BadAvailability) as bad:
        read_availability("mon-fri 6-2", "en")
    assert bad.value.choices == ((time(18), time(2)), (time(6), time(14)))


def test_more_lines_than_anybody_looks_through_are_refused() -> None:
    assert len(read_availability("mon 8-9\n" * MOST, "en") or ()) == MOST
    with pytest.raises(TooManyLines):
        read_availability("mon 8-9\n" * (MOST + 1), "en")


def test_what_is_stored_is_what_was_meant() -> None:
    meant = read_availability("mon-fri 8-18\nweekend\nfri 22-6", "en")
    assert meant
    assert from_documents(as_documents(meant)) == meant


@pytest.mark.parametrize(
    ("piece", "possible"),
    [
        (shift(0, 8, 16), True),
        (shift(0, 7.5, 16), False),
        (shift(0, 10, 18.25), False),
        (shift(5, 9, 13), True),
        (shift(5, 9, 13.5), False),
        (shift(6, 9, 13), False),
        (shift(4, 20, 26), True),
    ],
)
def test_a_shift_lies_within_it_whole_or_is_not_possible(piece: Piece, possible: bool) -> None:
    available = read_availability("mon-fri 8-18\nsat 9-13\nfri 18-24\nsat 0-2", "en")
    assert available
    ana = replace(ANA, availability=windows_of(as_documents(available), BERLIN))
    assert bool(found(change([], [piece], person=ana), policy_of(), RuleId.AVAILABILITY)) is not possible


STEP = timedelta(minutes=30)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
# No edge is at a time that clocks skip or show twice.
hours = st.sampled_from([0, 6, 9, 12, 17, 20, 22]).map(time)
said = st.lists(
    st.builds(Available, st.frozensets(st.integers(0, 6), min_size=1), hours, hours), min_size=1, max_size=4
)


def says(each: Available, at: datetime) -> bool:
    """Whether a line speaks of what the clock shows."""
    if each.start < each.end:
        return at.weekday() in each.weekdays and each.start <= at.time() < each.end
    today = at.weekday() in each.weekdays and at.time() >= each.start
    return today or ((at.weekday() - 1) % 7 in each.weekdays and at.time() < each.end)


@settings(deadline=None)
@given(
    said,
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Manila"]),
    # The days on which clocks change in one of them, and any.
    st.sampled_from([66, 87, 93, 276, 296, 303]) | st.integers(0, 364),
    st.integers(0, 96),
    st.integers(1, 40),
)
def test_across_midnight_and_changes_of_the_clocks_it_is_what_the_clock_shows_that_counts(
    available: list[Available], zone: str, day: int, start: int, length: int
) -> None:
    begins = YEAR + timedelta(days=day) + start * STEP
    piece = Piece(Interval(begins, begins + length * STEP))
    ana = replace(ANA, zone=ZoneInfo(zone), availability=windows_of(as_documents(available), ZoneInfo(zone)))
    clock = [(begins + step * STEP).astimezone(ZoneInfo(zone)) for step in range(length)]
    possible = all(any(says(each, at) for each in available) for at in clock)
    assert bool(found(change([], [piece], person=ana), policy_of(), RuleId.AVAILABILITY)) is not possible
