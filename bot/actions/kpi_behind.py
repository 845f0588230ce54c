"""Looks up the cases that a key figure is made of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.cases_named import named
from bot.actions.kpi_look import require
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kpi import Cut, Figure
from bot.domain.kpi_asked import Question
from bot.domain.kpi_looked import Behind
from bot.domain.kpi_when import so_far
from bot.domain.permissions import Deed
from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric
from bot.domain.wallclock import days, local_date
from storage.db import WorkspaceSession
from storage.kpi_behind import dissatisfied, late, open_then, opened, solved

_MOST = 15
_BAD = "bad"
_CLOCKS = {Figure.SLA_FIRST_REPLY: Metric.FIRST_REPLY, Figure.SLA_RESOLUTION: Metric.RESOLUTION}


def look_behind(deps: Deps, caller: Caller, question: Question, now: datetime) -> Behind:
    """Of the one figure of a question. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    (figure,) = question.figures
    with deps.sessions.read(caller.workspace_id) as session:
        require(session, caller, question)
        zone = ZoneInfo(preferences(session).time_zone)
        span = so_far(question.span, local_date(now, zone))
        within = days(span.starts, span.last, zone)
        found = _cases(session, figure, within.start, min(within.end, now), question.cut)
        names = (named(session, each) for each in found[:_MOST])
        return Behind(figure, span, tuple(each for each in names if each), len(found))


def _cases(session: WorkspaceSession, figure: Figure, start: datetime, end: datetime, cut: Cut) -> Sequence[UUID]:
    match figure:
        case Figure.OPENED:
            return opened(session, start, end, cut)
        case Figure.SOLVED:
            return solved(session, start, end, cut)
        case Figure.CSAT:
            return dissatisfied(session, start, end, cut, _BAD)
        case Figure.BACKLOG | Figure.BACKLOG_AGE:
            return open_then(session, end, cut)
    return late(session, start, end, cut, _CLOCKS[figure], Mode.MET)
