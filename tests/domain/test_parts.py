"""A shift that changes hands part by part: no minute of it is lost, and none is worked twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.parts import ChangedHands, Part, handed, joined, worked_by, works_all

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
ANA, BEN, DEV = (UUID(int=number) for number in (1, 2, 3))
WHOLE = 16  # half-hours of the shift


def span(start: int, end: int) -> Interval:
    half = timedelta(minutes=30)
    return Interval(NINE + start * half, NINE + end * half)


def hours(*workers: UUID | None) -> tuple[Part, ...]:
    """A shift of so many hours, each with its worker."""
    return joined(Part(span(2 * place, 2 * place + 2), worker) for place, worker in enumerate(workers))


def by_half_hour(parts: tuple[Part, ...]) -> list[list[UUID | None]]:
    """Everybody who works each half-hour of the day around the shift."""
    slots = (span(place, place + 1) for place in range(-2, WHOLE + 2))
    return [[part.worker for part in parts if part.interval.overlaps(slot)] for slot in slots]


workers = st.sampled_from([ANA, BEN, DEV, None])
spans = (
    st.tuples(st.integers(0, WHOLE), st.integers(0, WHOLE))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: span(*pair))
)
shifts = st.lists(workers, min_size=WHOLE, max_size=WHOLE).map(
    lambda every: joined(Part(span(place, place + 1), worker) for place, worker in enumerate(every))
)


def test_a_part_that_is_given_away_leaves_the_rest_on_both_sides() -> None:
    after = handed(hours(ANA, ANA, ANA, ANA), span(2, 6), ANA, BEN)
    assert after == (Part(span(0, 2), ANA), Part(span(2, 6), BEN), Part(span(6, 8), ANA))


def test_what_somebody_takes_beside_their_own_becomes_one_with_it() -> None:
    assert handed(hours(ANA, ANA, BEN), span(2, 4), ANA, BEN) == (Part(span(0, 2), ANA), Part(span(2, 6), BEN))


def test_nobody_gives_what_another_works_in_part() -> None:
    for interval in (span(0, 4), span(3, 5), span(4, 5)):
        with pytest.raises(ChangedHands):
            handed(hours(ANA, BEN, ANA), interval, BEN, DEV)


def test_nobody_gives_what_lies_outside_the_shift() -> None:
    for interval in (span(-1, 1), span(3, 5)):
        with pytest.raises(ChangedHands):
            handed(hours(ANA, ANA), interval, ANA, BEN)


def test_what_nobody_works_is_given_by_nobody_and_may_go_back_to_nobody() -> None:
    taken = handed(hours(None, None), span(0, 2), None, ANA)
    assert taken == (Part(span(0, 2), ANA), Part(span(2, 4), None))
    assert handed(taken, span(0, 2), ANA, None) == hours(None, None)


def test_what_somebody_works_is_told_in_stretches() -> None:
    parts = hours(ANA, BEN, ANA)
    assert worked_by(parts, ANA) == (span(0, 2), span(4, 6))
    assert works_all(parts, span(4, 5), ANA)
    assert not works_all(parts, span(1, 5), ANA)


@given(shifts, spans, workers, workers)
def test_every_half_hour_has_one_worker_and_only_what_was_handed_has_another(
    parts: tuple[Part, ...], interval: Interval, giver: UUID | None, taker: UUID | None
) -> None:
    before = by_half_hour(parts)
    try:
        after = handed(parts, interval, giver, taker)
    except ChangedHands:
        assert not works_all(parts, interval, giver)
        return
    slots = [span(place, place + 1) for place in range(-2, WHOLE + 2)]
    expected = [[taker] if slot.overlaps(interval) else was for slot, was in zip(slots, before, strict=True)]
    assert by_half_hour(after) == expected
    assert all(one.interval.end == other.interval.start for one, other in pairwise(after))
    assert all(one.worker != other.worker for one, other in pairwise(after))


@given(shifts, st.data())
def test_handing_back_restores_the_shift(parts: tuple[Part, ...], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(parts))
    interval = part.interval.intersection(data.draw(spans))
    assume(interval)
    assert interval
    taker = data.draw(workers)
    there = handed(parts, interval, part.worker, taker)
    assert handed(there, interval, taker, part.worker) == parts


@given(st.lists(st.integers(0, WHOLE), min_size=4, max_size=4, unique=True).map(sorted), workers)
def test_two_who_take_different_parts_come_to_the_same_in_whatever_order(
    edges: list[int], giver: UUID | None
) -> None:
    whole = (Part(span(0, WHOLE), giver),)
    one, other = span(*edges[:2]), span(*edges[2:])
    assert handed(handed(whole, one, giver, BEN), other, giver, DEV) == handed(
        handed(whole, other, giver, DEV), one, giver, BEN
    )


@given(shifts.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))))
def test_the_order_in_which_parts_are_read_does_not_matter(
    read: tuple[tuple[Part, ...], list[Part]],
) -> None:
    parts, shuffled = read
    assert joined(shuffled) == parts


def test_parts_with_another_between_them_stay_apart() -> None:
    apart = (Part(span(0, 2), ANA), Part(span(4, 6), ANA))
    assert joined(apart) == apart
