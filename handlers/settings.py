"""``/floor settings``: what holds in the workspace, a team or a queue, and changing it."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.actions.people import Caller
from bot.actions.settings import BadSetting, change_rules, change_settings
from bot.actions.settings_form import shown_settings
from bot.connectors.slack import as_typed
from bot.deps import Deps
from bot.domain.settings_shown import SettingsShown
from bot.views import settings as views
from bot.views import settings_rules as rules
from bot.views import settings_sections as sections
from bot.views.blocks import Message
from bot.views.forms import View
from bot.views.regions import REGION, region_options
from handlers.replies import redraw
from handlers.visit import Visit

_RULES = "rules, "


def register(app: App) -> None:
    """The overview with its buttons, and the forms that they open."""
    app.action(views.SCOPE)(choose_scope)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_group)
    app.options(REGION)(offer_regions)
    app.view(views.FORM)(submit_settings)
    app.view(rules.FORM)(submit_rules)


def open_settings(visit: Visit) -> Message | None:
    """Opens the settings that were asked for, or says which there are; those of the workspace for none."""
    typed = as_typed(visit.asked.text.partition(" ")[2].strip())
    shown = shown_settings(visit.deps, visit.caller)
    found = sections.find_section(typed, shown.scopes)
    if found is None:
        return sections.unknown_section(visit.asked.command, typed, shown.scopes)
    scope, group = found
    shown = shown_settings(visit.deps, visit.caller, scope)
    visit.opens(_form(shown, group) if group else views.overview(shown, rules.own_rules(shown)))
    return None


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
    client.views_push(trigger_id=body["trigger_id"], view=_form(shown, action["value"]))
    ack()


def offer_regions(ack: Ack, body: dict[str, Any]) -> None:
    """The countries and regions that are meant by what was typed, after what is usual in that form."""
    usual = views.as_workspace() if views.offers_usual(body["view"]) else views.no_region()
    ack(options=region_options(body["value"], usual))


def submit_settings(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Changes what was changed in the form, or says at each field what is wrong with it."""
    scope, _ = views.read_scope(body["view"])
    try:
        change_settings(deps, caller.workspace_id, caller.actor, scope, views.read_settings(body["view"]))
    except BadSetting as bad:
        problems = {each.key: each.sentence for each in bad.problems}
        ack(response_action="errors", errors=views.errors(problems, body["view"]))
        return
    _show_again(ack, body, client, deps, caller, scope)


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
    _show_again(ack, body, client, deps, caller, scope)


def _form(shown: SettingsShown, group: str) -> View:
    return rules.rules_form(shown) if group == "rules" else views.settings_form(shown, group)


def _show_again(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller, scope: str) -> None:
    """The overview shows what holds now, beneath the form or, where that was asked for alone, in its place."""
    shown = shown_settings(deps, caller, scope)
    overview = views.overview(shown, rules.own_rules(shown))
    beneath = body["view"]["previous_view_id"]
    if beneath is None:
        ack(response_action="update", view=overview)
        return
    redraw(client, beneath, overview)
    ack()
