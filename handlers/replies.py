"""Where an answer goes that only the person who pressed a button reads."""

from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.views.blocks import Message, paragraphs
from bot.views.forms import View, modal

_TITLE = "Floorwalker"
_NOT_THERE = {"not_found", "hash_conflict"}
_TOO_LATE = {"expired_trigger_id", "trigger_expired"}


def reply(body: dict[str, Any], client: WebClient, respond: Respond, answer: Message) -> None:
    """Beside the message in which the button stands; on top of Home or a form, which nothing can stand beside."""
    if body.get("response_url"):
        respond(**answer, response_type="ephemeral", replace_original=False)
        return
    try:
        open_view(body, client, shown(answer))
    except SlackApiError as error:
        if error.response["error"] not in _TOO_LATE:
            raise
        client.chat_postMessage(channel=body["user"]["id"], **answer)


def looked_up_at(body: dict[str, Any]) -> str:
    """Where to answer for a card that was looked up, which no outbox keeps up to date; nothing for the others."""
    return body["response_url"] if body.get("container", {}).get("is_ephemeral") else ""


def replace(body: dict[str, Any], client: WebClient, respond: Respond, answer: Message) -> None:
    """In place of the answer in which the button stands; on top of Home, where it stands in none."""
    view = body.get("view")
    if view is None:
        respond(**answer, replace_original=True)
    elif view["type"] == "home":
        reply(body, client, respond, answer)
    else:
        redraw(client, view["id"], shown(answer, view["title"]["text"]))


def follow_up(body: dict[str, Any], client: WebClient, answer: Message) -> None:
    """After the request was answered: in place of that answer where Slack allows it, else as a direct message."""
    view = body.get("view") or {}
    if body.get("response_url"):
        pressed = "command" not in body
        Respond(response_url=body["response_url"])(**answer, response_type="ephemeral", replace_original=pressed)
    elif view.get("type") == "modal":
        redraw(client, view["id"], shown(answer, view["title"]["text"]))
    else:
        client.chat_postMessage(channel=body["user"]["id"], **answer)


def open_view(body: dict[str, Any], client: WebClient, view: View) -> None:
    """Opens a form, on top of the one in which the button stands if it stands in one."""
    within = body.get("view", {}).get("type") == "modal"
    (client.views_push if within else client.views_open)(trigger_id=body["trigger_id"], view=view)


def redraw(client: WebClient, view_id: str, view: View, seen: str | None = None) -> None:
    """Shows a form anew, unless it was closed or, where it is said as which hash it was ``seen``, has changed."""
    try:
        client.views_update(view_id=view_id, view=view, hash=seen)
    except SlackApiError as error:
        if error.response["error"] not in _NOT_THERE:
            raise


def shown(answer: Message, title: str = _TITLE) -> View:
    """An answer as something to read and close."""
    blocks = answer.get("blocks") or paragraphs(answer["text"].splitlines())
    return modal(title, *blocks, close="Close")
