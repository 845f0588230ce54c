"""Buttons, menus and pickers: what happens when a person uses one."""

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blocks import check_options
from bot.sandbox.delivery import Undelivered
from bot.sandbox.elements import MANY, VALUES, Spot, spot_at
from bot.sandbox.errors import NotPossible
from bot.sandbox.state import Json, User
from bot.sandbox.surfaces import Surface, surface_of
from bot.sandbox.world import World

NOT_INTERACTIVE = "This app is not configured to handle interactive responses."
TROUBLE = "We had some trouble connecting. Try again?"
NO_RESULTS = "Result could not be loaded."


async def act(world: World, user: User, where: Json, block_id: str, action_id: str, value: Any) -> None:
    """Use an element: note what was entered, and tell the app if the element does so. Raises NotPossible."""
    surface = surface_of(world, user, where)
    spot = _spot(surface, block_id, action_id)
    value = _entered(spot, value)
    if spot.element["type"] in VALUES:
        surface.typed[spot.key] = value
        if surface.view is not None:
            surface.view.errors.pop(block_id, None)
        world.workspace.feed.publish("typed", user=user.id)
    if not spot.dispatches:
        return
    await interact(world, user, payloads.block_actions(world, user, surface, spot, value), surface)


async def interact(world: World, user: User, payload: Json, surface: Surface | None = None) -> Json | None:
    """Send an interaction; the person is warned if the app does not take it. None then."""
    view = surface.view if surface else None
    try:
        if not world.app.interactive:
            raise Undelivered(NOT_INTERACTIVE)
        return await world.send("interactive", payload)
    except Undelivered as failure:
        notice = NOT_INTERACTIVE if failure.reason == NOT_INTERACTIVE else TROUBLE
        if view is not None:
            view.notice = notice
        world.workspace.notices.setdefault(user.id, []).append(notice)
        world.workspace.feed.publish("notice", user=user.id, text=notice)
        return None


async def search(world: World, user: User, where: Json, block_id: str, action_id: str, text: str) -> list[Json]:
    """The options, or option groups, that the app offers for what was typed. Raises NotPossible."""
    surface = surface_of(world, user, where)
    spot = _spot(surface, block_id, action_id)
    if not spot.element["type"].endswith("external_select"):
        raise NotPossible("That menu has its options already.")
    if len(text) < spot.element.get("min_query_length", 3):
        return []
    payload = payloads.block_suggestion(world, user, surface, spot, text)
    answer = await interact(world, user, payload, surface)
    if answer is None or check_options(answer) is not None:
        raise NotPossible(NO_RESULTS)
    found: list[Json] = answer.get("options") or []
    for group in answer.get("option_groups") or []:
        found = [*found, *group["options"]]
    return found


def _spot(surface: Surface, block_id: str, action_id: str) -> Spot:
    spot = spot_at(surface.blocks, block_id, action_id)
    if spot is None:
        raise NotPossible("That is not there any more.")
    return spot


def _entered(spot: Spot, value: Any) -> Any:
    """The value as it can be entered there. Raises NotPossible for an option that is not offered."""
    options = list(spot.element.get("options", ()))
    for group in spot.element.get("option_groups", ()):
        options += group["options"]
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
