"""A day on which otherwise comes than was expected: what is still to come, and when people are told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.forecast import Expected
from bot.domain.forecast_today import Deviation, as_it_goes, deviation, is_news, so_far

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


def day(*offered: float, start: datetime = EIGHT) -> list[Expected]:
    return [Expected(start + n * HALF_HOUR, 30, each, each, each, None, 8) for n, each in enumerate(offered)]


def came(*offered: int) -> dict[datetime, int]:
    return {EIGHT + number * HALF_HOUR: each for number, each in enumerate(offered)}


def offered(expected: list[Expected]) -> list[float]:
    return [round(each.offered, 1) for each in expected]


def test_the_rest_of_such_a_day_goes_on_like_it_and_other_days_stay() -> None:
    expected = [*day(40, 40, 40, 40), *day(40, start=EIGHT + DAY)]
    zone = ZoneInfo("UTC")
    assert offered(as_it_goes(expected, came(60, 60, 60), zone, 0.2, 3)) == [40, 40, 40, 57.1, 40]
    assert as_it_goes(expected, came(60, 60), zone, 0.2, 3) == expected
    assert as_it_goes(expected, came(60, 60, 60, 60), zone, 0.2, 3) == expected
    assert as_it_goes(expected, {}, zone, 0.2, 3) == expected


def test_a_file_that_has_nothing_in_the_hours_to_come_says_nothing_of_them() -> None:
    assert so_far(came(41, 0, 39, 0, 0)) == came(41, 0, 39)
    assert so_far(came(0, 0)) == {}
    expected = day(40, 40, 40, 40, 40, 40)
    assert as_it_goes(expected, came(41, 40, 39, 0, 0, 0), ZoneInfo("UTC"), 0.2, 3) == expected


@pytest.mark.parametrize(
    ("offered", "told", "news"),
    [
        (125, None, True),
        (130, 0.25, False),
        (149, 0.25, False),
        (150, 0.25, True),
        (75, 0.25, True),
        (60, -0.25, False),
    ],
)
def test_people_are_told_once_and_again_where_it_turns_or_doubles(
    offered: int, told: float | None, news: bool
) -> None:
    assert is_news(Deviation(EIGHT, EIGHT + 3 * HALF_HOUR, offered, 100), told) is news


def test_contacts_where_none_were_expected_are_told_once_and_again_as_they_double() -> None:
    found = deviation(day(0, 0, 0, 0), came(2, 3, 4), 0.2, 3)
    assert found
    assert (found.share, is_news(found, None)) == (9, True)
    assert [is_news(Deviation(EIGHT, EIGHT + HALF_HOUR, each, 0), found.share) for each in (9, 17, 18)] == [
        False,
        False,
        True,
    ]
