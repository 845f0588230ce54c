"""Rest between shifts and in the week."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import Effect, Finding, Kind, RuleId, Unit, Week
from bot.domain.rules_work import Piece
from bot.domain.wallclock import span
from tests.domain.rules_examples import (
    BERLIN,
    MICROSECOND,
    MONDAY,
    change,
    found,
    policy_of,
    shift,
    stretched,
    unhurried,
)

EU = policy_of(Jurisdiction.EU)
LATE_DAYS = [shift(day, 14, 22) for day in range(5)]


def daily(before: list[Piece], gained: list[Piece], lost: list[Piece] | None = None) -> tuple[Finding, ...]:
    return found(change(before, gained, lost or []), EU, RuleId.DAILY_REST)


def weekly(before: list[Piece], gained: list[Piece], lost: list[Piece] | None = None) -> tuple[Finding, ...]:
    return found(change(before, gained, lost or []), EU, RuleId.WEEKLY_REST)


def test_ending_at_half_past_nine_and_starting_at_eight_is_ten_and_a_half_hours_and_denied() -> None:
    late, early = shift(0, 13, 21.5), shift(1, 8, 16)
    [finding] = daily([late], [early])
    assert (finding.value, finding.limit, finding.unit) == (10.5, 11, Unit.HOURS)
    assert (finding.kind, finding.effect) == (Kind.LEGAL, Effect.DENY)
    assert finding.about == Interval(late.interval.end, early.interval.start)
    assert finding.source == "Directive 2003/88/EC, article 3"


def test_rest_is_checked_before_and_after_the_shift_that_is_gained() -> None:
    around = [shift(0, 13, 21.5), shift(2, 6, 14)]
    assert [finding.value for finding in daily(around, [shift(1, 8, 20)])] == [10.5, 10]


def test_eleven_hours_are_enough_and_a_microsecond_less_is_not() -> None:
    late, early = shift(0, 13, 21), shift(1, 8, 16)
    assert daily([late], [early]) == ()
    [finding] = daily([stretched(late, end=MICROSECOND)], [early])
    assert finding.value is not None
    assert 10.999 < finding.value < 11


def test_a_break_in_a_split_shift_is_no_daily_rest() -> None:
    assert daily([shift(0, 8, 12), shift(1, 8, 12)], [shift(0, 14, 18)]) == ()


def test_a_shift_that_meets_another_makes_one_block_of_both() -> None:
    [finding] = daily([shift(0, 22, 28)], [shift(1, 4, 12), shift(1, 18, 22)])
    assert (finding.value, finding.about) == (
        6,
        Interval(shift(1, 4, 12).interval.end, shift(1, 18, 22).interval.start),
    )


@pytest.mark.parametrize(("night", "rest"), [(datetime(2026, 10, 24), 10.5), (datetime(2026, 3, 28), 10.5)])
def test_rest_is_counted_in_hours_that_passed(night: datetime, rest: float) -> None:
    """The night lasts nine or seven hours; what counts is that it ends at six and the next starts at 16:30."""
    worked = Piece(span(night.replace(hour=22), night.replace(hour=6) + timedelta(days=1), BERLIN))
    following = night + timedelta(days=1, hours=16, minutes=30)
    [finding] = daily([worked], [Piece(span(following, following + timedelta(hours=4), BERLIN))])
    assert finding.value == rest


def test_rest_over_the_night_on_which_clocks_go_forward_is_an_hour_shorter() -> None:
    evening = Piece(span(datetime(2026, 3, 28, 13), datetime(2026, 3, 28, 20, 30), BERLIN))
    morning = Piece(span(datetime(2026, 3, 29, 8), datetime(2026, 3, 29, 16), BERLIN))
    assert [finding.value for finding in daily([evening], [morning])] == [10.5]


def test_who_rested_too_little_before_is_not_blamed_for_a_later_start() -> None:
    late, early, later = shift(0, 14, 22), shift(1, 6, 14), shift(1, 7, 15)
    assert daily([late, early], [later], [early]) == ()
    [finding] = daily([late, later], [early], [later])
    assert finding.value == 8


def test_who_rested_too_little_before_is_not_blamed_for_an_earlier_end() -> None:
    late, earlier, morning = shift(0, 14, 22), shift(0, 13, 21), shift(1, 6, 14)
    assert daily([late, morning], [earlier], [late]) == ()


def test_a_longer_rest_at_another_time_of_the_same_day_is_no_worse() -> None:
    night, long, short = shift(0, 0, 5), shift(0, 8, 20), shift(0, 12.5, 20)
    assert daily([night, long], [short], [long]) == ()


def test_a_second_short_rest_is_told_although_there_was_a_first() -> None:
    before = [shift(0, 14, 22), shift(1, 6, 14)]
    [finding] = daily(before, [shift(1, 23, 27)])
    assert finding.value == 9


def test_ending_saturday_at_ten_and_starting_monday_at_six_is_thirty_two_hours_and_denied() -> None:
    before = [*LATE_DAYS, shift(7, 6, 14)]
    [finding] = weekly(before, [shift(5, 14, 22)])
    assert (finding.value, finding.limit, finding.effect, finding.about) == (32, 35, Effect.DENY, Week(MONDAY))


def test_short_weekly_rest_is_allowed_where_an_agreement_sets_it_aside() -> None:
    agreed = policy_of(Jurisdiction.EU, weekly_rest={"effect": "allow", "derogated": "Agreement of 2024"})
    made = change([*LATE_DAYS, shift(7, 6, 14)], [shift(5, 14, 22)])
    [finding] = found(made, agreed, RuleId.WEEKLY_REST)
    assert finding.effect is Effect.ALLOW
    assert finding.source == "Directive 2003/88/EC, articles 3 and 5; Agreement of 2024"


def test_weekly_rest_at_the_limit_is_enough_and_a_microsecond_less_is_not() -> None:
    saturday, monday = shift(5, 14, 22), shift(7, 9, 17)
    assert weekly([*LATE_DAYS, monday], [saturday]) == ()
    assert len(weekly([*LATE_DAYS, monday], [stretched(saturday, end=MICROSECOND)])) == 1


def test_the_daily_rest_may_reach_over_the_end_of_the_week_but_no_more_of_it() -> None:
    """From Sunday 06:00 to Tuesday 06:00 lie 48 hours, of which 18 are in the first week."""
    nights = [shift(day, 22, 30) for day in range(-1, 5)]
    [finding] = weekly([*nights, shift(8, 6, 14)], [shift(5, 22, 30)])
    assert (finding.value, finding.about) == (29, Week(MONDAY))


def test_work_on_monday_can_spoil_the_week_that_ended() -> None:
    week = [shift(day, 14, 22) for day in range(6)]
    [finding] = weekly(week, [shift(7, 6, 14)])
    assert finding.about == Week(MONDAY)


def test_work_on_sunday_can_spoil_the_week_that_follows() -> None:
    following = [shift(day, 6, 14) for day in range(8, 14)]
    [finding] = weekly(following, [shift(6, 14, 22)])
    assert (finding.value, finding.about) == (32, Week(MONDAY + timedelta(days=7)))


def test_twelve_days_in_a_row_are_legal_where_each_week_has_its_rest() -> None:
    worked = [shift(day, 9, 17) for day in range(2, 12)]
    assert weekly(worked, [shift(1, 9, 17)]) == ()


HOUR = timedelta(hours=1)
START = shift(0, 0, 1).interval.start
pieces = st.builds(
    lambda hour, length: Piece(Interval(START + hour * HOUR, START + (hour + length) * HOUR)),
    st.integers(0, 14 * 24),
    st.integers(1, 12),
)


@unhurried
@given(st.lists(pieces, min_size=1, max_size=14, unique=True), st.data())
def test_more_rest_breaks_no_rule_of_rest(worked: list[Piece], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(worked))
    assert found(change(worked, lost=[lost]), EU, RuleId.DAILY_REST, RuleId.WEEKLY_REST) == ()


@unhurried
@given(st.lists(pieces, min_size=1, max_size=14, unique=True), st.data())
def test_a_shorter_shift_breaks_no_rule_of_rest(worked: list[Piece], data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(worked))
    length = int(whole.interval.length / HOUR)
    cut = data.draw(st.integers(0, length - 1))
    shorter = stretched(whole, start=cut * HOUR, end=-data.draw(st.integers(0, length - 1 - cut)) * HOUR)
    made = change(worked, [shorter], [whole])
    assert found(made, EU, RuleId.DAILY_REST, RuleId.WEEKLY_REST) == ()


def free_runs(worked: list[Piece], first: int, last: int) -> list[range]:
    """The runs of hours from START + ``first`` to START + ``last`` in which nothing is worked, hour by hour."""
    runs, began = [], None
    for hour in range(first, last + 1):
        busy = hour == last or any(piece.interval.contains(START + hour * HOUR) for piece in worked)
        if busy and began is not None:
            runs.append(range(began, hour))
        began = None if busy else hour if began is None else began
    return runs


@unhurried
@given(st.lists(pieces, min_size=1, max_size=8))
def test_daily_rest_is_what_counting_hour_by_hour_says(worked: list[Piece]) -> None:
    starts = [int((block.start - START) / HOUR) for block in change([], worked).after.blocks]
    longest = [max((len(run) for run in free_runs(worked, start, start + 24)), default=0) for start in starts]
    assert {each.value for each in daily([], worked)} == {float(rest) for rest in longest if rest < 11}


@unhurried
@given(st.lists(pieces, min_size=4, max_size=16))
def test_weekly_rest_is_what_counting_hour_by_hour_says(worked: list[Piece]) -> None:
    short = {}
    for number in range(-1, 4):
        week = range(number * 168, (number + 1) * 168)
        runs = free_runs(worked, -500, 1000)
        rests = [min(len(run), inside + 11) for run in runs if (inside := len(set(run) & set(week)))]
        if max(rests, default=0) < 35:
            short[Week(MONDAY + timedelta(weeks=number))] = float(max(rests, default=0))
    assert {each.about: each.value for each in weekly([], worked)} == short


def test_a_week_is_shown_with_its_last_day() -> None:
    assert Week(MONDAY).last == date(2026, 11, 22)
