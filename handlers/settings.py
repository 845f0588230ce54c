"""``/floor settings``: what holds in the workspace, a team or a queue, and changing it."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.actions.people import Caller
from bot.actions.settings import BadSetting, change_rules, change_settings
from bot.actions.settings_form import shown_settings
from bot.deps import Deps
from bot.views import settings as views
from bot.views import settings_rules as rules
from handlers.replies import redraw
from handlers.visit import Visit

_RULES = "rules, "


def register(app: App) -> None:
    """The overview with its buttons, and the forms that they open."""
    app.action(views.SCOPE)(choose_scope)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_group)
    app.view(views.FORM)(submit_settings)
    app.view(rules.FORM)(submit_rules)


def open_settings(visit: Visit) -> None:
    """Opens the overview of the workspace's settings."""
    shown = shown_settings(visit.deps, visit.caller)
    visit.opens(views.overview(shown, rules.own_rules(shown)))


def choose_scope(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """The settings of another scope are wanted."""
    shown = shown_settings(deps, caller, action["selected_option"]["value"])
    redraw(client, body["view"]["id"], views.overview(shown, rules.own_rules(shown)))
    ack()


def open_group(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Opens the form of one group on top of the overview."""
    scope, _ = views.read_scope(body["view"])
    shown = shown_settings(deps, caller, scope)
    group = action["value"]
    view = rules.rules_form(shown) if group == "rules" else views.settings_form(shown, group)
    client.views_push(trigger_id=body["trigger_id"], view=view)
    ack()


def submit_settings(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Changes what was changed in the form, or says at each field what is wrong with it."""
    scope, _ = views.read_scope(body["view"])
    try:
        change_settings(deps, caller.workspace_id, caller.actor, scope, views.read_settings(body["view"]))
    except BadSetting as bad:
        problems = {each.key: each.sentence for each in bad.problems}
        ack(response_action="errors", errors=views.errors(problems, body["view"]))
        return
    _show_again(client, body, deps, caller, scope)
    ack()


def submit_rules(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Changes the rules, or says at each field what is wrong with it."""
    scope, _ = views.read_scope(body["view"])
    try:
        change_rules(deps, caller.workspace_id, caller.actor, scope, partial(rules.read_rules, body["view"]))
    except BadSetting as bad:
        shown = shown_settings(deps, caller, scope)
        said = rules.read_rules(body["view"], shown.own.get("rules", {}))
        problems = [(each.key.removeprefix(_RULES), each.sentence) for each in bad.problems]
        ack(response_action="errors", errors=rules.rules_errors(problems, said, shown))
        return
    _show_again(client, body, deps, caller, scope)
    ack()


def _show_again(client: WebClient, body: dict[str, Any], deps: Deps, caller: Caller, scope: str) -> None:
    """The overview beneath the form shows what holds now."""
    shown = shown_settings(deps, caller, scope)
    redraw(client, body["view"]["previous_view_id"], views.overview(shown, rules.own_rules(shown)))
