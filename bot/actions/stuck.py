"""Looks for cases that are stuck between two teams: a coordinator sees to each until it moves again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.actions.cases_turn import happen
from bot.actions.nudges import Part, end, nudge
from bot.actions.nudges_sla import owners_of
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.actions.sla_policy import calendar_of
from bot.deps import Deps
from bot.domain.cases import LIVE, By, CaseIsOver, Happening
from bot.domain.cases import Kind as What
from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import Ended, Kind
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.shifts import Somebody
from bot.domain.sla_calendar import Calendar
from bot.domain.stuck import UNOWNED_FOR, StuckCase, Why, why_stuck
from bot.views import stuck as views
from storage.cases import case, cases_by_id
from storage.db import WorkspaceSession
from storage.shifts import queues
from storage.stuck import may_be_stuck, owned_by_gone, seen_to, taken_away_at
from storage.tables import Case, Nudge

# In one transaction, that others may write in between.
_MOST = 100


def look(deps: Deps, workspace_id: str) -> None:
    """Tells the coordinators of what has come to be stuck, and notes what moves again."""
    CLOCK.require(Deed.WATCH_CASES)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        any_found = bool(_found(session, now) or seen_to(session, 1) or owned_by_gone(session, 1))
    # All at once: many that come from elsewhere are one message to the coordinators, and not one every half hour.
    while any_found:
        with deps.sessions.write(workspace_id) as session:
            any_found = _look(session, deps, now)


def _look(session: WorkspaceSession, deps: Deps, now: datetime) -> bool:
    """The same of the first ``_MOST``; whether more may be stuck."""
    gone = owned_by_gone(session, _MOST)
    let_go(session, deps, CLOCK, gone)
    moving, found = seen_to(session, _MOST), _found(session, now)
    for row in moving:
        happen(session, deps, CLOCK, row, Happening(What.STUCK, {"why": None}, By.CLOCK))
    for row, why in found:
        tell_desk(session, deps, row, why)
    return _MOST in (len(found), len(gone))


def let_go(session: WorkspaceSession, deps: Deps, actor: Actor, rows: Iterable[Case]) -> None:
    """Whose these cases were has left: nobody owns them now, and the coordinators are told of it."""
    for row in rows:
        left = Happening(What.OWNER, {"owner": None, "because": "left"}, By.CLOCK)
        happen(session, deps, actor, row, left)
        tell_desk(session, deps, row, Why.UNOWNED)


def tell_desk(session: WorkspaceSession, deps: Deps, row: Case, why: Why) -> None:
    """Notes that a case is stuck, and has the coordinators told of it."""
    happen(session, deps, CLOCK, row, Happening(What.STUCK, {"why": why}, By.CLOCK))
    data, at = {"why": why, "rerouted": row.rerouted, "reopened": row.reopened}, deps.clock().isoformat()
    nudge(session, deps, None, Kind.STUCK, row.id, f"{Kind.STUCK}:{row.id}:{at}", data)


def moves(deps: Deps, caller: Caller, case_id: UUID) -> None:
    """Somebody says that it moves, as it is. Raises ``NotPermitted`` and ``CaseIsOver``."""
    caller.actor.require(Deed.CHASE)
    with deps.sessions.write(caller.workspace_id) as session:
        row = case(session, case_id)
        if row is None or row.external_gone_at or row.state not in LIVE:
            raise CaseIsOver
        if row.stuck != Why.UNOWNED:
            happen(session, deps, caller.actor, row, Happening(What.STUCK, {"why": None}))
            end(session, deps, row.id, Kind.STUCK, Ended.SEEN)


def load(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, StuckCase]:
    """What each shows; what moves by now is left out."""
    cases = cases_by_id(session, [row.subject_id for row in nudges])
    owners = owners_of(session, cases.values())
    names: dict[UUID | None, str] = {each.id: each.name for each in queues(session)}
    found = {}
    for row in nudges:
        about = cases.get(row.subject_id)
        if about and (row.ended_at or about.stuck_at):
            found[row.id] = _shown(about, row.data, owners, names)
    return found


PART = Part(load, views.line, views.buttons_of)


def _found(session: WorkspaceSession, now: datetime) -> list[tuple[Case, Why]]:
    calendar, rows = calendar_of(preferences(session)), may_be_stuck(session, now - UNOWNED_FOR, _MOST)
    since = taken_away_at(session, [row.id for row in rows if row.owner_id is None])
    return [(row, why) for row in rows if (why := _why(row, since.get(row.id, row.opened_at), calendar, now))]


def _why(row: Case, since: datetime, calendar: Calendar, now: datetime) -> Why | None:
    """Business time: what comes in the evening has nobody before the morning."""
    unowned_for = calendar.between(since, now) if row.owner_id is None else timedelta()
    return why_stuck(
        owned=row.owner_id is not None,
        unowned_for=unowned_for,
        rerouted=row.rerouted,
        reopened=row.reopened,
    )


def _shown(
    row: Case, data: Mapping[str, Any], owners: Mapping[UUID | None, Somebody], names: Mapping[UUID | None, str]
) -> StuckCase:
    words = CaseNamed(row.id, row.number, row.title, row.source, row.external_id, row.external_url)
    return StuckCase(words, row.customer, owners.get(row.owner_id), names.get(row.queue_id), Why(data["why"]))
