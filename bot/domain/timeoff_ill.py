"""Illness during leave: by certificate, its days are given back. Kept are the days, and nothing else of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.timeoff import Day
from bot.domain.timeoff_ledger import Leave


@dataclass(frozen=True, slots=True)
class IllAsked:
    """Days of leave on which somebody says that they are ill, for them to say yes to.

    ``whose`` None: who says so. ``last`` is that of the leave. ``is_open``: they have not said until when, so it
    may be the first of the ``days`` only. ``beyond``: they have named days after the leave, too.
    """

    request_id: UUID
    whose: Somebody | None
    last: date
    days: tuple[date, ...]
    is_open: bool
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class IllnessShown:
    """Illness on some days of a leave, and the minutes that go back for it.

    ``certified`` None: nobody has said yet. ``is_kept``: nothing is kept of a balance, so that nothing goes back.
    """

    id: UUID
    whose: Somebody
    first: date
    last: date
    days: int
    minutes: int
    day_minutes: int
    certified: bool | None
    decided_by: Somebody | None
    is_kept: bool


def days_ill(
    leave: Iterable[Day], first: date, last: date, known: Iterable[tuple[date, date]]
) -> tuple[date, ...]:
    """The days of a leave, from a day to another, that can go back: those of no illness ``known`` already."""
    spans = list(known)
    return tuple(
        each.day
        for each in days_of_leave(leave, first, last)
        if not each.given_back and not any(begins <= each.day <= ends for begins, ends in spans)
    )


def days_of_leave(leave: Iterable[Day], first: date, last: date) -> tuple[Day, ...]:
    """Those of a leave, from a day to another, that take anything."""
    return tuple(each for each in leave if each.minutes and first <= each.day <= last)


def given_back(leave: Leave, certified: Iterable[date]) -> Leave:
    """The leave when these days of it were certified, besides those that were before."""
    wanted = set(certified)
    return leave.ill([each.day for each in leave.days if each.given_back or each.day in wanted])
