"""The card of a case: who has it, and the thread below it in which everything about the case is said."""

from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.cases_look import load_case
from bot.actions.cases_parts import PARTS
from bot.actions.cases_turn import CARD
from bot.actions.outbox import tell
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.cases_shown import CaseShown, Why
from bot.views import cases as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import cases, outbox
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Case


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card."""

    def load(session: WorkspaceSession, case_id: UUID | None) -> CaseShown | None:
        row = cases.case(session, case_id) if case_id else None
        return load_case(session, row, deps.clock()) if row else None

    cards.register(CARD, load, _draw)


def draw(shown: CaseShown, formats: Formats, why: Why | None = None) -> Message:
    """The card, with what other capabilities have to say on it."""
    said = [(part, state) for part, state in zip(PARTS, shown.parts, strict=True) if state is not None]
    lines = [line for part, state in said for line in part.lines(state, formats)]
    more = [button for part, state in said if shown.live or part.stay for button in part.buttons(state)]
    return views.case_card(shown, formats, lines, more, why)


def show_anew(deps: Deps, caller: Caller, case_id: UUID) -> None:
    """Has the posted cards of a case drawn anew, as they are."""
    with deps.sessions.write(caller.workspace_id) as session:
        outbox.touch(session, CARD, case_id, deps.clock())


def show_owner(session: WorkspaceSession, deps: Deps, case: Case, why: Why) -> None:
    """Gives the owner the card, once for what happened last; nobody, where there is no owner with an account."""
    event = cases.newest_event(session, case.id)
    lane = _lane_of_owner(session, case)
    if event and lane:
        key = f"{CARD}:{case.id}:owner:{event.id}"
        tell(session, deps, to=lane, card=CARD, subject=case.id, key=key, facts={"why": why})


def say_in_thread(
    session: WorkspaceSession, deps: Deps, case: Case, card: str, subject: UUID, facts: Facts | None, key: str
) -> list[UUID]:
    """Says it below the case's card, which is posted where there is none yet; the ids of the messages.

    That is where its owner reads it; the coordinators, while it has none.
    """
    owner = _lane_of_owner(session, case)
    said = []
    for lane in [owner] if owner else approver_lanes(session, None, ()):
        parent = thread_in(session, deps, case, lane)
        said.append(
            tell(
                session,
                deps,
                to=lane,
                card=card,
                subject=subject,
                key=f"{key}:{lane}",
                facts=facts,
                parent=parent,
            )
        )
    return said


def thread_in(session: WorkspaceSession, deps: Deps, case: Case, lane: str) -> UUID:
    """The newest card of the case in a lane, posted now where there is none."""
    found = outbox.newest_in_lane(session, CARD, case.id, lane)
    if found:
        return found.id
    key = f"{CARD}:{case.id}:thread:{lane}"
    return tell(session, deps, to=lane, card=CARD, subject=case.id, key=key, facts={"why": Why.ASKED})


def _lane_of_owner(session: WorkspaceSession, case: Case) -> str | None:
    owner = member(session, case.owner_id) if case.owner_id else None
    return owner.slack_id if owner and not owner.deactivated_at else None


def _draw(shown: CaseShown, _audience: str, formats: Formats, facts: Facts) -> Message:
    return draw(shown, formats, Why(facts["why"]) if facts.get("why") else None)
