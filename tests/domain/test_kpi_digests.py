"""When reports come, what they are about, what changed most in them, and what is said late."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.kpi import Cut, Figure, Reading
from bot.domain.kpi_digests import Correction, Line, Times, changed_most, corrections, due, earlier, next_time
from bot.domain.kpi_periods import Cadence, Span, month_of, week_of

BERLIN = ZoneInfo("Europe/Berlin")
MONDAYS = Times(Cadence.WEEKLY, 0, time(8))
FIRSTS = Times(Cadence.MONTHLY, 0, time(8))
DAYS = Times(Cadence.DAILY, 0, time(2, 30))
WEEK = week_of(date(2026, 3, 2), 0)


def utc(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_weekly_report_comes_at_the_same_time_on_the_wall_before_and_after_clocks_change() -> None:
    first = next_time(MONDAYS, utc("2026-03-20 00:00"), BERLIN)
    assert first == utc("2026-03-23 07:00")
    assert next_time(MONDAYS, first, BERLIN) == utc("2026-03-30 06:00")


def test_a_time_that_clocks_skip_is_the_next_valid_one_and_one_that_they_repeat_comes_once() -> None:
    assert next_time(DAYS, utc("2026-03-28 12:00"), BERLIN) == utc("2026-03-29 01:00")
    autumn = next_time(DAYS, utc("2026-10-24 12:00"), BERLIN)
    assert autumn == utc("2026-10-25 00:30")
    assert next_time(DAYS, autumn, BERLIN) == utc("2026-10-26 01:30")


def test_a_report_is_of_the_last_whole_week_or_month_also_on_another_weekday() -> None:
    thursdays = Times(Cadence.WEEKLY, 3, time(8))
    at = utc("2026-03-12 07:00")
    assert due(thursdays, at, at, 0, BERLIN) == WEEK
    first = next_time(FIRSTS, utc("2026-02-15 00:00"), BERLIN)
    assert first == utc("2026-03-01 07:00")
    assert due(FIRSTS, first, first, 0, BERLIN) == month_of(date(2026, 2, 1))
    assert next_time(FIRSTS, first, BERLIN) == utc("2026-04-01 06:00")


def test_of_several_that_were_missed_only_the_last_one_is_made_up() -> None:
    monday = utc("2026-02-16 07:00")
    assert due(MONDAYS, monday, utc("2026-02-16 06:59"), 0, BERLIN) is None
    assert due(MONDAYS, monday, utc("2026-03-10 15:00"), 0, BERLIN) == WEEK


def test_a_report_whose_time_is_moved_to_one_that_is_past_is_made_now_and_one_that_was_made_is_not() -> None:
    noon, monday = Times(Cadence.WEEKLY, 0, time(12)), utc("2026-03-09 07:00")
    assert due(MONDAYS, utc("2026-03-09 11:00"), utc("2026-03-09 08:00"), 0, BERLIN) == WEEK
    assert due(MONDAYS, utc("2026-03-13 11:00"), utc("2026-03-11 08:00"), 0, BERLIN) == WEEK
    assert due(noon, monday, monday, 0, BERLIN) is None
    assert due(noon, utc("2026-03-16 07:00"), utc("2026-03-09 11:00"), 0, BERLIN) is None


def test_earlier_periods_follow_one_another() -> None:
    assert [each.starts for each in earlier(WEEK, 3)] == [date(2026, 2, 9), date(2026, 2, 16), date(2026, 2, 23)]
    assert earlier(month_of(date(2026, 3, 1)), 2) == (month_of(date(2026, 1, 1)), month_of(date(2026, 2, 1)))


def line(figure: Figure, past: tuple[float | None, ...], value: float | None, *, met: bool | None = None) -> Line:
    """A figure with what it was before."""
    return Line(Reading(figure, WEEK, Cut(), value, met=met), past[-1], None, past)


def test_what_changed_most_is_measured_by_how_much_it_usually_changes() -> None:
    calm = line(Figure.CSAT, (0.90, 0.91, 0.90, 0.91), 0.86)
    restless = line(Figure.CONTACTS, (1000, 1400, 900, 1300), 1500)
    still = line(Figure.AHT, (300, 301, 300, 301), 302)
    unknown = line(Figure.NPS, (40, None), 50)
    assert changed_most([restless, still, unknown, calm]) == (calm, restless)


def test_what_got_worse_and_misses_its_target_goes_before_what_merely_varies() -> None:
    contacts = line(Figure.CONTACTS, (1000, 1001, 1000), 1060)
    worse = line(Figure.CSAT, (0.7, 0.9, 0.7, 0.9), 0.832, met=False)
    better = line(Figure.FCR, (0.4, 0.7, 0.4), 0.5, met=False)
    still = line(Figure.QUALITY, (0.7, 0.7), 0.69, met=False)
    assert changed_most([contacts, better, still, worse]) == (worse, contacts, better)


def test_nothing_known_changes_nothing() -> None:
    assert changed_most([line(Figure.CSAT, (0.9, 0.9), None)]) == ()


def test_a_correction_is_what_reads_otherwise_than_it_was_said() -> None:
    said = [(WEEK, {Figure.CSAT: 0.9, Figure.AHT: 300.2, Figure.FCR: None, Figure.NPS: None})]
    now = {WEEK: {Figure.CSAT: 0.85, Figure.AHT: 300.4, Figure.FCR: 0.7, Figure.NPS: None}}
    assert corrections(said, now) == (
        Correction(Figure.CSAT, WEEK, 0.9, 0.85),
        Correction(Figure.FCR, WEEK, None, 0.7),
    )
    assert corrections([(Span(date(2026, 3, 1), date(2026, 3, 2)), {})], {}) == ()
