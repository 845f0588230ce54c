"""Who can step in, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fairness import Burden, Hardship
from bot.domain.ranking import Candidate, Place, first, is_legal, rank
from bot.domain.rules import Policy
from bot.domain.rules_work import Person, Piece, Work
from bot.domain.wishes import Asking, Times, Wish
from tests.domain.rules_examples import BERLIN, NOW, policy_of, shift, unhurried

GAP = shift(4, 14, 18, queue="billing", skills=frozenset({"billing"}))
REST = policy_of(daily_rest={"limit": 11, "effect": "deny"})


def candidate(
    number: int = 1,
    *pieces: Piece,
    hours: int | None = 40,
    skills: str = "billing",
    policy: Policy = REST,
    wish: Wish | None = None,
    burden: Burden | None = None,
    last_asked: datetime | None = None,
) -> Candidate:
    minutes = hours and hours * 60
    person = Person(UUID(int=number), BERLIN, skills=frozenset(skills.split()), weekly_minutes=minutes)
    work = Work.of(pieces, BERLIN)
    return Candidate(person, policy, work, wish or Wish(), burden or Burden(), last_asked)


def order(*candidates: Candidate, piece: Piece = GAP) -> list[int]:
    return [each.person_id.int for each in rank(piece, candidates, NOW)]


def place_of(one: Candidate, piece: Piece = GAP) -> Place:
    (place,) = rank(piece, [one], NOW)
    return place


def test_nobody_is_asked_for_what_the_rules_deny() -> None:
    unskilled, busy = candidate(1, skills="mail"), candidate(2, shift(4, 13, 19))
    assert order(unskilled, busy, candidate(3)) == [3]


def test_who_opted_in_comes_first_and_who_opted_out_is_not_asked() -> None:
    gladly, never = (Wish(asking) for asking in (Asking.GLADLY, Asking.NEVER))
    assert order(candidate(1), candidate(2, wish=never), candidate(3, wish=gladly)) == [3, 1]


def test_four_hours_are_twenty_percent_of_a_half_contract_and_ten_of_a_whole() -> None:
    half, whole = candidate(1, hours=20), candidate(2, hours=40)
    assert order(half, whole) == [2, 1]
    assert (place_of(half).share, place_of(whole).share) == (20, 10)


def test_whoever_has_no_contract_on_record_is_compared_as_if_they_worked_full_time() -> None:
    unknown, half = candidate(1, hours=None), candidate(2, hours=20)
    assert order(half, unknown) == [1, 2]
    assert (place_of(unknown).share, place_of(unknown).assumed) == (10, True)
    assert not place_of(half).assumed


def test_nights_are_given_to_who_had_fewer_and_days_do_not_ask_for_them() -> None:
    night = shift(4, 22, 26, queue="billing", skills=frozenset({"billing"}))
    many, few = (candidate(n, burden=Burden({Hardship.NIGHT: had})) for n, had in ((1, 9), (2, 2)))
    assert order(many, few, piece=night) == [2, 1]
    assert order(many, few) == [1, 2]
    assert (place_of(many, night).had, place_of(many).had) == (9, 0)


def test_the_longest_not_asked_comes_first_and_before_all_who_never_was() -> None:
    days = {1: 2, 2: 30}
    asked = [candidate(n, last_asked=NOW - timedelta(days=ago)) for n, ago in days.items()]
    assert order(*asked, candidate(3)) == [3, 2, 1]


def test_at_last_the_closest_skills_decide() -> None:
    assert order(candidate(1, skills="billing mail german"), candidate(2, skills="billing mail")) == [2, 1]


def test_who_can_only_work_a_part_comes_after_all_who_can_work_it_whole() -> None:
    until_three = candidate(1, shift(4, 11, 15), wish=Wish(Asking.GLADLY))
    assert order(until_three, candidate(2)) == [2, 1]
    place = place_of(until_three)
    assert not place.whole
    assert place.piece.interval == shift(4, 15, 18).interval


def test_a_part_begins_when_rest_is_over_to_the_half_hour() -> None:
    early = shift(4, 6, 14, queue="billing", skills=frozenset({"billing"}))
    rested = place_of(candidate(1, shift(3, 13, 21.5)), early)
    assert rested.piece.interval == shift(4, 8.5, 14).interval


def test_a_part_shorter_than_the_least_is_not_worth_asking_for() -> None:
    assert order(candidate(1, shift(4, 14, 17.5))) == []
    tiny = shift(4, 14, 14.5, queue="billing", skills=frozenset({"billing"}))
    assert order(candidate(1), piece=tiny) == [1]


def test_wishes_leave_out_other_queues_times_and_days() -> None:
    for wish in (
        Wish(queues=frozenset({"mail"})),
        Wish(times=frozenset({Times.MORNINGS, Times.NIGHTS})),
        Wish(not_on=frozenset({date(2026, 11, 20)})),
    ):
        assert order(candidate(1, wish=wish)) == []
    fitting = Wish(queues=frozenset({"billing"}), times=frozenset({Times.EVENINGS}))
    assert order(candidate(1, wish=fitting)) == [1]


def test_a_burden_of_the_last_minute_counts_where_the_shift_is_near() -> None:
    called, rested = (candidate(1, burden=Burden({Hardship.LAST_MINUTE: 3})), candidate(2))
    assert order(called, rested) == [1, 2]
    soon = GAP.interval.start - timedelta(hours=3)
    assert [each.person_id.int for each in rank(GAP, [called, rested], soon)] == [2, 1]


def test_the_first_are_so_many_without_those_who_were_asked() -> None:
    places = rank(GAP, [candidate(n) for n in range(1, 8)], NOW)
    found = first(places, 3, but=frozenset({UUID(int=1), UUID(int=3)}))
    assert [each.person_id.int for each in found] == [2, 4, 5]


@st.composite
def floors(draw: st.DrawFn) -> list[Candidate]:
    def somebody(number: int) -> Candidate:
        starts = draw(st.lists(st.sampled_from(range(-3, 12)), unique=True, max_size=6))
        begin = draw(st.sampled_from([0, 6, 9, 13.5, 15, 17, 22]))
        return candidate(
            number,
            *(shift(day, begin, begin + 8) for day in starts),
            hours=draw(st.sampled_from([20, 30, 40])),
            skills=draw(st.sampled_from(["billing", "mail", "billing mail"])),
            policy=policy_of(
                daily_rest={"limit": 11, "effect": "deny"}, hours_per_week={"limit": 48, "effect": "deny"}
            ),
            wish=Wish(draw(st.sampled_from(Asking))),
            burden=Burden({Hardship.NIGHT: draw(st.integers(0, 3))}),
            last_asked=draw(st.sampled_from([None, NOW, NOW - timedelta(days=9)])),
        )

    return [somebody(number) for number in range(1, draw(st.integers(1, 6)) + 1)]


@unhurried
@given(floors(), st.sampled_from([6, 14, 22]), st.sampled_from([4, 8]), st.randoms())
def test_whoever_is_placed_may_work_it_and_the_order_does_not_depend_on_how_they_are_told(
    floor: Sequence[Candidate], start: int, length: int, random: Random
) -> None:
    gap = shift(4, start, start + length, queue="billing", skills=frozenset({"billing"}))
    by_id = {each.person.id: each for each in floor}
    places = list(rank(gap, floor, NOW))
    assert len({each.person_id for each in places}) == len(places)
    for place in places:
        assert is_legal(by_id[place.person_id], place.piece, NOW)
        assert place.whole == (place.piece == gap)
        assert gap.interval.start <= place.piece.interval.start < place.piece.interval.end <= gap.interval.end
    assert [each.whole for each in places] == sorted((each.whole for each in places), reverse=True)
    placed = {each.person_id for each in places if each.whole}
    for one in floor:
        if is_legal(one, gap, NOW) and one.wish.asking is not Asking.NEVER:
            assert one.person.id in placed
    shuffled = list(floor)
    random.shuffle(shuffled)
    assert list(rank(gap, shuffled, NOW)) == places


@unhurried
@given(floors())
def test_opting_in_never_makes_a_place_worse(floor: Sequence[Candidate]) -> None:
    before = order(*floor)
    for number in before:
        gladly = [
            replace(each, wish=Wish(Asking.GLADLY)) if each.person.id.int == number else each for each in floor
        ]
        assert order(*gladly).index(number) <= before.index(number)
