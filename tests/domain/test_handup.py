"""A raised hand: who comes, when it goes up a level, and how long people wait."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.domain.handup import (
    Hand,
    NotTheirs,
    NotWaiting,
    OwnHand,
    State,
    answer_times,
    come,
    done,
    give_up,
    goes_up,
    take_down,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ASKER, LEAD, OTHER = uuid4(), uuid4(), uuid4()
HAND = Hand(ASKER, NOW)


def test_the_first_who_comes_is_the_one_and_the_two_say_that_it_is_over() -> None:
    coming = come(HAND, LEAD)
    assert (coming.state, coming.taken_by) == (State.COMING, LEAD)
    with pytest.raises(NotWaiting):
        come(coming, OTHER)
    with pytest.raises(NotTheirs):
        done(coming, OTHER)
    assert done(coming, ASKER).state is done(coming, LEAD).state is State.DONE
    with pytest.raises(NotWaiting):
        done(HAND, ASKER)
    with pytest.raises(NotWaiting):
        done(done(coming, LEAD), LEAD)


def test_nobody_comes_to_themselves_and_only_they_take_it_down() -> None:
    with pytest.raises(OwnHand):
        come(HAND, ASKER)
    with pytest.raises(NotTheirs):
        take_down(HAND, LEAD)
    assert take_down(HAND, ASKER).state is State.WITHDRAWN
    assert take_down(come(HAND, LEAD), ASKER).state is State.WITHDRAWN
    with pytest.raises(NotWaiting):
        take_down(take_down(HAND, ASKER), ASKER)


def test_it_goes_up_once_for_each_time_of_patience_and_three_times_at_most() -> None:
    after = 3 * MINUTE
    times = (0 * MINUTE, after - timedelta(microseconds=1), after, 2 * after, 7 * after)
    assert [goes_up(HAND, NOW + each, after) for each in times] == [None, None, 1, 2, 3]
    assert goes_up(Hand(ASKER, NOW, 3), NOW + 9 * after, after) is None
    assert goes_up(come(HAND, LEAD), NOW + 9 * after, after) is None


def test_after_an_hour_it_ends_unless_somebody_came() -> None:
    assert give_up(HAND, NOW + 60 * MINUTE - timedelta(microseconds=1)) is None
    missed = give_up(HAND, NOW + 60 * MINUTE)
    assert missed is not None
    assert missed.state is State.MISSED
    assert give_up(come(HAND, LEAD), NOW + 60 * MINUTE) is None


def test_of_few_nothing_is_said_of_how_long_they_waited() -> None:
    waits = [each * MINUTE for each in (1, 2, 9, 4)]
    few = answer_times(9, waits, missed=3, waiting=1)
    assert (few.number, few.came, few.missed, few.waiting, few.median) == (9, 4, 3, 1, None)
    assert answer_times(5, [*waits, 5 * MINUTE], missed=0, waiting=0).median == 4 * MINUTE
