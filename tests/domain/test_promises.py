"""What becomes of a promise to a customer, and when people are reminded of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.promises import (
    CONFIRMED_WITHIN,
    DueInThePast,
    Promise,
    PromiseIsOver,
    Reminder,
    State,
    confirm,
    end_with_case,
    make,
    move,
    next_turn,
    take_back,
    tell,
    turn,
)
from tests.domain.sla_examples import at

PROMISE = make(at("Mon 09:00"), at("Thu 15:00"))


def test_it_is_kept_where_the_customer_heard_in_time_to_the_minute() -> None:
    assert tell(PROMISE, at("Thu 15:00")).kept is True
    assert tell(PROMISE, at("Thu 15:01")).kept is False
    assert PROMISE.kept is None


def test_a_promise_that_is_made_anew_after_its_time_stays_missed() -> None:
    in_time = move(PROMISE, at("Fri 12:00"), at("Thu 14:00"))
    assert tell(in_time, at("Fri 11:00")).kept is True
    too_late = move(PROMISE, at("Fri 12:00"), at("Thu 15:30"))
    assert (too_late.missed_at, tell(too_late, at("Fri 11:00")).kept) == (at("Thu 15:00"), False)


def test_nothing_is_promised_for_a_time_that_is_over() -> None:
    with pytest.raises(DueInThePast):
        make(at("Mon 09:00"), at("Mon 09:00"))
    with pytest.raises(DueInThePast):
        move(PROMISE, at("Tue 09:00"), at("Tue 09:00"))


def test_people_are_reminded_before_when_it_went_by_and_when_nobody_cared() -> None:
    assert next_turn(PROMISE) == (at("Thu 13:00"), Reminder.SOON)
    soon, reminder = turn(PROMISE, at("Thu 13:00"))
    assert reminder is Reminder.SOON
    missed, reminder = turn(soon, at("Thu 15:00"))
    assert reminder is Reminder.MISSED
    late, reminder = turn(missed, at("Thu 16:00"))
    assert (reminder, late.missed_at, next_turn(late)) == (Reminder.NOBODY, at("Thu 15:00"), None)
    assert turn(late, at("Fri 16:00"))[1] is None


def test_after_downtime_only_the_last_reminder_is_given() -> None:
    assert turn(PROMISE, at("Fri 09:00"))[1] is Reminder.NOBODY


def test_what_is_due_at_once_has_no_reminder_ahead() -> None:
    assert next_turn(make(at("Mon 09:00"), at("Mon 10:00"))) == (at("Mon 10:00"), Reminder.MISSED)


def test_it_stays_until_the_customer_confirms_it_and_that_is_asked_once() -> None:
    told = tell(PROMISE, at("Tue 10:00"))
    assert next_turn(told) == (at("Tue 10:00") + CONFIRMED_WITHIN, Reminder.CONFIRM)
    asked, reminder = turn(told, at("next Mon 10:00"))
    assert (reminder, next_turn(asked), asked.kept) == (Reminder.CONFIRM, None, True)
    assert confirm(asked).state is State.CONFIRMED


DEEDS: tuple[Callable[[Promise], Promise], ...] = (
    confirm,
    take_back,
    lambda promise: tell(promise, at("Wed 10:00")),
    lambda promise: end_with_case(promise, at("Wed 10:00")),
)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_over_stays_over(deed: Callable[[Promise], Promise]) -> None:
    for over in (take_back(PROMISE), confirm(tell(PROMISE, at("Tue 10:00")))):
        with pytest.raises(PromiseIsOver):
            deed(over)


def test_only_who_has_heard_confirms_and_what_they_have_heard_is_not_taken_back() -> None:
    with pytest.raises(PromiseIsOver):
        confirm(PROMISE)
    with pytest.raises(PromiseIsOver):
        take_back(tell(PROMISE, at("Tue 10:00")))


def test_it_ends_with_its_case() -> None:
    later = at("Fri 09:00") + timedelta(days=1)
    assert end_with_case(tell(PROMISE, at("Tue 10:00")), later).state is State.CONFIRMED
    ended = end_with_case(PROMISE, later)
    assert (ended.state, ended.missed_at) == (State.TAKEN_BACK, at("Thu 15:00"))
