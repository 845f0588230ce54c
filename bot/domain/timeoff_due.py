"""What time does to a ledger: it opens the lots of a year, credits them, and ends lots that are over.

The job that runs each day stores what is new; a projection looks at the very same up to a later day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bot.domain.timeoff_accrual import Credit, Employment, Entitlement, LeaveYear, credits_due
from bot.domain.timeoff_ends import Ends, ended
from bot.domain.timeoff_ledger import Book, Cause, Leave, Line, Lot, Source
from bot.domain.timeoff_play import play
from bot.domain.wallclock import ONE_DAY


@dataclass(frozen=True, slots=True)
class Plan:
    """What a ledger goes by for one person: ``entitlement`` None is a ledger that only fills by hand.

    ``since`` is a day of the first leave year that is kept here.
    """

    employment: Employment
    since: date
    entitlement: Entitlement | None = None
    ends: Ends = field(default_factory=Ends)


@dataclass(frozen=True, slots=True)
class Expiring:
    """Minutes that lapse unless they are taken by the last day."""

    lot: UUID
    last: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Overdrawn:
    """Leave that nothing pays: the most that is owed on any day, and the first such day."""

    day: date
    minutes: int


def due(book: Book, plan: Plan, today: date, through: date, new_id: Callable[[], UUID]) -> Book:
    """The ledger with all that is due by a day (which counts), as far as is known today; twice is once.

    For whoever leaves it stops on their last day, and what is left then is to be paid.
    """
    through = min(through, plan.employment.last or date.max)
    if plan.entitlement:
        # Who left before today may have been credited for a year that they did not begin.
        year, last = (plan.entitlement.year_of(each) for each in (plan.since, max(through, today)))
        while year <= last:
            book = _credited(book, plan.entitlement, plan, year, today, through, new_id)
            year = year.following
    return ended(book, plan.ends, today, through, new_id)


def opening(book: Book, plan: Plan, on: date, minutes: int, new_id: Callable[[], UUID]) -> Book:
    """The ledger with the balance that another system has at the end of a day: a line makes up the difference."""
    book = due(book, plan, on, on, new_id)
    difference = minutes - play(book, on).minutes
    if not difference:
        return book
    lot = next((each for each in book.lots if each.source is Source.YEAR and each.is_good(on)), None)
    if lot is None:
        lot = Lot(new_id(), Source.BY_HAND, on)
        book = book.opened(lot)
    return book.entered(Line(lot.id, on, difference, Cause.OPENING))


def expiring(
    book: Book, plan: Plan, today: date, through: date, new_id: Callable[[], UUID]
) -> tuple[Expiring, ...]:
    """What lapses if it is not taken by a day, that day included, in order; to be told in time.

    The ledger has all that is due today. Leave that waits for approval does not save anything.
    """
    sure = replace(book, leaves=tuple(each for each in book.leaves if not each.pending))
    coming = due(sure, plan, today, through + ONE_DAY, new_id).lines[len(book.lines) :]
    lapsing = sorted((each for each in coming if each.cause is Cause.LAPSED), key=lambda each: each.day)
    return tuple(Expiring(each.lot, each.day - ONE_DAY, -each.minutes) for each in lapsing)


def overdrawn(
    book: Book, leave: Leave, allowed: int, plan: Plan, today: date, new_id: Callable[[], UUID]
) -> Overdrawn | None:
    """Where a leave, new or changed, makes its owner owe more than is allowed, be it for what stands already.

    All that is pending counts as if it were approved. What is owed without this leave is no reason.
    """
    after = book.booked(leave)
    reach = max((day.day for each in after.leaves for day in each.days), default=today)
    played = []
    for each in (book, after):
        decided = replace(each, leaves=tuple(one.approved() for one in each.leaves))
        played.append(play(due(decided, plan, today, reach, new_id)))
    without, with_it = played
    worse = (Overdrawn(day, owed) for day, owed in with_it.owed_on if owed > max(allowed, without.owed_by(day)))
    return max(worse, key=lambda each: each.minutes, default=None)


def _credited(
    book: Book,
    entitlement: Entitlement,
    plan: Plan,
    year: LeaveYear,
    today: date,
    through: date,
    new_id: Callable[[], UUID],
) -> Book:
    lot = next((each for each in book.lots if each.source is Source.YEAR and each.first == year.first), None)
    credited = (
        Credit(each.day, each.minutes)
        for each in book.lines
        if lot and each.lot == lot.id and each.cause is Cause.ACCRUED
    )
    for credit in credits_due(entitlement, plan.employment, year, credited, today, through):
        if lot is None:
            lot = Lot(new_id(), Source.YEAR, year.first, year.last)
            book = book.opened(lot)
        # Whatever ends before counts first: the highest balance is that of the day.
        book = ended(book, plan.ends, today, credit.day, new_id)
        book = book.entered(Line(lot.id, credit.day, credit.minutes, Cause.ACCRUED))
        book = _capped(book, entitlement, lot, credit)
    return book


def _capped(book: Book, entitlement: Entitlement, lot: Lot, credit: Credit) -> Book:
    """Without what a credit adds beyond the highest balance; leave that is not approved makes no room."""
    if entitlement.held_most is None:
        return book
    beyond = play(book, credit.day, pending=False).minutes - entitlement.held_most
    beyond = min(beyond, credit.minutes)
    return book.entered(Line(lot.id, credit.day, -beyond, Cause.CAPPED)) if beyond > 0 else book
