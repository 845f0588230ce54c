"""Which clocks hold for which cases, as the settings of the workspace and of its queues say."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.actions.holidays import holidays_named
from bot.actions.settings import Preferences, preferences
from bot.domain.availability import Available
from bot.domain.cases import Priority
from bot.domain.sla import Terms
from bot.domain.sla_calendar import BusinessHours, Calendar, FreeDays
from bot.domain.sla_policy import Pauses, SlaLine, read_business_hours, read_pauses, read_sla, targets_of
from storage.db import WorkspaceSession
from storage.settings import current_documents
from storage.tables import Case


class Policies:
    """What holds in a workspace; each queue is read when the first of its cases is reckoned."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session
        self._usual = _read(preferences(session))
        self._queues: dict[str, _Policy] = {}
        self._terms: dict[tuple[str | None, str | None, Priority], Terms] = {}

    def terms(self, queue: str | None, tier: str | None, priority: Priority) -> Terms:
        """What holds for the cases of a queue (its id), tier and priority."""
        wanted = (queue, tier, priority)
        if wanted not in self._terms:
            policy = self._of_queue(queue) if queue else self._usual
            self._terms[wanted] = policy.terms(tier, priority)
        return self._terms[wanted]

    def of_case(self, case: Case) -> Terms:
        """What holds for a case as it stands."""
        return self.terms(str(case.queue_id) if case.queue_id else None, case.tier, Priority(case.priority))

    def _of_queue(self, queue: str) -> "_Policy":
        scope = f"queue:{queue}"
        if queue not in self._queues:
            own = scope in current_documents(self._session, [scope])
            self._queues[queue] = _read(preferences(self._session, scope)) if own else self._usual
        return self._queues[queue]


class _Policy:
    """The settings of one scope, read."""

    def __init__(self, calendar: Calendar, lines: tuple[SlaLine, ...], pauses: Pauses) -> None:
        self._calendar, self._lines, self._pauses = calendar, lines, pauses

    def terms(self, tier: str | None, priority: Priority) -> Terms:
        return Terms(self._calendar, targets_of(self._lines, tier, priority), self._pauses)


def calendar_of(preferred: Preferences) -> Calendar:
    """The business time of a scope."""
    return _calendar(
        preferred.business_hours, preferred.time_zone, preferred.holidays or "", preferred.own_holidays or ""
    )


def _read(preferred: Preferences) -> _Policy:
    return _policy(calendar_of(preferred), preferred.sla, preferred.sla_pauses)


@lru_cache(256)
def _policy(calendar: Calendar, sla: str, pauses: str) -> _Policy:
    return _Policy(calendar, read_sla(sla), read_pauses(pauses))


@lru_cache(256)
def _calendar(hours: str, zone: str, region: str, own: str) -> Calendar:
    windows, own_zone = read_business_hours(hours)
    return calendar_for(windows, own_zone or zone, region, own)


# Laying out the windows of some years takes many times what a case does.
@lru_cache(256)
def calendar_for(windows: tuple[Available, ...], zone: str, region: str, own: str) -> Calendar:
    """The business time of these windows by the clocks of a zone, without a region's holidays and own ones."""
    holidays = Preferences(holidays=region or None, own_holidays=own or None)

    def free(year: int) -> FreeDays:
        whole, half = holidays_named(holidays, date(year, 1, 1), date(year, 12, 31))
        return FreeDays(frozenset(whole), frozenset(half))

    return Calendar(BusinessHours(windows, ZoneInfo(zone)), free)
