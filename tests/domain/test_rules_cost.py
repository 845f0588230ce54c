"""What a change costs in overtime, supplements and money."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import Effect, Premium, Rates, RuleId, Unit, Week
from bot.domain.rules_cost import Cost, cost_of
from bot.domain.rules_settings import read_policy
from bot.domain.wallclock import Recurring
from tests.domain.rules_examples import ANA, BERLIN, MONDAY, change, found, policy_of, shift

EVERY_DAY = frozenset(range(7))
NIGHT = Premium("night", Decimal("0.25"), (Recurring(EVERY_DAY, time(22), time(6), BERLIN),))
HOLIDAY = Premium("holiday", Decimal(1), dates=frozenset({MONDAY}))
RATES = Rates(Decimal("0.5"), (NIGHT, HOLIDAY))
PAID = replace(ANA, hourly_pay=Decimal(20))
WEEK = [shift(day, 9, 17) for day in range(5)]


def test_overtime_begins_where_the_contract_ends_if_no_limit_is_set() -> None:
    part_timer = replace(ANA, weekly_minutes=20 * 60)
    [finding] = found(change(WEEK[:2], [WEEK[2]], person=part_timer), policy_of())
    assert (finding.rule, finding.effect, finding.unit) == (RuleId.OVERTIME, Effect.REVIEW, Unit.HOURS)
    assert (finding.value, finding.limit, finding.about) == (24, 20, Week(MONDAY))
    assert found(change(WEEK[:2], [WEEK[2]], person=replace(ANA, weekly_minutes=None)), policy_of()) == ()


def test_a_premium_is_told_if_it_costs_more_than_before() -> None:
    policy = read_policy(Jurisdiction.NONE, {}, rates=RATES)
    early, late, night = shift(1, 6, 14), shift(1, 16, 24), shift(2, 22, 30)
    [finding] = found(change([early], [late], [early]), policy)
    assert (finding.rule, finding.effect, finding.what) == (RuleId.PREMIUM, Effect.ALLOW, "night")
    assert (finding.value, finding.limit, finding.unit) == (2, 0, Unit.HOURS)
    assert found(change([night], [late], [night]), policy) == ()


def test_a_holiday_is_paid_where_it_falls() -> None:
    policy = read_policy(Jurisdiction.NONE, {"premium": {"effect": "review"}}, rates=Rates(premiums=(HOLIDAY,)))
    [finding] = found(change([], [shift(-1, 22, 30)]), policy)
    assert (finding.what, finding.value, finding.effect) == ("holiday", 6, Effect.REVIEW)


def test_money_is_pay_overtime_and_supplements_together() -> None:
    """A 48th hour's worth: 8 h at 20, half of it again as overtime, and a quarter of 20 for six hours of night."""
    policy = read_policy(Jurisdiction.US, {}, rates=RATES)
    cost = cost_of(change(WEEK, [shift(4, 24, 32)], person=PAID), policy)
    assert cost == Cost(worked=480, overtime=480, premium=360, money=Decimal("270.00"))


def test_a_cheaper_shift_saves() -> None:
    policy = read_policy(Jurisdiction.NONE, {}, rates=RATES)
    night = shift(2, 22, 30)
    cost = cost_of(change([night], [shift(2, 9, 17)], [night], person=PAID), policy)
    assert cost == Cost(worked=0, overtime=0, premium=-480, money=Decimal("-40.00"))


def test_fewer_hours_in_one_week_do_not_make_up_for_more_in_another() -> None:
    both = [*WEEK, *(shift(7 + day, 9, 17) for day in range(5))]
    cost = cost_of(change(both, [shift(12, 9, 17)], [WEEK[0]], person=PAID), policy_of(Jurisdiction.US))
    assert cost == Cost(worked=0, overtime=480, premium=0, money=Decimal("80.00"))


def test_money_is_unknown_as_soon_as_one_pay_is() -> None:
    policy = policy_of()
    known = cost_of(change([], [WEEK[0]], person=PAID), policy)
    unknown = cost_of(change([], [WEEK[0]]), policy)
    assert known + known == Cost(worked=960, money=Decimal("320.00"))
    assert (known + unknown).money is None
    assert (known + unknown).worked == 960
