"""What is short week by week, and where somebody could go home."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.coverage import stretches
from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_patterns import Recurring, Spare, recurring, spare
from bot.domain.wallclock import span
from tests.domain.coverage_examples import hours, needs, posts, there

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 9)


def short(day: date, start: float, end: float, heads: float = 2, names: str = "billing") -> Gap:
    midnight = datetime.combine(day, time())
    when = span(midnight + timedelta(hours=start), midnight + timedelta(hours=end), BERLIN)
    return Gap((Part(when, posts(names), 6, 6 - heads),))


def thursday(weeks_ago: int) -> date:
    return MONDAY + timedelta(days=3) - weeks_ago * timedelta(weeks=1)


def test_the_same_slot_short_in_three_of_four_weeks_recurs_with_its_evidence_also_across_a_clock_change() -> None:
    found = [short(thursday(4), 14, 16), short(thursday(2), 14, 16, 3), short(thursday(1), 14, 15.5, 1)]
    assert recurring(found, MONDAY, BERLIN) == (
        Recurring(
            posts("billing"),
            3,
            time(14),
            time(15, 30),
            ((date(2026, 10, 15), 2), (date(2026, 10, 29), 3), (date(2026, 11, 5), 1)),
        ),
    )
    assert recurring(found, MONDAY, BERLIN)[0].heads == 2


def test_two_weeks_of_four_are_no_pattern_nor_are_three_different_hours() -> None:
    assert recurring([short(thursday(1), 14, 16), short(thursday(2), 14, 16)], MONDAY, BERLIN) == ()
    spread = [short(thursday(each), 8 + 2 * each, 10 + 2 * each) for each in (1, 2, 3)]
    assert recurring(spread, MONDAY, BERLIN) == ()


def test_two_gaps_on_one_day_are_one_week_of_evidence() -> None:
    twice = [short(thursday(1), 14, 16), short(thursday(1), 15, 17, 3), short(thursday(2), 14, 17)]
    assert recurring(twice, MONDAY, BERLIN) == ()


def test_this_week_and_what_is_longer_ago_do_not_count() -> None:
    weeks = [short(thursday(each), 14, 16) for each in (0, 1, 2, 5)]
    assert recurring(weeks, MONDAY, BERLIN) == ()
    assert len(recurring(weeks, MONDAY, BERLIN, weeks=5)) == 1


def test_a_night_belongs_to_both_its_days_and_may_end_at_midnight() -> None:
    nights = [short(thursday(each), 23, 25) for each in (1, 2, 3)]
    assert [(each.weekday, each.start, each.end) for each in recurring(nights, MONDAY, BERLIN)] == [
        (3, time(23), time(0)),
        (4, time(0), time(1)),
    ]


def test_queues_that_are_short_together_are_one_proposal() -> None:
    weeks = [short(thursday(each), 14, 16, names="billing voice") for each in (1, 2, 3)]
    assert [each.posts for each in recurring(weeks, MONDAY, BERLIN)] == [posts("billing voice")]


def test_a_slot_counts_where_its_middle_is_short() -> None:
    weeks = [short(thursday(each), 14 + 10 / 60, 15 + 5 / 60) for each in (1, 2, 3)]
    assert [(each.start, each.end) for each in recurring(weeks, MONDAY, BERLIN)] == [(time(14, 15), time(15))]


def test_somebody_could_go_home_where_one_more_than_needed_is_there_all_of_the_time() -> None:
    plan = [needs("billing", 3, 1, 2, 2, 3, 2, step=1)]
    found = spare(stretches([there("billing")] * 3, plan))
    assert found == (Spare(hours(1, 4), posts("billing"), 1), Spare(hours(5, 6), posts("billing"), 1))


def test_half_a_head_or_half_an_hour_is_no_reason_to_go_home() -> None:
    assert spare(stretches([there("billing")] * 2, [needs("billing", 1.5)])) == ()
    assert spare(stretches([there("billing", 0, 0.5)], [needs("billing", 0)])) == ()


def test_whoever_is_needed_on_another_queue_does_not_go_home() -> None:
    team = [there("billing"), there("billing"), there("billing voice")]
    found = spare(stretches(team, [needs("billing", 1), needs("voice", 1)]))
    assert found == (Spare(hours(0, 8), posts("billing"), 1),)


def test_a_day_with_a_repeated_hour_counts_once() -> None:
    sundays = [date(2026, 10, 25) - timedelta(weeks=each) for each in range(3)]
    found = recurring([short(each, 1, 4) for each in sundays], date(2026, 10, 26), BERLIN)
    assert [(each.weekday, each.start, each.end, len(each.evidence)) for each in found] == [
        (6, time(1), time(4), 3)
    ]
