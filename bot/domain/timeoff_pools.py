"""Pools of leave that include public holidays, like the 5.6 weeks of the UK: they are taken from it like leave."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from bot.domain.timeoff_accrual import Employment
from bot.domain.timeoff_hours import Working, holidays_taken
from bot.domain.timeoff_kinds import Kind, PublicHolidays
from bot.domain.timeoff_ledger import Book, Leave, LeaveDay


def pools(kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The ledgers that public holidays are taken from."""
    pooled = (each for each in kinds.values() if each.public_holidays is PublicHolidays.IN_POOL)
    return frozenset(each.ledger for each in pooled if each.ledger)


def holidays_id(member_id: UUID) -> UUID:
    """The leave that somebody's public holidays are."""
    return uuid5(member_id, "public holidays")


def with_holidays(
    book: Book, member_id: UUID, working: Working, employment: Employment, first: date, last: date
) -> Book:
    """A pool with what the public holidays of some days take from it, as far as somebody is employed then."""
    first, last = max(first, employment.first), min(last, employment.last or date.max)
    taken = tuple(LeaveDay(each.day, each.minutes) for each in holidays_taken(working, first, last))
    return book.booked(Leave(holidays_id(member_id), taken)) if taken else book
