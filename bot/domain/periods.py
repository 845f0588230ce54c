"""When a job is to run: the periods that a clock on the wall or a fixed step cuts time into.

A period has a key, which names it for ever, and an instant at which it falls due. The keys of a job follow one
another whatever the zone, so where a workspace changes its zone no period is lost or comes twice; only the
instants move. A wall-clock time that is skipped means the next valid instant, one that is repeated the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.wallclock import ONE_DAY, local_date, resolve

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """One time that a job is to run: its name for ever, and when it falls due (in the zone it was asked for)."""

    key: str
    due_at: datetime


class When(Protocol):
    """How a job cuts time into periods.

    Each kind also reads the keys of the others, so that a job may be given other times.
    """

    def first(self, since: datetime, zone: ZoneInfo) -> Period:
        """The first period that falls due after an instant."""

    def named(self, key: str, zone: ZoneInfo) -> Period:
        """The period with this key."""

    def after(self, key: str, zone: ZoneInfo) -> Period:
        """The period that follows the one with this key."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time on the wall; the key is the local date: "2026-10-25"."""

    at: time

    def first(self, since: datetime, zone: ZoneInfo) -> Period:
        """The first day whose time is after an instant."""
        period = self.named(_day_before(since, zone), zone)
        while period.due_at <= since:
            period = self.after(period.key, zone)
        return period

    def named(self, key: str, zone: ZoneInfo) -> Period:
        """The day with this date."""
        day = _read(key).date()
        return Period(day.isoformat(), resolve(datetime.combine(day, self.at), zone))

    def after(self, key: str, zone: ZoneInfo) -> Period:
        """The next day."""
        return self.named((_read(key).date() + ONE_DAY).isoformat(), zone)


@dataclass(frozen=True, slots=True)
class Hours:
    """Several times a day on the wall, in order; the key is the local time: "2026-10-25T08:00:00"."""

    at: tuple[time, ...]

    def first(self, since: datetime, zone: ZoneInfo) -> Period:
        """The first of the times that is after an instant."""
        period = self.after(_day_before(since, zone), zone)
        while period.due_at <= since:
            period = self.after(period.key, zone)
        return period

    def named(self, key: str, zone: ZoneInfo) -> Period:
        """This time on this day."""
        local = _read(key)
        return Period(local.isoformat(), resolve(local, zone))

    def after(self, key: str, zone: ZoneInfo) -> Period:
        """The next of the times, on this day or the next."""
        local = _read(key)
        today = [each for each in self.at if each > local.time()]
        day = local.date() if today else local.date() + ONE_DAY
        return self.named(datetime.combine(day, today[0] if today else self.at[0]).isoformat(), zone)


@dataclass(frozen=True, slots=True)
class Every:
    """At fixed instants, a step apart since 1970 in UTC; the key is the instant: "2026-10-25T02:00:00Z"."""

    step: timedelta

    def first(self, since: datetime, zone: ZoneInfo) -> Period:
        """The next step after an instant."""
        instant = _EPOCH + self.step * ((since - _EPOCH) // self.step + 1)
        return Period(instant.isoformat().replace("+00:00", "Z"), instant)

    def named(self, key: str, zone: ZoneInfo) -> Period:
        """The step at this instant."""
        return Period(key, _read(key).replace(tzinfo=UTC))

    def after(self, key: str, zone: ZoneInfo) -> Period:
        """The next step."""
        return self.first(self.named(key, zone).due_at, zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about the periods that are due: these are past, this one is to run.

    Where nothing is to run, ``following`` is the period to wait for.
    """

    past: tuple[Period, ...]
    run: Period | None
    following: Period


def plan(when: When, key: str, now: datetime, zone: ZoneInfo, *, late: timedelta | None, each: bool) -> Plan:
    """What to do now where ``key`` is the first period that is not settled.

    Of several that are due the latest is run, or with ``each`` the first; none that is due for longer than
    ``late`` (None: however long).
    """
    due = list(_due(when, key, now, zone))
    following = when.after(due[-1].key, zone) if due else when.named(key, zone)
    in_time = [period for period in due if late is None or now - period.due_at <= late]
    if not in_time:
        return Plan(tuple(due), None, following)
    run = in_time[0] if each else in_time[-1]
    return Plan(tuple(due[: due.index(run)]), run, following)


def _due(when: When, key: str, now: datetime, zone: ZoneInfo) -> Iterator[Period]:
    period = when.named(key, zone)
    while period.due_at <= now:
        yield period
        period = when.after(period.key, zone)


def _day_before(instant: datetime, zone: ZoneInfo) -> str:
    return (local_date(instant, zone) - ONE_DAY).isoformat()


def _read(key: str) -> datetime:
    return datetime.fromisoformat(key).replace(tzinfo=None)
