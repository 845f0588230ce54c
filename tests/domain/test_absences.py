"""What becomes of an absence, when it is, and whether somebody says so."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absences import Absence, NotAway, NotYet, State, can_be_offered, come_back, put_in_force
from bot.domain.absences_said import Said, read_length, read_said
from bot.domain.absences_when import away_on, away_today, late_by, met
from bot.domain.intervals import Interval

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 6, 6, 40, tzinfo=BERLIN)


def on(day: int, start: float, end: float, month: int = 11) -> Interval:
    midnight = datetime(2026, month, day, tzinfo=BERLIN)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def reported(interval: Interval) -> Absence:
    return Absence(interval, NOW)


def test_it_is_in_force_after_two_minutes_and_not_a_moment_before() -> None:
    absence, due = reported(on(6, 7, 24)), NOW + timedelta(minutes=2)
    with pytest.raises(NotYet):
        put_in_force(absence, due - timedelta(microseconds=1))
    assert put_in_force(absence, due).state is State.IN_FORCE
    with pytest.raises(NotAway):
        put_in_force(put_in_force(absence, due), due)


def test_what_has_not_begun_is_taken_back_and_what_has_ends_now() -> None:
    at = NOW + timedelta(hours=3)
    ahead = put_in_force(reported(on(7, 0, 24)), at)
    assert come_back(ahead, at) == Absence(on(7, 0, 24), NOW, State.TAKEN_BACK)
    begun = put_in_force(reported(on(6, 7, 24)), at)
    assert come_back(begun, at) == Absence(Interval(on(6, 7, 24).start, at), NOW, State.ENDED)
    assert come_back(reported(on(6, 6.5, 24)), NOW).state is State.TAKEN_BACK


def test_nobody_comes_back_twice_or_from_what_is_over() -> None:
    back = come_back(reported(on(6, 7, 24)), NOW)
    with pytest.raises(NotAway):
        come_back(back, NOW)
    with pytest.raises(NotAway):
        come_back(reported(on(6, 7, 15)), on(6, 15, 16).start)


def test_of_what_has_begun_the_rest_from_the_next_quarter_is_offered_while_half_an_hour_is_left() -> None:
    hole = on(6, 7, 15)
    assert can_be_offered(hole, on(6, 6, 7).start) == hole
    assert can_be_offered(hole, on(6, 9, 10).start + timedelta(minutes=3)) == on(6, 9.25, 15)
    assert can_be_offered(hole, on(6, 9, 10).start + timedelta(minutes=10)) == on(6, 9.25, 15)
    assert can_be_offered(hole, on(6, 9, 10).start + timedelta(minutes=11)) == on(6, 9.5, 15)
    assert can_be_offered(hole, on(6, 14, 15).start + timedelta(minutes=25)) == on(6, 14.5, 15)
    assert can_be_offered(hole, on(6, 14, 15).start + timedelta(minutes=26)) is None


def test_today_is_the_rest_of_the_day_and_what_is_worked_of_it_is_named() -> None:
    work = [on(6, 7, 15), on(7, 7, 15)]
    away = away_today(work, BERLIN, NOW)
    assert away == Interval(NOW, on(6, 0, 24).end)
    assert met(work, away) == (on(6, 7, 15),)
    begun = away_today(work, BERLIN, on(6, 11, 12).start)
    assert begun is not None
    assert met(work, begun) == (on(6, 11, 15),)


def test_on_a_free_day_the_day_of_the_next_shift_is_meant_if_that_is_near() -> None:
    assert away_today([on(7, 7, 15)], BERLIN, NOW) == on(7, 0, 24)
    assert away_today([on(9, 7, 15)], BERLIN, NOW) is None
    assert away_today([on(6, 1, 5)], BERLIN, NOW) is None


def test_who_falls_ill_in_the_night_is_away_until_it_ends_and_a_night_counts_to_the_day_it_begins() -> None:
    nights = [on(5, 22, 30), on(6, 22, 30)]
    assert away_today(nights, BERLIN, on(6, 1, 2).start) == on(6, 1, 6)
    assert away_on(nights, date(2026, 11, 6), date(2026, 11, 6), BERLIN, on(4, 0, 1).start) == on(6, 6, 30)


def test_days_that_are_over_are_no_absence_and_the_clock_change_makes_a_long_one() -> None:
    assert away_on([], date(2026, 11, 4), date(2026, 11, 5), BERLIN, NOW) is None
    night = Interval(datetime(2026, 10, 24, 22, tzinfo=BERLIN), datetime(2026, 10, 25, 6, tzinfo=BERLIN))
    away = away_on([night], date(2026, 10, 24), date(2026, 10, 24), BERLIN, datetime(2026, 10, 1, tzinfo=UTC))
    assert away is not None
    assert met([night], away) == (night,)
    assert night.length == timedelta(hours=9)


def test_who_is_late_misses_the_beginning_of_one_shift_and_no_more() -> None:
    work, half = [on(6, 7, 11), on(6, 11, 15)], timedelta(minutes=30)
    assert late_by(work, half, NOW) == (on(6, 7, 11), on(6, 7, 7.5))
    assert late_by(work, half, on(6, 7.25, 8).start) == (on(6, 7, 11), on(6, 7, 7.5))
    assert late_by(work, half, on(6, 7.75, 8).start) == (on(6, 7, 11), on(6, 7, 8.25))
    assert late_by(work, timedelta(hours=5), NOW) == (on(6, 7, 11), on(6, 7, 11))
    assert late_by([on(9, 7, 15)], half, NOW) is None
    assert late_by([on(6, 7, 15), on(7, 9, 17)], half, on(6, 12, 13).start) == (on(7, 9, 17), on(7, 9, 9.5))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I'm sick today", "today"),
        ("sick", ""),
        ("Hi, I am sick until friday.", "until friday"),
        ("calling in sick today, sorry", "today"),
        ("I'm not feeling well", ""),
        ("bin krank", ""),
        ("Guten Morgen, ich bin heute krank", "heute"),
        ("krank bis freitag", "bis freitag"),
        ("je suis malade aujourd'hui", "aujourd'hui"),
        ("estoy enferma hoy", "hoy"),
    ],
)
def test_who_is_ill_says_so_in_four_languages(text: str, rest: str) -> None:
    assert read_said(text) == Said(rest)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("I'll be 30 minutes late", 30),
        ("running late, 20 min", 20),
        ("komme 45 Minuten später", 45),
        ("je serai en retard de 30 minutes", 30),
        ("llego 15 minutos tarde", 15),
        ("late 1h", 60),
        ("1,5 Stunden später", 90),
    ],
)
def test_who_is_late_says_by_how_much(text: str, minutes: int) -> None:
    assert read_said(text) == Said(late=timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "is ben sick?",
        "<@U1> is sick",
        "I am not sick",
        "nicht mehr krank",
        "late",
        "latest shifts",
        "silly",
        "email,date,start\nana@example.com,sick,x",
        "sick " * 60,
    ],
)
def test_anything_else_is_none_of_it(text: str) -> None:
    assert read_said(text) is None


def test_a_length_is_of_half_a_day_at_most() -> None:
    assert read_length("30m") == timedelta(minutes=30)
    assert read_length("1.5 h") == timedelta(minutes=90)
    assert [read_length(text) for text in ("0m", "13h", "soon", "9:30")] == [None] * 4
