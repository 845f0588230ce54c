"""Putting a case off: nobody is reminded of it for a while, which ends before it is late."""

from datetime import datetime
from uuid import UUID

from bot.actions.cases_named import named
from bot.actions.cases_turn import happen
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.cases import LIVE, CaseIsOver, Happening, Kind
from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import PastTheBreach, snooze, snoozes
from bot.domain.permissions import Deed
from bot.domain.sla import STOPPED, Mode
from storage.cases import case
from storage.db import WorkspaceSession
from storage.sla import clock_rows
from storage.swaps import form_result, remember_form
from storage.tables import Case


def to_snooze(deps: Deps, caller: Caller, case_id: UUID) -> tuple[CaseNamed, tuple[datetime, ...]]:
    """A case, and until when it can be put off.

    Raises ``NotPermitted``, ``CaseIsOver`` and, where it is late or nearly so, ``PastTheBreach``.
    """
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        row, words = _alive(session, case_id), named(session, case_id)
        assert words
        breach_at = _breach_at(session, row)
        until = snoozes(deps.clock(), breach_at)
        if not until:
            raise PastTheBreach(breach_at)
        return words, until


def snooze_case(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, until: datetime, reason: str) -> None:
    """Puts it off, for a reason. Raises ``NotPermitted``, ``CaseIsOver`` and ``PastTheBreach``."""
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        row, now = _alive(session, case_id), deps.clock()
        snooze(until, now, _breach_at(session, row))
        note_id = write_note(session, deps, caller.actor.member_id, reason)
        happen(
            session, deps, caller.actor, row, Happening(Kind.SNOOZE, {"until": until.isoformat()}, note_id=note_id)
        )
        remember_form(session, nonce, row.id, now)


def _alive(session: WorkspaceSession, case_id: UUID) -> Case:
    row = case(session, case_id)
    if row is None or row.external_gone_at or row.state not in LIVE:
        raise CaseIsOver
    return row


def _breach_at(session: WorkspaceSession, row: Case) -> datetime | None:
    """When the first of its clocks runs out, or is to be seen to where it has already; None: none runs."""
    clocks = clock_rows(session, [row.id]).get(row.id, {}).values()
    running = [each for each in clocks if Mode(each.state) not in STOPPED]
    return min((at for each in running if (at := each.act_by or each.due_at)), default=None)
