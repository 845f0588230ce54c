"""Who is away on which day of a month, and how many more may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.timeoff_waitlist_shown import WaitShown


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day: its public holiday, ``half`` of which may be worked, and its blackouts, that leave it ``closed``.

    ``left`` is how many more of the team may be away, None: no cap says. ``away`` are those who are, and ``asked``
    those who wait for an answer, for readers who may know it; ``own`` and ``own_asked`` are about the reader.
    """

    holiday: str | None = None
    half: bool = False
    blackouts: tuple[str, ...] = ()
    closed: bool = False
    left: int | None = None
    away: tuple[Somebody, ...] = ()
    asked: tuple[Somebody, ...] = ()
    own: bool = False
    own_asked: bool = False


@dataclass(frozen=True, slots=True)
class TimeOffCalendar:
    """The days of a month, from its ``first``, of a team by name; None: of everybody, or of the reader alone.

    ``teams`` are those that the reader may look at, ``names`` whether they read who is away. ``waits`` is what the
    reader waits for.
    """

    first: date
    today: date
    team_id: UUID | None
    team: str | None
    teams: Mapping[UUID | None, str]
    names: bool
    days: tuple[CalendarDay, ...]
    waits: tuple[WaitShown, ...] = ()

    @property
    def runs(self) -> tuple[tuple[date, date, CalendarDay], ...]:
        """Days on which the same is to be said as ranges, each with its first and its last."""
        found: list[tuple[date, date, CalendarDay]] = []
        for number, each in enumerate(self.days):
            day = self.first + timedelta(days=number)
            if found and found[-1][2] == each:
                found[-1] = (found[-1][0], day, each)
            else:
                found.append((day, day, each))
        return tuple(found)


def month_after(first: date, months: int) -> date:
    """The first day of another month."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def team_key(team_id: UUID | None) -> str:
    """How buttons name a team, or all of them."""
    return str(team_id) if team_id else "all"
