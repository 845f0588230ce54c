"""Laws of the ledger of leave: whatever happens to requests and in whatever order, no minute is made or lost."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.domain.timeoff_accrual import Employment, Entitlement, Granted
from bot.domain.timeoff_due import Plan, due
from bot.domain.timeoff_ends import Ends, ended
from bot.domain.timeoff_hours import Pattern
from bot.domain.timeoff_ledger import AT_THE_END, Book, Cause, Leave, LeaveDay, Line, Lot, Source
from bot.domain.timeoff_play import play
from bot.domain.timeoff_statement import balance, statement

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
PATTERN = Pattern.even(40 * 60)
MONTHLY = Entitlement(Fraction(6), Granted.MONTHLY)
days_ahead = st.integers(0, 500).map(lambda number: FIRST + timedelta(number))
minutes = st.integers(1, 600)
leave_days = st.dictionaries(days_ahead, minutes, min_size=1, max_size=5).map(
    lambda taken: tuple(LeaveDay(day, taken[day]) for day in sorted(taken))
)


def lots_of(spans: list[tuple[date, int | None, int]]) -> Book:
    """Lots with what each holds from its first day on."""
    book = Book()
    for number, (first, length, held) in enumerate(spans):
        last = None if length is None else first + timedelta(length)
        book = book.opened(Lot(UUID(int=number), Source.BY_HAND, first, last))
        book = book.entered(Line(UUID(int=number), first, held, Cause.OPENING))
    return book


lots = st.lists(
    st.tuples(days_ahead, st.one_of(st.none(), st.integers(0, 300)), st.integers(1, 2000)), max_size=5
).map(lots_of)
leaves = st.lists(st.tuples(leave_days, st.booleans()), max_size=5).map(
    lambda asked: tuple(Leave(UUID(int=100 + at), taken, pending) for at, (taken, pending) in enumerate(asked))
)
books = st.builds(lambda book, asked: Book(book.lots, book.lines, asked), lots, leaves)


def net(book: Book, through: date = LAST) -> int:
    return sum(each.net for leave in book.leaves for each in leave.days if each.day <= through)


def entered(book: Book, through: date = LAST) -> int:
    return sum(each.minutes for each in book.lines if each.day <= through)


@given(books, days_ahead)
def test_the_balance_of_any_day_is_the_sum_of_its_lines(book: Book, on: date) -> None:
    told = statement(book, on)
    assert balance(book, on) == told.after == entered(book, on) - net(book, on)
    assert told.after == sum(told.held.values()) - told.owed


@given(books, days_ahead, days_ahead)
def test_a_statement_goes_on_where_the_one_before_it_ended(book: Book, one: date, other: date) -> None:
    first, last = sorted((one, other))
    told = statement(book, last, first)
    assert (told.before, told.after) == (balance(book, first - timedelta(1)), balance(book, last))


@given(books)
def test_every_minute_of_leave_is_paid_once_by_lots_that_are_good_on_its_day(book: Book) -> None:
    played = play(book)
    for leave in book.leaves:
        for each in leave.days:
            drawn = [draw for draw in played.draws if (draw.leave, draw.day) == (leave.id, each.day)]
            assert sum(draw.minutes for draw in drawn) == each.net
            assert all(book.lot(draw.lot).is_good(each.day) for draw in drawn if draw.lot)


@given(st.lists(st.tuples(st.just(FIRST), st.one_of(st.none(), st.integers(0, 500)), minutes), max_size=5), leaves)
def test_no_order_of_spending_leaves_less_unpaid(
    spans: list[tuple[date, int | None, int]], asked: tuple[Leave, ...]
) -> None:
    """From any day on, leave can be paid by no more than what the lots hold that are not over by then."""
    book = Book(lots_of(spans).lots, lots_of(spans).lines, asked)
    leave = [each for one in asked for each in one.days]
    held = {line.lot: line.minutes for line in book.lines}
    unpaid = (
        sum(each.net for each in leave if each.day >= day)
        - sum(held[lot.id] for lot in book.lots if not lot.is_over(day))
        for day in {each.day for each in leave}
    )
    assert play(book).owed == max([0, *unpaid])


@given(books, leave_days)
def test_what_is_booked_and_taken_back_leaves_no_trace(book: Book, asked: tuple[LeaveDay, ...]) -> None:
    leave = Leave(UUID(int=999), asked)
    assert play(book.booked(leave).cancelled(leave.id)) == play(book)
    for standing_leave in book.leaves:
        changed = Leave(standing_leave.id, asked)
        assert play(book.booked(changed).booked(standing_leave)) == play(book)


class LedgerOfLeave(RuleBasedStateMachine):
    """One person's ledger through two years: requests, decisions, changes, illness, adjustments, and time.

    Each step does what an action does: the change, then whatever is due.
    """

    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count(1000)
        self.today = date(2026, 3, 1)
        self.adjusted = 0
        self.plan = Plan(Employment(FIRST, patterns=(PATTERN,)), FIRST, MONTHLY, Ends(carried_most=900))
        self.book = self.after(Book())

    def new_id(self) -> UUID:
        return UUID(int=next(self.numbers))

    def after(self, book: Book) -> Book:
        return due(book, self.plan, self.today, self.today, self.new_id)

    def leave(self, leave_id: UUID) -> Leave:
        return next(each for each in self.book.leaves if each.id == leave_id)

    @rule(warned=st.booleans())
    def choose_whether_what_is_over_lapses(self, warned: bool) -> None:
        """Only at the beginning, for it holds for the whole ledger."""
        if self.today == date(2026, 3, 1):
            ends = Ends(carried_most=900, notice_days=None if warned else 30)
            self.plan = Plan(self.plan.employment, FIRST, MONTHLY, ends)

    @rule(target=requests, asked=leave_days)
    def request(self, asked: tuple[LeaveDay, ...]) -> UUID:
        leave = Leave(self.new_id(), asked, pending=True)
        self.book = self.after(self.book.booked(leave))
        return leave.id

    @rule(request=requests, data=st.data())
    def approve_some_days(self, request: UUID, data: st.DataObject) -> None:
        leave = self.leave(request)
        if leave.pending:
            days = [each.day for each in leave.days]
            chosen = data.draw(st.sets(st.sampled_from(days), min_size=1))
            self.book = self.after(self.book.booked(leave.approved(chosen)))

    @rule(request=consumes(requests))
    def cancel(self, request: UUID) -> None:
        self.well(request)
        self.book = self.after(self.book.cancelled(request))

    @rule(request=requests, days=leave_days)
    def change(self, request: UUID, days: tuple[LeaveDay, ...]) -> None:
        self.well(request)
        self.book = self.after(self.book.booked(Leave(request, days, self.leave(request).pending)))

    @rule(request=requests, data=st.data())
    def fall_ill(self, request: UUID, data: st.DataObject) -> None:
        leave = self.leave(request)
        if leave.pending:
            return
        well_so_far = [each.day for each in leave.days if not each.given_back]
        certified = {each.day for each in leave.days if each.given_back}
        certified |= data.draw(st.sets(st.sampled_from(well_so_far))) if well_so_far else set()
        ill = leave.ill(certified)
        before = play(self.book).minutes
        self.book = ended(self.book.booked(ill), self.plan.ends, self.today, self.today, self.new_id, keep=True)
        given_back = sum(each.given_back for each in ill.days) - sum(each.given_back for each in leave.days)
        assert play(self.book).minutes - before == given_back

    @rule(request=requests)
    def well(self, request: UUID) -> None:
        leave = self.leave(request)
        if not leave.pending:
            self.book = self.after(self.book.booked(leave.ill([])))

    @rule(minutes=st.integers(-1000, 1000).filter(bool))
    def adjust(self, minutes: int) -> None:
        lots = (each for each in self.book.lots if each.source is Source.YEAR and each.is_good(self.today))
        if lot := next(lots, None):
            self.adjusted += minutes
            line = Line(lot.id, self.today, minutes, Cause.ADJUSTED)
            self.book = self.after(self.book.entered(line))

    @rule(days=st.integers(1, 150))
    def let_time_pass(self, days: int) -> None:
        self.today = min(LAST, self.today + timedelta(days))
        self.book = self.after(self.book)

    @invariant()
    def the_balance_is_the_sum_of_its_lines(self) -> None:
        assert balance(self.book, LAST) == entered(self.book) - net(self.book)
        assert statement(self.book, self.today).after == balance(self.book, self.today)

    @invariant()
    def what_goes_from_one_lot_to_another_is_neither_more_nor_less(self) -> None:
        for cause in (Cause.CARRIED, Cause.KEPT):
            assert sum(each.minutes for each in self.book.lines if each.cause is cause) == 0
        assert sum(each.minutes for each in self.book.lines if each.cause is Cause.ADJUSTED) == self.adjusted

    @invariant()
    def nothing_is_left_in_a_lot_that_is_over(self) -> None:
        played = play(self.book, self.today, pending=False)
        over = [each for each in self.book.lots if each.is_over(self.today)]
        assert [played.held[each.id] for each in over] == [0] * len(over)
        assert min(played.held.values(), default=0) >= 0
        assert played.owed >= 0

    @invariant()
    def what_is_due_is_written_once(self) -> None:
        assert self.after(self.book) == self.book

    @invariant()
    def the_way_there_makes_no_difference(self) -> None:
        """As if the leave that stands had been asked for at once, and nothing else; illness aside."""
        if any(each.given_back for leave in self.book.leaves for each in leave.days):
            return
        bare = Book(
            tuple(each for each in self.book.lots if each.source is Source.YEAR),
            tuple(each for each in self.book.lines if each.cause not in AT_THE_END),
            self.book.leaves,
        )
        assert standing(self.after(bare)) == standing(self.book)


def standing(book: Book) -> dict[tuple[Source, date, date | None], int]:
    """What the lots hold, by what tells them apart."""
    held = play(book).held
    return {(lot.source, lot.first, lot.last): held[lot.id] for lot in book.lots if held[lot.id]}


TestLedgerOfLeave = LedgerOfLeave.TestCase
TestLedgerOfLeave.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
