"""How a department is reached: in which hours, who leads it, where its questions are put."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.availability import Available
from bot.domain.shifts import Somebody
from bot.domain.sla_calendar import Calendar
from bot.domain.wallclock import local_date

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class DeskHours:
    """A department's own hours, for the chase."""

    calendar: Calendar
    zone: ZoneInfo

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The instant at which so much of the hours has passed since ``start``."""
        return self.calendar.after(start, length)

    def before(self, end: datetime, length: timedelta) -> datetime:
        """The last instant from which so much of the hours passes until ``end``: when they open, not close."""
        return self.calendar.after(self.calendar.before(end, length), _MOMENT) - _MOMENT

    def day(self, instant: datetime) -> date:
        """The date there."""
        return local_date(instant, self.zone)


@dataclass(frozen=True, slots=True)
class DeskShown:
    """A department as it is reached. ``hours`` or ``zone`` None: those of the workspace."""

    department_id: UUID
    name: str
    channel: str | None
    hours: tuple[Available, ...] | None
    zone: str | None
    lead: Somebody | None
    contacts: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class DeskWanted:
    """How a department is to be reached; the lead by Slack account."""

    department_id: UUID
    channel: str | None
    hours: tuple[Available, ...] | None
    zone: str | None
    lead: str | None


def department_called(typed: str, names: Mapping[UUID, str]) -> UUID | None:
    """The department of that name or, where there is none, the only one of which the name begins so."""
    wanted = " ".join(typed.split()).lstrip("@#").casefold()
    exact = [each for each, name in names.items() if name.casefold() == wanted]
    found = exact or [each for each, name in names.items() if wanted and name.casefold().startswith(wanted)]
    return found[0] if len(found) == 1 else None


class UnknownDepartment(Exception):
    """There is no such department."""
