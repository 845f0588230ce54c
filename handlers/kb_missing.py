"""``/kb missing``: what people look for in vain."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_missing import NotWanted, begin_writing, dismiss, missing_list
from bot.domain.permissions import NotPermitted
from bot.views import kb_missing as views
from bot.views.blocks import Message, message
from bot.views.kb import MISSING
from handlers.kb_form import open_new_form
from handlers.visit import Visit


def register(app: App) -> None:
    """The list, and what can be done with what stands on it."""
    app.action(MISSING)(show_missing)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn)
    app.action(re.compile(rf"^{re.escape(views.WRITE)}\."))(write)
    app.action(re.compile(rf"^{re.escape(views.DISMISS)}\."))(put_aside)


def answer_missing(visit: Visit, _rest: str = "") -> Message:
    """What ``/kb missing`` answers."""
    return _page(visit, 0)


def show_missing(ack: Ack, visit: Visit) -> None:
    """The same by a button."""
    visit.reply(_page(visit, 0))
    ack()


def turn(ack: Ack, visit: Visit) -> None:
    """Another page."""
    visit.replace(_page(visit, int(visit.value)))
    ack()


def write(ack: Ack, visit: Visit) -> None:
    """Opens the form of an article with the words as its title."""
    missing_id = UUID(visit.value)
    try:
        words = begin_writing(visit.deps, visit.caller, missing_id)
        open_new_form(visit, f"{words[:1].upper()}{words[1:]}", missing_id=missing_id)
    except (NotPermitted, NotWanted) as refusal:
        visit.reply(_refused(refusal))
    ack()


def put_aside(ack: Ack, visit: Visit) -> None:
    """Lists it no more."""
    try:
        dismiss(visit.deps, visit.caller, UUID(visit.value))
    except (NotPermitted, NotWanted) as refusal:
        visit.reply(_refused(refusal))
    else:
        visit.replace(_page(visit, 0))
    ack()


def _page(visit: Visit, page: int) -> Message:
    try:
        found = missing_list(visit.deps, visit.caller, page)
    except NotPermitted:
        return message(views.MAY_NOT)
    return views.missing_message(found, visit.caller.formats, visit.command("kb"))


def _refused(refusal: Exception) -> Message:
    return message(views.MAY_NOT if isinstance(refusal, NotPermitted) else views.SETTLED)
