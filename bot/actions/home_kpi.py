"""The key figures on somebody's Home: their own week or, for who leads a team, the team's."""

from collections.abc import Hashable
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from cachetools import LRUCache

from bot.actions.kpi import readings
from bot.actions.kpi_look import default_cut, place_of
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.home_kpi import SHOWN, WeekSeen
from bot.domain.kpi import Cut
from bot.domain.kpi_looked import Told, WhichTeam
from bot.domain.kpi_periods import Span
from bot.domain.kpi_when import alike, so_far, usual_period
from bot.domain.permissions import Deed, Reach
from bot.domain.wallclock import local_date
from storage.db import WorkspaceSession
from storage.kpi import heard

_MOST = 1000


class Weeks:
    """The weeks of people and teams, each good until a source is heard again, a target changes or the day ends."""

    def __init__(self) -> None:
        self._known: LRUCache[Hashable, WeekSeen] = LRUCache(_MOST)
        self._lock = Lock()

    def of(self, session: WorkspaceSession, deps: Deps, caller: Caller, now: datetime) -> WeekSeen | None:
        """None for who sees everything by ``/kpi``, and where nothing was ever measured."""
        sources = heard(session)
        if not sources or caller.actor.reach(Deed.SEE_KPI) not in (Reach.OWN, Reach.TEAM):
            return None
        try:
            cut = default_cut(session, caller)
        except WhichTeam:
            return None
        preferred = preferences(session)
        today = local_date(now, ZoneInfo(preferred.time_zone))
        terms = preferred.kpi_targets, preferred.kpi_least_n, preferred.week_starts
        key = session.workspace_id, cut, today, max(sources.values()), terms
        with self._lock:
            found = self._known.get(key)
        if found is None:
            whole = usual_period(today, preferred.week_starts)
            found = _week(session, deps, caller, cut, whole, so_far(whole, today))
            with self._lock:
                self._known[key] = found
        return found if found.told else None


def _week(session: WorkspaceSession, deps: Deps, caller: Caller, cut: Cut, whole: Span, span: Span) -> WeekSeen:
    before = alike(whole.before(), whole, span)
    then = {each.figure: each for each in readings(session, deps, before, cut, SHOWN)}
    here = {each.figure: each for each in readings(session, deps, span, cut, SHOWN)}
    told = (Told(here[figure], then[figure]) for figure in SHOWN)
    known = tuple(each for each in told if each.reading.value is not None)
    return WeekSeen(span, place_of(session, caller, cut), known)
