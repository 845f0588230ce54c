from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeoff_accrual import Employment, Entitlement, Granted
from bot.domain.timeoff_due import Plan, due
from bot.domain.timeoff_ends import Ends
from bot.domain.timeoff_entries import Entry, ExpiresBefore, adjusted, opened
from bot.domain.timeoff_hours import Pattern
from bot.domain.timeoff_ledger import Book, Cause, Source
from bot.domain.timeoff_statement import balance

TODAY = date(2026, 9, 28)
DAY = 480
FIRST = date(2026, 1, 1)
NEW_YEARS_EVE = date(2025, 12, 31)


def ids() -> Callable[[], UUID]:
    numbers = iter(range(1, 10_000))
    return lambda: UUID(int=next(numbers))


def plan(weeks: int | None = 6, granted: Granted = Granted.AT_ONCE, since: date = FIRST) -> Plan:
    entitlement = Entitlement(Fraction(weeks), granted) if weeks else None
    employment = Employment(date.min, None, (Pattern.even(40 * 60),))
    return Plan(employment, since, entitlement, Ends(5 * DAY, None))


DAYS = st.integers(-30, 60).map(lambda number: number * DAY // 2)
PARTS = st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=3, unique_by=lambda part: part[1])


@given(
    whole=DAYS, parts=PARTS, back=st.integers(0, 270), weeks=st.sampled_from([None, 5, 6]), monthly=st.booleans()
)
def test_what_is_said_of_a_day_is_the_balance_of_that_day_and_said_twice_changes_nothing(
    whole: int, parts: list[tuple[int, int]], back: int, weeks: int | None, monthly: bool
) -> None:
    on, new_id = TODAY - timedelta(days=back), ids()
    terms = plan(weeks, Granted.MONTHLY if monthly else Granted.AT_ONCE)
    expiring = (Entry(on, minutes, on + timedelta(days=ahead)) for minutes, ahead in parts)
    entries = (Entry(on, whole), *expiring)
    once = opened(Book(), entries, terms, new_id)
    assert balance(once, on) == sum(each.minutes for each in entries)
    assert opened(once, entries, terms, new_id) == once
    until_now = due(once, terms, TODAY, TODAY, new_id)
    assert opened(until_now, entries, terms, new_id) == until_now


@given(whole=DAYS, more=DAYS.filter(bool), back=st.integers(0, 270))
def test_an_adjustment_of_the_same_day_comes_on_top_of_what_is_said(whole: int, more: int, back: int) -> None:
    on, new_id = TODAY - timedelta(days=back), ids()
    once = opened(Book(), (Entry(on, whole),), plan(), new_id)
    both = adjusted(once, Entry(on, more, reason="call-out"), new_id)
    assert balance(both, on) == whole + more
    assert opened(both, (Entry(on, whole),), plan(), new_id) == both


def test_parts_that_expire_say_nothing_about_the_rest() -> None:
    book = opened(Book(), (Entry(TODAY, DAY, date(2026, 12, 31)),), plan(), ids())
    assert balance(book, TODAY) == 31 * DAY
    assert [each.cause for each in book.lines] == [Cause.ACCRUED, Cause.OPENING]


def test_an_adjustment_is_of_the_years_lot_or_where_it_expires_of_one_of_its_own() -> None:
    new_id = ids()
    book = due(Book(), plan(), TODAY, TODAY, new_id)
    of_year = adjusted(book, Entry(TODAY, DAY, reason="thanks"), new_id)
    assert len(of_year.lots) == 1
    entry = Entry(TODAY, DAY, date(2026, 12, 24), "thanks")
    of_its_own = adjusted(adjusted(of_year, entry, new_id), entry, new_id)
    [lot] = [each for each in of_its_own.lots if each.source is Source.BY_HAND]
    assert (lot.first, lot.last) == (TODAY, date(2026, 12, 24))
    assert sum(each.minutes for each in of_its_own.lines if each.lot == lot.id) == 2 * DAY


def test_what_nobody_earns_by_itself_stays_until_it_is_taken() -> None:
    book = adjusted(Book(), Entry(NEW_YEARS_EVE, DAY, reason="lieu"), ids())
    assert [(each.source, each.last) for each in book.lots] == [(Source.BY_HAND, None)]


def test_what_could_be_taken_on_no_day_cannot_be_entered() -> None:
    with pytest.raises(ExpiresBefore):
        adjusted(Book(), Entry(TODAY, DAY, FIRST, "late"), ids())
