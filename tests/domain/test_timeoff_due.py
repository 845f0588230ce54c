"""What time does to a ledger: credits, carry-over, what lapses and what must not, and leave that nothing pays."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timeoff_accrual import UK_MOST_DAYS, UK_WEEKS, Employment, Entitlement, Granted
from bot.domain.timeoff_due import Expiring, Overdrawn, Plan, due, expiring, opening, overdrawn
from bot.domain.timeoff_ends import Ends, ended
from bot.domain.timeoff_hours import Holidays, Pattern, Working, holidays_taken
from bot.domain.timeoff_ledger import Book, Cause, Leave, LeaveDay, Line, Lot, Source, Spent
from bot.domain.timeoff_play import play
from bot.domain.timeoff_statement import balance, statement
from bot.domain.wallclock import ONE_DAY

OLD, NEW = UUID(int=1), UUID(int=2)
TRIP, VISIT = UUID(int=11), UUID(int=12)
NEW_YEAR, MARCH_END, YEAR_END = date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31)
FOLLOWING = date(2027, 1, 1)
HOUR = 60
EMPLOYED = Employment(date(2020, 1, 1), patterns=(Pattern.even(40 * HOUR),))
# Thirty days of eight hours.
SIX_WEEKS = Entitlement(Fraction(6))
CARRY = Ends(carried_most=40 * HOUR)
YEARLY = Plan(EMPLOYED, NEW_YEAR, SIX_WEEKS, CARRY)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(100)
    return lambda: UUID(int=next(numbers))


def leave(first: date, number: int, *, pending: bool = False, of: UUID = TRIP) -> Leave:
    """So many days in a row of eight hours each."""
    return Leave(of, tuple(LeaveDay(first + timedelta(each), 8 * HOUR) for each in range(number)), pending)


def until_march(hours: int = 24, *, warned_on: date | None = None, new: int = 200) -> Book:
    """So many hours that expire on 31 March, and so many at the end of the year."""
    return (
        Book()
        .opened(
            Lot(OLD, Source.BY_HAND, NEW_YEAR, MARCH_END, warned_on=warned_on),
            Lot(NEW, Source.BY_HAND, NEW_YEAR, YEAR_END),
        )
        .entered(
            Line(OLD, NEW_YEAR, hours * HOUR, Cause.OPENING),
            Line(NEW, NEW_YEAR, new * HOUR, Cause.OPENING),
        )
    )


def lines_of(book: Book, *causes: Cause) -> list[tuple[date, int]]:
    """Days and hours of what was written for some causes, in order."""
    return [(each.day, each.minutes // HOUR) for each in book.lines if each.cause in causes]


def held(book: Book, source: Source, on: date = date.max) -> list[tuple[date | None, int]]:
    """What the lots from a source hold, each with its last day, as far as they hold anything."""
    hours = play(book, on, pending=False).held
    return [(lot.last, hours[lot.id] // HOUR) for lot in book.lots if lot.source is source and hours[lot.id]]


def test_eight_hours_lapse_of_24_that_expire_on_31_march(new_id: Callable[[], UUID]) -> None:
    book = until_march().booked(leave(date(2026, 3, 30), 4))
    april = date(2026, 4, 1)
    after = ended(book, Ends(), april, april, new_id)
    assert lines_of(after, Cause.LAPSED) == [(april, -8)]
    assert balance(after, YEAR_END) == (224 - 32 - 8) * HOUR
    assert ended(after, Ends(), april, YEAR_END, new_id) == after


def test_nothing_lapses_on_the_last_day(new_id: Callable[[], UUID]) -> None:
    assert ended(until_march(), Ends(), MARCH_END, MARCH_END, new_id) == until_march()


@pytest.mark.parametrize(
    ("warned_on", "lapsed", "kept"),
    [(date(2026, 2, 28), 8, 0), (date(2026, 3, 1), 0, 8), (None, 0, 8)],
)
def test_in_the_eu_it_lapses_only_if_the_person_was_warned_in_time(
    warned_on: date | None, lapsed: int, kept: int, new_id: Callable[[], UUID]
) -> None:
    eu = Ends(notice_days=31)
    book = until_march(warned_on=warned_on).booked(leave(date(2026, 3, 30), 4))
    april = date(2026, 4, 1)
    after = ended(book, eu, april, april, new_id)
    assert lines_of(after, Cause.LAPSED) == ([(april, -lapsed)] if lapsed else [])
    assert held(after, Source.KEPT) == ([(date(2027, 6, 30), kept)] if kept else [])
    assert balance(after, april) == balance(book, april) - lapsed * HOUR


def test_what_was_kept_needs_a_warning_of_its_own(new_id: Callable[[], UUID]) -> None:
    eu = Ends(notice_days=31, kept_months=12)
    once = ended(until_march(new=0), eu, date(2026, 4, 1), date(2026, 4, 1), new_id)
    twice = ended(once, eu, date(2027, 4, 1), date(2027, 4, 1), new_id)
    assert held(twice, Source.KEPT) == [(date(2028, 3, 31), 24)]
    assert lines_of(twice, Cause.LAPSED) == []


def test_what_expires_is_known_while_there_is_time_to_take_it(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, None, Ends(notice_days=31))
    today = date(2026, 2, 1)
    book = until_march().booked(leave(date(2026, 3, 30), 4))
    assert expiring(book, plan, today, MARCH_END, new_id) == (Expiring(OLD, MARCH_END, 8 * HOUR),)
    assert expiring(book, plan, today, MARCH_END - ONE_DAY, new_id) == ()
    # Too late to warn, so that it does not lapse.
    assert expiring(book, plan, date(2026, 3, 2), MARCH_END, new_id) == ()


def test_leave_that_waits_for_approval_saves_nothing_from_lapsing(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR)
    book = until_march().booked(leave(date(2026, 3, 30), 2, pending=True))
    (lapsing,) = expiring(book, plan, date(2026, 2, 1), MARCH_END, new_id)
    assert lapsing.minutes == 24 * HOUR


def test_of_a_year_what_goes_beyond_the_carry_over_is_said_to_expire(new_id: Callable[[], UUID]) -> None:
    today = date(2026, 10, 1)
    book = due(Book(), YEARLY, today, today, new_id)
    found = expiring(book, YEARLY, today, date(2027, 3, 31), new_id)
    assert [(each.last, each.minutes // HOUR) for each in found] == [(YEAR_END, 200), (date(2027, 3, 31), 40)]


def test_carry_over_is_capped_and_expires(new_id: Callable[[], UUID]) -> None:
    book = due(Book(), YEARLY, NEW_YEAR, YEAR_END, new_id).booked(leave(date(2026, 7, 1), 20))
    after = due(book, YEARLY, FOLLOWING, FOLLOWING, new_id)
    assert held(after, Source.CARRIED) == [(date(2027, 3, 31), 40)]
    assert lines_of(after, Cause.LAPSED) == [(FOLLOWING, -40)]
    assert balance(after, FOLLOWING) == (40 + 240) * HOUR
    april = date(2027, 4, 1)
    assert balance(due(after, YEARLY, april, april, new_id), april) == 240 * HOUR


def test_carry_over_is_of_what_was_accrued_by_the_end_of_the_year(new_id: Callable[[], UUID]) -> None:
    monthly = Plan(
        Employment(date(2026, 12, 1), patterns=EMPLOYED.patterns),
        NEW_YEAR,
        Entitlement(Fraction(6), Granted.MONTHLY),
        CARRY,
    )
    after = due(Book(), monthly, FOLLOWING, FOLLOWING, new_id)
    accrued = 1224  # 14,400 minutes × 31 / 365, rounded up
    assert [each.minutes for each in after.lines if each.cause is Cause.CARRIED] == [-accrued, accrued]
    assert balance(after, FOLLOWING) == accrued


def test_carry_over_takes_no_notice_of_what_is_still_pending(new_id: Callable[[], UUID]) -> None:
    waiting = leave(date(2026, 12, 28), 4, pending=True)
    book = due(Book(), YEARLY, NEW_YEAR, YEAR_END, new_id).booked(leave(date(2026, 7, 1), 25, of=VISIT))
    carried = due(book.booked(waiting), YEARLY, FOLLOWING, FOLLOWING, new_id)
    assert lines_of(carried, Cause.CARRIED) == [(FOLLOWING, -40), (FOLLOWING, 40)]
    approved = due(carried.booked(waiting.approved()), YEARLY, FOLLOWING, FOLLOWING, new_id)
    assert held(approved, Source.CARRIED) == [(date(2027, 3, 31), 8)]
    declined = due(carried.cancelled(TRIP), YEARLY, FOLLOWING, FOLLOWING, new_id)
    assert held(declined, Source.CARRIED) == [(date(2027, 3, 31), 40)]


def test_a_projection_over_the_year_end_counts_what_is_pending_as_taken(new_id: Callable[[], UUID]) -> None:
    today = date(2026, 12, 1)
    book = due(Book(), YEARLY, today, today, new_id).booked(leave(date(2026, 7, 1), 20, of=VISIT))
    ahead = due(book.booked(leave(date(2026, 12, 28), 4, pending=True)), YEARLY, today, FOLLOWING, new_id)
    assert lines_of(ahead, Cause.LAPSED) == [(FOLLOWING, -8)]
    assert balance(ahead, FOLLOWING) == (40 + 240) * HOUR


def test_leave_over_the_year_end_takes_from_both_years_and_first_what_was_carried(
    new_id: Callable[[], UUID],
) -> None:
    today = date(2026, 12, 1)
    book = due(Book(), YEARLY, today, today, new_id).booked(leave(date(2026, 7, 1), 25, of=VISIT))
    # Four days in December leave one to be carried; of six in January it pays the first.
    ahead = due(book.booked(leave(date(2026, 12, 28), 10)), YEARLY, today, date(2027, 1, 6), new_id)
    sources = [ahead.lot(each.lot).source for each in play(ahead).draws if each.leave == TRIP and each.lot]
    assert sources == [Source.YEAR] * 4 + [Source.CARRIED] + [Source.YEAR] * 5
    assert balance(ahead, date(2027, 1, 6)) == (240 - 40) * HOUR


def test_the_balance_is_projected_to_the_day_of_leave(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, Entitlement(Fraction(6), Granted.MONTHLY))
    today = date(2026, 2, 10)
    book = due(Book(), plan, today, today, new_id)
    june = leave(date(2026, 6, 1), 12)
    assert overdrawn(book, june, 0, plan, today, new_id) is None
    march = leave(date(2026, 3, 2), 12)
    # 96 hours; by the end of February there are 2,328 minutes.
    found = overdrawn(book, march, 0, plan, today, new_id)
    assert found == Overdrawn(date(2026, 3, 13), 96 * HOUR - 2328)
    assert overdrawn(book, march, 96 * HOUR - 2328, plan, today, new_id) is None


def test_a_request_that_takes_the_hours_of_later_leave_is_noticed(new_id: Callable[[], UUID]) -> None:
    today = date(2026, 2, 1)
    book = due(Book(), YEARLY, today, today, new_id).booked(leave(date(2026, 11, 2), 28, of=VISIT))
    assert overdrawn(book, leave(date(2026, 5, 4), 2), 0, YEARLY, today, new_id) is None
    found = overdrawn(book, leave(date(2026, 5, 4), 3), 0, YEARLY, today, new_id)
    assert found == Overdrawn(date(2026, 11, 29), 8 * HOUR)


def test_what_was_owed_before_does_not_stand_in_the_way_of_a_shorter_leave(
    new_id: Callable[[], UUID],
) -> None:
    plan, today = Plan(EMPLOYED, NEW_YEAR), date(2026, 2, 1)
    book = Book().booked(leave(date(2026, 5, 4), 3))
    assert overdrawn(book, leave(date(2026, 5, 4), 2), 0, plan, today, new_id) is None
    assert overdrawn(book, leave(date(2026, 5, 4), 4), 0, plan, today, new_id) == Overdrawn(
        date(2026, 5, 7), 32 * HOUR
    )


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2027, 1, 2)])
def test_what_is_pending_over_the_year_end_is_reserved_from_what_is_carried(
    today: date, new_id: Callable[[], UUID]
) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, None, CARRY)
    year = Lot(OLD, Source.YEAR, NEW_YEAR, YEAR_END)
    book = Book().opened(year).entered(Line(OLD, NEW_YEAR, 40 * HOUR, Cause.ACCRUED))
    book = due(book.booked(leave(date(2026, 12, 28), 4, pending=True, of=VISIT)), plan, today, today, new_id)
    assert overdrawn(book, leave(date(2027, 1, 4), 1), 0, plan, today, new_id) is None
    assert overdrawn(book, leave(date(2027, 1, 4), 2), 0, plan, today, new_id) == Overdrawn(
        date(2027, 1, 5), 8 * HOUR
    )


def test_hours_that_illness_gives_back_after_their_lot_lapsed_are_kept(new_id: Callable[[], UUID]) -> None:
    booked = leave(date(2026, 3, 30), 4)
    may = date(2026, 5, 1)
    before = ended(until_march().booked(booked), Ends(), may, may, new_id)
    ill = ended(before.booked(booked.ill([date(2026, 3, 30)])), Ends(), may, may, new_id, keep=True)
    assert lines_of(ill, Cause.LAPSED) == [(date(2026, 4, 1), -8)]
    assert held(ill, Source.KEPT) == [(date(2027, 6, 30), 8)]
    assert balance(ill, may) - balance(before, may) == 8 * HOUR
    well = ended(ill.booked(booked), Ends(), may, may, new_id)
    assert balance(well, may) == balance(before, may)
    assert held(well, Source.KEPT) == []


def test_hours_that_illness_gives_back_pass_through_a_carry_over_that_lapsed_too(
    new_id: Callable[[], UUID],
) -> None:
    booked = leave(date(2026, 12, 28), 4)
    may = date(2027, 5, 3)
    book = due(Book(), YEARLY, NEW_YEAR, YEAR_END, new_id).booked(leave(date(2026, 7, 1), 25, of=VISIT))
    before = due(book.booked(booked), YEARLY, may, may, new_id)
    ill = ended(before.booked(booked.ill([date(2026, 12, 29)])), CARRY, may, may, new_id, keep=True)
    assert balance(ill, may) - balance(before, may) == 8 * HOUR
    assert held(ill, Source.KEPT) == [(date(2028, 6, 30), 8)]
    assert held(ended(ill.booked(booked), CARRY, may, may, new_id), Source.KEPT) == []


def test_leave_that_is_cancelled_after_its_lot_lapsed_lapses_with_it(new_id: Callable[[], UUID]) -> None:
    may = date(2026, 5, 1)
    before = ended(until_march().booked(leave(date(2026, 3, 30), 2)), Ends(), may, may, new_id)
    after = ended(before.cancelled(TRIP), Ends(), may, may, new_id)
    assert lines_of(after, Cause.LAPSED) == [(date(2026, 4, 1), -8), (date(2026, 4, 1), -16)]


def test_leave_that_is_entered_after_its_lot_lapsed_takes_the_lapsed_hours_first(
    new_id: Callable[[], UUID],
) -> None:
    may = date(2026, 5, 1)
    before = ended(until_march(), Ends(), may, may, new_id)
    after = ended(before.booked(leave(date(2026, 3, 30), 2)), Ends(), may, may, new_id)
    assert balance(after, may) == balance(before, may)
    assert lines_of(after, Cause.LAPSED) == [(date(2026, 4, 1), -24), (date(2026, 4, 1), 16)]


def test_a_monday_to_wednesday_worker_in_england_has_88_and_a_half_hours_left_to_book(
    new_id: Callable[[], UUID],
) -> None:
    three_days = Pattern.even(3 * 450, range(3))
    mondays = frozenset(date(2026, month, day) for month, day in ((4, 6), (5, 4), (5, 25), (8, 31), (12, 28)))
    working = Working(ZoneInfo("Europe/London"), (three_days,), holidays=Holidays(mondays))
    plan = Plan(
        Employment(date(2020, 1, 1), patterns=(three_days,)),
        NEW_YEAR,
        Entitlement(UK_WEEKS, most_days=UK_MOST_DAYS),
    )
    book = due(Book(), plan, NEW_YEAR, NEW_YEAR, new_id)
    holidays = holidays_taken(working, NEW_YEAR, YEAR_END)
    book = book.booked(Leave(TRIP, tuple(LeaveDay(each.day, each.minutes) for each in holidays)))
    told = statement(book, YEAR_END)
    assert [told.of(Cause.ACCRUED), told.of(Spent.TAKEN), told.after] == [126 * 60, -37.5 * 60, 88.5 * 60]


def test_credits_stop_at_the_highest_balance(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, Entitlement(Fraction(6), Granted.MONTHLY, held_most=30 * HOUR))
    march = date(2026, 3, 31)
    full = due(Book(), plan, march, march, new_id)
    assert balance(full, march) == 30 * HOUR
    assert sum(each.minutes for each in full.lines if each.cause is Cause.CAPPED) < 0
    april = date(2026, 4, 30)
    day_off, waiting = (leave(date(2026, 4, 1), 1, pending=pending) for pending in (False, True))
    assert balance(due(full.booked(day_off), plan, april, april, new_id), april) == 30 * HOUR
    assert balance(due(full.booked(waiting), plan, april, april, new_id), april) == 22 * HOUR


def test_who_has_more_than_the_highest_balance_already_keeps_it(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, Entitlement(Fraction(6), Granted.MONTHLY, held_most=30 * HOUR))
    june = date(2026, 6, 30)
    assert balance(due(until_march(0, new=50), plan, june, june, new_id), june) == 50 * HOUR


def test_one_run_makes_up_for_all_that_were_missed(new_id: Callable[[], UUID]) -> None:
    """Also where what lapsed in between leaves room below the highest balance."""
    plan = Plan(EMPLOYED, NEW_YEAR, Entitlement(Fraction(6), Granted.MONTHLY, held_most=30 * HOUR))
    at_once = due(until_march(20, new=0), plan, date(2026, 5, 15), date(2026, 5, 15), new_id)
    daily = until_march(20, new=0)
    for number in range((date(2026, 5, 15) - NEW_YEAR).days + 1):
        today = NEW_YEAR + timedelta(number)
        daily = due(daily, plan, today, today, new_id)
    # From January and February 30 hours, of which 20 lapse; nothing of March; all of April.
    assert balance(at_once, today) == balance(daily, today) == 10 * HOUR + 1184
    written = [{(each.day, each.cause, each.minutes) for each in book.lines} for book in (at_once, daily)]
    assert written[0] == written[1]


def test_an_opening_balance_makes_up_the_difference_to_what_is_accrued(new_id: Callable[[], UUID]) -> None:
    plan = Plan(EMPLOYED, NEW_YEAR, Entitlement(Fraction(6), Granted.MONTHLY))
    june, july = date(2026, 6, 30), date(2026, 7, 31)
    opened = opening(Book(), plan, june, 50 * HOUR, new_id)
    assert balance(opened, june) == 50 * HOUR
    assert opening(opened, plan, june, 50 * HOUR, new_id) == opened
    assert balance(due(opened, plan, july, july, new_id), july) == 50 * HOUR + 1223


def test_an_opening_balance_needs_no_entitlement(new_id: Callable[[], UUID]) -> None:
    opened = opening(Book(), Plan(EMPLOYED, NEW_YEAR), NEW_YEAR, 12 * HOUR, new_id)
    assert held(opened, Source.BY_HAND) == [(None, 12)]


def test_whoever_leaves_keeps_what_is_left_to_be_paid(new_id: Callable[[], UUID]) -> None:
    last = date(2026, 3, 14)
    book = due(Book(), YEARLY, NEW_YEAR, NEW_YEAR, new_id).booked(leave(date(2026, 2, 2), 2))
    leaver = Plan(Employment(date(2020, 1, 1), last, EMPLOYED.patterns), NEW_YEAR, SIX_WEEKS, CARRY)
    told = due(book, leaver, date(2026, 2, 20), date(2026, 2, 20), new_id)
    assert balance(told, last) == 2880 - 16 * HOUR  # 73 of 365 days
    years_later = date(2028, 5, 1)
    assert due(told, leaver, years_later, years_later, new_id) == told


def test_whoever_leaves_after_more_leave_than_they_earned_owes_it(new_id: Callable[[], UUID]) -> None:
    book = due(Book(), YEARLY, NEW_YEAR, NEW_YEAR, new_id).booked(leave(date(2026, 2, 2), 8))
    leaver = Plan(Employment(date(2020, 1, 1), date(2026, 3, 14), EMPLOYED.patterns), NEW_YEAR, SIX_WEEKS)
    told = due(book, leaver, date(2026, 2, 20), date(2026, 2, 20), new_id)
    assert (play(told).owed, balance(told, date(2026, 3, 14))) == (16 * HOUR, -16 * HOUR)


def test_a_departure_that_is_entered_late_takes_back_the_year_that_never_began(
    new_id: Callable[[], UUID],
) -> None:
    today = date(2027, 1, 20)
    book = due(Book(), Plan(EMPLOYED, FOLLOWING, SIX_WEEKS), today, today, new_id)
    assert balance(book, today) == 240 * HOUR
    gone = Plan(Employment(date(2020, 1, 1), YEAR_END, EMPLOYED.patterns), FOLLOWING, SIX_WEEKS)
    assert balance(due(book, gone, today, today, new_id), today) == 0
