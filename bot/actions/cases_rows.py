"""How a case stands, between its row and the domain, and the rows of what happens to it."""

from datetime import datetime

from bot.deps import Deps
from bot.domain.cases import Happening, Priority, State
from bot.domain.cases_life import Standing
from storage.db import WorkspaceSession
from storage.tables import Case, CaseEvent


def standing_of(case: Case) -> Standing:
    """How a case stands, as its row says."""
    return Standing(
        State(case.state),
        Priority(case.priority),
        case.tier,
        case.queue_id,
        case.owner_id,
        case.opened_at,
        case.changed_at,
        case.waits_on_id,
        case.solved_at,
        case.closed_at,
        case.external_gone_at,
        case.reopened,
        case.rerouted,
        case.stuck,
        case.stuck_at,
        case.snoozed_until,
        case.satisfaction,
        case.satisfied_at,
    )


def write(case: Case, standing: Standing) -> None:
    """Has the row say that it stands so."""
    case.state, case.priority, case.tier = standing.state, standing.priority, standing.tier
    case.queue_id, case.owner_id, case.waits_on_id = standing.queue_id, standing.owner_id, standing.waits_on_id
    case.opened_at, case.changed_at = standing.opened_at, standing.changed_at
    case.solved_at, case.closed_at, case.external_gone_at = (
        standing.solved_at,
        standing.closed_at,
        standing.gone_at,
    )
    case.reopened, case.rerouted = standing.reopened, standing.rerouted
    case.stuck, case.stuck_at, case.snoozed_until = standing.stuck, standing.stuck_at, standing.snoozed_until
    case.satisfaction, case.satisfied_at = standing.satisfaction, standing.satisfied_at


def note(
    session: WorkspaceSession, deps: Deps, case: Case, happening: Happening, at: datetime, number: int
) -> None:
    """Notes that something happened to it."""
    session.add(
        CaseEvent(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            case_id=case.id,
            number=number,
            at=at,
            kind=happening.kind,
            by=happening.by,
            member_id=happening.member_id,
            data=happening.data,
            note_id=happening.note_id,
            external_id=happening.external_id,
        )
    )
