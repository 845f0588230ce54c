"""Buttons, menus and pickers: what happens when a person uses one."""

from contextlib import suppress
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks import check_options
from bot.sandbox.delivery import Undelivered
from bot.sandbox.elements import MANY, VALUES, Spot, options_of, spot_at
from bot.sandbox.errors import NotPossible
from bot.sandbox.state import Json, User, View
from bot.sandbox.surfaces import Surface, surface_of
from bot.sandbox.world import World

NOT_INTERACTIVE = "This app is not configured to handle interactive responses."
TROUBLE = "We had some trouble connecting. Try again?"
NO_RESULTS = "Result could not be loaded."


async def act(world: World, user: User, asked: Json, value: Any) -> None:
    """Use the element that is asked for: note what was entered, and tell the app if the element does so.

    With `dispatch` false it is only noted, like a text that is not finished. Raises NotPossible.
    """
    surface = surface_of(world, user, asked["surface"])
    spot = _spot(surface, asked)
    value = _entered(spot, value)
    if spot.element["type"] in VALUES:
        surface.typed[spot.key] = value
        if surface.view is not None:
            surface.view.errors.pop(spot.block["block_id"], None)
        world.workspace.feed.publish("typed", user=user.id)
    if not spot.dispatches or not asked.get("dispatch", True):
        return
    await interact(world, user, payloads.block_actions(world, user, surface, spot, value), surface.view)


async def interact(world: World, user: User, payload: Json, view: View | None = None) -> Json | None:
    """Send an interaction; if the app does not take it the person is warned, in the view as well. None then."""
    if world.app.interactive:
        with suppress(Undelivered):
            return await world.send("interactive", payload)
    _warn(world, user, view, TROUBLE if world.app.interactive else NOT_INTERACTIVE)
    return None


def _warn(world: World, user: User, view: View | None, notice: str) -> None:
    if view is not None:
        view.notice = notice
    world.workspace.notices.setdefault(user.id, []).append(notice)
    world.workspace.feed.publish("notice", user=user.id, text=notice)


async def search(world: World, user: User, asked: Json, text: str) -> list[Json]:
    """The options that the app offers for what was typed, those in groups included. Raises NotPossible."""
    surface = surface_of(world, user, asked["surface"])
    spot = _spot(surface, asked)
    if not spot.element["type"].endswith("external_select"):
        raise NotPossible("That menu has its options already.")
    if len(text) < spot.element.get("min_query_length", 3):
        return []
    payload = payloads.block_suggestion(world, user, surface, spot, text)
    answer = await interact(world, user, payload, surface.view)
    if answer is None or check_options(answer) is not None:
        raise NotPossible(NO_RESULTS)
    return options_of(answer)


def _spot(surface: Surface, asked: Json) -> Spot:
    spot = spot_at(surface.blocks, asked["block_id"], asked["action_id"], asked.get("nth", 0))
    if spot is None:
        raise NotPossible("That is not there any more.")
    return spot


def _entered(spot: Spot, value: Any) -> Any:
    """The value as it can be entered there. Raises NotPossible for an option that is not offered."""
    options = options_of(spot.element)
    chosen = value if isinstance(value, list) else [value]
    if options and any(each is not None and each not in options for each in chosen):
        raise NotPossible("There is no such option.")
    if spot.element["type"] == "file_input":
        _check_file_types(spot.element.get("filetypes"), chosen)
    if spot.element["type"] in MANY:
        most = spot.element.get("max_selected_items")
        if most and len(chosen) > most:
            raise NotPossible(f"No more than {most} can be selected.")
        return list(value or [])
    return value or None


def _check_file_types(allowed: list[str] | None, files: list[Json]) -> None:
    for file in files:
        if allowed and file["filetype"] not in allowed:
            raise NotPossible(f"{file['name']} is not of the right type: {', '.join(allowed)}.")
