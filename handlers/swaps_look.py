"""Where a swap stands: ``/swap 14``, ``/swap list``, and the button in the list."""

import re
from contextlib import suppress
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond

from bot.actions.people import Caller, UnknownPerson
from bot.actions.swaps_look import open_swaps, visit_number, visit_swap
from bot.actions.swaps_turn import UnknownSwap
from bot.connectors.slack import MENTION
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.views import swaps_look as views
from bot.views.blocks import Message
from bot.views.swaps import swap_card
from bot.views.swaps_answers import GONE, NOT_YOURS

# Longer numbers are no swap's, and too large for a database.
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_LIST = re.compile(rf"(?:list|mine)(?:\s+{MENTION.pattern})?", re.IGNORECASE)


def register(app: App) -> None:
    """The button on a line of the list."""
    app.action(views.SHOW)(show_swap)


def show_swap(ack: Ack, action: dict[str, Any], respond: Respond, deps: Deps, caller: Caller) -> None:
    """Shows the card beside the list."""
    try:
        answer = swap_card(*visit_swap(deps, caller, swap_id_of(action["value"])), caller.formats)
    except UnknownSwap:
        answer = {"text": GONE}
    except NotPermitted:
        answer = {"text": NOT_YOURS}
    respond(**answer, response_type="ephemeral", replace_original=False)
    ack()


def looked_up(deps: Deps, caller: Caller, command: str, text: str) -> Message | None:
    """The answer to a number or the list; None where something else was typed."""
    if number := _NUMBER.fullmatch(text):
        return _numbered(deps, caller, command, int(number[1]))
    if listed := _LIST.fullmatch(text):
        return _listed(deps, caller, command, listed[1])
    return None


def swap_id_of(value: str) -> UUID:
    """Which swap a button is about; a value that none of ours ever had is that of no swap."""
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


def renew(deps: Deps, caller: Caller, swap_id: UUID, url: str) -> None:
    """Draws a card anew that was looked up, where the caller may still look at it."""
    with suppress(UnknownSwap, NotPermitted):
        card = swap_card(*visit_swap(deps, caller, swap_id), caller.formats)
        # What was done is done, and the card can be looked up again.
        with suppress(OSError):
            Respond(response_url=url)(**card, replace_original=True)


def _numbered(deps: Deps, caller: Caller, command: str, number: int) -> Message:
    try:
        return swap_card(*visit_number(deps, caller, number), caller.formats)
    except UnknownSwap:
        return views.unknown_swap(command, number)
    except NotPermitted:
        return views.not_yours(command, number)


def _listed(deps: Deps, caller: Caller, command: str, slack_id: str | None) -> Message:
    try:
        return views.swap_list(open_swaps(deps, caller, slack_id), caller.formats, command)
    except UnknownPerson:
        return views.unknown_person(str(slack_id), command)
    except NotPermitted:
        return views.not_theirs(command)
