"""Where a swap stands: ``/swap 14``, ``/swap list``, and the button in the list."""

import re
from contextlib import suppress
from uuid import UUID

from slack_bolt import Ack, App, Respond

from bot.actions.people import UnknownPerson
from bot.actions.swaps_look import open_swaps, visit_number, visit_swap
from bot.actions.swaps_turn import UnknownSwap
from bot.connectors.slack import MENTION
from bot.domain.permissions import NotPermitted
from bot.views import swaps_look as views
from bot.views.blocks import Message, message
from bot.views.swaps import swap_card
from bot.views.swaps_answers import GONE, NOT_YOURS
from handlers.visit import Visit

# Longer numbers are no swap's, and too large for a database.
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_LIST = re.compile(rf"(?:list|mine)(?:\s+{MENTION.pattern})?", re.IGNORECASE)


def register(app: App) -> None:
    """The button on a line of the list."""
    app.action(views.SHOW)(show_swap)


def show_swap(ack: Ack, visit: Visit) -> None:
    """Shows the card beside the list."""
    try:
        answer = swap_card(*visit_swap(visit.deps, visit.caller, swap_id_of(visit.value)), visit.caller.formats)
    except UnknownSwap:
        answer = message(GONE)
    except NotPermitted:
        answer = message(NOT_YOURS)
    visit.reply(answer)
    ack()


def looked_up(visit: Visit, command: str, text: str) -> Message | None:
    """The answer to a number or the list; None where something else was typed."""
    if number := _NUMBER.fullmatch(text):
        return _numbered(visit, command, int(number[1]))
    if listed := _LIST.fullmatch(text):
        return _listed(visit, command, listed[1])
    return None


def swap_id_of(value: str) -> UUID:
    """Which swap a button is about; a value that none of ours ever had is that of no swap."""
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


def renew(visit: Visit, swap_id: UUID, url: str) -> None:
    """Draws a card anew that was looked up, where the caller may still look at it."""
    with suppress(UnknownSwap, NotPermitted):
        card = swap_card(*visit_swap(visit.deps, visit.caller, swap_id), visit.caller.formats)
        # What was done is done, and the card can be looked up again.
        with suppress(OSError):
            Respond(response_url=url)(**card, replace_original=True)


def _numbered(visit: Visit, command: str, number: int) -> Message:
    try:
        return swap_card(*visit_number(visit.deps, visit.caller, number), visit.caller.formats)
    except UnknownSwap:
        return views.unknown_swap(command, number)
    except NotPermitted:
        return views.not_yours(command, number)


def _listed(visit: Visit, command: str, slack_id: str | None) -> Message:
    try:
        return views.swap_list(open_swaps(visit.deps, visit.caller, slack_id), visit.caller.formats, command)
    except UnknownPerson:
        return views.unknown_person(str(slack_id), command)
    except NotPermitted:
        return views.not_theirs(command)
