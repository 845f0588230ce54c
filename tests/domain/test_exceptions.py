"""Exceptions by amount: who decides what, what amounts people write, and what becomes of one."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bot.domain.approval import OwnRequest, ReasonMissing
from bot.domain.coverage_settings import BadLine
from bot.domain.exceptions import (
    AboveLimit,
    Asked,
    BadAmount,
    Money,
    NotTheirs,
    NotWaiting,
    State,
    approve,
    deciders,
    decline,
    expire,
    needs_nobody,
    read_limits,
    read_money,
    read_wanted,
    reminders,
    withdraw,
)
from bot.domain.permissions import Role

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LIMITS = read_limits("agent 20 EUR; lead 100 EUR\ncoordinators 1,000.00 eur; lead 5000 JPY")
ASKER, OTHER = uuid4(), uuid4()


def asked(minor: int = 8000, currency: str = "EUR") -> Asked:
    return Asked(ASKER, Money(minor, currency), NOW, NOW + timedelta(hours=10))


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("80", "EUR", "80.00"),
        (" 80.5 ", "EUR", "80.5"),
        ("80,50", "EUR", "80.50"),
        ("1,250.00", "EUR", "1250"),
        ("1.250,00", "EUR", "1250"),
        ("1 250", "EUR", "1250"),
        ("1'250.50", "CHF", "1250.50"),
        ("1,250,000", "EUR", "1250000"),
        ("5000", "JPY", "5000"),
        ("0.01", "USD", "0.01"),
        ("12.5", "KWD", "12.5"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, amount: str) -> None:
    money = read_money(text, currency)
    assert money.amount == Decimal(amount)
    assert money.currency == currency


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "EUR"),
        ("0", "EUR"),
        ("-5", "EUR"),
        ("80 euro", "EUR"),
        ("1.250", "EUR"),
        ("80.555", "EUR"),
        ("80.5", "JPY"),
        ("99999999999999", "EUR"),
        ("12,34,56", "EUR"),
        ("٣", "EUR"),
    ],
)
def test_what_is_no_amount_or_may_be_two_is_none(text: str, currency: str) -> None:
    with pytest.raises(BadAmount):
        read_money(text, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "nobody", "roles"),
    [
        (2000, "EUR", True, ["lead", "coordinator", "manager"]),
        (2001, "EUR", False, ["lead", "coordinator", "manager"]),
        (10000, "EUR", False, ["lead", "coordinator", "manager"]),
        (10001, "EUR", False, ["coordinator", "manager"]),
        (100001, "EUR", False, ["manager"]),
        (5000, "JPY", False, ["lead", "manager"]),
        (1, "USD", False, ["manager"]),
    ],
)
def test_who_decides_is_for_the_amount_to_say(minor: int, currency: str, nobody: bool, roles: list[str]) -> None:
    assert needs_nobody(Money(minor, currency), LIMITS) is nobody
    assert deciders(Money(minor, currency), LIMITS) == tuple(Role(each) for each in roles)


def test_without_limits_coordinators_and_managers_decide_everything() -> None:
    assert deciders(Money(10**9, "EUR"), ()) == (Role.COORDINATOR, Role.MANAGER)
    assert not needs_nobody(Money(1, "EUR"), ())


@pytest.mark.parametrize("line", ["lead", "lead 100", "manager 5 EUR", "lead 1.000 EUR", "boss 5 EUR"])
def test_a_line_that_says_no_limit_is_refused(line: str) -> None:
    with pytest.raises(BadLine):
        read_limits(line)


def test_nobody_approves_their_own_nor_more_than_they_may() -> None:
    assert approve(asked(), OTHER, [Role.LEAD], LIMITS).decided_by == OTHER
    with pytest.raises(OwnRequest):
        approve(asked(), ASKER, [Role.MANAGER], LIMITS)
    with pytest.raises(AboveLimit):
        approve(asked(10001), OTHER, [Role.LEAD, Role.AGENT], LIMITS)
    with pytest.raises(AboveLimit):
        decline(asked(10001), OTHER, [Role.LEAD], LIMITS, "too much")
    with pytest.raises(ReasonMissing):
        decline(asked(), OTHER, [Role.LEAD], LIMITS, " ")
    declined = decline(asked(), OTHER, [Role.LEAD], LIMITS, "No receipt")
    with pytest.raises(NotWaiting):
        approve(declined, OTHER, [Role.MANAGER], LIMITS)


def test_whoever_asked_takes_it_back_and_nobody_else() -> None:
    assert withdraw(asked(), ASKER).state is State.WITHDRAWN
    with pytest.raises(NotTheirs):
        withdraw(asked(), OTHER)


def test_approvers_are_reminded_twice_and_then_it_expires() -> None:
    one, hour = asked(), timedelta(hours=1)
    times = [NOW + each * hour for each in (0, 4.99, 5, 8.99, 9, 10)]
    assert [reminders(one, each) for each in times] == [0, 0, 1, 1, 2, 2]
    assert expire(one, NOW + 10 * hour - timedelta(microseconds=1)) is None
    expired = expire(one, NOW + 10 * hour)
    assert expired is not None
    assert expired.state is State.EXPIRED
    assert expire(expired, NOW + 11 * hour) is None


def test_what_is_typed_is_an_amount_its_currency_and_why() -> None:
    known = ("EUR", "USD")
    assert read_wanted("240", known) == ("240", None, "")
    assert read_wanted(" 1,250.50 usd lost  twice", known) == ("1,250.50", "USD", "lost  twice")
    assert read_wanted("240 lost twice", known) == ("240", None, "lost twice")
    assert read_wanted("lost 2 parcels", known) == ("", None, "lost 2 parcels")
    assert read_wanted("", known) == ("", None, "")
