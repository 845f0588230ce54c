"""A case that is stuck between two teams, as the coordinators read of it."""

from collections.abc import Sequence

from bot.domain.stuck import StuckCase, Why
from bot.views.blocks import Block, button
from bot.views.cases_assign import ASSIGN
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, escape, person, shorten
from bot.views.routing import REROUTE

TAKE, MOVES = "stuck.take", "stuck.moves"
MAY_NOT = "Leads, coordinators and managers see to cases that are stuck. Nothing was changed."
OVER = "This case is closed or gone. Nothing was changed."
IT_MOVES = "Noted: it moves. I say so if it is sent round again, or the customer comes back once more."
_CUSTOMER = 80


def line(shown: StuckCase, _formats: Formats) -> str:
    """Which case, why it does not move, and where it is now."""
    words = case_words(shown.case)
    parts = [
        f"*{words[:1].upper()}{words[1:]}*",
        *([escape(shorten(shown.customer, _CUSTOMER))] if shown.customer else []),
        f"stuck: {shown.why}",
        *([f"in {escape(shown.queue)}"] if shown.queue else []),
        *([f"owner {person(shown.owner)}"] if shown.owner else []),
    ]
    return " · ".join(parts)


def buttons_of(shown: StuckCase, _formats: Formats) -> Sequence[Block]:
    """What can be done about it."""
    case_id, spoken = str(shown.case.id), case_spoken(shown.case)
    return (
        button("I see to it", TAKE, case_id, f"I see to {spoken}"),
        button("Assign…", ASSIGN, case_id, f"Assign {spoken}"),
        button("Reroute…", REROUTE, case_id, f"Reroute {spoken}"),
        *([] if shown.why is Why.UNOWNED else [button("It moves", MOVES, case_id, f"It moves: {spoken}")]),
    )
