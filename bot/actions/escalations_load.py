"""An escalation as it stands, loaded from its rows."""

from uuid import UUID

from bot.actions.cases_named import named
from bot.actions.people import somebody
from bot.domain import cases
from bot.domain.escalations import Cause, Outcome, State
from bot.domain.escalations_life import answers_only, may_answer
from bot.domain.escalations_shown import EscalationShown, Promised
from bot.domain.permissions import Actor
from bot.domain.promises import State as PromiseState
from bot.domain.shifts import Somebody
from storage.db import WorkspaceSession
from storage.matrix import department
from storage.people import member
from storage.swaps import note_text
from storage.tables import Case, CustomerPromise, Escalation


def load_escalation(session: WorkspaceSession, row: Escalation) -> EscalationShown:
    """An escalation as it stands now."""
    case, about = session.get_one(Case, (session.workspace_id, row.case_id)), named(session, row.case_id)
    asked = department(session, row.department_id)
    assert about
    assert asked
    return EscalationShown(
        row.id,
        row.number,
        about,
        case.customer,
        row.severity,
        asked.name,
        State(row.state),
        row.hop,
        note_text(session, row.question_id),
        note_text(session, row.need_id),
        row.link,
        somebody(session, row.asked_by_id),
        row.asked_at,
        _somebody(session, row.contact_id),
        _somebody(session, row.owner_id),
        row.own_by,
        row.answer_by,
        row.eta_at,
        row.eta_at is not None and row.eta_at == row.missed_at,
        row.misses,
        _promised(session, row),
        note_text(session, row.answer_id),
        row.answered_at,
        _somebody(session, row.closed_by_id),
        Outcome(row.outcome) if row.outcome else None,
        Cause(row.cause) if row.cause else None,
        note_text(session, row.outcome_id),
        is_over(case),
    )


def is_over(case: Case) -> bool:
    """Whether nobody waits for an answer any more, because the case is solved, closed or gone."""
    return case.state not in cases.LIVE or case.external_gone_at is not None


def own_department(session: WorkspaceSession, actor: Actor) -> UUID | None:
    """The department of who is a contact and nothing else: they see no other's."""
    return _department_of(session, actor) if answers_only(actor) else None


def speaks_for(session: WorkspaceSession, actor: Actor, department_id: UUID) -> bool:
    """Whether the actor may answer for a department that is asked."""
    return may_answer(actor, _department_of(session, actor), department_id)


def _department_of(session: WorkspaceSession, actor: Actor) -> UUID | None:
    found = member(session, actor.member_id) if actor.member_id else None
    return found.department_id if found else None


def _somebody(session: WorkspaceSession, member_id: UUID | None) -> Somebody | None:
    return somebody(session, member_id) if member_id else None


def _promised(session: WorkspaceSession, row: Escalation) -> Promised | None:
    found = session.get(CustomerPromise, (session.workspace_id, row.promise_id)) if row.promise_id else None
    if found is None:
        return None
    return Promised(found.id, found.state == PromiseState.OPEN, found.due_at, note_text(session, found.text_id))
