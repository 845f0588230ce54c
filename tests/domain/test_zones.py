"""Time zones are found by what people type."""

from datetime import UTC, datetime

import pytest

from bot.domain.zones import find_zones, zone_title

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        (" berlin ", "Europe/Berlin"),
        ("kolk", "Asia/Kolkata"),
        ("utc", "UTC"),
        ("europe/lis", "Europe/Lisbon"),
        ("Asia/Kolkata (UTC+5:30)", "Asia/Kolkata"),
        ("utc-3:30", "America/St_Johns"),
    ],
)
def test_a_zone_is_found_by_its_city(typed: str, found: str) -> None:
    assert find_zones(typed, 100, NOW)[0] == found


def test_a_city_that_begins_so_comes_before_one_that_only_contains_it() -> None:
    assert find_zones("lis", 1, NOW) == ["Europe/Lisbon"]
    assert "America/Argentina/San_Luis" not in find_zones("lis", 1, NOW)
    found = find_zones("ro", 100, NOW)
    assert found.index("Europe/Rome") < found.index("Africa/Cairo")


def test_no_more_are_offered_than_a_menu_takes_and_none_that_is_no_place() -> None:
    every = find_zones("", 10_000, NOW)
    assert len(find_zones("", 100, NOW)) == 100
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(every)
    assert not {"EST", "Etc/GMT+5", "posixrules", "localtime"} & set(every)
    assert find_zones("nowhere at all", 100, NOW) == []


@pytest.mark.parametrize(
    ("name", "month", "words"),
    [
        ("Europe/Berlin", 1, "UTC+1"),
        ("Europe/Berlin", 7, "UTC+2"),
        ("Asia/Kolkata", 1, "UTC+5:30"),
        ("America/New_York", 1, "UTC−5"),
        ("America/St_Johns", 1, "UTC−3:30"),
        ("UTC", 1, "UTC"),
    ],
)
def test_the_offset_is_that_of_the_day(name: str, month: int, words: str) -> None:
    assert zone_title(name, datetime(2026, month, 1, tzinfo=UTC)) == f"{name.replace('_', ' ')} ({words})"
