"""``/floor limits @colleague``: the work that somebody is not given, and when they can work."""

from functools import partial

from slack_bolt import Ack, App

from bot.actions.limits import change_limits, shown_limits
from bot.actions.people import UnknownPerson
from bot.connectors.slack import MENTION, as_typed
from bot.domain.availability import BadAvailability, TooManyLines, read_availability
from bot.domain.permissions import Deed
from bot.views import limits as views
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.visit import Visit


def register(app: App) -> None:
    """The menu of people, and the form."""
    app.action(views.WHOSE)(choose_whose)
    app.view(views.FORM)(submit_limits)


def open_limits(visit: Visit, asked: Asked) -> Message | None:
    """Opens the limits of who is named, or asks whose."""
    visit.caller.actor.require(Deed.CHANGE_LIMITS)
    typed = asked.text.partition(" ")[2].strip()
    if not typed:
        return views.whose(asked.command)
    named = MENTION.fullmatch(typed)
    if named is None:
        return views.cannot_tell(as_typed(typed), asked.command)
    try:
        shown = shown_limits(visit.deps, visit.caller, named[1])
    except UnknownPerson:
        return views.not_on_roster(named[1])
    visit.opens(views.limits_form(shown))
    return None


def choose_whose(ack: Ack, visit: Visit) -> None:
    """Somebody was chosen from the menu."""
    slack_id = visit.action["selected_user"]
    try:
        visit.opens(views.limits_form(shown_limits(visit.deps, visit.caller, slack_id)))
    except UnknownPerson:
        visit.reply(views.not_on_roster(slack_id))
    ack()


def submit_limits(ack: Ack, visit: Visit) -> None:
    """Keeps what was changed, or says at the field what is wrong with it."""
    view = visit.view
    try:
        available = read_availability(views.typed_availability(view), visit.caller.preferences.language)
    except BadAvailability as bad:
        ack(response_action="errors", errors=views.errors(bad, visit.caller.formats))
        return
    except TooManyLines:
        ack(response_action="errors", errors=views.too_many())
        return
    read = partial(views.read_limits, view, available)
    shown = change_limits(visit.deps, visit.caller, views.read_person(view), read)
    ack(response_action="update", view=views.saved(shown, visit.caller.formats))
