"""Kinds of leave: the built-in ones, and what a workspace makes of them."""

from datetime import date, time

import pytest

from bot.domain.timeoff_kinds import (
    BUILT_IN,
    PAID,
    SICK,
    Contact,
    CountedIn,
    Kind,
    Privacy,
    PublicHolidays,
    kind_problems,
    kinds,
)
from bot.domain.when import DayPart, When

DAY = date(2026, 12, 24)


def test_sick_leave_needs_no_approval_and_is_taken_from_nothing() -> None:
    sick = BUILT_IN[SICK]
    assert (sick.approval, sick.ledger, sick.privacy) == (False, None, Privacy.MANAGERS)


def test_who_is_on_parental_leave_is_not_contacted() -> None:
    assert BUILT_IN["parental leave"].contact is Contact.NONE
    assert BUILT_IN["training"].contact is Contact.USUAL


def test_a_workspace_adds_kinds_and_changes_those_that_are_there() -> None:
    known = kinds(
        {
            "Volunteering": {"ledger": "volunteering", "negative_hours": 1.5, "counted_in": "days"},
            "Paid Leave": {"public_holidays": "in the pool"},
        }
    )
    assert known["volunteering"] == Kind(
        "Volunteering", ledger="volunteering", negative_minutes=90, counted_in=CountedIn.DAYS
    )
    paid = known[PAID]
    assert (paid.name, paid.ledger, paid.public_holidays) == (PAID, PAID, PublicHolidays.IN_POOL)
    assert set(known) == {*BUILT_IN, "volunteering"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"aproval": False}, "is not one of"),
        ({"approval": "yes"}, "approval is either true or false"),
        ({"contact": "never"}, "contact is one of usual, waits, none"),
        ({"ledger": " "}, "ledger is a name"),
        ({"negative_hours": -1}, "negative_hours is a number from 0"),
        ({"negative_hours": True}, "negative_hours is a number from 0"),
        ({"privacy": ["managers"]}, "privacy is one of approvers, managers"),
        ("free", "is said as a table"),
    ],
)
def test_what_makes_no_sense_is_named(rules: object, said: str) -> None:
    ((name, words),) = kind_problems({"volunteering": rules})  # type: ignore[dict-item]
    assert name == "volunteering"
    assert said in words


def test_nobody_has_to_approve_that_somebody_is_ill() -> None:
    assert [words for _, words in kind_problems({"Sick leave": {"approval": True}})] == [
        "needs no approval: nobody is asked whether they may be ill"
    ]
    assert kind_problems({"Sick leave": {"privacy": "approvers"}}) == ()


@pytest.mark.parametrize(
    ("counted_in", "allowed"),
    [
        (CountedIn.DAYS, [True, False, False, False]),
        (CountedIn.HALF_DAYS, [True, True, False, False]),
        (CountedIn.HOURS, [True, True, True, True]),
    ],
)
def test_a_kind_is_asked_for_in_pieces_of_its_own(counted_in: CountedIn, allowed: list[bool]) -> None:
    asked = [
        When(DAY, DAY),
        When(DAY, DAY, part=DayPart.MORNING),
        When(DAY, DAY, part=DayPart.EVENING),
        When(DAY, DAY, time(13), time(17)),
    ]
    kind = Kind("any", counted_in=counted_in)
    assert [kind.allows(each) for each in asked] == allowed
