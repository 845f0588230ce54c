"""Somebody at the front desk, by a command or by a button: what they ask for, and how they are answered."""

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller
from bot.deps import Deps
from bot.views.floor import Asked
from bot.views.forms import View


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for what. What can be asked for answers with a message, or opens a form and answers nothing."""

    deps: Deps
    caller: Caller
    asked: Asked
    client: WebClient
    trigger_id: str

    def opens(self, view: View) -> None:
        """Opens a form, once and within three seconds of what they did."""
        self.client.views_open(trigger_id=self.trigger_id, view=view)


def redraw(client: WebClient, view_id: str, view: View) -> None:
    """Shows a form anew, unless it was closed meanwhile."""
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response["error"] != "not_found":
            raise
