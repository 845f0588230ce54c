"""``/floor roles``: who holds which role, giving and taking them."""

import re

from slack_bolt import Ack, App

from bot.actions.people import UnknownPerson
from bot.actions.roles import change_roles, shown_roles
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.roles import LastHolder, OwnRole
from bot.views import roles as views
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.forms import MISSING
from handlers.visit import Visit


def register(app: App) -> None:
    """The list with its buttons, and the form."""
    app.action(re.compile(rf"^{re.escape(views.LIST)}\."))(turn_page)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_role_form)
    app.action(views.PERSON)(choose_person)
    app.options(views.PERSON)(offer_people)
    app.view(views.FORM)(submit_roles)


def list_roles(visit: Visit, _asked: Asked) -> Message:
    """Everybody with their roles."""
    return views.role_list(shown_roles(visit.deps, visit.caller), 0)


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page replaces the one that the button stands in."""
    visit.replace(views.role_list(shown_roles(visit.deps, visit.caller), int(visit.value)))
    ack()


def open_role_form(ack: Ack, visit: Visit) -> None:
    """Opens the form, on top of another one where there is one."""
    shown = shown_roles(visit.deps, visit.caller)
    visit.opens(views.role_form(shown, None, manager=visit.caller.actor.may(Deed.GRANT_MANAGER)))
    ack()


def choose_person(ack: Ack, visit: Visit) -> None:
    """Somebody was chosen: the form shows the roles that they hold."""
    shown = shown_roles(visit.deps, visit.caller)
    chosen = shown.of(views.read_person(visit.view))
    visit.redraw(views.role_form(shown, chosen, manager=visit.caller.actor.may(Deed.GRANT_MANAGER)))
    ack()


def offer_people(ack: Ack, visit: Visit) -> None:
    """The people of the roster, by what was searched for."""
    ack(options=views.person_options(shown_roles(visit.deps, visit.caller), visit.searched))


def submit_roles(ack: Ack, visit: Visit) -> None:
    """Gives and takes what was ticked, or says at the field why that is not possible."""
    view = visit.view
    member_id, given, taken = views.read_roles(view)
    if member_id is None or member_id != views.read_person(view):
        ack(response_action="errors", errors=views.error_at(view, MISSING, views.PERSON))
        return
    try:
        told = change_roles(visit.deps, visit.caller, member_id, given, taken)
    except UnknownPerson:
        ack(response_action="errors", errors=views.error_at(view, views.not_there(), views.PERSON))
    except NotPermitted:
        ack(response_action="errors", errors=views.error_at(view, views.may_not_give_manager()))
    except LastHolder as last:
        ack(response_action="errors", errors=views.error_at(view, views.last_holder(last.role)))
    except OwnRole as own:
        ack(response_action="errors", errors=views.error_at(view, views.own_role(own.role)))
    else:
        shown = shown_roles(visit.deps, visit.caller)
        whom = shown.of(member_id)
        ack(response_action="update", view=views.changed(whom, shown.teams, told=told)) if whom else ack()
