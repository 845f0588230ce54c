"""``/floor channels``: which channels the bot writes to."""

from typing import Any

from slack_bolt import Ack, App

from bot.actions.channels import change_channels, shown_channels
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.channels import BadChannels
from bot.views import channels as views
from handlers.visit import Visit


def register(app: App) -> None:
    """The form."""
    app.view(views.FORM)(submit_channels)


def open_channels(visit: Visit) -> None:
    """Opens the form with the channels as they are."""
    visit.opens(views.channels_form(shown_channels(visit.deps, visit.caller)))


def submit_channels(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Takes the channels, or says at each field why the bot cannot write there."""
    chosen = views.read_channels(body["view"])
    try:
        change_channels(deps, caller, chosen)
    except BadChannels as bad:
        ack(response_action="errors", errors=views.errors(bad.troubles))
    else:
        ack(response_action="update", view=views.saved(chosen))
