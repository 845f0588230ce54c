from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attendance import (
    OPEN,
    Arrival,
    NotOpen,
    State,
    await_them,
    go_on,
    is_awaited,
    near,
    release,
    see,
    stretches,
    wait,
)
from bot.domain.intervals import Interval, total

DAY = datetime(2026, 11, 6, tzinfo=UTC)
GRACE = timedelta(minutes=10)


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def hours(start: float, end: float) -> Interval:
    return Interval(at(start), at(end))


NINE = hours(9, 17)


@pytest.mark.parametrize(
    ("work", "away", "found"),
    [
        ([(9, 17)], [], [(9, 17)]),
        ([(9, 12), (12, 17)], [], [(9, 17)]),
        ([(9, 12), (13, 17)], [], [(9, 17)]),  # a pause for lunch
        ([(9, 11), (13, 17)], [], [(9, 17)]),  # somebody took two hours of it
        ([(6, 10), (16, 20)], [], [(6, 10), (16, 20)]),  # a split shift
        ([(9, 17)], [(9, 9.5)], [(9.5, 17)]),  # late, and said so
        ([(9, 17)], [(0, 24)], []),
        ([(22, 30)], [], [(22, 30)]),  # through the night
        ([], [], []),
    ],
)
def test_who_is_there_from_when_to_when(
    work: list[tuple[float, float]], away: list[tuple[float, float]], found: list[tuple[float, float]]
) -> None:
    assert stretches([hours(*each) for each in work], [hours(*each) for each in away]) == tuple(
        hours(*each) for each in found
    )


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=6))
def test_no_work_is_lost_and_stretches_are_further_apart_than_a_pause(pieces: list[tuple[int, int]]) -> None:
    work = [hours(start / 4, (start + length) / 4) for start, length in pieces]
    found = stretches(work)
    assert all(any(one.intersection(each) == each for one in found) for each in work)
    assert all(after.start - before.end > timedelta(hours=2) for before, after in pairwise(found))
    assert total(work) <= total(found)


@pytest.mark.parametrize(
    ("now", "meant"),
    [(7.9, None), (8, NINE), (9, NINE), (16.9, NINE), (17, None)],
)
def test_a_sign_counts_from_an_hour_before_until_the_end(now: float, meant: Interval | None) -> None:
    assert near([NINE], at(now)) == meant


@pytest.mark.parametrize(
    ("now", "seen", "returns", "awaited"),
    [
        (8.9, [], [], False),
        (8.95, [], [], True),
        (9.1, [], [], True),
        (9.2, [], [], False),  # planned when it had begun
        (9, [at(8.5)], [], False),  # there already, for what was moved
        (9, [at(6)], [], True),
        (9, [], [at(9)], False),  # came back early from an absence
        (9, [], [at(8)], True),
    ],
)
def test_who_is_waited_for(now: float, seen: list[datetime], returns: list[datetime], awaited: bool) -> None:
    assert is_awaited(NINE, at(now), GRACE, seen, returns) is awaited


def test_they_are_asked_after_the_grace_and_after_as_long_again_who_answers_for_them() -> None:
    arrival = await_them(NINE, at(8.95), GRACE)
    assert arrival == Arrival(State.AWAITED, at(9) + GRACE)
    assert go_on(arrival, at(9) + GRACE - timedelta(microseconds=1), GRACE) == arrival
    asked = go_on(arrival, at(9) + GRACE, GRACE)
    assert asked == Arrival(State.ASKED, at(9) + 2 * GRACE)
    missing = go_on(asked, at(9) + 2 * GRACE, GRACE)
    assert missing == Arrival(State.MISSING, None)
    assert go_on(missing, at(12), GRACE) == missing
    waited = wait(missing, at(9.5))
    assert waited == Arrival(State.MISSING, at(9.75))
    assert go_on(waited, at(9.75), GRACE) == missing


def test_what_became_known_late_leaves_as_much_time() -> None:
    assert await_them(NINE, at(9.1), GRACE).due_at == at(9.1) + GRACE


@pytest.mark.parametrize("state", State)
def test_only_what_is_open_is_settled(state: State) -> None:
    arrival = Arrival(state, None)
    if state in OPEN:
        assert [see(arrival).state, release(arrival).state] == [State.HERE, State.RELEASED]
        assert wait(arrival, at(9)).state is State.MISSING
        return
    for step in (see, release, lambda one: wait(one, at(9))):
        with pytest.raises(NotOpen):
            step(arrival)
