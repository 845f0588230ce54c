"""What becomes of what is left of a lot when it is over.

It is carried over as far as that goes, and the rest lapses or, where nobody had warned of it in time, is kept.
Leave that nobody has approved counts for nothing by then; of a lot whose end is still to come it reserves. What
becomes of the leave of a lot afterwards is put right by further lines on the same day: hours that come back go the
same way, hours that are missed are taken back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.domain.timeoff_accrual import after_months
from bot.domain.timeoff_ledger import Book, Cause, Line, Lot, Source
from bot.domain.timeoff_play import play
from bot.domain.wallclock import ONE_DAY

_SOURCES = {Cause.CARRIED: Source.CARRIED, Cause.KEPT: Source.KEPT}


@dataclass(frozen=True, slots=True)
class Ends:
    """What becomes of what is left of a lot.

    ``carried_most`` minutes of a year can be taken for ``carried_months`` of the next (None: for ever).
    ``notice_days``: it only lapses if the person was told so many days before (EU: Court of Justice, C-684/16);
    None: it lapses anyway. What does not lapse can be taken ``kept_months`` longer.
    """

    carried_most: int = 0
    carried_months: int | None = 3
    notice_days: int | None = None
    kept_months: int = 15

    def lapses(self, lot: Lot, today: date) -> bool:
        """Whether it lapses; a warning for which there is still time is taken for granted."""
        if self.notice_days is None or lot.last is None:
            return True
        return (lot.warned_on or today) <= lot.last - timedelta(days=self.notice_days)


def ended(
    book: Book, ends: Ends, today: date, through: date, new_id: Callable[[], UUID], *, keep: bool = False
) -> Book:
    """The ledger after the end of all lots that are over on a day.

    ``keep``: what would lapse is kept, because it only came back when its lot was over (illness). That holds for
    all that is still to be reckoned, so whatever is due by now is ended without it first.
    """
    reckoned: set[UUID] = set()
    while unreckoned := _first_unreckoned(book, today, through, reckoned):
        lot, left = unreckoned
        reckoned.add(lot.id)
        if left > 0:
            book = _passed_on(book, lot, left, ends, keep or not ends.lapses(lot, today), new_id)
        else:
            book = book.entered(*_taken_back(book, lot, -left))
    return book


def _first_unreckoned(book: Book, today: date, through: date, reckoned: set[UUID]) -> tuple[Lot, int] | None:
    """The first lot that is over and still holds something or is short of it, and how much that is."""
    over = sorted(
        (each for each in book.lots if each.is_over(through) and each.id not in reckoned),
        key=lambda each: each.order,
    )
    if not over:
        return None
    approved, reserved = play(book, pending=False).held, play(book).held
    left = ((each, (approved if each.is_over(today) else reserved)[each.id]) for each in over)
    return next((each for each in left if each[1]), None)


def _passed_on(book: Book, lot: Lot, left: int, ends: Ends, keep: bool, new_id: Callable[[], UUID]) -> Book:
    carried = min(left, _room(book, lot, ends))
    if carried:
        book = _moved(book, lot, carried, Cause.CARRIED, ends.carried_months, new_id)
    if carried == left:
        return book
    if keep:
        return _moved(book, lot, left - carried, Cause.KEPT, ends.kept_months, new_id)
    return book.entered(Line(lot.id, _end(lot), carried - left, Cause.LAPSED))


def _room(book: Book, lot: Lot, ends: Ends) -> int:
    """How much more of a lot can be carried over."""
    if lot.source is not Source.YEAR:
        return 0
    return max(0, ends.carried_most - _gone(book, lot, Cause.CARRIED))


def _moved(
    book: Book, lot: Lot, minutes: int, cause: Cause, months: int | None, new_id: Callable[[], UUID]
) -> Book:
    """Minutes go on from a lot that is over into the one that takes them."""
    first, source = _end(lot), _SOURCES[cause]
    into = _heir(book, lot, source)
    if into is None:
        last = None if months is None else after_months(first, months) - ONE_DAY
        into = Lot(new_id(), source, first, last, origin=lot.id)
        book = book.opened(into)
    return book.entered(Line(lot.id, first, -minutes, cause), Line(into.id, first, minutes, cause))


def _taken_back(book: Book, lot: Lot, missing: int) -> Iterator[Line]:
    """Of what went from a lot at its end, what its leave needs after all."""
    # What illness kept goes first, so that a certificate that is taken back leaves nothing behind.
    for cause in (Cause.KEPT, Cause.LAPSED, Cause.CARRIED):
        back = min(missing, _gone(book, lot, cause))
        if back > 0:
            missing -= back
            yield Line(lot.id, _end(lot), back, cause)
            if cause in _SOURCES and (heir := _heir(book, lot, _SOURCES[cause])):
                yield Line(heir.id, _end(lot), -back, cause)


def _gone(book: Book, lot: Lot, cause: Cause) -> int:
    """What went from a lot at its end, by its cause."""
    return -sum(
        each.minutes for each in book.lines if (each.lot, each.day, each.cause) == (lot.id, _end(lot), cause)
    )


def _heir(book: Book, lot: Lot, source: Source) -> Lot | None:
    return next((each for each in book.lots if each.origin == lot.id and each.source is source), None)


def _end(lot: Lot) -> date:
    """The day after its last."""
    return date.max if lot.last is None else lot.last + ONE_DAY
