"""Who can work a piece at all."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.coverage_effect import Effect as Left
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import Effect, Finding, Kind, RuleId, Unit
from bot.domain.rules_check import coverage_findings
from bot.domain.rules_work import Accommodation, Person, Piece
from bot.domain.wallclock import Recurring
from tests.domain.rules_examples import ANA, BERLIN, MICROSECOND, change, found, policy_of, shift, stretched

EVERY_DAY = frozenset(range(7))
NIGHTS = Recurring(EVERY_DAY, time(22), time(6), BERLIN)
PLAIN = policy_of()


def gained(person: Person, piece: Piece, before: tuple[Piece, ...] = ()) -> tuple[Finding, ...]:
    return found(change(before, [piece], person=replace(person, weekly_minutes=None)), PLAIN)


def only(findings: tuple[Finding, ...], rule: RuleId, what: str | None = None) -> bool:
    return [(finding.rule, finding.what) for finding in findings] == [(rule, what)]


def test_each_missing_skill_is_told_and_a_language_is_one() -> None:
    findings = gained(
        replace(ANA, skills=frozenset({"billing"})), shift(0, 9, 17, skills=frozenset({"billing", "de", "chat"}))
    )
    assert [(finding.rule, finding.what) for finding in findings] == [(RuleId.SKILL, "chat"), (RuleId.SKILL, "de")]


def test_a_queue_that_somebody_may_not_work_is_told() -> None:
    ana = replace(ANA, queues=frozenset({"billing"}))
    assert only(gained(ana, shift(0, 9, 17, queue="returns")), RuleId.QUEUE, "returns")
    assert gained(ana, shift(0, 9, 17, queue="billing")) == ()
    assert gained(ANA, shift(0, 9, 17, queue="returns")) == ()


def test_who_left_gains_nothing_and_it_cannot_be_approved() -> None:
    [finding] = gained(replace(ANA, active=False), shift(0, 9, 17))
    assert (finding.rule, finding.kind, finding.is_firm) == (RuleId.ACTIVE, Kind.FACT, True)


def test_work_during_an_absence_is_told_with_what_they_share() -> None:
    away = shift(0, 0, 12).interval
    [finding] = gained(replace(ANA, absences=(away,)), shift(0, 9, 17))
    assert (finding.rule, finding.about) == (RuleId.ABSENCE, shift(0, 9, 12).interval)
    assert gained(replace(ANA, absences=(away,)), shift(0, 12, 17)) == ()


def test_nights_that_meet_do_not_overlap_and_a_microsecond_does() -> None:
    night, early = shift(0, 22, 28), shift(1, 4, 8)
    assert gained(ANA, early, (night,)) == ()
    [finding] = gained(ANA, stretched(early, start=-MICROSECOND), (night,))
    assert (finding.rule, finding.kind) == (RuleId.OVERLAP, Kind.FACT)
    assert finding.about == Interval(night.interval.end - MICROSECOND, night.interval.end)


def test_what_is_given_away_overlaps_nothing() -> None:
    mine, theirs = shift(0, 9, 17), shift(0, 12, 20)
    assert found(change([mine], [theirs], [mine]), PLAIN) == ()


def test_two_pieces_gained_at_once_overlap_each_other() -> None:
    assert only(found(change([], [shift(0, 9, 12), shift(0, 11, 14)]), PLAIN), RuleId.OVERLAP)


def test_time_outside_of_availability_is_told() -> None:
    mornings = replace(ANA, availability=(Recurring(EVERY_DAY, time(8), time(12), BERLIN),))
    [finding] = gained(mornings, shift(0, 9, 14))
    assert (finding.rule, finding.effect) == (RuleId.AVAILABILITY, Effect.DENY)
    assert finding.about == shift(0, 12, 14).interval
    assert gained(mornings, shift(0, 8, 12)) == ()


@pytest.mark.parametrize(
    ("limit", "excluded", "fine"),
    [
        (Accommodation("no nights", windows=(NIGHTS,)), shift(0, 15, 22.25), shift(0, 14, 22)),
        (Accommodation("no nights", windows=(NIGHTS,)), shift(1, 5.5, 12), shift(1, 6, 12)),
        (
            Accommodation("no weekends", windows=(Recurring(frozenset({5, 6}), time(), time(), BERLIN),)),
            shift(4, 17, 25),
            shift(4, 16, 24),
        ),
        (
            Accommodation("no phone", skills=frozenset({"phone"})),
            shift(0, 9, 17, skills=frozenset({"phone"})),
            shift(0, 9, 17, skills=frozenset({"chat"})),
        ),
        (
            Accommodation("no complaints", queues=frozenset({"complaints"})),
            shift(0, 9, 17, queue="complaints"),
            shift(0, 9, 17, queue="billing"),
        ),
    ],
)
def test_an_accommodation_excludes_work_and_gives_no_reason(
    limit: Accommodation, excluded: Piece, fine: Piece
) -> None:
    ana = replace(ANA, accommodations=(limit,), skills=frozenset({"phone", "chat"}))
    [finding] = gained(ana, excluded)
    assert (finding.rule, finding.what, finding.effect) == (RuleId.ACCOMMODATION, limit.name, Effect.DENY)
    assert gained(ana, fine) == ()


def test_an_accommodation_is_firm_everywhere() -> None:
    ana = replace(ANA, accommodations=(Accommodation("no nights", windows=(NIGHTS,)),))
    made = change([], [shift(0, 22, 30)], person=ana)
    firm = {place: found(made, policy_of(place), RuleId.ACCOMMODATION)[0].is_firm for place in Jurisdiction}
    assert all(firm.values())


def test_a_shift_that_begins_now_is_no_longer_in_the_future() -> None:
    mine, theirs = shift(0, 9, 17), shift(2, 9, 17)
    made = change([mine], [theirs], [mine])
    assert found(made, PLAIN, now=mine.interval.start - MICROSECOND) == ()
    [finding] = found(made, PLAIN, now=mine.interval.start)
    assert (finding.rule, finding.about, finding.is_firm) == (RuleId.FUTURE, mine.interval, True)


def test_notice_is_counted_for_what_is_given_and_what_is_gained() -> None:
    policy = policy_of(minimum_notice={"limit": 24, "effect": "review"})
    mine, theirs = shift(0, 9, 17), shift(2, 9, 17)
    now = mine.interval.start - timedelta(hours=24)
    made = change([mine], [theirs], [mine])
    assert found(made, policy, now=now) == ()
    [finding] = found(made, policy, now=now + timedelta(hours=6))
    assert (finding.rule, finding.value, finding.limit, finding.unit) == (
        RuleId.MINIMUM_NOTICE,
        18,
        24,
        Unit.HOURS,
    )


def test_coverage_below_its_floor_is_told_only_where_the_change_makes_it_worse() -> None:
    noon, evening, night = (shift(0, start, start + 1).interval for start in (12, 18, 23))
    coverage = [
        Left(night, Post("billing"), 1, 1, 2),
        Left(evening, Post("billing"), 2.6, 1.6, 2),
        Left(noon, Post("billing"), 3, 2, 2),
    ]
    [finding] = coverage_findings(coverage, PLAIN)
    assert (finding.rule, finding.whom, finding.about, finding.what) == (RuleId.COVERAGE, None, evening, "billing")
    assert (finding.value, finding.limit, finding.unit) == (1.6, 2, Unit.AGENTS)


def test_times_that_meet_are_one_finding_with_the_worst_numbers() -> None:
    nine, ten, noon = (shift(0, start, start + 1).interval for start in (9, 10, 12))
    mail, german = Post("mail"), Post("mail", "german")
    effects = [
        Left(ten, mail, 4, 3, 6),
        Left(nine, mail, 4, 3, 5),
        Left(noon, mail, 4, 3, 4),
        Left(ten, german, 1, 0, 1),
    ]
    found = coverage_findings(effects, PLAIN)
    assert [(each.about, each.what, each.value, each.limit) for each in found] == [
        (Interval(nine.start, ten.end), "mail", 3, 6),
        (ten, "mail, german", 0, 1),
        (noon, "mail", 3, 4),
    ]
