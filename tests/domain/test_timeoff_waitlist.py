"""Waiting for days that as many have as may have them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeoff_limits import Taken
from bot.domain.timeoff_waitlist import NotWaiting, State, Wait, after_time, decline, due, offer, served

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
XMAS = tuple(date(2026, 12, day) for day in (24, 25, 26))
BEGINS = datetime(2026, 12, 24, tzinfo=UTC)
A_DAY = timedelta(days=1)


def waits(number: int, *days: date) -> Wait:
    """The lower the number, the longer."""
    return Wait(UUID(int=number), UUID(int=number), days or XMAS, NOW + timedelta(hours=number), BEGINS)


def offered(*each: Wait, places: int) -> list[int]:
    """Who is offered their days where a day has so many places."""

    def is_free(wait: Wait, others: tuple[Taken, ...]) -> bool:
        return all(sum(day in other.days for other in others) < places for day in wait.days)

    return [found.id.int for found in served(each, is_free)]


def test_places_are_offered_in_order_of_asking() -> None:
    assert offered(waits(3), waits(1), waits(2), places=2) == [1, 2]
    assert offered(waits(3), waits(1), places=0) == []


def test_what_is_offered_to_one_is_not_free_for_the_next() -> None:
    assert offered(waits(1, XMAS[0]), waits(2), waits(3, XMAS[2]), places=1) == [1, 3]


def test_who_is_offered_days_keeps_them_before_whoever_asked_earlier_as_long_as_there_is_room() -> None:
    held = replace(waits(2), state=State.OFFERED)
    assert offered(waits(1), held, places=1) == [2]
    assert offered(waits(1), held, places=2) == [2, 1]
    assert offered(waits(1), held, places=0) == []
    assert offered(replace(waits(1), state=State.TAKEN), places=1) == []


def test_an_offer_is_answered_in_time_or_passed_on_and_never_lasts_into_the_days() -> None:
    made = offer(waits(1), NOW, A_DAY)
    assert (made.state, made.answer_by) == (State.OFFERED, NOW + A_DAY)
    assert after_time(made, NOW + A_DAY - timedelta.resolution) == made
    assert after_time(made, NOW + A_DAY).state is State.PASSED
    late = offer(waits(1), BEGINS - timedelta(hours=1), A_DAY)
    assert late.answer_by == BEGINS
    assert after_time(late, BEGINS).state is State.PASSED


def test_waiting_ends_when_the_first_day_begins_and_what_has_ended_stays_so() -> None:
    assert after_time(waits(1), BEGINS - timedelta.resolution) == waits(1)
    assert after_time(waits(1), BEGINS).state is State.OVER
    taken = replace(waits(1), state=State.TAKEN)
    assert after_time(taken, BEGINS) == taken


def test_what_becomes_of_all_who_wait_is_said_at_once() -> None:
    first, second, third, fourth = (waits(number) for number in (1, 2, 3, 4))
    every = [
        replace(offer(first, NOW, A_DAY), answer_by=NOW),
        second,
        replace(third, left=True),
        offer(fourth, NOW, A_DAY),
    ]

    def room(places: int) -> dict[int, State]:
        found = due(every, NOW, lambda _wait, others: len(others) < places)
        return {key.int: state for key, state in found.items()}

    ended = {1: State.PASSED, 3: State.OVER}
    assert room(0) == {**ended, 4: State.WAITING}
    assert room(1) == ended
    assert room(2) == {**ended, 2: State.OFFERED}


def test_whoever_waits_or_was_offered_days_can_say_no_longer_and_nobody_else() -> None:
    assert decline(waits(1), NOW).state is State.DECLINED
    assert decline(offer(waits(1), NOW, A_DAY), NOW).state is State.DECLINED
    with pytest.raises(NotWaiting) as ended:
        decline(offer(waits(1), NOW, A_DAY), NOW + A_DAY)
    assert ended.value.state is State.PASSED
    with pytest.raises(NotWaiting):
        decline(replace(waits(1), state=State.DECLINED), NOW)


def test_offered_days_are_held_as_if_asked_for_when_the_waiting_began() -> None:
    assert waits(2).held == Taken(UUID(int=2), frozenset(XMAS), False, NOW + timedelta(hours=2))


@given(st.lists(st.frozensets(st.sampled_from(XMAS), min_size=1), max_size=8), st.integers(0, 3))
def test_no_day_is_offered_to_more_than_have_room_and_nobody_is_passed_over_for_a_later_one(
    wanted: list[frozenset[date]], places: int
) -> None:
    every = [waits(number, *sorted(days)) for number, days in enumerate(wanted, 1)]
    found = set(offered(*reversed(every), places=places))
    for day in XMAS:
        assert sum(each.id.int in found and day in each.days for each in every) <= places
    for each in every:
        earlier = [other for other in every if other.id.int in found and other.id.int < each.id.int]
        room = all(sum(day in other.days for other in earlier) < places for day in each.days)
        assert (each.id.int in found) == room
