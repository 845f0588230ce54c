"""What swaps and covers in force come to on a new base: nothing is lost or worked twice, and what fits stays."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.imports_standing import Exchange, Kind, Leg, Planned, Reconciled, Why, Workers, reconcile
from bot.domain.intervals import Interval, subtract
from bot.domain.parts import Part, handed, joined, works_all
from bot.domain.rules import RuleId

MONDAY, HOUR = datetime(2026, 11, 23, tzinfo=UTC), timedelta(hours=1)
ANA, BEN, DEV = (UUID(int=number) for number in (1, 2, 3))
A, B, D, NEW = (UUID(int=number) for number in (11, 12, 13, 14))


def hours(day: int, start: int, end: int) -> Interval:
    midnight = MONDAY + timedelta(days=day)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def swap(number: int, asker: UUID, colleague: UUID, given: UUID, returned: UUID) -> Exchange:
    """Two whole shifts for one another."""
    legs = Leg(given, asker, colleague), Leg(returned, colleague, asker)
    return Exchange(UUID(int=100 + number), Kind.SWAP, number, legs)


def cover(number: int, shift: UUID, owner: UUID | None, taker: UUID, part: Interval | None = None) -> Exchange:
    """A shift, or a part of it, taken over."""
    kind = Kind.COVER if owner else Kind.OPEN_SHIFT
    return Exchange(UUID(int=200 + number), kind, number, (Leg(shift, owner, taker, part),))


def begun(exchange: Exchange, *shifts: UUID) -> Exchange:
    """The same once these shifts have begun."""
    legs = tuple(leg._replace(begun=leg.begun or leg.shift in shifts) for leg in exchange.legs)
    return Exchange(exchange.id, exchange.kind, exchange.number, legs)


BASE = {A: Planned(hours(0, 9, 17), ANA), B: Planned(hours(1, 9, 17), BEN), D: Planned(hours(2, 9, 17), DEV)}
FIRST = swap(1, ANA, BEN, A, B)  # Ben works A, Ana works B
SECOND = swap(2, BEN, DEV, A, D)  # then Dev works A, Ben works D
LATE = cover(1, A, ANA, BEN, hours(0, 14, 17))  # Ben works the end of A


def nothing(_shift: UUID, _worker: UUID, _workers: Workers) -> frozenset[RuleId]:
    return frozenset()


def after(base: dict[UUID, Planned], *exchanges: Exchange, changed: Iterable[UUID] = ()) -> Reconciled:
    return reconcile(base, exchanges, changed=set(changed), denied=nothing)


def moved(start: int, end: int) -> dict[UUID, Planned]:
    """The base with A at other hours."""
    return BASE | {A: Planned(hours(0, start, end), ANA)}


def by_one(outcome: Reconciled) -> dict[UUID, UUID | None]:
    """Who works each shift, all of it."""
    workers = {}
    for shift, parts in outcome.workers.items():
        [part] = parts
        workers[shift] = part.worker
    return workers


def within(outcome: Reconciled, shift: UUID) -> list[tuple[UUID | None, int, int]]:
    """Who works a shift from when to when."""
    return [
        (part.worker, part.interval.start.hour, part.interval.end.hour or 24) for part in outcome.workers[shift]
    ]


def ends(outcome: Reconciled) -> list[tuple[int, Why]]:
    return [(ending.exchange.number, ending.why) for ending in outcome.endings]


def test_on_the_base_that_they_were_settled_on_all_swaps_hold() -> None:
    outcome = after(BASE, FIRST, SECOND)
    assert by_one(outcome) == {A: DEV, B: ANA, D: BEN}
    assert {shift: stint.exchange for shift, (stint,) in outcome.stints.items()} == {
        A: SECOND,
        B: FIRST,
        D: SECOND,
    }
    assert outcome.endings == ()


def test_a_shift_that_moves_is_worked_by_whoever_did() -> None:
    outcome = after(moved(14, 22), FIRST, changed=[A])
    assert (by_one(outcome), outcome.endings) == ({A: BEN, B: ANA, D: DEV}, ())
    assert within(outcome, A) == [(BEN, 14, 22)]


def test_a_shift_that_is_gone_ends_its_swap_and_gives_the_other_back() -> None:
    outcome = after({B: BASE[B], D: BASE[D]}, FIRST)
    assert (by_one(outcome), ends(outcome)) == ({B: BEN, D: DEV}, [(1, Why.REMOVED)])


def test_what_was_swapped_on_ends_with_what_it_was_built_on() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, FIRST, SECOND)
    assert by_one(outcome) == {A: ANA, D: DEV}
    assert ends(outcome) == [(1, Why.REMOVED), (2, Why.BUILT_ON)]


def test_what_is_built_on_a_swap_may_end_without_it() -> None:
    outcome = after({A: BASE[A], B: BASE[B]}, FIRST, SECOND)
    assert (by_one(outcome), ends(outcome)) == ({A: BEN, B: ANA}, [(2, Why.REMOVED)])
    assert outcome.stints[A][0].exchange == FIRST


def test_of_two_shifts_at_once_the_moved_one_is_given_back() -> None:
    base = BASE | {A: Planned(hours(2, 12, 20), ANA), NEW: Planned(hours(3, 9, 17), BEN)}
    other = swap(3, DEV, BEN, D, NEW)  # Ben works D, too
    outcome = after(base, FIRST, other, changed=[A])
    assert (by_one(outcome)[A], by_one(outcome)[D], ends(outcome)) == (ANA, BEN, [(1, Why.TWICE)])
    assert (outcome.endings[0].shift, outcome.endings[0].beside) == (A, D)


def test_a_new_shift_of_somebody_ends_the_swap_by_which_they_work_at_that_time() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 16, 20), BEN)}, FIRST, changed=[NEW])
    assert (by_one(outcome)[A], by_one(outcome)[NEW], ends(outcome)) == (ANA, BEN, [(1, Why.TWICE)])


def test_a_new_shift_of_who_gave_theirs_away_is_in_nobodys_way() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 17, 20), ANA)}, FIRST, changed=[NEW])
    assert outcome.endings == ()


def test_shifts_that_overlapped_before_are_left_alone() -> None:
    outcome = after(BASE | {NEW: Planned(hours(0, 16, 20), BEN)}, FIRST, changed=[D])
    assert (by_one(outcome)[A], outcome.endings) == (BEN, ())


def test_a_rule_ends_the_last_swap_of_a_changed_shift_and_is_asked_of_no_other() -> None:
    asked = []

    def denies_dev(shift: UUID, worker: UUID, _workers: Workers) -> frozenset[RuleId]:
        asked.append(shift)
        return frozenset({RuleId.ACCOMMODATION}) if worker == DEV else frozenset()

    outcome = reconcile(BASE, [FIRST, SECOND], changed={A}, denied=denies_dev)
    assert (by_one(outcome)[A], ends(outcome), set(asked)) == (BEN, [(2, Why.RULES)], {A})
    assert outcome.endings[0].rules == {RuleId.ACCOMMODATION}


def test_what_has_begun_stays_with_who_works_it() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, begun(FIRST, A))
    assert (by_one(outcome)[A], ends(outcome)) == (BEN, [(1, Why.REMOVED)])


def test_a_swap_of_which_both_shifts_have_begun_ends_no_more() -> None:
    outcome = after({A: BASE[A], D: BASE[D]}, begun(FIRST, A, B))
    assert (by_one(outcome)[A], outcome.endings) == (BEN, ())


def test_a_part_stays_where_it_is_on_a_shift_that_moves_around_it() -> None:
    outcome = after(moved(12, 20), LATE, changed=[A])
    assert within(outcome, A) == [(ANA, 12, 14), (BEN, 14, 17), (ANA, 17, 20)]
    assert outcome.endings == ()


def test_a_part_of_which_any_minute_is_no_longer_planned_is_given_back() -> None:
    outcome = after(moved(8, 16), LATE, changed=[A])
    assert (within(outcome, A), ends(outcome)) == ([(ANA, 8, 16)], [(1, Why.REMOVED)])


def test_a_part_of_a_shift_that_is_gone_ends_with_it() -> None:
    outcome = after({B: BASE[B], D: BASE[D]}, LATE)
    assert (by_one(outcome), ends(outcome)) == ({B: BEN, D: DEV}, [(1, Why.REMOVED)])


def test_a_whole_shift_that_was_taken_over_follows_and_so_does_an_open_one() -> None:
    base = moved(12, 20) | {NEW: Planned(hours(3, 10, 18), None)}
    outcome = after(base, cover(1, A, ANA, BEN), cover(2, NEW, None, DEV), changed=[A, NEW])
    assert (within(outcome, A), within(outcome, NEW)) == ([(BEN, 12, 20)], [(DEV, 10, 18)])
    assert outcome.endings == ()


def test_of_two_parts_of_a_shift_the_one_that_fits_stays() -> None:
    early = cover(2, A, ANA, DEV, hours(0, 9, 11))
    outcome = after(moved(10, 18), LATE, early, changed=[A])
    assert within(outcome, A) == [(ANA, 10, 14), (BEN, 14, 17), (ANA, 17, 18)]
    assert ends(outcome) == [(2, Why.REMOVED)]


def test_a_part_of_what_somebody_had_by_a_swap_ends_with_the_swap() -> None:
    on = cover(1, A, BEN, DEV, hours(0, 9, 12))
    outcome = after({A: BASE[A], D: BASE[D]}, FIRST, on)
    assert (by_one(outcome)[A], ends(outcome)) == (ANA, [(1, Why.REMOVED), (1, Why.BUILT_ON)])
    assert [ending.exchange.kind for ending in outcome.endings] == [Kind.SWAP, Kind.COVER]


def test_a_swap_of_what_is_left_of_a_shift_is_built_on_its_parts_being_as_they_were() -> None:
    rest = Exchange(
        UUID(int=101), Kind.SWAP, 1, (Leg(A, ANA, DEV, hours(0, 9, 14)), Leg(D, DEV, ANA, hours(2, 9, 17)))
    )
    assert within(after(BASE, LATE, rest), A) == [(DEV, 9, 14), (BEN, 14, 17)]
    outcome = after(moved(8, 17), LATE, rest, changed=[A])
    assert within(outcome, A) == [(ANA, 8, 9), (DEV, 9, 14), (BEN, 14, 17)]
    assert outcome.endings == ()


def test_two_parts_of_one_shift_are_swapped_for_one_another() -> None:
    both = Exchange(
        UUID(int=101), Kind.SWAP, 1, (Leg(A, ANA, BEN, hours(0, 9, 14)), Leg(A, BEN, ANA, hours(0, 14, 17)))
    )
    assert within(after(BASE, LATE, both), A) == [(BEN, 9, 14), (ANA, 14, 17)]


def test_only_the_part_that_meets_another_shift_is_given_back() -> None:
    early = cover(2, A, ANA, BEN, hours(0, 9, 11))
    outcome = after(BASE | {NEW: Planned(hours(0, 16, 20), BEN)}, LATE, early, changed=[NEW])
    assert within(outcome, A) == [(BEN, 9, 11), (ANA, 11, 17)]
    assert [(each.why, each.shift, each.beside) for each in outcome.endings] == [(Why.TWICE, A, NEW)]


def test_a_rule_ends_the_last_part_of_whom_it_denies_the_shift() -> None:
    early = cover(2, A, ANA, DEV, hours(0, 9, 11))
    more = cover(3, A, ANA, BEN, hours(0, 12, 14))

    def denies_ben_much(shift: UUID, worker: UUID, workers: Workers) -> frozenset[RuleId]:
        hers = [part for part in workers[shift] if part.worker == worker == BEN]
        much = sum((part.interval.length for part in hers), timedelta()) > timedelta(hours=3)
        return frozenset({RuleId.ACCOMMODATION}) if much else frozenset()

    outcome = reconcile(moved(8, 18), [LATE, early, more], changed={A}, denied=denies_ben_much)
    assert within(outcome, A) == [(ANA, 8, 9), (DEV, 9, 11), (ANA, 11, 14), (BEN, 14, 17), (ANA, 17, 18)]
    assert ends(outcome) == [(3, Why.RULES)]


def test_of_a_part_that_has_begun_what_is_still_planned_stays_with_who_works_it() -> None:
    outcome = after(moved(12, 16), begun(LATE, A), changed=[A])
    assert (within(outcome, A), outcome.endings) == ([(ANA, 12, 14), (BEN, 14, 16)], ())


PEOPLE = [UUID(int=number) for number in range(1, 5)]


def _floor(random: Random) -> tuple[dict[UUID, Planned], list[Exchange]]:
    """A base on which nobody works twice, and swaps and covers that could be settled on it one after the other."""
    base = {
        UUID(int=10 * place + day): Planned(hours(day, start, start + 8), random.choice([*[person] * 5, None]))
        for place, person in enumerate(PEOPLE, 1)
        for day in range(3)
        for start in [4 * random.randrange(4)]
        if random.random() < 0.6
    }
    working: Workers = {shift: (Part(*each),) for shift, each in base.items()}
    exchanges: list[Exchange] = []
    some_begin = random.random() < 0.3
    for number in range(1, random.randrange(2, 20) if len(base) > 1 else 1):
        legs = tuple(_legs(random, base, working, begin=some_begin))
        after = dict(working)
        for leg in legs:
            interval = leg.part or base[leg.shift].interval
            after[leg.shift] = handed(after[leg.shift], interval, leg.giver, leg.taker)
        if legs and not _twice(after):
            working = after
            kind = Kind.SWAP if len(legs) == 2 else Kind.COVER
            exchanges.append(Exchange(UUID(int=100 + number), kind, number, legs))
    return base, exchanges


def _legs(random: Random, base: dict[UUID, Planned], working: Workers, *, begin: bool) -> Iterator[Leg]:
    """What two could exchange, or one take over; nothing where it would go to who has it."""
    chosen = random.sample(sorted(working), random.choice([1, 2]))
    parts = [random.choice(working[shift]) for shift in chosen]
    takers = [part.worker for part in reversed(parts)] if len(parts) == 2 else [random.choice(PEOPLE)]
    if None in takers or any(part.worker == taker for part, taker in zip(parts, takers, strict=True)):
        return
    for shift, part, taker in zip(chosen, parts, takers, strict=True):
        interval = random.choice([part.interval, _some_of(random, part.interval)])
        assert taker
        begun = begin and random.random() < 0.3
        yield Leg(shift, part.worker, taker, None if interval == base[shift].interval else interval, begun)


def _some_of(random: Random, whole: Interval) -> Interval:
    """Some of its hours."""
    start, end = sorted(random.sample(range(int(whole.length / HOUR) + 1), 2))
    return Interval(whole.start + start * HOUR, whole.start + end * HOUR)


def _twice(working: Workers) -> bool:
    parts = [part for each in working.values() for part in each if part.worker]
    return any(
        place < beside and one.worker == other.worker and one.interval.overlaps(other.interval)
        for place, one in enumerate(parts)
        for beside, other in enumerate(parts)
    )


@given(random=st.randoms(use_true_random=True))
def test_whatever_a_file_changes_all_is_worked_once_and_all_that_holds_can_be_replayed(random: Random) -> None:
    base, exchanges = _floor(random)
    moves = {shift: random.randrange(17) for shift in base if random.random() < 0.2}
    gone = {shift for shift in base if random.random() < 0.1}
    new = {
        shift: Planned(hours((each.interval.start - MONDAY).days, moves[shift], moves[shift] + 8), each.owner)
        if shift in moves
        else each
        for shift, each in base.items()
        if shift not in gone
    }
    if _twice({shift: (Part(*each),) for shift, each in new.items()}):
        return  # the file would be refused
    outcome = after(new, *exchanges, changed=moves.keys() - gone)
    assert outcome.workers.keys() == new.keys()
    for shift, each in new.items():
        parts = outcome.workers[shift]
        assert (parts[0].interval.start, parts[-1].interval.end) == (each.interval.start, each.interval.end)
        assert all(one.interval.end == other.interval.start for one, other in pairwise(parts))
        assert parts == joined(Part(stint.interval, stint.worker) for stint in outcome.stints[shift])
    if any(leg.begun for exchange in exchanges for leg in exchange.legs):
        return  # what has begun stays with whoever works it, come what may
    assert not _twice(outcome.workers)
    ended = {ending.exchange.id for ending in outcome.endings}
    again = after(new, *(each for each in exchanges if each.id not in ended))
    assert (again.workers, again.stints, again.endings) == (outcome.workers, outcome.stints, ())


@given(random=st.randoms(use_true_random=True))
def test_on_the_base_that_it_was_settled_on_everything_holds_and_is_worked_by_the_last_taker(
    random: Random,
) -> None:
    base, exchanges = _floor(random)
    outcome = after(base, *exchanges, changed=base)
    assert outcome.endings == ()
    handed_on: list[tuple[UUID, Interval]] = []
    for exchange in reversed(exchanges):
        for leg in reversed(exchange.legs):
            interval = leg.part or base[leg.shift].interval
            later = [each for shift, each in handed_on if shift == leg.shift]
            for left in subtract(interval, later):
                assert works_all(outcome.workers[leg.shift], left, leg.taker)
            handed_on.append((leg.shift, interval))
