"""A settings document becomes a policy, or says in words why it cannot."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jurisdictions import PRESETS, Jurisdiction
from bot.domain.rules import Effect, Kind, RuleId, Setting
from bot.domain.rules_check import CHECKS
from bot.domain.rules_settings import BadPolicy, PolicyProblem, policy_problems, read_policy
from tests.domain.rules_examples import change, found, policy_of, shift, unhurried


def words(jurisdiction: Jurisdiction, name: str, **said: Any) -> list[str]:
    return [problem.words for problem in policy_problems(jurisdiction, {name: said})]


def test_nothing_said_is_the_preset() -> None:
    assert dict(read_policy(Jurisdiction.EU, {}).settings) == dict(PRESETS[Jurisdiction.EU])


def test_a_rule_of_the_workspace_is_policy() -> None:
    setting = policy_of(hours_per_week={"effect": "review", "limit": 45, "unit": "hours"}).settings[
        RuleId.HOURS_PER_WEEK
    ]
    assert setting == Setting(Kind.POLICY, Effect.REVIEW, 45, "Set by the workspace")


def test_the_law_stays_beneath_a_stricter_limit_of_the_workspace() -> None:
    policy = policy_of(Jurisdiction.EU, daily_rest={"effect": "review", "limit": 12})
    tight, illegal = shift(1, 9.5, 15), shift(1, 8, 15)
    [finding] = found(change([shift(0, 13, 22)], [tight]), policy, RuleId.DAILY_REST)
    assert (finding.kind, finding.effect, finding.value, finding.limit) == (Kind.POLICY, Effect.REVIEW, 11.5, 12)
    [finding] = found(change([shift(0, 13, 22)], [illegal]), policy, RuleId.DAILY_REST)
    assert (finding.kind, finding.effect, finding.value, finding.limit) == (Kind.LEGAL, Effect.DENY, 10, 11)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"limit": 10}, "the legal limit of 11 hours (Directive 2003/88/EC, article 3) can only be made stricter"),
        ({"effect": "review"}, "what the law forbids (Directive 2003/88/EC, article 3) stays not possible"),
        ({"effect": "allow"}, "what the law forbids (Directive 2003/88/EC, article 3) stays not possible"),
    ],
)
def test_a_legal_limit_cannot_be_weakened_unless_an_agreement_is_named(
    said: dict[str, Any], expected: str
) -> None:
    way_out = (
        ", except where your country's law or a collective agreement allows something else (articles 17 and 18): "
        "then name that as well"
    )
    assert words(Jurisdiction.EU, "daily_rest", **said) == [expected + way_out]


def test_an_agreement_may_set_a_legal_limit_aside_or_lower_it() -> None:
    policy = policy_of(
        Jurisdiction.EU,
        daily_rest={"limit": 9, "derogated": "Agreement of 2024"},
        hours_rolling={"effect": "allow", "derogated": "Opt-out"},
    )
    lowered, aside = policy.settings[RuleId.DAILY_REST], policy.settings[RuleId.HOURS_ROLLING]
    assert (lowered.kind, lowered.effect, lowered.limit, lowered.derogated) == (
        Kind.LEGAL,
        Effect.DENY,
        9,
        "Agreement of 2024",
    )
    assert (aside.kind, aside.effect, aside.limit) == (Kind.LEGAL, Effect.ALLOW, 48)


@pytest.mark.parametrize(
    ("rule", "said", "expected"),
    [
        ("tea_breaks", {"limit": 1}, "there is no such rule"),
        ("daily_rest", {"effect": "maybe"}, "the effect “maybe” is not one of allow, review, deny"),
        ("daily_rest", {"effect": ["deny"]}, "is not one of allow, review, deny"),
        ("daily_rest", {"limit": "11 h"}, "the limit “11 h” is not a number of hours"),
        ("daily_rest", {"limit": True}, "the limit “True” is not a number of hours"),
        ("daily_rest", {"limit": float("nan")}, "the limit “nan” is not a number of hours"),
        ("daily_rest", {"limit": 660}, "the limit 660 is not between 0 and 24 hours"),
        ("daily_rest", {"limit": 660, "unit": "minutes"}, "is counted in hours, not in minutes"),
        ("daily_rest", {"limits": 11}, "“limits” is not one of effect, limit, unit, weeks, derogated"),
        ("daily_rest", {"derogated": " "}, "derogated names the agreement"),
        ("daily_rest", {"weeks": 4}, "has no reference period"),
        ("daily_rest", {"effect": "review", "derogated": "Agreement"}, "is either not possible or allowed"),
        ("hours_rolling", {"weeks": 26}, "the legal limit of 48"),
        ("hours_rolling", {"weeks": 0}, "the reference period “0” is not a number of weeks from 1 to 52"),
        ("hours_rolling", {"limit": 50}, "the legal limit of 48"),
        ("consecutive_days", {"limit": 6.5}, "days are counted whole"),
        ("consecutive_days", {"effect": "deny"}, "needs a limit in days"),
        ("skill", {"limit": 1}, "has no limit: it is kept or broken"),
        ("skill", {"effect": "allow", "derogated": "Agreement"}, "no limit of the law is in force here"),
        ("overlap", {"effect": "review"}, "cannot be otherwise, so its effect can only be deny"),
        ("accommodation", {"effect": "allow"}, "stays not possible, without exception"),
        ("accommodation", {"effect": "allow", "derogated": "Agreement"}, "no limit of the law is in force here"),
    ],
)
def test_what_cannot_hold_is_said_in_words(rule: str, said: dict[str, Any], expected: str) -> None:
    [problem] = words(Jurisdiction.EU, rule, **said)
    assert expected in problem


def test_all_problems_are_told_at_once() -> None:
    said: dict[str, dict[str, Any]] = {"skill": {"effect": "no"}, "tea": {}, "daily_rest": {"limit": 8}}
    with pytest.raises(BadPolicy) as refused:
        read_policy(Jurisdiction.UK, said)
    assert [problem.rule for problem in refused.value.problems] == ["skill", "tea", "daily_rest"]
    assert all(isinstance(problem, PolicyProblem) for problem in refused.value.problems)


def test_a_settings_value_that_is_no_table_is_said_in_words() -> None:
    assert [each.words for each in policy_problems(Jurisdiction.EU, {"skill": "deny"})] == [  # type: ignore[dict-item]
        "is said as a table, such as {“effect”: “deny”}"
    ]


def test_every_rule_is_checked() -> None:
    assert set(CHECKS) == set(RuleId) - {RuleId.COVERAGE}


said_of_a_rule = st.fixed_dictionaries(
    {},
    optional={
        "effect": st.sampled_from([*Effect]) | st.text(max_size=3),
        "limit": st.integers(-1, 200) | st.floats() | st.text(max_size=3),
        "weeks": st.integers(-1, 60) | st.text(max_size=2),
        "unit": st.sampled_from(["hours", "days", "minutes"]),
    },
)


@unhurried
@given(
    st.sampled_from(list(Jurisdiction)), st.dictionaries(st.sampled_from([*RuleId]), said_of_a_rule, max_size=4)
)
def test_nothing_that_is_accepted_without_an_agreement_weakens_the_law(
    place: Jurisdiction, said: dict[str, dict[str, Any]]
) -> None:
    if policy_problems(place, said):
        with pytest.raises(BadPolicy):
            read_policy(place, said)
        return
    settings = read_policy(place, said).settings
    for rule, law in PRESETS[place].items():
        if law.kind is Kind.LEGAL:
            assert law in (settings[rule], settings[rule].law)
