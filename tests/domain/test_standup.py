"""When the post at stand-up comes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_settings import BadLine
from bot.domain.standup import is_due, read_standup

BERLIN = ZoneInfo("Europe/Berlin")
TEN_TO_SEVEN = time(6, 50)


@pytest.mark.parametrize(("text", "at"), [("06:50", TEN_TO_SEVEN), ("6:50", TEN_TO_SEVEN), (" Off ", None)])
def test_it_is_a_time_on_the_wall_or_off(text: str, at: time | None) -> None:
    assert read_standup(text) == at


@pytest.mark.parametrize("text", ["", "soon", "25:00", "6"])
def test_anything_else_makes_no_sense(text: str) -> None:
    with pytest.raises(BadLine):
        read_standup(text)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 6, 5, 49, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 6, 5, 50, tzinfo=UTC), date(2026, 11, 6)),
        (datetime(2026, 11, 6, 9, 49, 59, tzinfo=UTC), date(2026, 11, 6)),
        (datetime(2026, 11, 6, 9, 50, tzinfo=UTC), None),
        (datetime(2026, 10, 25, 5, 50, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_it_is_due_from_its_time_on_for_a_while(now: datetime, day: date | None) -> None:
    assert is_due(TEN_TO_SEVEN, now, BERLIN) == day


def test_on_the_night_that_skips_its_time_it_is_due_an_hour_later_and_off_is_never_due() -> None:
    skipped = datetime(2026, 3, 29, 1, tzinfo=UTC)  # clocks go from 02:00 to 03:00
    assert is_due(time(2, 30), skipped, BERLIN) == date(2026, 3, 29)
    assert is_due(time(2, 30), skipped - timedelta(microseconds=1), BERLIN) is None
    assert is_due(None, skipped, BERLIN) is None
