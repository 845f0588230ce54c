"""Somebody turns to the bot, by a command, a button or a form: what is known of it, and the ways to answer."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller
from bot.deps import Deps
from bot.views.blocks import Block, Message, paragraphs
from bot.views.forms import View, modal
from handlers.failures import what_failed
from handlers.later import Later

_TITLE = "Floorwalker"
_NOT_THERE = {"not_found", "hash_conflict"}
_TOO_LATE = {"expired_trigger_id", "trigger_expired"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who did what; the answers are for nobody else to read."""

    deps: Deps
    caller: Caller
    client: WebClient
    body: dict[str, Any]  # what Slack has sent
    later: Later

    @property
    def action(self) -> dict[str, Any]:
        """The button that was pressed, or the menu in which something was chosen."""
        pressed: dict[str, Any] = self.body["actions"][0]
        return pressed

    @property
    def name(self) -> str:
        """The id of what was pressed."""
        return str(self.action["action_id"])

    @property
    def value(self) -> str:
        """What the button that was pressed carries."""
        return str(self.action["value"])

    @property
    def view(self) -> View:
        """The form that was sent, or Home or the form in which something was done."""
        within: View = self.body["view"]
        return within

    @property
    def searched(self) -> str:
        """What was typed into a menu that searches."""
        return str(self.body["value"])

    @property
    def looked_up_at(self) -> str:
        """Where to answer for a card that was looked up, which no outbox keeps up to date; else nothing."""
        ephemeral = self.body.get("container", {}).get("is_ephemeral")
        return str(self.body["response_url"]) if ephemeral else ""

    def command(self, name: str) -> str:
        """What is typed for a command here: ``/shifts``, or ``/cs-shifts`` where there is a prefix."""
        return f"/{self.deps.settings.command_prefix}{name}"

    def opens(self, view: View) -> None:
        """Opens a form, on top of the one in which the button stands if it stands in one.

        Slack allows it once, and within three seconds of what they did. Where as many are open as it allows, it
        is shown in place of the one on top.
        """
        opens = self.client.views_push if self._within() == "modal" else self.client.views_open
        try:
            opens(trigger_id=self.body["trigger_id"], view=view)
        except SlackApiError as error:
            if error.response["error"] != "push_limit_reached":
                raise
            self.redraw(view)

    def reply(self, answer: Message) -> None:
        """Beside the message in which the button stands; on top of Home or a form, which nothing stands beside."""
        if self.body.get("response_url"):
            self._respond(**answer, response_type="ephemeral", replace_original=False)
            return
        try:
            self.opens(shown(answer))
        except SlackApiError as error:
            if error.response["error"] not in _TOO_LATE:
                raise
            self._tell(answer)

    def replace(self, answer: Message) -> None:
        """In place of the answer in which the button stands; on top of Home, where it stands in none."""
        match self._within():
            case None:
                self._respond(**answer, replace_original=True)
            case "home":
                self.reply(answer)
            case _:
                self.redraw(shown(answer, self.view["title"]["text"]))

    def redraw(self, view: View, seen: str | None = None, *, beneath: bool = False) -> None:
        """Shows the form anew in which something was done, or the one ``beneath`` it.

        Unless that was closed or, where it is said as which hash it was ``seen``, has changed.
        """
        view_id = self.view["previous_view_id" if beneath else "id"]
        try:
            self.client.views_update(view_id=view_id, view=view, hash=seen)
        except SlackApiError as error:
            if error.response["error"] not in _NOT_THERE:
                raise

    def back_to(self, draw: Callable[[], View], said: Sequence[Block], title: str) -> dict[str, Any]:
        """How a form is answered that lies on a list: by the list, drawn anew; elsewhere by what is ``said``."""
        if self.view.get("previous_view_id"):
            with suppress(SlackApiError, OSError):
                self.redraw(draw(), beneath=True)
                return {}
        return {"response_action": "update", "view": modal(title, *said, close="Close")}

    def finds(self, find: Callable[[Deps], Message], meanwhile: Message) -> Message:
        """What is found; where that takes its time ``meanwhile``, and what is found follows."""
        return self.later.answer(find, self.follow_up, what_failed) or meanwhile

    def follow_up(self, answer: Message) -> None:
        """After the request was answered: in place of that answer if Slack allows it, else as a direct message."""
        if self.body.get("response_url"):
            pressed = "command" not in self.body
            self._respond(**answer, response_type="ephemeral", replace_original=pressed)
        elif self._within() == "modal":
            self.redraw(shown(answer, self.view["title"]["text"]))
        else:
            self._tell(answer)

    def _within(self) -> str | None:
        """The kind of view in which something was done, if in any."""
        view: View = self.body.get("view") or {}
        return view.get("type")

    @property
    def _respond(self) -> Respond:
        return Respond(response_url=self.body["response_url"], proxy=self.client.proxy, ssl=self.client.ssl)

    def _tell(self, answer: Message) -> None:
        self.client.chat_postMessage(channel=self.body["user"]["id"], **answer)


def shown(answer: Message, title: str = _TITLE) -> View:
    """An answer as something to read and close."""
    blocks = answer.get("blocks") or paragraphs(answer["text"].splitlines())
    return modal(title, *blocks, close="Close")
