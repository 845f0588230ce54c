"""``/floor setup``: a workspace admin is walked through what has to be there, and can come back at any time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from requests import RequestException
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.channels import change_channels, shown_channels
from bot.actions.people import Caller, UnknownPerson
from bot.actions.settings import WORKSPACE, BadSetting, change_settings
from bot.actions.settings_form import shown_settings
from bot.actions.setup import (
    TAKEN,
    NoNewChannel,
    create_channel,
    name_coordinators,
    shown_setup,
    take_channel,
)
from bot.connectors.sending import send_file
from bot.deps import Deps
from bot.domain.channels import BadChannels
from bot.domain.setup import Step
from bot.domain.wallclock import local_date, week_start
from bot.views import channels as channel_views
from bot.views import settings as setting_views
from bot.views import setup as views
from bot.views.forms import View, entered
from handlers.visit import Visit, redraw


class _Wrong(Exception):
    """Something in the form cannot be; ``errors`` says what, by block."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def register(app: App) -> None:
    """The forms, and the buttons in them."""
    app.action(re.compile(rf"^{re.escape(views.OPEN)}\."))(open_step)
    app.action(re.compile(rf"^{re.escape(views.CREATE)}\."))(make_channel)
    app.action(re.compile(rf"^{re.escape(views.SAMPLE)}\."))(send_sample)
    app.view(views.FORM)(submit_step)


def open_setup(visit: Visit) -> None:
    """Opens the first step of which something is missing, or the checklist."""
    deps, caller = visit.deps, visit.caller
    state = shown_setup(deps, caller)
    said = views.WELCOME if state.missing is Step.CHANNELS and state.people == 1 else ""
    visit.opens(_drawn(deps, caller, state.missing, said))


def open_step(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Another step, or the checklist, is wanted."""
    wanted = next((step for step in Step if step == action["value"]), None)
    redraw(client, body["view"]["id"], _drawn(deps, caller, wanted))
    ack()


def make_channel(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Makes a channel, which then stands in the form."""
    name, private = views.NEW_CHANNELS[action["value"]]
    try:
        create_channel(deps, caller, action["value"], name, private=private)
    except NoNewChannel as refusal:
        said = views.no_new_channel(refusal.code)
    else:
        said = f"✓ #{name} is there, with you and me in it."
    redraw(client, body["view"]["id"], _drawn(deps, caller, Step.CHANNELS, said))
    ack()


def send_sample(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Sends an example of a spreadsheet to whoever asks."""
    monday = week_start(local_date(deps.clock(), caller.zone), 0) + timedelta(days=7)
    account = client.users_info(user=caller.slack_id)["user"]["profile"]
    email, name = account.get("email") or "you@example.com", account.get("real_name") or "You"
    file, content, comment = views.sample(action["value"], email, name, caller.zone.key, monday)
    try:
        send_file(deps.slack, caller.slack_id, file, content, comment)
    except (SlackApiError, RequestException):
        said = views.sample_not_sent()
    else:
        said = views.sample_sent(file)
    redraw(client, body["view"]["id"], _drawn(deps, caller, views.read_step(body["view"]), said))
    ack()


def submit_step(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Takes what was chosen and shows the next step, or says at the field what is wrong."""
    step = views.read_step(body["view"])
    try:
        said = _DO[step](body["view"], deps, caller)
    except _Wrong as wrong:
        ack(response_action="errors", errors=dict(wrong.errors))
        return
    ack(response_action="update", view=_drawn(deps, caller, step.following, said))


def _take_channels(view: View, deps: Deps, caller: Caller) -> str:
    try:
        change_channels(deps, caller, views.read_channels(view))
    except BadChannels as bad:
        raise _Wrong(channel_views.errors(bad.troubles)) from bad
    return ""


def _take_conventions(view: View, deps: Deps, caller: Caller) -> str:
    try:
        change_settings(deps, caller.workspace_id, caller.actor, WORKSPACE, views.read_conventions(view))
    except BadSetting as bad:
        raise _Wrong(setting_views.errors({each.key: each.sentence for each in bad.problems})) from bad
    return ""


def _take_people(view: View, deps: Deps, caller: Caller) -> str:
    channel = entered(view)[views.TAKEN]
    if channel is None:
        return ""
    try:
        done = take_channel(deps, caller, channel)
    except BadChannels as bad:
        raise _Wrong({views.TAKEN: channel_views.errors(bad.troubles)[TAKEN]}) from bad
    return views.people_added(len(done.plan.added), channel)


def _name_coordinators(view: View, deps: Deps, caller: Caller) -> str:
    try:
        name_coordinators(deps, caller, entered(view)[views.COORDINATORS])
    except UnknownPerson as unknown:
        raise _Wrong({views.COORDINATORS: views.not_on_roster()}) from unknown
    return ""


def _take_nothing(_view: View, _deps: Deps, _caller: Caller) -> str:
    return ""


_DO: Mapping[Step, Callable[[View, Deps, Caller], str]] = {
    Step.CHANNELS: _take_channels,
    Step.CONVENTIONS: _take_conventions,
    Step.PEOPLE: _take_people,
    Step.ROLES: _name_coordinators,
    Step.SCHEDULE: _take_nothing,
}


def _drawn(deps: Deps, caller: Caller, step: Step | None, said: str = "") -> View:
    """The form of a step as things are now; None: the checklist."""
    state = shown_setup(deps, caller)
    match step:
        case Step.CHANNELS:
            return views.channels_step(state, shown_channels(deps, caller), said)
        case Step.CONVENTIONS:
            shown = shown_settings(deps, caller)
            here = {"time_zone": caller.zone.key} if "time_zone" not in shown.own else {}
            return views.conventions_step(state, replace(shown, values={**shown.values, **here}), said)
        case Step.PEOPLE:
            return views.people_step(state, said)
        case Step.ROLES:
            return views.roles_step(state, said)
        case Step.SCHEDULE:
            return views.schedule_step(state, said)
    return views.checklist(state, said)
