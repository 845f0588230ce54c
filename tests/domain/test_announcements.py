"""Whom an announcement is for, which times go together, and when somebody is reminded of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.announcements import (
    Audience,
    Candidate,
    Wrong,
    belongs,
    expiry,
    read_audience,
    wrong_times,
    wrong_words,
)
from bot.domain.announcements_remind import next_look, next_reminder, remind_at
from bot.domain.announcements_typed import Typed, What, read_typed
from bot.domain.intervals import Interval

BLUE, RED, REFUNDS, GERMAN, FRENCH, ANA, BEN = (UUID(int=number) for number in range(1, 8))
NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = Interval(NOON - 3 * HOUR, NOON + 5 * HOUR)
MONDAY = Interval(NOON + 3 * DAY, NOON + 3 * DAY + 8 * HOUR)


@pytest.mark.parametrize(
    ("audience", "is_for_ana"),
    [
        (Audience(), True),
        (Audience(teams=frozenset({BLUE, RED})), True),
        (Audience(teams=frozenset({RED})), False),
        (Audience(teams=frozenset({BLUE}), skills=frozenset({REFUNDS})), True),
        (Audience(skills=frozenset({REFUNDS}), languages=frozenset({GERMAN, FRENCH})), True),
        (Audience(skills=frozenset({REFUNDS}), languages=frozenset({FRENCH})), False),
        (Audience(teams=frozenset({RED}), people=frozenset({ANA})), True),
        (Audience(people=frozenset({BEN})), False),
        (Audience(at_work=True), False),
        (Audience(on=date(2026, 11, 6), people=frozenset({ANA})), True),
    ],
)
def test_it_is_for_who_fits_everything_that_is_said_and_for_who_is_named(
    audience: Audience, is_for_ana: bool
) -> None:
    ana = Candidate(ANA, BLUE, frozenset({REFUNDS, GERMAN}))
    assert belongs(audience, ana) is is_for_ana


def test_who_works_then_belongs_to_an_audience_by_shift() -> None:
    assert belongs(Audience(at_work=True), Candidate(ANA, BLUE, frozenset(), works=True))


@pytest.mark.parametrize(
    "audience",
    [
        Audience(),
        Audience(frozenset({BLUE}), frozenset({REFUNDS}), frozenset({GERMAN}), people=frozenset({ANA, BEN})),
        Audience(on=date(2026, 12, 24)),
        Audience(at_work=True),
    ],
)
def test_an_audience_is_stored_whole(audience: Audience) -> None:
    assert read_audience(audience.document()) == audience


@pytest.mark.parametrize(
    ("send_at", "due_at", "expires_at", "wrong"),
    [
        (None, None, None, ()),
        (None, NOON + DAY, NOON + 2 * DAY, ()),
        (NOON, None, None, (Wrong.SENT_BEFORE_NOW,)),
        (NOON + DAY, NOON + DAY, None, (Wrong.DUE_BEFORE_SENT,)),
        (None, None, NOON, (Wrong.EXPIRES_BEFORE_SENT,)),
        (None, NOON + 2 * DAY, NOON + DAY, (Wrong.EXPIRES_BEFORE_DUE,)),
        (NOON + timedelta(microseconds=1), NOON + DAY, NOON + DAY, ()),
    ],
)
def test_each_time_comes_after_the_one_before(
    send_at: datetime | None, due_at: datetime | None, expires_at: datetime | None, wrong: tuple[Wrong, ...]
) -> None:
    assert wrong_times(NOON, send_at, due_at, expires_at) == wrong


def test_it_needs_a_title_and_a_text() -> None:
    assert wrong_words(" ", "\n") == (Wrong.NO_TITLE, Wrong.NO_TEXT)
    assert wrong_words("Phones", "They are back") == ()


def test_it_is_over_after_a_month_but_not_before_two_weeks_after_it_is_due() -> None:
    assert expiry(None, NOON, None) == expiry(None, NOON, NOON + DAY) == NOON + 30 * DAY
    assert expiry(None, NOON, NOON + 20 * DAY) == NOON + 34 * DAY
    assert expiry(NOON + DAY, NOON, None) == NOON + DAY


def test_the_first_reminder_comes_as_the_next_shift_begins() -> None:
    assert next_reminder([TODAY, MONDAY], NOON, BERLIN) == MONDAY.start
    assert next_reminder([TODAY, MONDAY], TODAY.start - HOUR, BERLIN) == TODAY.start
    assert next_reminder([MONDAY], MONDAY.start, BERLIN) > MONDAY.start


def test_who_works_nothing_soon_is_reminded_the_next_morning_at_eight_where_they_are() -> None:
    assert next_reminder([], NOON, BERLIN) == datetime(2026, 11, 7, 7, tzinfo=UTC)
    far = Interval(NOON + 15 * DAY, NOON + 16 * DAY)
    assert next_reminder([far], NOON - 6 * HOUR, BERLIN) == datetime(2026, 11, 6, 7, tzinfo=UTC)


def test_a_reminder_that_is_due_is_given_to_who_works_and_may_be_disturbed() -> None:
    assert remind_at([TODAY, MONDAY], None, NOON, BERLIN) == NOON
    assert remind_at([TODAY], NOON - HOUR, NOON, BERLIN) == NOON


def test_who_is_in_their_quiet_hours_is_reminded_after_them_and_who_is_away_when_they_work_again() -> None:
    assert remind_at([TODAY], NOON + HOUR, NOON, BERLIN) == NOON + HOUR
    assert remind_at([TODAY, MONDAY], NOON + 2 * DAY, NOON, BERLIN) == MONDAY.start
    assert remind_at([MONDAY], None, NOON, BERLIN) == MONDAY.start


def test_who_has_no_shifts_at_all_is_reminded_by_day() -> None:
    night = datetime(2026, 11, 6, 22, tzinfo=UTC)
    assert remind_at([], None, NOON, BERLIN) == NOON
    assert remind_at([], None, night, BERLIN) == datetime(2026, 11, 7, 7, tzinfo=UTC)


def test_the_clock_looks_again_at_whatever_comes_first() -> None:
    assert next_look(NOON + 9 * DAY, NOON + 2 * DAY, [NOON + 3 * DAY, NOON + DAY], None) == NOON + DAY
    assert next_look(NOON + 9 * DAY, None, [], NOON + 4 * DAY) == NOON + 4 * DAY
    assert next_look(NOON + 9 * DAY, None, [], None) == NOON + 9 * DAY


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed(What.WRITE)),
        ("List", Typed(What.LIST)),
        ("help", Typed(What.HELP)),
        ("#12", Typed(What.ONE, 12)),
        ("12 new laptops", Typed(What.WRITE, text="12 new laptops")),
        ("list of new prices", Typed(What.WRITE, text="list of new prices")),
    ],
)
def test_a_word_counts_only_where_it_stands_alone(text: str, typed: Typed) -> None:
    assert read_typed(text) == typed
