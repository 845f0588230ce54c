"""What people enter in a ledger by hand: opening balances and adjustments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.timeoff_due import Plan, due, opening
from bot.domain.timeoff_ledger import Book, Cause, Line, Lot, Source


class ExpiresBefore(Exception):
    """What is entered could be taken on no day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Minutes that somebody has from a day on, until a last one if they expire.

    With a ``reason`` they are an adjustment; without they are, together with others of that day, the balance that
    another system has at the end of it.
    """

    on: date
    minutes: int
    expires: date | None = None
    reason: str = ""


def adjusted(book: Book, entry: Entry, new_id: Callable[[], UUID]) -> Book:
    """The ledger with an adjustment: of the year's lot or, where it expires, of one of its own."""
    book, lot = _lot_for(book, entry, new_id)
    return book.entered(Line(lot.id, entry.on, entry.minutes, Cause.ADJUSTED))


def opened(book: Book, entries: tuple[Entry, ...], plan: Plan, new_id: Callable[[], UUID]) -> Book:
    """The ledger with the balance that the entries of one day make; entered twice it is the same.

    What expires is in lots of its own. Entries that all expire say nothing about the rest. Adjustments of that day
    come on top.
    """
    on = entries[0].on
    book = due(book, plan, on, on, new_id)
    for each in entries:
        if each.expires is not None:
            book, lot = _lot_for(book, each, new_id)
            known = sum(line.minutes for line in book.lines if (line.lot, line.cause) == (lot.id, Cause.OPENING))
            if each.minutes != known:
                book = book.entered(Line(lot.id, on, each.minutes - known, Cause.OPENING))
    if all(each.expires for each in entries):
        return book
    on_top = sum(each.minutes for each in book.lines if (each.day, each.cause) == (on, Cause.ADJUSTED))
    return opening(book, plan, on, on_top + sum(each.minutes for each in entries), new_id)


def _lot_for(book: Book, entry: Entry, new_id: Callable[[], UUID]) -> tuple[Book, Lot]:
    """The lot that an entry belongs to, in the ledger that has it. Raises ``ExpiresBefore``."""
    if entry.expires is not None and entry.expires < entry.on:
        raise ExpiresBefore
    source = Source.YEAR if entry.expires is None else Source.BY_HAND
    by_hand = (each for each in book.lots if each.source is Source.BY_HAND and each.last == entry.expires)
    of_year = (each for each in book.lots if source is Source.YEAR and each.source is Source.YEAR)
    found = next((each for each in (*of_year, *by_hand) if each.is_good(entry.on)), None)
    if found:
        return book, found
    lot = Lot(new_id(), Source.BY_HAND, entry.on, entry.expires)
    return book.opened(lot), lot
