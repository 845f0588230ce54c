"""Which cases of who is away cannot wait, and which go back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cases import By, Kind
from bot.domain.cases_handover import Done, goes_back, is_at_risk
from bot.domain.intervals import Interval

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


AWAY, BACK = Interval(at(7), at(15)), at(31)  # back at work the next day at seven


@pytest.mark.parametrize(
    ("due", "now", "at_risk"),
    [
        (8, 6, True),  # while they are away
        (15, 6, True),
        (30.9, 6, True),  # the next morning before they are back
        (31, 6, False),
        (6.5, 6, False),  # before they go
        (6.5, 7, True),  # overdue, and now they are away
        (-20, 9, True),
    ],
)
def test_what_is_due_before_they_are_back_is_at_risk(due: float, now: float, at_risk: bool) -> None:
    assert is_at_risk(at(due), AWAY, BACK, at(now)) is at_risk


def test_what_waits_for_the_customer_has_no_deadline_and_is_not_at_risk() -> None:
    assert not is_at_risk(None, AWAY, BACK, at(9))


def test_a_case_goes_back_unless_somebody_has_done_anything_since() -> None:
    assert goes_back([])
    assert goes_back([Done(Kind.STUCK, By.CLOCK), Done(Kind.MESSAGE, By.BOT), Done(Kind.DEADLINE, By.HELPDESK)])
    for happened in (
        Done(Kind.MESSAGE, By.CUSTOMER),
        Done(Kind.WORKING, By.MEMBER),
        Done(Kind.NOTE, By.MEMBER),
        Done(Kind.STATE, By.HELPDESK),
    ):
        assert not goes_back([happened]), happened
