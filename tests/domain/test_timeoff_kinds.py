"""Kinds of leave: the built-in ones, and what a workspace makes of them."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeoff_kinds import (
    BUILT_IN,
    PAID,
    SICK,
    Contact,
    CountedIn,
    Kind,
    Privacy,
    PublicHolidays,
    Wrong,
    kind_problems,
    kinds,
    said_of,
    wrong_with,
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


def test_a_kind_is_retired_but_sick_leave() -> None:
    assert kinds({"training": {"retired": True}})["training"].retired
    assert "cannot be retired" in kind_problems({"sick leave": {"retired": True}})[0][1]
    assert wrong_with(replace(BUILT_IN[SICK], retired=True)) == {"retired": Wrong.ALWAYS_ILL}


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Kind("Volunteering", ledger="volunteering", negative_minutes=60), {}),
        (
            Kind("Paid  LEAVE", negative_minutes=60),
            {"name": Wrong.TAKEN, "negative_hours": Wrong.NEGATIVE_OF_NOTHING},
        ),
        (Kind("a;b"), {"name": Wrong.NO_NAME}),
        (Kind(" "), {"name": Wrong.NO_NAME}),
        (Kind(SICK), {"name": Wrong.TAKEN, "approval": Wrong.ILL_BY_LEAVE}),
    ],
)
def test_what_of_a_new_kind_cannot_be_is_said_by_field(kind: Kind, wrong: dict[str, Wrong]) -> None:
    assert wrong_with(kind, kinds({})) == wrong


@given(
    st.builds(
        Kind,
        st.sampled_from(["volunteering", *BUILT_IN]),
        st.booleans(),
        st.sampled_from([None, PAID, "volunteering"]),
        st.integers(0, 4000).map(lambda quarters: quarters * 15),
        st.sampled_from(Privacy),
        st.sampled_from(Contact),
        st.sampled_from(CountedIn),
        st.sampled_from(PublicHolidays),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )
)
def test_what_a_setting_says_of_a_kind_is_read_as_that_kind(kind: Kind) -> None:
    assert kinds({kind.name: said_of(kind)})[kind.name] == kind


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
