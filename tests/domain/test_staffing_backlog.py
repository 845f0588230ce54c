"""Work that waits is done by its deadlines, by as steady a number of heads as that allows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.staffing_backlog import BacklogPlan, Batch, plan_backlog

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
QUARTER = 900


def at(hours: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hours)


def hours(start: int, end: int, day: int = 0) -> list[Interval]:
    return [Interval(at(hour, day), at(hour + 1, day)) for hour in range(start, end)]


def mails(number: float, arrives: datetime, due: datetime) -> Batch:
    """Of six minutes each: ten are an hour of work."""
    return Batch(arrives, due, number * 360)


def done(plan: BacklogPlan, batches: Sequence[Batch], opening: Sequence[Interval]) -> list[float]:
    """What is left of each batch at its deadline, if those who work take what is due first."""
    left = {number: batch.seconds for number, batch in enumerate(batches) if batch not in plan.late}
    overdue = []
    for heads, interval in zip(plan.heads, opening, strict=True):
        overdue += [left.pop(number) for number in list(left) if batches[number].due < interval.end]
        able = heads * interval.length.total_seconds()
        for number in sorted(left, key=lambda each: batches[each].due):
            if batches[number].arrives <= interval.start:
                worked = min(able, left[number])
                left[number] -= worked
                able -= worked
    return overdue + list(left.values())


def test_a_morning_of_mails_is_spread_over_the_hours_until_it_is_due() -> None:
    plan = plan_backlog([mails(80, at(9), at(17))], hours(9, 17))
    assert plan == BacklogPlan(heads=(1.0,) * 8, late=())


def test_a_tight_deadline_is_met_first_and_the_rest_around_it() -> None:
    urgent, rest = mails(30, at(10), at(11)), mails(30, at(9), at(13))
    assert plan_backlog([urgent, rest], hours(9, 13)).heads == pytest.approx((1, 3, 1, 1))


def test_nobody_works_before_the_work_is_there() -> None:
    assert plan_backlog([mails(20, at(11), at(13))], hours(9, 13)).heads == pytest.approx((0, 0, 1, 1))


def test_what_comes_in_within_an_interval_is_begun_with_the_next() -> None:
    assert plan_backlog([mails(20, at(9.5), at(12))], hours(9, 12)).heads == pytest.approx((0, 1, 1))


def test_a_night_and_a_weekend_between_are_no_time_to_work() -> None:
    opening = hours(16, 18, day=4) + hours(9, 11, day=7)
    plan = plan_backlog([mails(40, at(16, day=4), at(11, day=7))], opening)
    assert plan.heads == pytest.approx((1, 1, 1, 1))


def test_what_is_due_before_anybody_works_again_is_named_not_hidden() -> None:
    weekend, monday = mails(10, at(18, day=4), at(12, day=5)), mails(10, at(18, day=4), at(10, day=7))
    plan = plan_backlog([weekend, monday], hours(16, 18, day=4) + hours(9, 10, day=7))
    assert plan.late == (weekend,)
    assert plan.heads == pytest.approx((0, 0, 1))


def test_nothing_to_do_needs_nobody() -> None:
    assert plan_backlog([mails(0, at(9), at(9))], hours(9, 11)) == BacklogPlan((0, 0), ())
    assert plan_backlog([], []) == BacklogPlan((), ())


def test_longer_intervals_do_more() -> None:
    opening = [Interval(at(9), at(12)), Interval(at(12), at(13))]
    assert plan_backlog([mails(40, at(9), at(13))], opening).heads == pytest.approx((1, 1))


def test_opening_hours_out_of_order_are_refused() -> None:
    for opening in (hours(9, 11)[::-1], [Interval(at(9), at(11)), Interval(at(10), at(12))]):
        with pytest.raises(ValueError, match="out of order"):
            plan_backlog([], opening)


@st.composite
def days_of_work(draw: st.DrawFn) -> tuple[list[Batch], list[Interval]]:
    places = sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=14)))
    start = [MONDAY + timedelta(seconds=QUARTER * place) for place in places]
    opening = [Interval(each, each + timedelta(seconds=QUARTER)) for each in start]
    instants = st.integers(0, 41).map(lambda place: MONDAY + timedelta(seconds=QUARTER * place))
    batches = st.lists(st.builds(Batch, instants, instants, st.integers(1, 9000).map(float)), max_size=10)
    return draw(batches), opening


@given(days_of_work())
def test_every_batch_is_done_in_time_with_no_head_too_many(floor: tuple[list[Batch], list[Interval]]) -> None:
    batches, opening = floor
    plan = plan_backlog(batches, opening)
    doable = [batch for batch in batches if batch not in plan.late]
    assert done(plan, batches, opening) == pytest.approx([0.0] * len(doable), abs=1e-6)
    assert sum(plan.heads) * QUARTER == pytest.approx(sum(batch.seconds for batch in doable))


@given(days_of_work())
def test_no_plan_has_a_lower_peak(floor: tuple[list[Batch], list[Interval]]) -> None:
    batches, opening = floor
    plan = plan_backlog(batches, opening)
    doable = [batch for batch in batches if batch not in plan.late]

    def least(start: datetime, end: datetime) -> float:
        """The heads without which the work of a stretch would not be done in it."""
        open_for = sum(QUARTER for each in opening if start <= each.start and each.end <= end)
        within = sum(batch.seconds for batch in doable if start <= batch.arrives and batch.due <= end)
        return within / open_for if within else 0.0

    stretches = [least(one.arrives, other.due) for one in doable for other in doable]
    assert max(plan.heads) == pytest.approx(max(stretches, default=0.0))
