"""What a calendar is told of shifts that stand, move, are split and go."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Entry, Held, History, entries
from bot.domain.intervals import Interval

ANA, SHIFT = UUID(int=1), UUID(int=7)
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)


def at(hour: int) -> datetime:
    return MONDAY + timedelta(hours=hour)


def worked(start: int, end: int, since: int = 0, until: int | None = None) -> Held:
    """Hours of the day that Ana works, and at which hours that was decided and undecided."""
    gone = None if until is None else at(until)
    return Held(SHIFT, Interval(at(start), at(end)), at(since), gone, "Europe/Berlin", "mail")


def shown(*held: Held) -> list[Entry]:
    return entries(held, {SHIFT: History(3, at(5))}, ANA)


def hours(entry: Entry) -> tuple[int, int, bool]:
    start, end = ((each - MONDAY) // timedelta(hours=1) for each in (entry.interval.start, entry.interval.end))
    return start, end, entry.cancelled


def test_a_shift_is_one_event_with_the_number_of_its_changes() -> None:
    [entry] = shown(worked(9, 17))
    assert (hours(entry), entry.sequence, entry.changed_at) == ((9, 17, False), 3, at(5))


def test_a_shift_that_moves_stays_the_same_event() -> None:
    [before], [after] = shown(worked(9, 17)), shown(worked(9, 17, until=2), worked(20, 22, since=2))
    assert hours(after) == (20, 22, False)
    assert before.uid == after.uid


def test_a_shift_that_somebody_else_works_is_cancelled() -> None:
    [before], [after] = shown(worked(9, 17)), shown(worked(9, 17, until=2))
    assert hours(after) == (9, 17, True)
    assert before.uid == after.uid


def test_a_shift_that_comes_back_is_the_same_event_again() -> None:
    [after] = shown(worked(9, 17, until=2), worked(9, 17, since=4))
    assert hours(after) == (9, 17, False)
    assert after.uid == shown(worked(9, 17))[0].uid


def test_two_stretches_of_a_shift_are_two_events_and_what_is_given_away_is_cancelled() -> None:
    both = shown(worked(9, 11), worked(13, 17))
    assert [hours(each) for each in both] == [(9, 11, False), (13, 17, False)]
    assert len({each.uid for each in both}) == 2

    one = shown(worked(9, 11), worked(13, 17, until=3))
    assert [hours(each) for each in one] == [(9, 11, False), (13, 17, True)]
    assert [each.uid for each in one] == [each.uid for each in both]


def test_stretches_that_meet_are_one_event() -> None:
    assert [hours(each) for each in shown(worked(9, 12), worked(12, 17))] == [(9, 17, False)]


spans = st.tuples(st.integers(0, 20), st.integers(1, 4), st.integers(0, 9), st.none() | st.integers(1, 9))


@given(st.lists(spans, min_size=1, max_size=6))
def test_no_two_events_have_the_same_name_and_what_is_worked_is_all_there(rows: list[tuple[int, ...]]) -> None:
    held = [worked(start, start + length, since, until) for start, length, since, until in rows]
    found = shown(*held)
    assert len({each.uid for each in found}) == len(found)
    standing = {hour for each in found if not each.cancelled for hour in range(*hours(each)[:2])}
    assert standing == {
        hour for start, length, _, until in rows if until is None for hour in range(start, start + length)
    }
