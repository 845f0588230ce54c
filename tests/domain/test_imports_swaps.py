"""What swaps in force come to on a new base: nothing is worked twice, and what fits stays."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.imports_swaps import Exchange, Planned, Reconciled, Why, Workers, reconcile
from bot.domain.intervals import Interval
from bot.domain.rules import RuleId

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ANA, BEN, DEV = (UUID(int=number) for number in (1, 2, 3))
A, B, D, NEW = (UUID(int=number) for number in (11, 12, 13, 14))


def hours(day: int, start: int, end: int) -> Interval:
    midnight = MONDAY + timedelta(days=day)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


BASE = {A: Planned(hours(0, 9, 17), ANA), B: Planned(hours(1, 9, 17), BEN), D: Planned(hours(2, 9, 17), DEV)}
FIRST = Exchange(UUID(int=101), 1, ANA, BEN, A, B)  # Ben works A, Ana works B
SECOND = Exchange(UUID(int=102), 2, BEN, DEV, A, D)  # then Dev works A, Ben works D


def nothing(_shift: UUID, _workers: Workers) -> frozenset[RuleId]:
    return frozenset()


def after(
    base: dict[UUID, Planned],
    *exchanges: Exchange,
    changed: Iterable[UUID] = (),
    begun: Iterable[UUID] = (),
) -> Reconciled:
    return reconcile(base, exchanges, changed=set(changed), begun=set(begun), denied=nothing)


def ends(outcome: Reconciled) -> list[tuple[int, Why]]:
    return [(ending.exchange.number, ending.why) for ending in outcome.endings]


def test_on_the_base_that_they_were_settled_on_all_swaps_hold() -> None:
    outcome = after(BASE, FIRST, SECOND)
    assert outcome.workers == {A: DEV, B: ANA, D: BEN}
    assert outcome.swaps == {A: SECOND, B: FIRST, D: SECOND}
    assert outcome.endings == ()


def test_a_shift_that_moves_is_worked_by_whoever_did() -> None:
    outcome = after(BASE | {A: Planned(hours(0, 14, 22), ANA)}, FIRST, changed=[A])
    assert (outcome.workers, outcome.endings) == ({A: BEN, B: ANA, D: DEV}, ())


def test_a_shift_that_is_gone_ends_its_swap_and_gives_the_other_back() -> None:
    outcome = after({B: BASE[B], D: BASE[D]}, FIRST)
    assert (outcome.workers, ends(outcome)) == ({B: BEN, D: DEV}, [(1, Why.REMOVED)])


def test_what_was_swapped_on_ends_with_what_it_was_built_on() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, FIRST, SECOND)
    assert outcome.workers == {A: ANA, D: DEV}
    assert ends(outcome) == [(1, Why.REMOVED), (2, Why.BUILT_ON)]


def test_what_is_built_on_a_swap_may_end_without_it() -> None:
    outcome = after({A: BASE[A], B: BASE[B]}, FIRST, SECOND)
    assert (outcome.workers, ends(outcome)) == ({A: BEN, B: ANA}, [(2, Why.REMOVED)])
    assert outcome.swaps[A] == FIRST


def test_of_two_shifts_at_once_the_moved_one_is_given_back() -> None:
    base = BASE | {A: Planned(hours(2, 12, 20), ANA), NEW: Planned(hours(3, 9, 17), BEN)}
    other = Exchange(UUID(int=103), 3, DEV, BEN, D, NEW)  # Ben works D, too
    outcome = after(base, FIRST, other, changed=[A])
    assert (outcome.workers[A], outcome.workers[D], ends(outcome)) == (ANA, BEN, [(1, Why.TWICE)])
    assert (outcome.endings[0].shift, outcome.endings[0].beside) == (A, D)


def test_a_new_shift_of_somebody_ends_the_swap_by_which_they_work_at_that_time() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 16, 20), BEN)}, FIRST, changed=[NEW])
    assert (outcome.workers[A], outcome.workers[NEW], ends(outcome)) == (ANA, BEN, [(1, Why.TWICE)])


def test_a_new_shift_of_who_gave_theirs_away_is_in_nobodys_way() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 17, 20), ANA)}, FIRST, changed=[NEW])
    assert outcome.endings == ()


def test_shifts_that_overlapped_before_are_left_alone() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 16, 20), BEN)}, FIRST, changed=[D])
    assert (outcome.workers[A], outcome.endings) == (BEN, ())


def test_a_rule_ends_the_last_swap_of_a_changed_shift_and_is_asked_of_no_other() -> None:
    asked = []

    def denies_dev(shift: UUID, workers: Workers) -> frozenset[RuleId]:
        asked.append(shift)
        return frozenset({RuleId.ACCOMMODATION}) if workers[shift] == DEV else frozenset()

    outcome = reconcile(BASE, [FIRST, SECOND], changed={A}, begun=set(), denied=denies_dev)
    assert (outcome.workers[A], ends(outcome), set(asked)) == (BEN, [(2, Why.RULES)], {A})
    assert outcome.endings[0].rules == {RuleId.ACCOMMODATION}


def test_what_has_begun_stays_with_who_works_it() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, FIRST, begun=[A])
    assert (outcome.workers[A], ends(outcome)) == (BEN, [(1, Why.REMOVED)])


def test_a_swap_of_which_both_shifts_have_begun_ends_no_more() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, FIRST, begun=[A, B])
    assert (outcome.workers[A], outcome.endings) == (BEN, ())


PEOPLE = [UUID(int=number) for number in range(1, 5)]


@st.composite
def _floors(draw: st.DrawFn) -> tuple[dict[UUID, Planned], list[Exchange]]:
    """A base on which nobody works twice, and swaps that could be settled on it one after the other."""
    base = {
        UUID(int=10 * place + day): Planned(hours(day, start, start + 8), person)
        for place, person in enumerate(PEOPLE, 1)
        for day in range(4)
        for start in [draw(st.integers(0, 3)) * 4]
        if draw(st.booleans())
    }
    workers, exchanges = {shift: each.owner for shift, each in base.items()}, []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        pairs = [
            (given, returned)
            for given in sorted(base)
            for returned in sorted(base)
            if workers[given] != workers[returned] and _fits(base, workers, given, returned)
        ]
        if not pairs:
            break
        given, returned = draw(st.sampled_from(pairs))
        asker, colleague = workers[given], workers[returned]
        assert asker
        assert colleague
        exchanges.append(Exchange(UUID(int=100 + number), number, asker, colleague, given, returned))
        workers[given], workers[returned] = colleague, asker
    return base, exchanges


def _fits(base: dict[UUID, Planned], workers: dict[UUID, UUID | None], given: UUID, returned: UUID) -> bool:
    return not _twice(base, workers | {given: workers[returned], returned: workers[given]})


def _twice(base: dict[UUID, Planned], workers: Workers) -> bool:
    return any(
        one < other and workers[one] == workers[other] and base[one].interval.overlaps(base[other].interval)
        for one in base
        for other in base
    )


@given(floor=_floors(), data=st.data())
def test_whatever_a_file_changes_nobody_works_twice_and_all_that_holds_can_be_replayed(
    floor: tuple[dict[UUID, Planned], list[Exchange]], data: st.DataObject
) -> None:
    base, exchanges = floor
    moved = data.draw(st.dictionaries(st.sampled_from(sorted(base)), st.integers(0, 16)) if base else st.just({}))
    gone = data.draw(st.sets(st.sampled_from(sorted(base))) if base else st.just(set[UUID]()))
    new = {
        shift: Planned(hours((each.interval.start - MONDAY).days, moved[shift], moved[shift] + 8), each.owner)
        if shift in moved
        else each
        for shift, each in base.items()
        if shift not in gone
    }
    if _twice(new, {shift: each.owner for shift, each in new.items()}):
        return  # the file would be refused
    outcome = after(new, *exchanges, changed=moved.keys() - gone)
    assert outcome.workers.keys() == new.keys()
    assert not _twice(new, outcome.workers)
    ended = {ending.exchange.id for ending in outcome.endings}
    again = after(new, *(each for each in exchanges if each.id not in ended))
    assert (again.workers, again.swaps, again.endings) == (outcome.workers, outcome.swaps, ())
