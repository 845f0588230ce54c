"""What the card of a case says of its escalations, and its button that asks a department."""

from datetime import datetime

from bot.actions.escalations_load import is_over, load_escalation
from bot.domain.escalations import LIVE
from bot.domain.escalations_shown import EscalationShown
from bot.views.blocks import Block
from bot.views.escalations import case_buttons, on_case, start_button
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.escalations import escalations_of_case
from storage.tables import Case


def on_card(session: WorkspaceSession, case: Case, _now: datetime) -> tuple[Case, tuple[EscalationShown, ...]]:
    """What the card of a case says of its escalations that are not closed."""
    return case, tuple(load_escalation(session, each) for each in escalations_of_case(session, case.id, LIVE))


def lines_on_card(state: tuple[Case, tuple[EscalationShown, ...]], formats: Formats) -> list[str]:
    """Those, a line each."""
    return [on_case(each, formats) for each in state[1]]


def buttons_on_card(state: tuple[Case, tuple[EscalationShown, ...]]) -> list[Block]:
    """What they wait for from this side and, unless the case is over, the button that asks a department."""
    case, escalations = state
    start = [] if is_over(case) else [start_button(case.id, f"case {case.number}")]
    return [*case_buttons(escalations), *start]
