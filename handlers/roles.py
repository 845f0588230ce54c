"""``/floor roles``: who holds which role, giving and taking them."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.people import Caller, UnknownPerson
from bot.actions.roles import change_roles, shown_roles
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.roles import LastHolder, OwnRole
from bot.views import roles as views
from bot.views.blocks import Message
from bot.views.forms import MISSING
from handlers.replies import open_view, redraw, replace
from handlers.visit import Visit


def register(app: App) -> None:
    """The list with its buttons, and the form."""
    app.action(re.compile(rf"^{re.escape(views.LIST)}\."))(turn_page)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_role_form)
    app.action(views.PERSON)(choose_person)
    app.options(views.PERSON)(offer_people)
    app.view(views.FORM)(submit_roles)


def list_roles(visit: Visit) -> Message:
    """Everybody with their roles."""
    return views.role_list(shown_roles(visit.deps, visit.caller), 0)


def turn_page(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Another page replaces the one that the button stands in."""
    replace(body, client, respond, views.role_list(shown_roles(deps, caller), int(action["value"])))
    ack()


def open_role_form(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Opens the form, on top of another one where there is one."""
    view = views.role_form(shown_roles(deps, caller), None, manager=caller.actor.may(Deed.GRANT_MANAGER))
    open_view(body, client, view)
    ack()


def choose_person(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Somebody was chosen: the form shows the roles that they hold."""
    shown = shown_roles(deps, caller)
    chosen = shown.of(views.read_person(body["view"]))
    view = views.role_form(shown, chosen, manager=caller.actor.may(Deed.GRANT_MANAGER))
    redraw(client, body["view"]["id"], view)
    ack()


def offer_people(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """The people of the roster, by what was searched for."""
    ack(options=views.person_options(shown_roles(deps, caller), body["value"]))


def submit_roles(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Gives and takes what was ticked, or says at the field why that is not possible."""
    view = body["view"]
    member_id, given, taken = views.read_roles(view)
    if member_id is None or member_id != views.read_person(view):
        ack(response_action="errors", errors=views.error_at(view, MISSING, views.PERSON))
        return
    try:
        told = change_roles(deps, caller, member_id, given, taken)
    except UnknownPerson:
        ack(response_action="errors", errors=views.error_at(view, views.not_there(), views.PERSON))
    except NotPermitted:
        ack(response_action="errors", errors=views.error_at(view, views.may_not_give_manager()))
    except LastHolder as last:
        ack(response_action="errors", errors=views.error_at(view, views.last_holder(last.role)))
    except OwnRole as own:
        ack(response_action="errors", errors=views.error_at(view, views.own_role(own.role)))
    else:
        shown = shown_roles(deps, caller)
        whom = shown.of(member_id)
        ack(response_action="update", view=views.changed(whom, shown.teams, told=told)) if whom else ack()
