"""What an edit by hand makes of a shift."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.shifts_edit import Draft, NothingChanged, NotWithin, SkippedByClocks, cut, planned, put, remove
from bot.domain.shifts_import import KnownShift, PlannedShift

ANA = UUID(int=1)
FRIDAY = date(2026, 11, 6)


def draft(day: date = FRIDAY, start: str = "09:00", end: str = "17:00", queue: str | None = "mail") -> Draft:
    return Draft(ANA, day, time.fromisoformat(start), time.fromisoformat(end), queue, None)


def shift(
    email: str | None = "ana", zone: str = "Europe/Berlin", start: str = "09:00", end: str = "17:00"
) -> PlannedShift:
    return planned(draft(start=start, end=end), email, zone)


def known(email: str | None = "ana", start: str = "09:00", end: str = "17:00") -> KnownShift:
    return KnownShift(uuid4(), shift(email, start=start, end=end))


def test_what_is_changed_for_its_owner_stays_the_same_shift() -> None:
    was, after = known(), shift(start="10:00")
    plan = put(was, after, [])
    assert [(move.known, move.after) for move in plan.moved] == [(was, after)]
    assert (plan.added, plan.removed, plan.clashes) == ((), (), ())


@pytest.mark.parametrize(("before", "after"), [("ana", "ben"), ("ana", None), (None, "ben")])
def test_with_another_owner_it_is_one_change_of_the_same_shift(before: str | None, after: str | None) -> None:
    was = known(before)
    plan = put(was, shift(after), [])
    assert [(move.known, move.after, move.reowned) for move in plan.moved] == [(was, shift(after), True)]
    assert (plan.added, plan.removed) == ((), ())


def test_an_open_shift_stays_the_same_wherever_it_goes() -> None:
    plan = put(known(None), shift(None, start="20:00", end="23:00"), [])
    assert (len(plan.moved), plan.added, plan.removed) == (1, (), ())


def test_the_owner_cannot_be_on_two_shifts_at_once_but_can_go_from_one_to_the_next() -> None:
    beside, other = known(start="15:00", end="20:00"), known("ben", start="15:00", end="20:00")
    assert [clash.other for clash in put(None, shift(), [beside, other]).clashes] == [beside]
    assert put(None, shift(end="15:00"), [beside]).clashes == ()
    assert put(None, shift(None), [known(None)]).clashes == ()


def test_what_is_like_that_already_is_no_change() -> None:
    was = known()
    with pytest.raises(NothingChanged):
        put(was, was.shift, [])


def test_an_end_at_or_before_the_start_is_on_the_next_day() -> None:
    assert planned(draft(start="22:00", end="06:00"), "ana", "UTC").end_local == datetime(2026, 11, 7, 6)
    assert planned(draft(start="09:00", end="09:00"), "ana", "UTC").interval.length == timedelta(hours=24)


def test_a_time_that_clocks_skip_cannot_be_planned() -> None:
    with pytest.raises(SkippedByClocks) as refusal:
        planned(draft(date(2027, 3, 28), "02:10", "02:50"), "ana", "Europe/Berlin")
    assert refusal.value.zone == "Europe/Berlin"


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.times(),
    st.times(),
    st.times(),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_what_is_cut_is_in_two_parts_that_meet_and_nothing_is_lost(
    day: date, start: time, end: time, at: time, zone: str
) -> None:
    try:
        was = KnownShift(uuid4(), planned(Draft(ANA, day, start, end, "mail", "a note"), "ana", zone))
        plan = cut(was, at)
    except (SkippedByClocks, NotWithin):
        return
    [move], [line] = plan.moved, plan.added
    assert (move.after.interval.start, line.shift.interval.end) == (
        was.shift.interval.start,
        was.shift.interval.end,
    )
    assert move.after.interval.end == line.shift.interval.start
    assert {(each.email, each.queue, each.note) for each in (move.after, line.shift)} == {
        ("ana", "mail", "a note")
    }


@pytest.mark.parametrize("at", ["09:00", "17:00", "08:00", "18:00"])
def test_only_what_lies_within_can_be_cut(at: str) -> None:
    with pytest.raises(NotWithin):
        cut(known(), time.fromisoformat(at))


def test_a_night_can_be_cut_on_both_days() -> None:
    night = known(start="22:00", end="06:00")
    for at, day in (("23:00", 6), ("00:00", 7), ("03:00", 7)):
        assert cut(night, time.fromisoformat(at)).moved[0].after.end_local.day == day


def test_what_is_removed_leaves_nothing() -> None:
    was = known()
    assert remove(was).removed == (was,)
