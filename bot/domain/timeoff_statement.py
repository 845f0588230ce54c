"""A balance explained: every line of the ledger and every day of leave, and what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.timeoff_ledger import Book, Cause, Spent
from bot.domain.timeoff_play import Draw, play

_ORDER = {what: place for place, what in enumerate((*Cause, *Spent))}


@dataclass(frozen=True, slots=True)
class Entry:
    """What changes a balance on a day, in minutes.

    ``lot`` is where; None: leave that no lot paid on its day, or that was given back. ``leave`` is which leave.
    """

    day: date
    what: Cause | Spent
    minutes: int
    lot: UUID | None = None
    leave: UUID | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that changed a balance over some days, in order: ``before`` and the entries make what it is ``after``.

    ``held`` is what the lots hold then that hold anything, ``owed`` what no lot has paid.
    """

    first: date
    last: date
    before: int
    entries: tuple[Entry, ...]
    held: dict[UUID, int]
    owed: int

    @property
    def after(self) -> int:
        """The balance at the end of the last day."""
        return self.before + sum(each.minutes for each in self.entries)

    def of(self, *what: Cause | Spent) -> int:
        """What entries of some kinds come to."""
        return sum(each.minutes for each in self.entries if each.what in what)


def balance(book: Book, on: date) -> int:
    """Minutes at the end of a day: all lines, less all leave up to then, approved or pending.

    For a day to come the book has what is due until then (``bot.domain.timeoff_due.due``).
    """
    return play(book, on).minutes


def statement(book: Book, last: date, first: date = date.min) -> Statement:
    """The entries from one day to another, both included."""
    played = play(book, last)
    entries = sorted(
        _entries(book, played.draws, last), key=lambda each: (each.day, _ORDER[each.what], str(each.leave))
    )
    before = sum(each.minutes for each in entries if each.day < first)
    held = {lot: minutes for lot, minutes in played.held.items() if minutes}
    shown = tuple(each for each in entries if each.day >= first)
    return Statement(first, last, before, shown, held, played.owed)


def _entries(book: Book, draws: tuple[Draw, ...], last: date) -> Iterator[Entry]:
    for line in book.lines:
        if line.day <= last:
            yield Entry(line.day, line.cause, line.minutes, line.lot)
    for draw in draws:
        what = Spent.PENDING if draw.pending else Spent.TAKEN
        yield Entry(draw.day, what, -draw.minutes, draw.lot, draw.leave)
    for leave in book.leaves:
        for each in leave.days:
            if each.given_back and each.day <= last:
                yield Entry(each.day, Spent.TAKEN, -each.given_back, None, leave.id)
                yield Entry(each.day, Spent.GIVEN_BACK, each.given_back, None, leave.id)
