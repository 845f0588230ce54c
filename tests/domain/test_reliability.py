"""How reliable a department was: ratios of sums, medians anew, and nothing from too few."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.escalations import EtaState
from bot.domain.reliability import Answered, Due, Reliability, by_department, reliability, reported_week, week_of

BILLING, LOGISTICS = UUID(int=1), UUID(int=2)
BERLIN = ZoneInfo("Europe/Berlin")


def due(state: EtaState, times: int, whose: UUID = BILLING) -> list[Due]:
    return [Due(whose, state)] * times


def answered(hours: list[int], whose: UUID = BILLING) -> list[Answered]:
    return [Answered(whose, timedelta(hours=each)) for each in hours]


def test_what_is_still_open_and_overdue_counts_as_late() -> None:
    """100 due, 80 met, 5 late, 15 open and overdue: 80 %, not 94.1 %."""
    found = reliability(due(EtaState.KEPT, 80) + due(EtaState.MISSED, 5) + due(EtaState.OPEN, 15), [])
    assert (found.due, found.missed, found.rate) == (100, 20, 0.8)


def test_a_time_that_was_moved_before_it_was_due_counts_neither_way() -> None:
    found = reliability(due(EtaState.KEPT, 6) + due(EtaState.TAKEN_BACK, 4), [])
    assert (found.due, found.moved, found.rate) == (6, 4, 1.0)


def test_too_few_say_nothing() -> None:
    found = reliability(due(EtaState.KEPT, 4), answered([1, 2, 3, 4]))
    assert (found.due, found.rate, found.median) == (4, None, None)


def test_a_median_is_computed_anew() -> None:
    """{5, 5, 200} and {10, 60, 60}: the pooled median is 35."""
    one, other = answered([5, 5, 200]), answered([10, 60, 60], LOGISTICS)
    assert reliability([], one + other).median == timedelta(hours=35)


def test_each_department_has_its_own() -> None:
    found = by_department(due(EtaState.KEPT, 1) + due(EtaState.MISSED, 2, LOGISTICS), answered([3], LOGISTICS))
    assert found == {
        BILLING: Reliability(kept=1),
        LOGISTICS: Reliability(missed=2, took=(timedelta(hours=3),)),
    }


@given(st.lists(st.tuples(st.sampled_from([BILLING, LOGISTICS]), st.sampled_from(list(EtaState))), max_size=30))
def test_totals_are_the_sums_of_any_split(every: list[tuple[UUID, EtaState]]) -> None:
    times = [Due(*each) for each in every]
    whole, parts = reliability(times, []), by_department(times, []).values()
    for count in ("kept", "missed", "moved", "due"):
        assert getattr(whole, count) == sum(getattr(each, count) for each in parts)


def test_the_report_is_of_the_week_that_is_over_and_made_up_for_three_days() -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 11, day, hour, tzinfo=BERLIN).astimezone(UTC)

    assert reported_week(at(2, 8), 0, BERLIN) is None
    assert reported_week(at(2, 9), 0, BERLIN) == date(2026, 10, 26)
    assert reported_week(at(5, 8), 0, BERLIN) == date(2026, 10, 26)
    assert reported_week(at(5, 9), 0, BERLIN) is None
    assert reported_week(at(1, 9), 6, BERLIN) == date(2026, 10, 25)


def test_a_week_lasts_as_long_as_clocks_make_it() -> None:
    assert week_of(date(2026, 10, 20), 0, BERLIN).length == timedelta(days=7, hours=1)
