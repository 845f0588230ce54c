"""``/floor limits @colleague``: the work that somebody is not given, and when they can work."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.limits import change_limits, shown_limits
from bot.actions.people import Caller, UnknownPerson
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.availability import BadAvailability, TooManyLines, read_availability
from bot.domain.permissions import Deed
from bot.views import limits as views
from bot.views.blocks import Message
from handlers.replies import open_view, reply
from handlers.visit import Visit


def register(app: App) -> None:
    """The menu of people, and the form."""
    app.action(views.WHOSE)(choose_whose)
    app.view(views.FORM)(submit_limits)


def open_limits(visit: Visit) -> Message | None:
    """Opens the limits of who is named, or asks whose."""
    visit.caller.actor.require(Deed.CHANGE_LIMITS)
    typed = visit.asked.text.partition(" ")[2].strip()
    if not typed:
        return views.whose(visit.asked.command)
    named = MENTION.fullmatch(typed)
    if named is None:
        return views.cannot_tell(as_typed(typed), visit.asked.command)
    try:
        shown = shown_limits(visit.deps, visit.caller, named[1])
    except UnknownPerson:
        return views.not_on_roster(named[1])
    visit.opens(views.limits_form(shown))
    return None


def choose_whose(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Somebody was chosen from the menu."""
    slack_id = action["selected_user"]
    try:
        open_view(body, client, views.limits_form(shown_limits(deps, caller, slack_id)))
    except UnknownPerson:
        reply(body, client, respond, views.not_on_roster(slack_id))
    ack()


def submit_limits(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Keeps what was changed, or says at the field what is wrong with it."""
    view = body["view"]
    try:
        available = read_availability(views.typed_availability(view), caller.preferences.language)
    except BadAvailability as bad:
        ack(response_action="errors", errors=views.errors(bad, caller.formats))
        return
    except TooManyLines:
        ack(response_action="errors", errors=views.too_many())
        return
    shown = change_limits(deps, caller, views.read_person(view), partial(views.read_limits, view, available))
    ack(response_action="update", view=views.saved(shown, caller.formats))
