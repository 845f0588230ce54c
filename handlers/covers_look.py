"""Where a cover stands: ``/cover 7``, ``/cover list``, and the button in the list."""

import re
from contextlib import suppress
from uuid import UUID

from slack_bolt import Ack, App, Respond

from bot.actions.covers_look import list_covers, look_at_cover
from bot.actions.covers_turn import UnknownCover
from bot.actions.people import UnknownPerson
from bot.connectors.slack import MENTION
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.views import covers_look as views
from bot.views.blocks import Message, message
from bot.views.covers import cover_card, read_value
from bot.views.covers_answers import GONE
from handlers.visit import Visit

# Longer numbers are no cover's, and too large for a database.
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_LIST = re.compile(rf"(?:list|mine)(?:\s+{MENTION.pattern})?", re.IGNORECASE)


def register(app: App) -> None:
    """The button on a line of the list, and those that turn its pages."""
    app.action(views.SHOW)(show_cover)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)


def show_cover(ack: Ack, visit: Visit) -> None:
    """Shows the card beside the list."""
    try:
        found, seat = look_at_cover(visit.deps, visit.caller, read_value(visit.value)[0])
        answer = cover_card(found, seat, visit.caller.formats)
    except (UnknownCover, NotPermitted):
        answer = message(GONE)
    visit.reply(answer)
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of what is open on the floor, in place of the list."""
    found = list_covers(visit.deps, visit.caller)
    visit.replace(views.floor_page(found, int(visit.value), visit.caller.formats, visit.command("cover")))
    ack()


def looked_up(visit: Visit, command: str, text: str) -> Message | None:
    """The answer to a number or the list; None where something else was typed."""
    if number := _NUMBER.fullmatch(text):
        return _numbered(visit, command, int(number[1]))
    if listed := _LIST.fullmatch(text):
        return listed_covers(visit, command, listed[1])
    return None


def renew(visit: Visit, cover_id: UUID, url: str) -> None:
    """Draws a card anew that was looked up, where the caller may still look at it."""
    with suppress(UnknownCover, NotPermitted):
        card = cover_card(*look_at_cover(visit.deps, visit.caller, cover_id), visit.caller.formats)
        # What was done is done, and the card can be looked up again.
        with suppress(OSError):
            Respond(response_url=url)(**card, replace_original=True)


def _numbered(visit: Visit, command: str, number: int) -> Message:
    try:
        return cover_card(*look_at_cover(visit.deps, visit.caller, number), visit.caller.formats)
    except UnknownCover:
        return views.unknown_cover(command, number)
    except NotPermitted:
        return views.not_yours(command, number)


def listed_covers(visit: Visit, command: str, slack_id: str | None = None) -> Message:
    """What is open, of the caller or of somebody whom they lead."""
    try:
        found = list_covers(visit.deps, visit.caller, slack_id)
        opens = visit.caller.actor.reach(Deed.OPEN_SHIFT) is not Reach.NOBODY
        return views.cover_list(found, visit.caller.formats, command, opens=opens)
    except UnknownPerson:
        return views.unknown_person(str(slack_id), command)
    except NotPermitted:
        return views.not_theirs(command)
