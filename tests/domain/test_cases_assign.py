"""Who should have a case, and why."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.cases_assign import Candidate, Suggestion, Wanted, share_out, suggest
from bot.domain.intervals import Interval

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
ANA, BEN, CLEO, DEV = (UUID(int=number) for number in range(1, 5))


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def works(who: UUID, start: float = 9, end: float = 17, **more: object) -> Candidate:
    return Candidate(who, (Interval(at(start), at(end)),), **more)  # type: ignore[arg-type]


def order(*people: Candidate, wanted: Wanted | None = None) -> list[UUID]:
    return [each.person_id for each in suggest(wanted or Wanted(at(12)), people)]


def test_whoever_has_least_to_do_comes_first() -> None:
    assert order(works(ANA, open=6), works(BEN, open=2), works(CLEO, open=4)) == [BEN, CLEO, ANA]


def test_half_the_time_for_contacts_makes_every_case_weigh_twice() -> None:
    [first, second] = suggest(Wanted(at(12)), [works(ANA, open=4), works(BEN, open=3, capacity=0.5)])
    assert (first.person_id, first.load, second.load) == (ANA, 4, 6)


def test_whoever_takes_no_contacts_is_not_suggested() -> None:
    assert order(works(ANA, capacity=0.0), works(BEN)) == [BEN]


def test_the_skills_count_more_than_the_load_and_what_is_lacking_is_said() -> None:
    german = Wanted(at(12), frozenset({"german"}))
    people = [works(ANA, skills=frozenset({"german"}), open=9), works(BEN)]
    [first, second] = suggest(german, people)
    assert (first.person_id, first.lacking) == (ANA, frozenset())
    assert (second.person_id, second.lacking) == (BEN, frozenset({"german"}))


def test_whoever_leaves_within_the_hour_comes_after_those_who_stay() -> None:
    assert order(works(ANA, end=12.99), works(BEN, end=13, open=5)) == [BEN, ANA]
    [_, last] = suggest(Wanted(at(12)), [works(ANA, end=12.99), works(BEN)])
    assert (last.person_id, last.leaves) == (ANA, True)


def test_a_shift_that_ends_now_is_none_and_the_next_one_counts() -> None:
    again = Candidate(ANA, (Interval(at(8), at(12)), Interval(at(13), at(17))))
    [found] = suggest(Wanted(at(12)), [again])
    assert (found.there.start, found.now, found.leaves) == (at(13), False, False)


def test_whoever_is_there_comes_before_who_comes_later_and_those_in_the_order_in_which_they_come() -> None:
    assert order(works(ANA, 15, 23), works(BEN, 13, 21), works(CLEO, open=9)) == [CLEO, BEN, ANA]


def test_whoever_comes_after_the_deadline_is_not_suggested() -> None:
    due = Wanted(at(12), due_at=at(14))
    assert order(works(ANA, 14, 22), works(BEN, 13, 21), wanted=due) == [BEN]
    overdue = Wanted(at(12), due_at=at(11))
    assert order(works(ANA, 13, 21), works(BEN), wanted=overdue) == [BEN]


def test_what_somebody_is_given_weighs_on_the_next_and_the_first_due_is_given_first() -> None:
    cases = [UUID(int=100 + number) for number in range(4)]
    wanted = [(each, Wanted(at(12), due_at=at(16 - number))) for number, each in enumerate(cases)]
    found = share_out(wanted, [works(ANA, open=1), works(BEN, open=2)])
    given = [found[each] for each in reversed(cases)]
    assert [each.person_id for each in given if isinstance(each, Suggestion)] == [ANA, ANA, BEN, ANA]


def test_nobody_is_there_in_time() -> None:
    case = UUID(int=9)
    assert share_out([(case, Wanted(at(12), due_at=at(13)))], [works(ANA, 18, 23)]) == {case: None}


def test_who_has_the_skill_and_comes_in_time_is_better_than_who_is_there_without_it() -> None:
    german = Wanted(at(8), frozenset({"german"}), at(12))
    speaks = frozenset({"german"})
    assert order(works(ANA, 7), works(BEN, 11, 19, skills=speaks), wanted=german) == [BEN, ANA]


def test_who_speaks_the_language_is_better_than_who_has_only_the_other_skills() -> None:
    wanted = Wanted(at(12), frozenset({"chat", "mail", "german"}), language="german")
    people = [works(ANA, skills=frozenset({"chat", "mail"})), works(BEN, skills=frozenset({"german"}), open=9)]
    assert order(*people, wanted=wanted) == [BEN, ANA]


def test_whoever_comes_in_good_time_counts_like_who_is_there() -> None:
    people = [works(ANA, 7, open=3), works(BEN, 10, 19)]
    assert order(*people, wanted=Wanted(at(8), due_at=at(12))) == [BEN, ANA]
    assert order(*people, wanted=Wanted(at(8), due_at=at(11.9))) == [ANA, BEN]


def test_agents_come_before_those_who_lead_unless_they_come_late() -> None:
    people = [works(ANA, 7, leads=True), works(BEN, 10, 19, open=9)]
    assert order(*people, wanted=Wanted(at(8), due_at=at(16))) == [BEN, ANA]
    assert order(*people, wanted=Wanted(at(8), due_at=at(11))) == [ANA, BEN]


def test_who_is_in_training_is_there_when_it_is_over() -> None:
    training = (Interval(at(11), at(14)),)
    people = [works(ANA, busy=training), works(BEN, open=9)]
    [first, second] = suggest(Wanted(at(12), due_at=at(15)), people)
    assert (first.person_id, second.person_id, second.busy_until) == (BEN, ANA, at(14))
    assert order(*people, wanted=Wanted(at(12), due_at=at(16))) == [ANA, BEN]
    assert order(works(ANA, 9, 14, busy=training), works(BEN)) == [BEN]


def test_of_equals_whoever_stays_longest_comes_first() -> None:
    assert order(works(ANA, end=17), works(BEN, end=18)) == [BEN, ANA]
