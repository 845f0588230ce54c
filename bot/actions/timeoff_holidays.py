"""When somebody works and which public holidays they have, as far as that decides what leave costs."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.actions.holidays import holidays_named
from bot.actions.settings import Preferences
from bot.domain.intervals import Interval
from bot.domain.timeoff_hours import Holidays, Pattern, Working
from bot.domain.wallclock import days
from storage.db import WorkspaceSession
from storage.shifts import worked
from storage.tables import Member


def working_of(
    session: WorkspaceSession,
    row: Member,
    preferred: Preferences,
    zone: ZoneInfo,
    patterns: tuple[Pattern, ...],
    first: date,
    last: date,
) -> Working:
    """What is known of some days of somebody; which of them are rostered to the end is not said."""
    within = days(first, last, zone)
    roster = tuple(Interval(each.start, each.end) for each in worked(session, within.start, within.end, row.id))
    whole, half = holidays_named(preferred, first, last)
    return Working(zone, patterns, roster, holidays=Holidays(frozenset(whole), frozenset(half)))
