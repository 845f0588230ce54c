from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forecast import FEWEST, Expected, History, NoForecast, error, expect
from bot.domain.forecast_today import deviation, rest_of_day
from bot.domain.intervals import Interval
from bot.domain.volumes import Volume
from bot.domain.wallclock import days
from tests.domain import bank

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
HALF_HOUR = timedelta(minutes=30)


def volume(day: date, hour: int, offered: int, aht: float | None = None, zone: ZoneInfo = BERLIN) -> Volume:
    return Volume(
        "voice", datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC), 30, offered, aht
    )


def mondays(*counts: int, hour: int = 9) -> list[Volume]:
    """So many contacts on the last Mondays, the latest last."""
    return [
        volume(MONDAY - timedelta(weeks=len(counts) - index), hour, count) for index, count in enumerate(counts)
    ]


def of(volumes: list[Volume], **kinds: list[date]) -> History:
    return History.of(volumes, BERLIN, {day: kind for kind, some in kinds.items() for day in some})


def monday(history: History, weeks: int = 8, day: date = MONDAY) -> list[Expected]:
    return list(expect(history, days(day, day, BERLIN), day, weeks))


def test_it_is_the_median_of_the_same_weekday_and_interval() -> None:
    other_day = [volume(MONDAY - timedelta(days=1), 9, 500)]
    [expected] = monday(of(mondays(10, 90, 12) + other_day))
    assert (expected.offered, expected.low, expected.high, expected.days) == (12, 10, 90, 3)
    assert expected.start == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_only_recent_weeks_and_what_was_before_count() -> None:
    history = of(mondays(100, 100, 100, 10, 12, 14))
    assert [each.offered for each in monday(history, weeks=3)] == [12]
    week_before = MONDAY - timedelta(weeks=1)
    assert [each.offered for each in monday(history, weeks=3, day=week_before)] == [12]
    assert [each.offered for each in expect(history, days(MONDAY, MONDAY, BERLIN), week_before, 5)] == [100]


def test_a_day_that_stands_apart_is_expected_from_its_like() -> None:
    holidays = [MONDAY - timedelta(weeks=1), date(2026, 10, 3)]
    history = of([*mondays(40, 42, 2), volume(date(2026, 10, 3), 9, 4)], holiday=holidays)
    assert [each.offered for each in monday(history)] == [41]
    christmas = date(2026, 12, 25)
    with_christmas = History(
        BERLIN, 30, history.offered, {}, history.days, {**history.kinds, christmas: "holiday", MONDAY: "release"}
    )
    assert [each.offered for each in monday(with_christmas, day=christmas)] == [3]
    with pytest.raises(NoForecast):
        monday(with_christmas)


def test_with_a_single_day_or_none_there_is_no_forecast() -> None:
    assert FEWEST == 2
    for history in (of(mondays(40)), of([])):
        with pytest.raises(NoForecast):
            monday(history)
    assert len(monday(of(mondays(40, 41) + mondays(7, hour=10)))) == 1


def test_handle_time_weighs_by_contacts_and_falls_back_on_all_of_the_queue() -> None:
    first, second = MONDAY - timedelta(weeks=2), MONDAY - timedelta(weeks=1)
    measured = [volume(first, 9, 30, 200.0), volume(second, 9, 10, 400.0)]
    unmeasured = [volume(first, 10, 5), volume(second, 10, 7)]
    nine, ten = monday(of(measured + unmeasured))
    assert (nine.aht_seconds, ten.aht_seconds) == (250.0, 250.0)
    assert monday(of(unmeasured))[0].aht_seconds is None


def test_a_repeated_hour_is_expected_twice_and_a_skipped_one_not_at_all() -> None:
    for change, expected in ((date(2026, 10, 25), 2), (date(2026, 3, 29), 0)):
        sundays = [volume(change - timedelta(weeks=weeks), 2, 8) for weeks in (2, 1)]
        other = [volume(change - timedelta(weeks=weeks), 5, 8) for weeks in (2, 1)]
        found = expect(of(sundays + other), days(change, change, BERLIN), change)
        assert sum(each.start.astimezone(BERLIN).hour == 2 for each in found) == expected


def test_intervals_of_unequal_length_are_no_history() -> None:
    with pytest.raises(ValueError, match="15, 30"):
        of([*mondays(4), Volume("voice", datetime(2026, 11, 17, tzinfo=UTC), 15, 3)])


@given(st.lists(st.integers(0, 500), min_size=FEWEST, max_size=12), st.integers(FEWEST, 8))
def test_it_lies_between_the_least_and_the_most_that_came(counts: list[int], weeks: int) -> None:
    [expected] = monday(of(mondays(*counts)), weeks)
    assert expected.low <= expected.offered <= expected.high
    assert expected.offered == median(counts[-weeks:])


def test_its_error_is_the_share_that_was_missed() -> None:
    steady = error(of(mondays(10, 10, 10, 10, 10, 10)))
    assert steady is not None
    assert (steady.wape, steady.last_week, steady.days) == (0, 0, 4)
    jumpy = error(of(mondays(10, 10, 10, 20, 10)), weeks_tried=2)
    assert jumpy is not None
    assert (jumpy.wape, jumpy.last_week) == (10 / 30, 20 / 30)
    assert error(of(mondays(10))) is None


@pytest.mark.skipif(not bank.CALLS.exists(), reason=bank.MISSING)
def test_it_foretells_a_bank_s_calls_better_than_the_week_before_does() -> None:
    found = error(History.of(bank.calls(), bank.ZONE, {}), weeks_tried=6)
    assert found is not None
    assert found.days == 42
    assert found.wape < 0.85 * found.last_week


def today(*offered: float) -> list[Expected]:
    start = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return [
        Expected(start + index * HALF_HOUR, 30, each, each, each, None, 8) for index, each in enumerate(offered)
    ]


def came(*offered: int) -> dict[datetime, int]:
    start = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return {start + index * HALF_HOUR: each for index, each in enumerate(offered)}


def test_a_deviation_is_told_after_so_many_intervals_to_one_side() -> None:
    plan = today(40, 40, 40, 40, 40)
    assert deviation(plan, came(41, 60, 60), 0.2, 3) is None
    assert deviation(plan, came(60, 20, 60), 0.2, 3) is None
    found = deviation(plan, came(41, 60, 60, 60), 0.2, 3)
    assert found is not None
    assert (found.start, found.offered, found.expected, found.share) == (plan[1].start, 180, 120, 0.5)
    longer = deviation(plan, came(41, 60, 60, 60, 55), 0.2, 3)
    assert longer is not None
    assert longer.start == found.start
    fewer = deviation(plan, came(20, 20, 20), 0.2, 3)
    assert fewer is not None
    assert fewer.share == -0.5


def test_what_may_be_chance_is_no_deviation() -> None:
    assert deviation(today(1, 1, 1), came(2, 2, 2), 0.2, 3) is None
    assert deviation(today(40, 40, 40), came(), 0.2, 3) is None


def test_the_rest_of_the_day_follows_what_came_so_far() -> None:
    plan = today(40, 40, 40, 40)
    assert [each.offered for each in rest_of_day(plan, came(60, 60), weight=20)] == [56, 56]
    assert [each.offered for each in rest_of_day(plan, {})] == [40, 40, 40, 40]
    assert [each.start for each in rest_of_day(plan, came(40))] == [each.start for each in plan[1:]]
    assert Interval(plan[0].start, plan[-1].start)
