"""Once a week each department's lead reads how reliable it was, and a day later the coordinators read of all."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.chase import Desk
from bot.actions.departments import lead_of, names_of
from bot.actions.outbox import tell
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.escalations import EtaState
from bot.domain.permissions import CLOCK, Deed
from bot.domain.reliability import Answered, Due, Reliability, by_department, reliability, reported_week, week_of
from bot.views import reliability as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.chase import answered_between, etas_between
from storage.db import WorkspaceSession
from storage.outbox import message_of_key

CARD = "reliability"
# So much earlier than anybody else its lead reads of a department.
AHEAD = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def register_cards(cards: Cards) -> None:
    """The report: the numbers are those of when it was made, only departments may be called otherwise by now."""

    def load(session: WorkspaceSession, _subject: UUID | None) -> Mapping[UUID, str]:
        return names_of(session)

    def draw(names: Mapping[UUID, str], _audience: str, formats: Formats, facts: Facts) -> Message:
        week = date.fromisoformat(facts["week"])
        rows = [(names.get(UUID(each["department"])), _read(each)) for each in facts["rows"]]
        total = _read(facts["total"]) if facts["total"] else None
        return views.report(week, rows, total, formats)

    cards.register(CARD, load, draw)


def post(deps: Deps, workspace_id: str) -> None:
    """Makes the reports of the week that is over, once."""
    CLOCK.require(Deed.TURN_ESCALATION)
    with deps.sessions.read(workspace_id) as session:
        week = _due(session, deps)
        lanes = approver_lanes(session, None, ()) if week else []
        if week is None or all(message_of_key(session, _key(week, lane)) for lane in lanes):
            return
    with deps.sessions.write(workspace_id) as session:
        _post(session, deps, week)


def measured(session: WorkspaceSession, week: date) -> tuple[dict[UUID, Reliability], Reliability]:
    """How reliable each department was in a week, and all together."""
    preferred = preferences(session)
    within = week_of(week, preferred.week_starts, ZoneInfo(preferred.time_zone))
    due = [
        Due(each.department_id, EtaState(each.state)) for each in etas_between(session, within.start, within.end)
    ]
    desks: dict[UUID, Desk] = {}
    answered = []
    for row in answered_between(session, within.start, within.end):
        at = desks.setdefault(row.department_id, Desk(session, row.department_id))
        assert row.answered_at
        took = at.hours.calendar.between(row.sent_at, row.answered_at)
        answered.append(Answered(row.department_id, took))
    return by_department(due, answered), reliability(due, answered)


def _post(session: WorkspaceSession, deps: Deps, week: date) -> None:
    found, total = measured(session, week)
    if total.nothing:
        return
    for department_id, each in found.items():
        lead = lead_of(session, department_id)
        if lead and lead.slack_id:
            facts = _facts(week, {department_id: each}, None)
            key = _key(week, f"{department_id}:{lead.slack_id}")
            tell(session, deps, to=lead.slack_id, card=CARD, subject=department_id, facts=facts, key=key)
    later = deps.clock() + AHEAD
    for lane in approver_lanes(session, None, ()):
        facts = _facts(week, found, total if len(found) > 1 else None)
        tell(
            session,
            deps,
            to=lane,
            card=CARD,
            subject=deps.new_id(),
            facts=facts,
            key=_key(week, lane),
            not_before=later,
        )


def _due(session: WorkspaceSession, deps: Deps) -> date | None:
    preferred = preferences(session)
    return reported_week(deps.clock(), preferred.week_starts, ZoneInfo(preferred.time_zone))


def _key(week: date, whose: str) -> str:
    return f"{CARD}:{week}:{whose}"


def _facts(week: date, found: Mapping[UUID, Reliability], total: Reliability | None) -> Facts:
    rows = [{"department": str(each), **_written(one)} for each, one in found.items()]
    return {"week": str(week), "rows": rows, "total": _written(total) if total else None}


def _written(each: Reliability) -> dict[str, Any]:
    took = [one // _SECOND for one in each.took]
    return {"kept": each.kept, "missed": each.missed, "moved": each.moved, "took": took}


def _read(kept: Mapping[str, Any]) -> Reliability:
    took = tuple(each * _SECOND for each in kept["took"])
    return Reliability(kept["kept"], kept["missed"], kept["moved"], took)
