"""The list of open questions to departments: ``/escalate list``, its pages, and all of it from elsewhere."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.escalations_list import departments_of, list_escalations, reader_of
from bot.domain.desks import department_called
from bot.domain.permissions import NotPermitted
from bot.views import escalations_list as views
from bot.views.blocks import Message
from bot.views.departments import unknown
from handlers.visit import Visit

_COMMAND = "escalate"


def register(app: App) -> None:
    """Its pages, and the buttons that open it."""
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.action(views.OF)(choose_department)
    app.action(views.OPEN)(open_list)


def answer_list(visit: Visit, typed: str = "") -> Message:
    """``/escalate list``, or of a department by name."""
    names = departments_of(visit.deps, visit.caller)
    if not typed.strip():
        return _list(visit)
    found = department_called(typed, names)
    return _list(visit, department_id=found) if found else unknown(typed, names)


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page replaces the one that the button stands in."""
    page, department_id = views.read_turn(visit.value)
    visit.replace(_list(visit, page, department_id))
    ack()


def choose_department(ack: Ack, visit: Visit) -> None:
    """Only those of the department that was chosen."""
    visit.replace(_list(visit, 0, views.read_department(visit.action["selected_option"]["value"])))
    ack()


def open_list(ack: Ack, visit: Visit) -> None:
    """From the stand-up's thread, a contact's daily list or Home: for whoever pressed it only."""
    visit.reply(_list(visit))
    ack()


def _list(visit: Visit, page: int = 0, department_id: UUID | None = None) -> Message:
    deps, caller = visit.deps, visit.caller
    try:
        shown = list_escalations(deps, caller, department_id)
    except NotPermitted:
        return views.not_for_you()
    names, reader = departments_of(deps, caller), reader_of(caller.actor)
    command = visit.command(_COMMAND)
    return views.list_message(shown, caller.formats, command, names, page, department_id, reader=reader)
