"""The ledger of leave: the first to expire is spent first, by the day of leave, and a balance explains itself."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.domain.timeoff_ledger import (
    Book,
    Cause,
    Leave,
    LeaveDay,
    Line,
    Lot,
    OutsideLot,
    Source,
    Spent,
    StillPending,
)
from bot.domain.timeoff_play import Draw, play
from bot.domain.timeoff_statement import Entry, balance, statement

OLD, NEW, LATER = (UUID(int=number) for number in (1, 2, 3))
TRIP, VISIT = (UUID(int=number) for number in (11, 12))
NEW_YEAR, MARCH_END, YEAR_END = date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31)
HOUR = 60


def days(first: date, number: int, hours: int = 8) -> tuple[LeaveDay, ...]:
    return tuple(LeaveDay(first + timedelta(each), hours * HOUR) for each in range(number))


def trip(first: date, number: int, *, pending: bool = False) -> Leave:
    return Leave(TRIP, days(first, number), pending)


def two_lots(old: int = 24, new: int = 200) -> Book:
    """So many hours that expire on 31 March, and so many for the year."""
    return (
        Book()
        .opened(
            Lot(OLD, Source.CARRIED, NEW_YEAR, MARCH_END),
            Lot(NEW, Source.YEAR, NEW_YEAR, YEAR_END),
        )
        .entered(
            Line(OLD, NEW_YEAR, old * HOUR, Cause.OPENING),
            Line(NEW, NEW_YEAR, new * HOUR, Cause.ACCRUED),
        )
    )


def hours_drawn(draws: Iterable[Draw], leave: UUID = TRIP) -> dict[UUID | None, int]:
    """Hours of a leave by the lot that paid them."""
    found: dict[UUID | None, int] = {}
    for each in draws:
        if each.leave == leave:
            found[each.lot] = found.get(each.lot, 0) + each.minutes // HOUR
    return found


def test_leave_over_the_end_of_a_lot_takes_16_hours_from_the_old_lot_and_16_from_the_new() -> None:
    played = play(two_lots().booked(trip(date(2026, 3, 30), 4)))
    assert hours_drawn(played.draws) == {OLD: 16, NEW: 16}
    assert played.held == {OLD: 8 * HOUR, NEW: 184 * HOUR}


def test_leave_that_is_booked_later_for_an_earlier_day_is_paid_first() -> None:
    book = two_lots(old=16).booked(trip(date(2026, 3, 30), 2))
    assert hours_drawn(play(book).draws) == {OLD: 16}
    both = play(book.booked(Leave(VISIT, days(date(2026, 2, 2), 1))))
    assert (hours_drawn(both.draws, VISIT), hours_drawn(both.draws)) == ({OLD: 8}, {OLD: 8, NEW: 8})


def test_a_request_that_waits_reserves() -> None:
    book = two_lots().booked(trip(date(2026, 3, 2), 2, pending=True))
    assert balance(book, YEAR_END) == (224 - 16) * HOUR
    assert play(book, pending=False).minutes == 224 * HOUR
    assert statement(book, YEAR_END).of(Spent.PENDING) == -16 * HOUR
    assert statement(book.booked(book.leaves[0].approved()), YEAR_END).of(Spent.TAKEN) == -16 * HOUR
    assert balance(book.cancelled(TRIP), YEAR_END) == 224 * HOUR


def test_some_days_of_a_request_are_approved_and_the_others_come_back() -> None:
    asked = trip(date(2026, 3, 30), 4, pending=True)
    part = asked.approved([date(2026, 3, 30), date(2026, 4, 1)])
    played = play(two_lots().booked(asked).booked(part))
    assert hours_drawn(played.draws) == {OLD: 8, NEW: 8}
    with pytest.raises(LookupError):
        asked.approved([date(2026, 4, 3)])


def test_three_certified_days_of_80_hours_give_24_back_to_the_lots_they_came_from() -> None:
    booked = trip(date(2026, 3, 30), 10)
    before = two_lots().booked(booked)
    ill = before.booked(booked.ill([date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)]))
    assert hours_drawn(play(before).draws) == {OLD: 16, NEW: 64}
    assert hours_drawn(play(ill).draws) == {OLD: 8, NEW: 48}
    assert balance(ill, YEAR_END) - balance(before, YEAR_END) == 24 * HOUR
    told = statement(ill, YEAR_END)
    assert (told.of(Spent.TAKEN), told.of(Spent.GIVEN_BACK)) == (-80 * HOUR, 24 * HOUR)
    assert told.of(Spent.TAKEN, Spent.GIVEN_BACK) == -56 * HOUR


def test_a_certificate_that_is_taken_back_leaves_the_leave_as_it_was() -> None:
    booked = trip(date(2026, 3, 30), 4)
    assert booked.ill([date(2026, 3, 31)]).ill([]) == booked


def test_nobody_is_ill_on_leave_that_is_not_approved_or_on_a_day_without_it() -> None:
    with pytest.raises(StillPending):
        trip(date(2026, 3, 30), 2, pending=True).ill([date(2026, 3, 30)])
    with pytest.raises(LookupError):
        trip(date(2026, 3, 30), 2).ill([date(2026, 4, 1)])


def test_leave_that_no_lot_pays_is_owed_until_something_comes_in() -> None:
    book = two_lots(old=0, new=8).booked(trip(date(2026, 5, 4), 2))
    assert hours_drawn(play(book).draws) == {NEW: 8, None: 8}
    assert (play(book).owed, balance(book, YEAR_END)) == (8 * HOUR, -8 * HOUR)
    paid = play(book.entered(Line(NEW, date(2026, 6, 1), 20 * HOUR, Cause.ACCRUED)))
    assert (paid.owed, paid.held[NEW], paid.owed_by(date(2026, 5, 31))) == (0, 12 * HOUR, 8 * HOUR)


def test_leave_before_a_lot_is_good_is_not_paid_by_it_but_owed_until_it_is() -> None:
    book = two_lots(old=0, new=0).opened(Lot(LATER, Source.BY_HAND, date(2026, 7, 1)))
    book = book.entered(Line(LATER, date(2026, 7, 1), 40 * HOUR, Cause.ADJUSTED))
    played = play(book.booked(trip(date(2026, 6, 30), 2)))
    assert hours_drawn(played.draws) == {None: 8, LATER: 8}
    assert (played.owed, played.held[LATER]) == (0, 24 * HOUR)


def test_what_a_coordinator_takes_from_an_empty_lot_comes_from_the_others() -> None:
    book = two_lots(old=0, new=24).entered(Line(OLD, date(2026, 2, 1), -8 * HOUR, Cause.ADJUSTED))
    played = play(book)
    assert (played.held, played.owed) == ({OLD: 0, NEW: 16 * HOUR}, 0)


def test_an_adjustment_that_leaves_booked_leave_unpaid_shows_as_owed() -> None:
    book = two_lots(old=0, new=16).booked(trip(date(2026, 5, 4), 2))
    adjusted = book.entered(Line(NEW, date(2026, 4, 1), -8 * HOUR, Cause.ADJUSTED))
    assert play(adjusted).owed == 8 * HOUR


def test_nothing_enters_a_lot_outside_its_time() -> None:
    for day in (date(2025, 12, 31), date(2026, 4, 1)):
        with pytest.raises(OutsideLot):
            two_lots().entered(Line(OLD, day, 60, Cause.ADJUSTED))
    with pytest.raises(LookupError):
        two_lots().entered(Line(LATER, NEW_YEAR, 60, Cause.ADJUSTED))


def test_a_balance_is_that_of_the_day() -> None:
    book = two_lots().booked(trip(date(2026, 3, 30), 4))
    assert [balance(book, day) // HOUR for day in (NEW_YEAR, date(2026, 3, 30), MARCH_END, YEAR_END)] == [
        224,
        216,
        208,
        192,
    ]
    assert balance(book, date(2025, 12, 31)) == 0


def test_a_balance_is_explained_line_by_line() -> None:
    book = two_lots().booked(trip(MARCH_END, 2))
    told = statement(book, YEAR_END)
    assert told.entries == (
        Entry(NEW_YEAR, Cause.OPENING, 24 * HOUR, OLD),
        Entry(NEW_YEAR, Cause.ACCRUED, 200 * HOUR, NEW),
        Entry(MARCH_END, Spent.TAKEN, -8 * HOUR, OLD, TRIP),
        Entry(date(2026, 4, 1), Spent.TAKEN, -8 * HOUR, NEW, TRIP),
    )
    assert told.after == balance(book, YEAR_END) == 208 * HOUR
    assert (told.held, told.owed) == ({OLD: 16 * HOUR, NEW: 192 * HOUR}, 0)


def test_a_statement_of_some_days_begins_with_what_was_there_before() -> None:
    told = statement(two_lots().booked(trip(MARCH_END, 2)), date(2026, 4, 1), first=date(2026, 4, 1))
    assert (told.before // HOUR, [each.minutes // HOUR for each in told.entries], told.after // HOUR) == (
        216,
        [-8],
        208,
    )
