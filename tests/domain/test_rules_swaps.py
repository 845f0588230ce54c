"""A swap is checked whole: both people, what is left behind, the cost, and who may read what."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage_effect import Effect as Left
from bot.domain.coverage_supply import Post
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import Effect, Kind, Policy, RuleId, Week
from bot.domain.rules_cost import Cost
from bot.domain.rules_settings import read_policy
from bot.domain.rules_swaps import Outcome, Party, Return, Verdict, check_swap, read_verdict, returns
from bot.domain.rules_work import NotTheirs, Person, Piece, Work
from tests.domain.rules_examples import ANA, BEN, BERLIN, MONDAY, NOW, change, policy_of, shift, unhurried

US = policy_of(Jurisdiction.US)
EU = policy_of(Jurisdiction.EU)


def party(person: Person, policy: Policy, pieces: list[Piece], *gives: Piece) -> Party:
    return Party(person, policy, Work.of(pieces, person.zone, policy.first_weekday), gives)


def fortnight(person: Person, policy: Policy, *gives: Piece) -> Party:
    """Forty hours in each of two weeks."""
    return party(person, policy, [shift(week + day, 9, 17) for week in (0, 7) for day in range(5)], *gives)


def test_ana_and_ben_swap_over_two_weeks_and_it_costs_sixteen_hours_of_overtime() -> None:
    """Each at 40 h in both weeks; Ana's Friday of week 1 for Ben's Monday of week 2: Ana 32/48, Ben 48/32."""
    friday, monday = shift(4, 9, 17), shift(7, 9, 17)
    ana = party(
        replace(ANA, hourly_pay=Decimal(30)),
        US,
        [*(shift(d, 9, 17) for d in (0, 1, 2, 3, 8, 9, 10, 11, 12)), friday],
    )
    ben = party(
        replace(BEN, hourly_pay=Decimal(20)),
        US,
        [*(shift(d, 9, 17) for d in (0, 1, 2, 3, 5, 8, 9, 10, 11)), monday],
    )
    verdict = check_swap(replace(ana, gives=(friday,)), replace(ben, gives=(monday,)), NOW)
    told = {(each.rule, each.whom, each.about, each.value, each.limit, each.effect) for each in verdict.findings}
    assert told == {
        (RuleId.OVERTIME, ANA.id, Week(MONDAY.replace(day=23)), 48, 40, Effect.REVIEW),
        (RuleId.OVERTIME, BEN.id, Week(MONDAY), 48, 40, Effect.REVIEW),
    }
    assert verdict.outcome is Outcome.REVIEW
    assert verdict.cost == Cost(worked=0, overtime=16 * 60, premium=0, money=Decimal("200.00"))
    weeks = [
        change(side.work.pieces, [gain], [loss]).after.weeks
        for side, gain, loss in ((ana, monday, friday), (ben, friday, monday))
    ]
    assert [[length.total_seconds() / 3600 for _, length in sorted(each.items())] for each in weeks] == [
        [32, 48],
        [48, 32],
    ]


def swap_that_breaks_bens_rest() -> Verdict:
    """Ana's early Tuesday for Ben's late Thursday, after Ben's late Monday."""
    early, late = shift(1, 6, 14), shift(3, 14, 22)
    ana = party(ANA, EU, [early], early)
    ben = party(BEN, EU, [shift(0, 14, 22), late], late)
    return check_swap(ana, ben, NOW)


def test_what_breaks_nothing_is_automatic_unless_the_policy_wants_a_look() -> None:
    mine, theirs = shift(0, 9, 17), shift(2, 9, 17)
    assert (
        check_swap(party(ANA, EU, [mine], mine), party(BEN, EU, [theirs], theirs), NOW).outcome
        is Outcome.AUTOMATIC
    )
    looked_at = read_policy(Jurisdiction.EU, {}, auto_approve=False)
    verdict = check_swap(party(ANA, EU, [mine], mine), party(BEN, looked_at, [theirs], theirs), NOW)
    assert (verdict.outcome, verdict.findings) == (Outcome.REVIEW, ())


def test_the_law_makes_a_swap_impossible_for_good() -> None:
    verdict = swap_that_breaks_bens_rest()
    assert verdict.outcome is Outcome.IMPOSSIBLE
    assert [(each.rule, each.whom, each.value, each.kind) for each in verdict.firm] == [
        (RuleId.DAILY_REST, BEN.id, 8, Kind.LEGAL)
    ]


def test_what_only_policy_denies_is_impossible_but_not_firm() -> None:
    mine, theirs = shift(0, 9, 17, skills=frozenset({"billing"})), shift(2, 9, 17)
    verdict = check_swap(party(ANA, EU, [mine], mine), party(BEN, EU, [theirs], theirs), NOW)
    assert verdict.outcome is Outcome.IMPOSSIBLE
    assert [each.rule for each in verdict.denials] == [RuleId.SKILL]
    assert verdict.firm == ()


def test_the_asker_reads_not_possible_with_ben_and_no_rule_of_his() -> None:
    verdict = swap_that_breaks_bens_rest()
    reading = read_verdict(verdict, ANA.id, approves=False)
    assert (reading.outcome, reading.findings, reading.cost) == (Outcome.IMPOSSIBLE, (), None)
    assert reading.impossible_with == (BEN.id,)


def test_an_approver_reads_the_rule_the_value_the_limit_and_the_cost() -> None:
    verdict = swap_that_breaks_bens_rest()
    reading = read_verdict(verdict, ANA.id, approves=True)
    assert [(each.rule, each.value, each.limit) for each in reading.findings] == [(RuleId.DAILY_REST, 8, 11)]
    assert reading.cost == verdict.cost


def test_the_colleague_reads_the_rule_of_their_own() -> None:
    reading = read_verdict(swap_that_breaks_bens_rest(), BEN.id, approves=False)
    assert [each.rule for each in reading.findings] == [RuleId.DAILY_REST]
    assert reading.impossible_with == ()


def test_coverage_left_behind_is_part_of_the_verdict() -> None:
    mine, theirs = shift(0, 9, 17), shift(2, 9, 17)
    left = [Left(mine.interval, Post("billing"), 3, 2, 3)]
    verdict = check_swap(party(ANA, EU, [mine], mine), party(BEN, EU, [theirs], theirs), NOW, left)
    assert [(each.rule, each.whom, each.value) for each in verdict.findings] == [(RuleId.COVERAGE, None, 2)]
    assert verdict.outcome is Outcome.REVIEW


def test_a_cover_is_a_swap_for_nothing() -> None:
    mine = shift(0, 9, 17)
    verdict = check_swap(party(ANA, EU, [mine], mine), party(BEN, EU, []), NOW)
    assert (verdict.outcome, verdict.findings) == (Outcome.AUTOMATIC, ())


def test_a_shift_that_changed_hands_meanwhile_cannot_be_given() -> None:
    with pytest.raises(NotTheirs):
        check_swap(party(ANA, EU, [], shift(0, 9, 17)), party(BEN, EU, []), NOW)


def legal(found: Iterable[Return]) -> list[Return]:
    return [each for each in found if each.verdict.outcome is not Outcome.IMPOSSIBLE]


def test_returns_that_need_a_look_or_cannot_be_say_why() -> None:
    friday = shift(4, 9, 17)
    ana = fortnight(ANA, US, friday)
    same_week, next_week, same_time = shift(5, 9, 17), shift(12, 9, 17), shift(7, 9, 17)
    ben = party(BEN, US, [*(shift(day, 9, 17) for day in range(4)), same_week, next_week, same_time])
    found = returns(ana, ben, NOW)
    possible = legal(found)
    assert [(each.piece, each.verdict.outcome) for each in possible] == [
        (same_week, Outcome.AUTOMATIC),
        (next_week, Outcome.REVIEW),
    ]
    impossible = [each for each in found if each not in possible]
    assert [(each.rule, each.whom) for one in impossible for each in one.verdict.denials] == [
        (RuleId.OVERLAP, ANA.id)
    ] * 5
    assert {(each.rule, each.whom, each.value) for each in possible[1].verdict.findings} == {
        (RuleId.OVERTIME, ANA.id, 48),
        (RuleId.OVERTIME, BEN.id, 48),
    }


def test_returns_that_leave_too_few_behind_are_left_out_where_coverage_denies() -> None:
    policy = policy_of(coverage={"effect": "deny"})
    mine, scarce, plenty = shift(0, 9, 17), shift(1, 9, 17), shift(2, 9, 17)

    def left_behind(piece: Piece) -> list[Left]:
        return [Left(piece.interval, Post("billing"), 2, 1, 2 if piece == scarce else 1)]

    ana, ben = party(ANA, policy, [mine], mine), party(BEN, policy, [scarce, plenty])
    assert [each.piece for each in legal(returns(ana, ben, NOW, coverage=left_behind))] == [plenty]


schedules = st.lists(
    st.builds(
        lambda day, start: shift(day, start, start + 8), st.integers(0, 20), st.sampled_from([6, 9, 14, 22])
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda piece: piece.interval.start.date(),
)


@unhurried
@given(schedules, schedules, st.sampled_from(list(Jurisdiction)), st.data())
def test_returns_are_possible_where_the_whole_check_lets_them_through(
    mine: list[Piece], theirs: list[Piece], place: Jurisdiction, data: st.DataObject
) -> None:
    policy = policy_of(place, consecutive_days={"limit": 3, "effect": "review"}, hours_per_week={"limit": 30})
    ana, ben = party(ANA, policy, mine, data.draw(st.sampled_from(mine))), party(BEN, policy, theirs)
    checked = [(piece, check_swap(ana, replace(ben, gives=(piece,)), NOW)) for piece in ben.work.pieces]
    found = returns(ana, ben, NOW)
    assert legal(found) == legal(Return(*each) for each in checked)
    denials = [(each.verdict.denials, verdict.denials) for each, (_, verdict) in zip(found, checked, strict=True)]
    assert all(some == every[:1] for some, every in denials)


@unhurried
@given(schedules, schedules, st.data())
def test_swapping_forth_and_back_is_no_change(mine: list[Piece], theirs: list[Piece], data: st.DataObject) -> None:
    given_away, taken = data.draw(st.sampled_from(mine)), data.draw(st.sampled_from(theirs))
    before = Work.of(mine, BERLIN)
    there = before.changed([taken], [given_away])
    assert there.changed([given_away], [taken]) == before


@unhurried
@given(schedules, schedules, st.data())
def test_whoever_asks_the_same_is_found(mine: list[Piece], theirs: list[Piece], data: st.DataObject) -> None:
    ana = party(ANA, EU, mine, data.draw(st.sampled_from(mine)))
    ben = party(BEN, EU, theirs, data.draw(st.sampled_from(theirs)))
    one, other = check_swap(ana, ben, NOW), check_swap(ben, ana, NOW)
    assert (set(one.findings), one.cost) == (set(other.findings), other.cost)
