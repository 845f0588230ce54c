"""Somebody at the front desk, by a command or by a button: what they ask for, and how they are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.actions.people import Caller
from bot.deps import Deps
from bot.views.blocks import Message
from bot.views.floor import Asked
from bot.views.forms import View
from handlers.failures import what_failed
from handlers.later import Later
from handlers.replies import follow_up, open_view


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for what. What can be asked for answers with a message, or opens a form and answers nothing."""

    deps: Deps
    caller: Caller
    asked: Asked
    client: WebClient
    body: dict[str, Any]  # what Slack has sent
    later: Later

    def opens(self, view: View) -> None:
        """Opens a form, once and within three seconds of what they did."""
        open_view(self.body, self.client, view)

    def finds(self, find: Callable[[Deps], Message], meanwhile: Message) -> Message:
        """What is found; where that takes its time ``meanwhile``, and what is found follows."""
        late = partial(follow_up, self.body, self.client)
        return self.later.answer(find, late, what_failed) or meanwhile
