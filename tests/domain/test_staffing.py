"""How many heads a queue needs, and how many are to be rostered for them."""

from datetime import timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.erlang import Outcome, Target, Unstable
from bot.domain.staffing import Demand, Shrinkage, Standard, expected, pooled, required, rostered

HOUR, HALF = timedelta(hours=1), timedelta(minutes=30)
PHONE = Standard(Target(0.8, 20))
TEN = Demand.of(200, 180, HOUR)
SHRINKAGE = Shrinkage(planned=0.08 + 0.04, unplanned=0.10 + 0.05 + 0.03)


def test_the_load_is_contacts_times_their_handle_time_by_the_interval() -> None:
    assert Demand.of(200, 180, HOUR) == Demand(load=10, aht=180) == Demand.of(100, 180, HALF)


@pytest.mark.parametrize(
    ("demand", "standard", "heads"),
    [
        (TEN, PHONE, 14),
        (Demand.of(250, 330, HOUR), Standard(Target(0.8, 30)), 28),
        (Demand(40, 180), Standard(Target(0.8, 20, occupancy=1)), 45),
        (Demand(40, 180), PHONE, 48),
        (TEN, Standard(Target(0.8, 20), minimum=16), 16),
    ],
)
def test_a_queue_needs_heads_for_its_target_its_cap_and_its_minimum(
    demand: Demand, standard: Standard, heads: int
) -> None:
    assert required(demand, standard) == heads


@pytest.mark.parametrize("aht", [0, 180])
@pytest.mark.parametrize("patience", [None, 90])
def test_without_a_contact_a_queue_needs_its_minimum(aht: float, patience: float | None) -> None:
    nothing = Demand.of(0, aht, HALF)
    assert required(nothing, Standard(PHONE.target, minimum=2, patience=patience)) == 2
    assert required(nothing, Standard(PHONE.target, patience=patience)) == 0


def test_nine_heads_let_the_queue_grow_by_twenty_an_hour() -> None:
    assert expected(TEN, PHONE, 9) == Unstable(grows=20)


def test_patience_makes_a_queue_settle_that_grew_for_ever() -> None:
    outcome = expected(TEN, Standard(PHONE.target, patience=120), 9)
    assert isinstance(outcome, Outcome)
    assert outcome.abandons > 0.1


def test_queues_need_fewer_when_everybody_answers_both() -> None:
    assert (required(TEN, PHONE), required(TEN, PHONE), required(pooled([TEN, TEN]), PHONE)) == (14, 14, 24)


def test_what_is_pooled_takes_as_long_as_its_contacts_do_on_average() -> None:
    together = pooled([Demand.of(300, 120, HOUR), Demand.of(100, 480, HOUR), Demand.of(0, 0, HOUR)])
    assert together.aht == pytest.approx((300 * 120 + 100 * 480) / 400)
    assert together.load == pytest.approx(400 * together.aht / 3600)
    assert pooled([]) == pooled([Demand(0, 180)]) == Demand(0, 0)


def test_whoever_chats_with_three_at_once_is_three_places() -> None:
    chat = Standard(PHONE.target, concurrency=3)
    slow = Demand.of(200, 540, HOUR)  # 30 Erlang of chats, of which one head has three
    assert required(slow, Standard(PHONE.target)) == 36
    assert required(slow, chat) == 12
    assert expected(slow, chat, 12) == expected(slow, Standard(PHONE.target), 36)
    assert required(slow, Standard(PHONE.target, concurrency=2.5)) == 15


def test_impatient_chats_are_given_up() -> None:
    outcome = expected(Demand(30, 540), Standard(PHONE.target, patience=60, concurrency=3), 9)
    assert isinstance(outcome, Outcome)
    assert outcome.abandons > 0.1


def test_a_part_of_a_head_counts_once_it_makes_up_a_whole() -> None:
    assert expected(TEN, PHONE, 12 + 4 * 0.3) == expected(TEN, PHONE, 13)
    assert expected(TEN, PHONE, 0.1 + 0.2 + 13.7) == expected(TEN, PHONE, 14)
    assert expected(TEN, Standard(PHONE.target, concurrency=2), 6.5) == expected(TEN, PHONE, 13)


def test_new_hires_who_count_for_a_third_leave_a_floor_short() -> None:
    assert 12 + 4 * 0.3 < required(TEN, PHONE) == 14


def test_what_if_there_were_a_fifth_more() -> None:
    assert TEN.scaled(contacts=1.2) == Demand.of(240, 180, HOUR)
    assert required(TEN.scaled(contacts=1.2), PHONE) == 16
    longer = TEN.scaled(aht=1.1)
    assert longer.load == pytest.approx(11)
    assert longer.aht == pytest.approx(198)


@given(st.floats(0, 100), st.floats(30, 900), st.floats(1, 3))
def test_more_contacts_never_need_fewer_heads(load: float, aht: float, times: float) -> None:
    demand = Demand(load, aht)
    assert required(demand.scaled(contacts=times), PHONE) >= required(demand, PHONE) >= load


def test_ahead_of_time_all_of_the_shrinkage_is_taken_off_once() -> None:
    assert SHRINKAGE.ahead == pytest.approx(0.30)
    assert rostered(required(TEN, PHONE), SHRINKAGE.ahead) == 20


def test_on_a_day_whose_absences_are_known_twenty_rostered_less_two_away_leave_no_gap() -> None:
    needed = rostered(required(TEN, PHONE), SHRINKAGE.on_the_day)
    assert needed == 18
    assert 20 - 1 - 1 - needed == 0


@pytest.mark.parametrize(("heads", "share", "number"), [(21, 0.3, 30), (7, 0.3, 10), (0, 0.3, 0), (13.2, 0, 14)])
def test_a_rounding_rosters_nobody(heads: float, share: float, number: int) -> None:
    assert rostered(heads, share) == number


@pytest.mark.parametrize(("load", "aht"), [(1, 0), (-1, 180), (1, -1), (nan, 180), (1, nan)])
def test_a_demand_that_makes_no_sense_is_refused(load: float, aht: float) -> None:
    with pytest.raises(ValueError, match="cannot be staffed"):
        Demand(load, aht)


@pytest.mark.parametrize(("planned", "unplanned"), [(0.6, 0.4), (-0.1, 0.2), (0.1, -0.2), (nan, 0)])
def test_a_shrinkage_that_leaves_nothing_is_refused(planned: float, unplanned: float) -> None:
    with pytest.raises(ValueError, match="leaves no time"):
        Shrinkage(planned, unplanned)


def test_a_standard_that_makes_no_sense_is_refused() -> None:
    for minimum, patience, concurrency in ((-1, None, 1), (0, 0, 1), (0, None, 0.5)):
        with pytest.raises(ValueError, match="nobody can staff"):
            Standard(PHONE.target, minimum, patience, concurrency)
