"""How many may be away at once, who never together, when nobody: what a request meets."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeoff_limits import (
    Hit,
    Limit,
    LimitKind,
    Policy,
    Someone,
    Taken,
    hits,
    may_wait,
    places_left,
    policy_of,
    runs,
)

BILLING, MAIL = UUID(int=101), UUID(int=102)
GERMAN = UUID(int=201)
ANA, BEN, CLEO, DEV, EVE = (
    Someone(UUID(int=number), team, skills)
    for number, team, skills in (
        (1, BILLING, frozenset({GERMAN})),
        (2, BILLING, frozenset()),
        (3, BILLING, frozenset()),
        (4, MAIL, frozenset({GERMAN})),
        (5, MAIL, frozenset({GERMAN})),
    )
)
PEOPLE = (ANA, BEN, CLEO, DEV, EVE)
XMAS = tuple(date(2026, 12, day) for day in (24, 25, 26))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def limit(kind: LimitKind = LimitKind.CAP, policy: Policy = Policy.BLOCK, **what: Any) -> Limit:
    return Limit(UUID(int=900), kind, policy, **what)


def two_of_billing(**what: Any) -> Limit:
    return limit(teams={BILLING: "Billing"}, **{"most": 2, **what})


def has(who: Someone, *days: date, approved: bool = True, hours_ago: int = 24) -> Taken:
    return Taken(who.member_id, frozenset(days), approved, NOW - timedelta(hours=hours_ago))


def meets(
    *limits: Limit, who: Someone = ANA, days: tuple[date, ...] = XMAS, taken: tuple[Taken, ...] = ()
) -> list[tuple[tuple[date, ...], int, int]]:
    found = hits(limits, who, days, taken, PEOPLE, NOW)
    return [(each.days, len(each.others), each.most) for each in found]


def test_at_most_two_of_billing_may_be_away_at_once() -> None:
    cap, taken = two_of_billing(), (has(BEN, *XMAS), has(CLEO, *XMAS[1:]))
    assert meets(cap, taken=taken) == [(XMAS[1:], 2, 2)]
    assert meets(cap, taken=taken, who=DEV) == []
    assert meets(cap, taken=taken[:1]) == []


def test_whoever_is_in_the_team_and_has_the_skill_is_counted_by_both() -> None:
    team, skill = two_of_billing(), limit(skills={GERMAN: "German"}, most=2)
    taken = (has(DEV, XMAS[0]), has(EVE, XMAS[0]), has(BEN, XMAS[0]))
    assert meets(team, skill, taken=taken) == [(XMAS[:1], 2, 2)]
    assert meets(team, skill, taken=taken, who=CLEO) == []
    assert meets(team, skill, taken=(*taken, has(CLEO, XMAS[0]))) == [(XMAS[:1], 2, 2), (XMAS[:1], 2, 2)]


def test_a_share_is_rounded_down_but_lets_one_person_go() -> None:
    fifth = two_of_billing(most=20, in_percent=True)
    assert [fifth.places(people) for people in (0, 3, 9, 10, 11)] == [1, 1, 1, 2, 2]
    assert two_of_billing(most=0, in_percent=True).places(9) == 0
    assert meets(fifth, taken=(has(BEN, XMAS[0]),)) == [(XMAS[:1], 1, 1)]


def test_a_cap_of_none_closes_the_days_though_nobody_is_away() -> None:
    assert meets(two_of_billing(most=0)) == [(XMAS, 0, 0)]


def test_a_cap_may_hold_only_in_a_span_or_on_some_weekdays() -> None:
    taken = (has(BEN, *XMAS), has(CLEO, *XMAS))
    assert meets(two_of_billing(first=XMAS[1]), taken=taken) == [(XMAS[1:], 2, 2)]
    assert meets(two_of_billing(last=XMAS[0]), taken=taken) == [(XMAS[:1], 2, 2)]
    assert meets(two_of_billing(weekdays=frozenset({5})), taken=taken) == [(XMAS[2:], 2, 2)]


def test_of_two_who_are_never_away_together_the_second_is_told() -> None:
    apart = limit(LimitKind.APART, people=frozenset({ANA.member_id, DEV.member_id}))
    assert meets(apart, taken=(has(DEV, XMAS[1]), has(BEN, *XMAS))) == [(XMAS[1:2], 1, 0)]
    assert meets(apart, taken=(has(BEN, *XMAS),)) == []
    assert meets(apart, who=BEN, taken=(has(DEV, *XMAS),)) == []


def test_a_blackout_closes_its_days_for_whom_it_is() -> None:
    closed = limit(LimitKind.BLACKOUT, name="Peak", first=XMAS[0], last=XMAS[1], teams={BILLING: "Billing"})
    assert meets(closed) == [(XMAS[:2], 0, 0)]
    assert meets(closed, who=DEV) == []
    assert meets(limit(LimitKind.BLACKOUT, name="Peak", first=XMAS[0], last=XMAS[0]), who=DEV) == [
        (XMAS[:1], 0, 0)
    ]


def test_what_was_approved_before_a_blackout_is_honoured_also_where_it_is_changed() -> None:
    closed = limit(LimitKind.BLACKOUT, name="Peak", first=XMAS[0], last=XMAS[2])
    assert meets(closed, taken=(has(ANA, *XMAS),)) == []
    assert meets(closed, taken=(has(ANA, *XMAS[:2]),)) == [(XMAS[2:], 0, 0)]
    assert meets(closed, taken=(has(ANA, *XMAS, approved=False),)) == [(XMAS, 0, 0)]


def test_who_asked_first_holds_a_place_until_it_is_decided() -> None:
    first, later = (has(BEN, *XMAS, approved=False, hours_ago=each) for each in (1, -1))
    cap = two_of_billing(most=1)
    [hit] = hits([cap], ANA, XMAS, [first], PEOPLE, NOW)
    assert (hit.undecided, hit.others) == (True, (BEN.member_id,))
    assert hits([cap], ANA, XMAS, [later], PEOPLE, NOW) == ()
    [hit] = hits([cap], ANA, XMAS, [has(BEN, *XMAS)], PEOPLE, NOW)
    assert not hit.undecided


def test_the_strictest_comes_first_and_only_a_cap_is_waited_for() -> None:
    cap = two_of_billing(most=0)
    closed = limit(LimitKind.BLACKOUT, name="Peak", first=XMAS[0], last=XMAS[2])
    warned = limit(LimitKind.BLACKOUT, Policy.WARN, name="Busy", first=XMAS[0], last=XMAS[2])
    found = hits([warned, cap], ANA, XMAS, [], PEOPLE, NOW)
    assert [each.limit.policy for each in found] == [Policy.BLOCK, Policy.WARN]
    assert policy_of(found) is Policy.BLOCK
    assert may_wait(found)
    assert not may_wait(hits([closed, cap], ANA, XMAS, [], PEOPLE, NOW))
    assert not may_wait(hits([warned], ANA, XMAS, [], PEOPLE, NOW))
    assert policy_of(()) is None


def test_how_many_more_may_be_away_is_what_the_tightest_cap_leaves() -> None:
    team, skill = two_of_billing(), limit(skills={GERMAN: "German"}, most=3)
    taken = (has(BEN, XMAS[0]), has(DEV, XMAS[0]), has(EVE, XMAS[0], approved=False))

    def left(who: Someone, day: date = XMAS[0]) -> int | None:
        return places_left([team, skill], who, day, taken, PEOPLE)

    assert [left(each) for each in (ANA, BEN, DEV)] == [1, 1, 1]
    assert [left(each, XMAS[1]) for each in (ANA, BEN, DEV)] == [2, 2, 3]
    assert places_left([team], DEV, XMAS[0], taken, PEOPLE) is None


def test_days_are_said_as_ranges() -> None:
    monday = date(2026, 12, 28)
    assert list(runs([monday, *XMAS])) == [(XMAS[0], XMAS[2]), (monday, monday)]
    assert list(runs([])) == []


DAYS = st.frozensets(st.sampled_from([date(2026, 12, day) for day in range(20, 28)]), min_size=1)
REQUESTS = st.lists(
    st.builds(
        Taken,
        st.sampled_from([each.member_id for each in PEOPLE]),
        DAYS,
        st.booleans(),
        st.integers(-5, 5).map(lambda hours: NOW + timedelta(hours=hours)),
    ),
    max_size=8,
)
CAPS = st.builds(
    lambda most, team, percent: two_of_billing(most=most, in_percent=percent) if team else limit(most=most),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
)


def seen(found: tuple[Hit, ...]) -> list[tuple[tuple[date, ...], frozenset[UUID]]]:
    return [(each.days, frozenset(each.others)) for each in found]


@given(REQUESTS, CAPS, DAYS, st.randoms(use_true_random=False))
def test_in_which_order_requests_are_looked_at_does_not_matter(
    taken: list[Taken], cap: Limit, days: frozenset[date], random: Random
) -> None:
    mixed = list(taken)
    random.shuffle(mixed)
    assert seen(hits([cap], ANA, days, taken, PEOPLE, NOW)) == seen(hits([cap], ANA, days, mixed, PEOPLE, NOW))


@given(REQUESTS, CAPS, DAYS)
def test_a_day_is_met_exactly_where_as_many_others_have_it_as_may(
    taken: list[Taken], cap: Limit, days: frozenset[date]
) -> None:
    met = {day for hit in hits([cap], ANA, days, taken, PEOPLE, NOW) for day in hit.days}
    own = {day for each in taken if each.member_id == ANA.member_id and each.approved for day in each.days}
    concerned = {each.member_id for each in PEOPLE if cap.concerns(each)} - {ANA.member_id}
    for day in days:
        others = {
            each.member_id
            for each in taken
            if each.member_id in concerned and day in each.days and (each.approved or each.asked_at < NOW)
        }
        full = len(others) >= cap.places(len(concerned) + 1)
        assert (day in met) == (full and day not in own)


@given(DAYS, DAYS)
def test_no_blackout_takes_back_what_was_approved(had: frozenset[date], wanted: frozenset[date]) -> None:
    closed = limit(LimitKind.BLACKOUT, name="Peak", first=min(wanted), last=max(wanted))
    met = {day for hit in hits([closed], ANA, wanted, [has(ANA, *had)], PEOPLE, NOW) for day in hit.days}
    assert met == wanted - had
