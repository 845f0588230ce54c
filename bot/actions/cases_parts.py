"""What stands on the card of a case beside itself: a part for each capability that has to do with cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.actions import exceptions_part
from bot.actions.connections_part import load_writes, write_buttons, write_lines
from bot.actions.escalations_part import buttons_on_card, lines_on_card, on_card
from bot.actions.kb_canned_part import load_responses, no_lines
from bot.actions.promises_parts import load_on_case
from bot.actions.routing import load_part
from bot.views.blocks import Block
from bot.views.formats import Formats
from bot.views.kb_canned import case_buttons
from bot.views.promises import card_buttons
from bot.views.promises import on_card as promised_lines
from bot.views.routing import routing_buttons, routing_lines
from storage.db import WorkspaceSession
from storage.tables import Case


@dataclass(frozen=True, slots=True)
class Part:
    """What one capability has to say of a case now (None: nothing), in which lines, and with which buttons.

    The buttons stand among those of the card, and where they ``stay`` also once the case is solved or closed;
    ``load`` is asked for every case that is shown.
    """

    load: Callable[[WorkspaceSession, Case, datetime], Any]
    lines: Callable[[Any, Formats], Sequence[str]]
    buttons: Callable[[Any], Sequence[Block]]
    stay: bool = False


# In the order in which they stand on the card.
PARTS: tuple[Part, ...] = (
    Part(load_writes, write_lines, write_buttons, stay=True),
    Part(load_part, routing_lines, routing_buttons),
    Part(load_on_case, promised_lines, card_buttons),
    Part(on_card, lines_on_card, buttons_on_card, stay=True),
    Part(exceptions_part.load_part, exceptions_part.part_lines, exceptions_part.part_buttons),
    Part(load_responses, no_lines, case_buttons),
)
