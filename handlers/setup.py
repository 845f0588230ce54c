"""``/floor setup``: a workspace admin is walked through what has to be there, and can come back at any time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from slack_bolt import Ack, App
from slack_sdk.errors import SlackClientError

from bot.actions.channels import change_channels, shown_channels
from bot.actions.people import Caller, UnknownPerson
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import BadSetting, change_settings
from bot.actions.settings_form import shown_settings
from bot.actions.setup import TAKEN, name_coordinators, shown_setup, take_channel
from bot.connectors.sending import send_file
from bot.deps import Deps
from bot.domain.channels import BadChannels
from bot.domain.setup import Step
from bot.domain.wallclock import local_date, week_start
from bot.views import channels as channel_views
from bot.views import settings as setting_views
from bot.views import setup as views
from bot.views import setup_sample as samples
from bot.views.asked import Asked
from bot.views.forms import View, entered
from handlers.failures import what_failed
from handlers.visit import Visit, shown


class _Wrong(Exception):
    """Something in the form cannot be; ``errors`` says what, by block."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors

    @property
    def words(self) -> str:
        """All of it, where it cannot stand at the fields any more."""
        return " ".join(self.errors.values())


def register(app: App) -> None:
    """The forms, and the buttons in them."""
    app.action(re.compile(rf"^{re.escape(views.OPEN)}\."))(open_step)
    app.action(re.compile(rf"^{re.escape(views.SAMPLE)}\."))(send_sample)
    app.view(views.FORM)(submit_step)


def open_setup(visit: Visit, _asked: Asked) -> None:
    """Opens the first step of which something is missing, or the checklist."""
    state = shown_setup(visit.deps, visit.caller)
    said = views.WELCOME if state.missing is Step.CHANNELS and state.people == 1 else ""
    visit.opens(_drawn(visit.deps, visit.caller, state.missing, said))


def open_step(ack: Ack, visit: Visit) -> None:
    """Another step, or the checklist, is wanted."""
    wanted = next((step for step in Step if step == visit.value), None)
    visit.redraw(_drawn(visit.deps, visit.caller, wanted))
    ack()


def send_sample(ack: Ack, visit: Visit) -> None:
    """Sends an example of a spreadsheet to whoever asks."""
    step = views.read_step(visit.view)

    def sent(within: Deps) -> View:
        return _drawn(within, visit.caller, step, _send_sample(within, visit.caller, visit.value))

    found = visit.later.answer(sent, visit.redraw, _failed)
    visit.redraw(found or _drawn(visit.deps, visit.caller, step, samples.SENDING))
    ack()


def submit_step(ack: Ack, visit: Visit) -> None:
    """Takes what was chosen and shows the next step, or says at the field what is wrong.

    Steps that are done already are passed over; after the last one comes the checklist.
    """
    view = visit.view
    step = views.read_step(view)

    def taken(within: Deps) -> View | _Wrong:
        try:
            said = _DO[step](view, within, visit.caller)
        except _Wrong as wrong:
            return wrong
        return _drawn(within, visit.caller, shown_setup(within, visit.caller).missing_after(step), said)

    def show(found: View | _Wrong) -> None:
        if isinstance(found, _Wrong):
            found = _drawn(visit.deps, visit.caller, step, found.words)
        visit.redraw(found)

    found = visit.later.answer(taken, show, _failed)
    if isinstance(found, _Wrong):
        ack(response_action="errors", errors=dict(found.errors))
    else:
        ack(response_action="update", view=found or views.working(visit.deps.settings.command_prefix))


def _failed(error: Exception, reference: str) -> View:
    return shown(what_failed(error, reference), views.TITLE)


def _send_sample(deps: Deps, caller: Caller, kind: str) -> str:
    monday = week_start(local_date(deps.clock(), caller.zone), 0) + timedelta(days=7)
    try:
        account = deps.slack.users_info(user=caller.slack_id)["user"]["profile"]
        email, name = account.get("email") or "you@example.com", account.get("real_name") or "You"
        file, content, comment = samples.sample(kind, email, name, caller.zone.key, monday)
        send_file(deps.slack, caller.slack_id, file, content, comment)
    except (SlackClientError, OSError):
        return samples.sample_not_sent()
    return samples.sample_sent(file)


def _take_channels(view: View, deps: Deps, caller: Caller) -> str:
    chosen, before = views.read_channels(view), shown_channels(deps, caller).by_field
    try:
        change_channels(deps, caller, chosen)
    except BadChannels as bad:
        raise _Wrong(channel_views.errors(bad.troubles)) from bad
    return views.channels_taken(chosen) if any(before[key] != chosen[key] for key in chosen) else ""


def _take_conventions(view: View, deps: Deps, caller: Caller) -> str:
    before = shown_settings(deps, caller).own
    try:
        change_settings(deps, caller.workspace_id, caller.actor, WORKSPACE, views.read_conventions(view))
    except BadSetting as bad:
        raise _Wrong(setting_views.errors({each.key: each.sentence for each in bad.problems}, view)) from bad
    return views.conventions_taken() if shown_settings(deps, caller).own != before else ""


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
    chosen = entered(view)[views.COORDINATORS]
    try:
        named = name_coordinators(deps, caller, chosen)
    except UnknownPerson as unknown:
        raise _Wrong({views.COORDINATORS: views.not_on_roster()}) from unknown
    return views.coordinators_named(named) if chosen else ""


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
    return views.checklist(state, said, deps.settings.command_prefix)
