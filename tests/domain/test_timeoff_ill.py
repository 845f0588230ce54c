"""Days of leave on which somebody was ill go back, by certificate, and each only once."""

from datetime import date, timedelta
from uuid import UUID

from bot.domain.timeoff import Day, leave_of
from bot.domain.timeoff_ill import days_ill, given_back

MONDAY = date(2026, 11, 9)
FORTNIGHT = [Day(MONDAY + timedelta(days=each), 480 if each % 7 < 5 else 0, ()) for each in range(12)]


def day(number: int) -> date:
    """A day of the fortnight, counted from 0."""
    return MONDAY + timedelta(days=number)


def test_eighty_hours_less_three_certified_days_are_fifty_six() -> None:
    leave = leave_of(UUID(int=1), FORTNIGHT, pending=False)
    assert sum(each.net for each in leave.days) == 80 * 60
    assert sum(each.net for each in given_back(leave, [day(1), day(2), day(3)]).days) == 56 * 60


def test_what_was_given_back_before_stays_so() -> None:
    leave = leave_of(UUID(int=1), FORTNIGHT, pending=False)
    twice = given_back(given_back(leave, [day(1)]), [day(4)])
    assert [each.day for each in twice.days if each.given_back] == [day(1), day(4)]


def test_days_that_take_nothing_or_are_known_are_left_out() -> None:
    assert days_ill(FORTNIGHT, day(4), day(7), []) == (day(4), day(7))
    assert days_ill(FORTNIGHT, day(0), day(4), [(day(1), day(3))]) == (day(0), day(4))
