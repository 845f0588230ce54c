"""``/floor settings``: what holds in the workspace, a team or a queue, and changing it."""

import re
from functools import partial

from slack_bolt import Ack, App

from bot.actions.announced import check_places
from bot.actions.settings_change import BadSetting, change_rules, change_settings
from bot.actions.settings_form import shown_settings
from bot.connectors.slack import as_typed
from bot.domain.settings_shown import SettingsShown
from bot.views import settings as views
from bot.views import settings_rules as rules
from bot.views import settings_sections as sections
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.forms import View
from bot.views.regions import REGION, region_options
from handlers.timeoff_kinds import list_of
from handlers.visit import Visit

_RULES = "rules, "


def register(app: App) -> None:
    """The overview with its buttons, and the forms that they open."""
    app.action(views.SCOPE)(choose_scope)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_group)
    app.options(REGION)(offer_regions)
    app.view(views.FORM)(submit_settings)
    app.view(rules.FORM)(submit_rules)


def open_settings(visit: Visit, asked: Asked) -> Message | None:
    """Opens the settings that were asked for, or says which there are; those of the workspace for none."""
    typed = as_typed(asked.text.partition(" ")[2].strip())
    shown = shown_settings(visit.deps, visit.caller)
    found = sections.find_section(typed, shown.scopes)
    if found is None:
        return sections.unknown_section(asked.command, typed, shown.scopes)
    scope, group = found
    shown = shown_settings(visit.deps, visit.caller, scope)
    visit.opens(_form(visit, shown, group) if group else views.overview(shown, rules.own_rules(shown)))
    return None


def choose_scope(ack: Ack, visit: Visit) -> None:
    """The settings of another scope are wanted."""
    shown = shown_settings(visit.deps, visit.caller, visit.action["selected_option"]["value"])
    visit.redraw(views.overview(shown, rules.own_rules(shown)))
    ack()


def open_group(ack: Ack, visit: Visit) -> None:
    """Opens the form of one group on top of the overview."""
    scope, _ = views.read_scope(visit.view)
    shown = shown_settings(visit.deps, visit.caller, scope)
    visit.opens(_form(visit, shown, visit.value))
    ack()


def offer_regions(ack: Ack, visit: Visit) -> None:
    """The countries and regions that are meant by what was typed, after what is usual in that form."""
    usual = views.as_workspace() if views.offers_usual(visit.view) else views.no_region()
    ack(options=region_options(visit.searched, usual))


def submit_settings(ack: Ack, visit: Visit) -> None:
    """Changes what was changed in the form, or says at each field what is wrong with it."""
    deps, caller = visit.deps, visit.caller
    scope, _ = views.read_scope(visit.view)
    values = views.read_settings(visit.view)
    try:
        check_places(deps, values)
        change_settings(deps, caller.workspace_id, caller.actor, scope, values)
    except BadSetting as bad:
        problems = {each.key: each.sentence for each in bad.problems}
        ack(response_action="errors", errors=views.errors(problems, visit.view))
        return
    _show_again(ack, visit, scope)


def submit_rules(ack: Ack, visit: Visit) -> None:
    """Changes the rules, or says at each field what is wrong with it."""
    deps, caller = visit.deps, visit.caller
    scope, _ = views.read_scope(visit.view)
    try:
        change_rules(deps, caller.workspace_id, caller.actor, scope, partial(rules.read_rules, visit.view))
    except BadSetting as bad:
        shown = shown_settings(deps, caller, scope)
        said = rules.read_rules(visit.view, shown.own.get("rules", {}))
        problems = [(each.key.removeprefix(_RULES), each.sentence) for each in bad.problems]
        ack(response_action="errors", errors=rules.rules_errors(problems, said, shown))
        return
    _show_again(ack, visit, scope)


def _form(visit: Visit, shown: SettingsShown, group: str) -> View:
    if group == views.KINDS:
        return list_of(visit, shown.scope.id)
    return rules.rules_form(shown) if group == "rules" else views.settings_form(shown, group)


def _show_again(ack: Ack, visit: Visit, scope: str) -> None:
    """The overview shows what holds now, beneath the form or, where that was asked for alone, in its place."""
    shown = shown_settings(visit.deps, visit.caller, scope)
    overview = views.overview(shown, rules.own_rules(shown))
    if visit.view["previous_view_id"] is None:
        ack(response_action="update", view=overview)
        return
    visit.redraw(overview, beneath=True)
    ack()
