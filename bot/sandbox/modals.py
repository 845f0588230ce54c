"""Modals: what Slack checks before it bothers the app, and what the app's answer does to the stack."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox import payloads
from bot.sandbox.actions import TROUBLE, interact
from bot.sandbox.blocks import check_errors
from bot.sandbox.content import refuse
from bot.sandbox.elements import Spot, spots, value_of
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.state import Json, User, View
from bot.sandbox.surfaces import modal_of
from bot.sandbox.views import MOST_VIEWS, change, checked, push_view
from bot.sandbox.world import World

REQUIRED = "Please complete this required field."


async def submit(world: World, user: User) -> None:
    """Press the submit button of the modal on top. Raises NotPossible if there is none."""
    view = modal_of(world, user)
    if view is None:
        raise NotPossible("No modal is open.")
    if not view.content.get("submit"):
        raise NotPossible("This modal has no submit button.")
    view.notice = ""
    view.errors = complaints(view)
    world.workspace.feed.publish("modal", user=user.id)
    if view.errors:
        return
    answer = await interact(world, user, payloads.view_submission(world, user, view), view)
    if answer is None:
        return
    try:
        _follow(world, user, view, answer)
    except SlackError:
        view.notice = TROUBLE
    world.workspace.feed.publish("modal", user=user.id)


async def close(world: World, user: User, *, everything: bool = False) -> None:
    """Close the modal on top, or all of them with the ✕; the app hears of it where it asked to."""
    stack = world.workspace.modals.get(user.id, [])
    if not stack:
        raise NotPossible("No modal is open.")
    everything = everything or bool(stack[-1].content.get("clear_on_close"))
    closed = list(reversed(stack)) if everything else [stack[-1]]
    for view in closed:
        stack.remove(view)
    world.workspace.feed.publish("modal", user=user.id)
    for view in closed:
        if view.content.get("notify_on_close"):
            await interact(world, user, payloads.view_closed(world, user, view, cleared=everything))


def complaints(view: View) -> dict[str, str]:
    """What Slack itself has against the input, by block_id."""
    found: dict[str, str] = {}
    for spot in spots(view.blocks):
        if spot.block["type"] == "input":
            wrong = _wrong(spot, value_of(spot, view.typed))
            if wrong:
                found[spot.block["block_id"]] = wrong
    return found


def _wrong(spot: Spot, value: Any) -> str:
    if value in (None, "", []):
        return "" if spot.block.get("optional") else REQUIRED
    element = spot.element
    match element["type"]:
        case "plain_text_input":
            return _wrong_length(len(value), element)
        case "email_text_input":
            good = re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value)
            return "" if good else "Please enter a valid email address."
        case "url_text_input":
            parts = urlsplit(value)
            return "" if parts.scheme in ("http", "https") and parts.netloc else "Please enter a valid URL."
        case "number_input":
            return _wrong_number(value, element)
    return ""


def _wrong_length(length: int, element: Json) -> str:
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    if length < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if length > most else ""


def _wrong_number(value: str, element: Json) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number of at least {least}."
    if most is not None and float(value) > float(most):
        return f"Please enter a number of at most {most}."
    return ""


def _follow(world: World, user: User, view: View, answer: Json) -> None:
    """Do what `response_action` says; nothing said closes this view. Raises SlackError."""
    stack = world.workspace.modals.setdefault(user.id, [])
    match answer.get("response_action"):
        case None if not answer:
            if view in stack:
                stack.remove(view)
        case "clear":
            stack.clear()
        case "errors":
            refuse(check_errors(answer.get("errors", {}), view.content))
            view.errors = dict(answer["errors"])
        case "update":
            change(world, view, checked(world, answer.get("view", {}), "modal", replacing=view))
        case "push":
            if len(stack) >= MOST_VIEWS:
                raise SlackError("push_limit_reached")
            push_view(world, user.id, checked(world, answer.get("view", {}), "modal"))
        case _:
            raise SlackError("invalid_arguments")
