"""``/floor departments``: in which hours each is reached, where, and who leads it."""

from collections.abc import Sequence
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.departments import change_desk, shown_desk, shown_desks
from bot.actions.people import UnknownPerson
from bot.connectors.slack import as_typed
from bot.domain.availability import BadAvailability, TooManyLines, read_availability
from bot.domain.channels import BadChannels
from bot.domain.desks import DeskWanted, UnknownDepartment, department_called
from bot.domain.wallclock import read_zone
from bot.views import departments as views
from bot.views.asked import Asked
from bot.views.blocks import Block, Message
from bot.views.forms import View
from handlers.visit import Visit


def register(app: App) -> None:
    """The list, and the form that is opened from it."""
    app.action(views.CHANGE)(open_desk)
    app.view(views.FORM)(submit_desk)


def open_departments(visit: Visit, asked: Asked) -> Message | None:
    """Opens the list or, where one is named, its form; None: one of them was opened. Raises ``NotPermitted``."""
    typed = as_typed(asked.text.partition(" ")[2]).strip()
    if not typed:
        visit.opens(_list(visit))
        return None
    desks = {each.department_id: each for each in shown_desks(visit.deps, visit.caller)}
    names = {each: desk.name for each, desk in desks.items()}
    found = department_called(typed, names)
    if found is None:
        return views.unknown(typed, names)
    visit.opens(views.desk_form(desks[found]))
    return None


def open_desk(ack: Ack, visit: Visit) -> None:
    """Change…"""
    try:
        visit.opens(views.desk_form(shown_desk(visit.deps, visit.caller, UUID(visit.value))))
    except UnknownDepartment:
        visit.redraw(_list(visit, views.gone()))
    ack()


def submit_desk(ack: Ack, visit: Visit) -> None:
    """Keeps it, or says at the field what is wrong."""
    filled = views.read_desk(visit.view)
    zone = read_zone(filled.zone) if filled.zone else None
    errors: dict[str, str] = views.bad_zone() if filled.zone and zone is None else {}
    hours = None
    try:
        hours = read_availability(filled.hours, visit.caller.preferences.language)
    except BadAvailability as bad:
        errors |= views.bad_hours(bad)
    except TooManyLines:
        errors |= views.too_many_hours()
    if errors:
        ack(response_action="errors", errors=errors)
        return
    wanted = DeskWanted(filled.department_id, filled.channel, hours, zone, filled.lead)
    try:
        said = views.saved(change_desk(visit.deps, visit.caller, wanted), visit.caller.formats)
    except BadChannels as trouble:
        ack(response_action="errors", errors=views.bad_channel(trouble.troubles))
        return
    except UnknownPerson:
        ack(response_action="errors", errors=views.stranger())
        return
    except UnknownDepartment:
        said = views.gone()
    ack(**visit.back_to(lambda: _list(visit, said), said, views.TITLE))


def _list(visit: Visit, said: Sequence[Block] = ()) -> View:
    return views.department_list(shown_desks(visit.deps, visit.caller), visit.caller.formats, said)
