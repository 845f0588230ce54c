"""What a shift is besides work, by the clocks of whoever works it."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.fairness import FEWEST, Burden, Hardship, Stint, counted_from, hardships, tally, usual
from bot.domain.intervals import Interval
from tests.domain.rules_examples import BERLIN, shift

NONE: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [(22, 30, True), (18, 24.5, False), (18, 25, True), (3, 11, True), (4, 12, False), (9, 17, False)],
)
def test_three_hours_between_ten_and_six_make_a_night(start: float, end: float, night: bool) -> None:
    found = hardships(shift(0, start, end).interval, BERLIN, NONE)
    assert (Hardship.NIGHT in found) is night


def test_a_short_part_that_lies_in_the_night_altogether_is_a_night() -> None:
    assert hardships(shift(0, 23, 25).interval, BERLIN, NONE) == {Hardship.NIGHT}


def test_a_weekend_is_told_by_the_day_on_which_a_shift_starts() -> None:
    assert hardships(shift(5, 9, 17).interval, BERLIN, NONE) == {Hardship.WEEKEND}
    assert Hardship.WEEKEND not in hardships(shift(4, 22, 30).interval, BERLIN, NONE)
    assert Hardship.WEEKEND in hardships(shift(6, 22, 30).interval, BERLIN, NONE)


def test_days_are_those_where_the_worker_is() -> None:
    late = shift(4, 20, 23).interval
    assert hardships(late, BERLIN, NONE) == frozenset()
    assert Hardship.WEEKEND in hardships(late, ZoneInfo("Asia/Tokyo"), NONE)


def test_a_holiday_is_told_by_its_date() -> None:
    assert Hardship.HOLIDAY in hardships(shift(0, 9, 17).interval, BERLIN, frozenset({date(2026, 11, 16)}))
    assert hardships(shift(1, 9, 17).interval, BERLIN, frozenset({date(2026, 11, 16)})) == frozenset()


def test_the_last_minute_is_less_than_a_day_before() -> None:
    work = shift(2, 9, 17).interval
    assert hardships(work, BERLIN, NONE, work.start - timedelta(hours=24)) == frozenset()
    assert hardships(work, BERLIN, NONE, work.start - timedelta(hours=23)) == {Hardship.LAST_MINUTE}


def test_a_night_over_the_clock_change_counts_by_the_clocks() -> None:
    night = shift(-23, 22, 30).interval
    assert night.length == timedelta(hours=9)
    assert hardships(night, BERLIN, NONE) == {Hardship.NIGHT, Hardship.WEEKEND}


def test_a_burden_counts_what_is_asked_for() -> None:
    had = Burden({Hardship.NIGHT: 14, Hardship.WEEKEND: 3})
    assert had.of({Hardship.NIGHT}) == 14
    assert had.of({Hardship.NIGHT, Hardship.WEEKEND}) == 17
    assert had.of({Hardship.HOLIDAY}) == had.of(()) == 0


def stint(number: int, day: int, start: float, end: float, *, last_minute: bool = False) -> Stint:
    return Stint(UUID(int=number), shift(day, start, end).interval, last_minute)


def test_shifts_are_counted_in_the_month_in_which_they_begin() -> None:
    counted = tally([stint(1, 14, 22, 30), stint(2, 15, 9, 17), stint(3, 20, 9, 17)], BERLIN, NONE)
    assert counted == {
        date(2026, 11, 1): Burden({Hardship.NIGHT: 1}),
        date(2026, 12, 1): Burden({Hardship.WEEKEND: 1}),
    }


def test_the_month_is_that_of_the_clocks_where_the_worker_is() -> None:
    late = stint(1, 14, 18, 22)  # on November 30 in Berlin
    assert list(tally([late], ZoneInfo("Asia/Tokyo"), NONE)) == [date(2026, 12, 1)]


def test_parts_of_one_shift_are_one_and_have_what_any_of_them_has() -> None:
    parts = [stint(1, 5, 9, 12), stint(1, 5, 14, 17, last_minute=True), stint(1, 5, 18, 19)]
    assert tally(parts, BERLIN, NONE) == {
        date(2026, 11, 1): Burden({Hardship.WEEKEND: 1, Hardship.LAST_MINUTE: 1})
    }


def test_a_month_of_plain_work_counts_as_worked() -> None:
    assert tally([stint(1, 0, 9, 17)], BERLIN, NONE) == {date(2026, 11, 1): Burden({})}


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 30), date(2025, 11, 1)),
        (date(2026, 1, 1), date(2025, 1, 1)),
        (date(2024, 2, 29), date(2023, 2, 1)),
    ],
)
def test_twelve_whole_months_count_and_this_one(today: date, since: date) -> None:
    assert counted_from(today) == since


def test_what_is_usual_is_the_middle_of_enough_people() -> None:
    had = [Burden({Hardship.NIGHT: number}) for number in (0, 1, 3, 40, 50)]
    assert usual(had) == {
        Hardship.NIGHT: 3,
        Hardship.WEEKEND: 0,
        Hardship.HOLIDAY: 0,
        Hardship.LAST_MINUTE: 0,
    }
    assert usual(had[: FEWEST - 1]) is None


STEP = timedelta(minutes=15)
# Clocks change in the early morning, at midnight, at ten in the evening, by half an hour, and never.
ZONES = ("Europe/Berlin", "America/Havana", "America/Nuuk", "Australia/Lord_Howe", "Asia/Manila")
YEAR = datetime(2026, 1, 1, tzinfo=UTC)

stints = st.builds(
    lambda number, start, length, late: Stint(
        UUID(int=number), Interval(YEAR + start * STEP, YEAR + (start + length) * STEP), late
    ),
    st.integers(1, 8),
    # Around the days on which clocks change, and over the ends of months.
    st.sampled_from([0, 66, 87, 95, 296, 298, 303, 330]).flatmap(
        lambda day: st.integers(day * 96, (day + 3) * 96)
    ),
    st.integers(1, 104),
    st.booleans(),
)


def by_steps(worked: list[Stint], zone: ZoneInfo, holidays: frozenset[date]) -> dict[date, Counter[Hardship]]:
    """The same slowly: every quarter of an hour is looked at on the clock."""
    found: defaultdict[tuple[date, UUID], set[Hardship]] = defaultdict(set)
    for each in worked:
        steps = [each.interval.start + step * STEP for step in range(each.interval.length // STEP)]
        local = [step.astimezone(zone) for step in steps]
        night = sum(at.hour >= 22 or at.hour < 6 for at in local)
        kinds = found[local[0].date().replace(day=1), each.shift_id]
        kinds |= {Hardship.NIGHT} if night * STEP >= timedelta(hours=3) or night == len(steps) else set()
        kinds |= {Hardship.WEEKEND} if local[0].isoweekday() > 5 else set()
        kinds |= {Hardship.HOLIDAY} if local[0].date() in holidays else set()
        kinds |= {Hardship.LAST_MINUTE} if each.last_minute else set()
    counted: defaultdict[date, Counter[Hardship]] = defaultdict(Counter)
    for (month, _), kinds in found.items():
        counted[month].update(kinds)
    return dict(counted)


@settings(deadline=None)
@given(
    st.lists(stints, max_size=12),
    st.sampled_from(ZONES),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 1, 4)) | st.dates(date(2026, 10, 24), date(2026, 11, 2))),
)
def test_it_is_counted_as_one_would_by_looking_at_the_clock_all_the_time(
    worked: list[Stint], zone: str, holidays: frozenset[date]
) -> None:
    counted = tally(worked, ZoneInfo(zone), holidays)
    assert {month: Counter(each.counts) for month, each in counted.items()} == by_steps(
        worked, ZoneInfo(zone), holidays
    )
