"""What Slack sends when a person does something, field by field."""

from typing import Any

from bot.sandbox.app import VERIFICATION_TOKEN
from bot.sandbox.elements import VALUES, Spot, state_values
from bot.sandbox.shapes import view_json
from bot.sandbox.state import Channel, Json, Message, User, View
from bot.sandbox.surfaces import Surface
from bot.sandbox.world import World


def channel_name(channel: Channel) -> str:
    """A private channel's name is not told."""
    return "privategroup" if channel.kind == "private" else channel.name


def slash_command(world: World, user: User, channel: Channel, command: str, text: str) -> Json:
    """Somebody typed a command: the fields of its form, with a new trigger and response URL."""
    key = world.hooks.issue(user.id, channel.id)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": world.workspace.team_id,
        "team_domain": world.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": _hook_url(world, "commands", key),
        "trigger_id": world.triggers.issue(user.id),
    }


def block_actions(world: World, user: User, surface: Surface, spot: Spot, value: Any) -> Json:
    """Somebody used an element of a message, a modal or their Home."""
    payload = _common(world, "block_actions", user) | _where(world, surface)
    payload["trigger_id"] = world.triggers.issue(user.id, from_modal=surface.is_modal)
    payload["actions"] = [_action(spot, value, world.workspace.new_ts())]
    message = surface.message
    if surface.channel is None or message is None:
        return payload
    key = world.hooks.issue(user.id, surface.channel.id, source=message.ts, thread_ts=message.thread_ts)
    payload["response_url"] = _hook_url(world, "actions", key)
    payload["state"] = {"values": state_values(surface.blocks, surface.typed)}
    return payload


def block_suggestion(world: World, user: User, surface: Surface, spot: Spot, text: str) -> Json:
    """Somebody typed `text` into a menu that searches."""
    block_id, action_id = spot.key
    asked = {"action_id": action_id, "block_id": block_id, "value": text}
    return _common(world, "block_suggestion", user) | _where(world, surface) | asked


def view_submission(world: World, user: User, view: View) -> Json:
    """Somebody submitted a modal; response URLs come for the menus in it that ask for one."""
    payload = _common(world, "view_submission", user)
    payload["trigger_id"] = world.triggers.issue(user.id, from_modal=True)
    payload["view"] = view_json(view, world.workspace, world.app)
    payload["response_urls"] = _response_urls(world, user, view)
    return payload


def view_closed(world: World, user: User, view: View, *, cleared: bool) -> Json:
    """Somebody closed a modal; `cleared` if all of them went at once."""
    shape = view_json(view, world.workspace, world.app)
    rest = {"view": shape, "is_cleared": cleared, "response_urls": []}
    return _common(world, "view_closed", user) | rest


def shortcut(world: World, user: User, callback_id: str) -> Json:
    """Somebody ran a global shortcut, which comes from no conversation and has no response URL."""
    payload = _common(world, "shortcut", user)
    payload |= {"action_ts": world.workspace.new_ts(), "callback_id": callback_id}
    return payload | {"trigger_id": world.triggers.issue(user.id)}


def message_action(
    world: World, user: User, callback_id: str, channel: Channel, message: Message, facts: Json
) -> Json:
    """Somebody ran a shortcut on a message; `facts` are the message as the app is shown it."""
    key = world.hooks.issue(user.id, channel.id, source=message.ts, thread_ts=message.thread_ts)
    payload = shortcut(world, user, callback_id) | {"type": "message_action"}
    return payload | {
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": facts,
        "message_ts": message.ts,
        "response_url": _hook_url(world, "app", key),
    }


def _common(world: World, kind: str, user: User) -> Json:
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}
    return {
        "type": kind,
        "user": who,
        "api_app_id": world.app.id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": world.workspace.team_id, "domain": world.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _where(world: World, surface: Surface) -> Json:
    if surface.view is not None:
        view = view_json(surface.view, world.workspace, world.app)
        return {"container": {"type": "view", "view_id": surface.view.id}, "view": view}
    channel, message = surface.channel, surface.message
    if channel is None or message is None:
        raise ValueError("a surface is a view or a message")
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    where: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return where | ({} if message.only_for else {"message": surface.facts})


def _action(spot: Spot, value: Any, ts: str) -> Json:
    element, kind = spot.element, spot.element["type"]
    block_id, action_id = spot.key
    action: Json = {"type": kind, "block_id": block_id, "action_id": action_id, "action_ts": ts}
    for name in ("text", "value", "style", "placeholder", "initial_option", "initial_date", "confirm"):
        if name in element:
            action[name] = element[name]
    if kind in VALUES:
        action[VALUES[kind][0]] = value
    elif kind == "overflow":
        action["selected_option"] = value
    return action


def _response_urls(world: World, user: User, view: View) -> list[Json]:
    found: list[Json] = []
    for block in view.blocks:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        field, _ = VALUES[element["type"]]
        values = state_values([block], view.typed)[ids["block_id"]][ids["action_id"]]
        if values[field]:
            key = world.hooks.issue(user.id, values[field])
            found.append(ids | {"channel_id": values[field], "response_url": _hook_url(world, "app", key)})
    return found


def _hook_url(world: World, kind: str, key: str) -> str:
    return f"{world.url}/hooks/{kind}/{world.workspace.team_id}/{key}"
