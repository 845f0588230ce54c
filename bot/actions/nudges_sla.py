"""The clocks of cases as nudges: which rung has come, who hears of it, and what they read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions.nudges import Part
from bot.actions.people import somebody
from bot.actions.sla import pass_rung
from bot.deps import Deps
from bot.domain.cases import Priority, State
from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import As, Kind, goes_out, is_current, is_urgent, rung_key
from bot.domain.nudges_shown import LateCase
from bot.domain.shifts import Somebody
from bot.domain.sla import STOPPED, Mode
from bot.domain.sla_policy import Metric
from bot.views import nudges_sla as views
from storage.cases import cases_by_id
from storage.db import WorkspaceSession
from storage.home import touch_homes
from storage.nudges_turn import add_new, advance, due_clocks, unseen
from storage.people import members_by_id
from storage.sla import clock_rows
from storage.tables import Case, CaseClock, Nudge

# So many clocks are dealt with in one transaction, that others may write in between.
MOST = 1000


def warn(session: WorkspaceSession, deps: Deps, now: datetime) -> bool:
    """Has people told of the clocks at which a rung has come, the first ``MOST``; whether there may be more."""
    due, new = due_clocks(session, now, MOST), []
    for clock, priority in due:
        percent = pass_rung(clock, now)
        if percent is None:
            clock.rung_percent = clock.rung_at = None  # it waits for nothing, whatever it was noted to wait for
        elif goes_out(percent):
            key = rung_key(clock.case_id, clock.metric, clock.version, percent)
            data = {"metric": clock.metric, "version": clock.version, "percent": percent}
            urgent = is_urgent(percent, Priority(priority))
            new.append(_new(session, deps, key, clock.case_id, data, urgent=urgent, now=now))
    add_new(session, new)
    advance(session, [clock for clock, _ in due])
    if due:
        touch_homes(session, now)
    return len(due) == MOST


def hand_on(session: WorkspaceSession, deps: Deps, now: datetime) -> bool:
    """What the owner of a case was told of and has not seen to goes to whoever leads; as ``warn``."""
    rows, new = unseen(session, now, MOST), []
    for row in rows:
        row.next_at = None
        key, data = f"{row.key}:{As.LEAD}", {**row.data, "past_owner": True}
        new.append(_new(session, deps, key, row.subject_id, data, urgent=row.urgent, now=now))
    session.flush()
    add_new(session, new)
    return len(rows) == MOST


def load(session: WorkspaceSession, now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, LateCase]:
    """What each shows now, those first that are due first; what was overtaken is left out.

    A case is named once: of its clocks by the one that presses most.
    """
    cases = cases_by_id(session, [row.subject_id for row in nudges])
    clocks = clock_rows(session, cases)
    owners = owners_of(session, cases.values())
    found = {}
    for row in nudges:
        case = cases.get(row.subject_id)
        its_clocks = clocks.get(row.subject_id, {})
        if case and (row.ended_at or holds(row, case, its_clocks)):
            found[row.id] = late_case(case, _clock_of(row, its_clocks), owners, now, row.data)
    ended = {row.id: row.ended_at is not None for row in nudges}
    first = sorted(found.items(), key=lambda each: (ended[each[0]], *views.order(each[1])))
    of_case = {shown.case.id: nudge_id for nudge_id, shown in reversed(first)}
    return {nudge_id: shown for nudge_id, shown in first if of_case[shown.case.id] == nudge_id}


def holds(row: Nudge, case: Case, clocks: Mapping[str, CaseClock]) -> bool:
    """Whether what a nudge says of a case, with these clocks, is still so."""
    clock = _clock_of(row, clocks)
    if case.external_gone_at or clock is None:
        return False
    version = row.data.get("version", clock.version)
    return is_current(State(case.state), (clock.version, Mode(clock.state)), version)


def owners_of(session: WorkspaceSession, cases: Iterable[Case]) -> dict[UUID | None, Somebody]:
    """Whose these cases are, read at once."""
    found = members_by_id(session, {each.owner_id for each in cases if each.owner_id})
    return {each: somebody(session, each) for each in found}


def late_case(
    case: Case,
    clock: CaseClock | None,
    owners: Mapping[UUID | None, Somebody],
    now: datetime,
    data: Mapping[str, Any],
) -> LateCase:
    """A case with one of its clocks, as it is shown to somebody."""
    due = clock.due_at if clock else None
    percent = data.get("percent")
    return LateCase(
        CaseNamed(case.id, case.number, case.title, case.source, case.external_id, case.external_url),
        case.customer,
        owners.get(case.owner_id),
        Metric(clock.metric) if clock else None,
        percent if isinstance(percent, int) else clock.told_percent if clock else 0,
        due,
        due if due and due <= now else None,
        clock.act_by if clock else None,
        As(data.get("as", As.OWNER)),
        snoozed=bool(data.get("snoozed")),
        past_owner=bool(data.get("past_owner")),
    )


PART = Part(load, views.line, views.buttons_of, lambda shown: shown.is_late)


def _new(
    session: WorkspaceSession,
    deps: Deps,
    key: str,
    case_id: UUID,
    data: dict[str, object],
    *,
    urgent: bool,
    now: datetime,
) -> dict[str, Any]:
    """A nudge by column. Who hears of it is found when they do."""
    return {
        "workspace_id": session.workspace_id,
        "id": deps.new_id(),
        "key": key,
        "kind": Kind.SLA,
        "subject_id": case_id,
        "data": data,
        "urgent": urgent,
        "made_at": now,
    }


def _clock_of(row: Nudge, clocks: Mapping[str, CaseClock]) -> CaseClock | None:
    """The clock that is meant; of a case that was put off, the one that runs out first."""
    if metric := row.data.get("metric"):
        return clocks.get(metric)
    running = [each for each in clocks.values() if each.due_at and Mode(each.state) not in STOPPED]
    return min(running, key=lambda each: each.due_at or each.started_at, default=None)
