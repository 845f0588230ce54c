"""The dates that dateparser reads for us, and the traps it would lead us into."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.connectors.dates import leftover_date, warm
from bot.domain.when import NotUnderstood, Reading, Understood, When, read_when

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "in ten days", date(2026, 12, 4)),
        ("en", "In Ten Days", date(2026, 12, 4)),
        ("en", "ten days from now", date(2026, 12, 4)),
        ("en", "3 weeks from now", date(2026, 12, 15)),
        ("en", "in a week", date(2026, 12, 1)),
        ("en", "in a fortnight", date(2026, 12, 8)),
        ("en", "two days ago", date(2026, 11, 22)),
        ("de", "in zehn tagen", date(2026, 12, 4)),
        ("de", "in drei wochen", date(2026, 12, 15)),
        ("fr", "dans dix jours", date(2026, 12, 4)),
        ("es", "en una semana", date(2026, 12, 1)),
        ("pl", "2 stycznia", date(2027, 1, 2)),
    ],
)
def test_a_date_in_words_is_read(language: str, text: str, day: date) -> None:
    assert leftover_date(language)(text, TODAY) == day


def test_english_is_read_beside_the_own_language() -> None:
    assert leftover_date("de")("in ten days", TODAY) == date(2026, 12, 4)


@pytest.mark.parametrize("language", ["en-US", "en_GB", "tlh", ""])
def test_a_language_that_dateparser_does_not_have_reads_english(language: str) -> None:
    assert leftover_date(language)("in ten days", TODAY) == date(2026, 12, 4)


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow 9-5",
        "in ten days at 5",
        "in ten days 2",
        "tomorrow week",
        "three days after tomorrow",
        "in ten days january",
    ],
)
def test_nothing_that_was_typed_is_dropped(text: str) -> None:
    assert leftover_date("en")(text, TODAY) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a"),
        ("en", "12/24"),
        ("en", "eleven"),
        ("en", "january"),
        ("en", "next friday"),
        ("en", "a week from today"),
        ("en", "in two months"),
        ("en", "next year"),
        ("fr", "demain 9h"),
        ("en", "in 36 hours"),
        ("en", "3pm EST"),
        ("en", "CEST"),
        ("en", "in ten days EST"),
        ("en", "february 30"),
        ("en", "whenever it rains"),
        ("en", ""),
    ],
)
def test_what_is_no_single_day_is_refused(language: str, text: str) -> None:
    assert leftover_date(language)(text, TODAY) is None


def test_only_days_within_four_hundred_are_believed() -> None:
    read = leftover_date("en")

    assert read("in 400 days", TODAY) == date(2027, 12, 29)
    assert read("in 401 days", TODAY) is None
    assert read("in 99999999999 days", TODAY) is None
    assert read("401 days ago", TODAY) is None


@pytest.mark.parametrize("today", [date(2027, 3, 28), date(2026, 10, 25), date(2026, 12, 31), date(2028, 2, 29)])
def test_the_day_is_counted_from_the_day_it_is_given(today: date) -> None:
    assert leftover_date("en")("in one day", today) == date.fromordinal(today.toordinal() + 1)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    day = leftover_date("en")(text, TODAY)

    assert day is None or abs((day - TODAY).days) <= 400


def test_a_warmed_reader_reads() -> None:
    warm("de")

    assert leftover_date("de")("in zehn tagen", TODAY) == date(2026, 12, 4)


def test_the_grammar_and_dateparser_read_a_line_together() -> None:
    zone = ZoneInfo("Europe/Berlin")
    reading = Reading(datetime(2026, 11, 24, 10, tzinfo=zone), zone, leftover=leftover_date("en"))
    day = date(2026, 12, 4)

    whole = read_when("in ten days 9-5", reading)

    assert isinstance(whole, Understood)
    assert (whole.when.first, whole.when.last) == (day, day)
    assert (whole.when.start, whole.when.end) == (datetime(1, 1, 1, 9).time(), datetime(1, 1, 1, 17).time())
    assert read_when("in ten days", reading) == Understood(When(day, day))
    assert read_when("in ten days EST", reading) == NotUnderstood("", "in ten days EST")
    assert read_when("3pm CEST", reading) == NotUnderstood("3pm", "CEST")
