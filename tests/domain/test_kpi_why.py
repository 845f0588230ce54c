from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.erlang import Target
from bot.domain.kpi_why import Cause, Conditions, Slot, why
from bot.domain.staffing import Standard

HOUR = timedelta(hours=1)
STANDARD = Standard(Target(0.8, 20))
CONDITIONS = st.builds(
    Conditions, st.floats(0, 300), st.floats(30, 600), st.integers(0, 40).map(lambda halves: halves / 2)
)


def percent(share: float) -> float:
    return round(100 * share, 1)


def test_a_bad_hour_is_split_among_calls_handle_time_and_staff() -> None:
    found = why([Slot(HOUR, Conditions(200, 180, 14), Conditions(210, 190, 13))], STANDARD)

    assert found is not None
    assert (percent(found.planned), percent(found.actual)) == (88.8, 60.4)
    assert {cause.value: percent(part) for cause, part in found.parts.items()} == {
        "contacts": -7.3,
        "handle time": -8.4,
        "staff": -12.7,
    }
    assert percent(found.one_more) == percent(found.as_staffed) == 76.8


def test_what_did_not_change_is_no_cause() -> None:
    found = why([Slot(HOUR, Conditions(200, 180, 14), Conditions(200, 180, 12.5))], STANDARD)

    assert found is not None
    assert found.parts[Cause.CONTACTS] == found.parts[Cause.HANDLE_TIME] == 0
    assert found.parts[Cause.STAFF] == pytest.approx(found.actual - found.planned)


def test_half_a_head_counts_for_half_of_what_a_whole_one_would_do() -> None:
    def level(heads: float) -> float:
        found = why([Slot(HOUR, Conditions(200, 180, 14), Conditions(200, 180, heads))], STANDARD)
        assert found is not None
        return found.actual

    assert level(13.5) == pytest.approx((level(13) + level(14)) / 2)


def test_more_than_they_can_answer_is_a_service_level_of_nothing() -> None:
    found = why([Slot(HOUR, Conditions(200, 180, 14), Conditions(200, 180, 9))], STANDARD)

    assert found is not None
    assert found.actual == 0


def test_an_hour_counts_by_its_contacts() -> None:
    quiet, busy = Conditions(10, 180, 14), Conditions(190, 180, 12)
    found = why([Slot(HOUR, quiet, quiet), Slot(HOUR, busy, busy)], STANDARD)
    alone = why([Slot(HOUR, busy, busy)], STANDARD)

    assert found is not None
    assert alone is not None
    assert found.actual == pytest.approx(0.05 + 0.95 * alone.actual, abs=1e-6)


def test_nothing_is_said_of_a_day_on_which_nothing_came() -> None:
    assert why([], STANDARD) is None
    assert why([Slot(HOUR, Conditions(200, 180, 14), Conditions(0, 180, 14))], STANDARD) is None


@given(st.lists(st.builds(Slot, st.just(HOUR), CONDITIONS, CONDITIONS), min_size=1, max_size=4))
def test_the_parts_add_up_to_the_change(slots: list[Slot]) -> None:
    found = why(slots, STANDARD)

    if found is None:
        assert not sum(each.planned.contacts for each in slots) or not sum(each.actual.contacts for each in slots)
    else:
        assert sum(found.parts.values()) == pytest.approx(found.actual - found.planned)
        assert found.one_more >= found.actual - 1e-9
