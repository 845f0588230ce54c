"""``/floor channels``: which channels the bot writes to."""

from slack_bolt import Ack, App

from bot.actions.channels import change_channels, shown_channels
from bot.domain.channels import BadChannels
from bot.views import channels as views
from bot.views.asked import Asked
from handlers.visit import Visit


def register(app: App) -> None:
    """The form."""
    app.view(views.FORM)(submit_channels)


def open_channels(visit: Visit, _asked: Asked) -> None:
    """Opens the form with the channels as they are."""
    visit.opens(views.channels_form(shown_channels(visit.deps, visit.caller)))


def submit_channels(ack: Ack, visit: Visit) -> None:
    """Takes the channels, or says at each field why the bot cannot write there."""
    chosen = views.read_channels(visit.view)
    try:
        change_channels(visit.deps, visit.caller, chosen)
    except BadChannels as bad:
        ack(response_action="errors", errors=views.errors(bad.troubles))
    else:
        ack(response_action="update", view=views.saved(chosen))
