"""Web API: conversations.*, from the side of a bot that sees only what it is a member of."""

import re
from collections.abc import Mapping

from bot.sandbox import membership
from bot.sandbox.addressing import find
from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError, missing_scope
from bot.sandbox.paging import page
from bot.sandbox.posts import shape
from bot.sandbox.shapes import channel_json
from bot.sandbox.state import KIND_WORDS, Channel, Json, Kind, Message
from bot.sandbox.world import World

TYPES: dict[str, Kind] = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}

# The scopes of which one is needed, by the kind of conversation.
READING: dict[Kind, tuple[str, ...]] = {kind: (f"{word}:read",) for kind, word in KIND_WORDS.items()}
HISTORY: dict[Kind, tuple[str, ...]] = {kind: (f"{word}:history",) for kind, word in KIND_WORDS.items()}
OPENING: dict[Kind, tuple[str, ...]] = {"im": ("im:write",), "mpim": ("mpim:write",)}


def history(world: World, call: Call) -> Json:
    """What was posted in a conversation, newest first; of replies only those that were broadcast."""
    channel = find(world, call.text("channel"))
    _need(world, HISTORY, channel.kind)
    if world.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    found = _between([message for message in channel.posted() if message.in_channel], call)
    messages, onward = page(found[::-1], call, most=999)
    facts = [shape(world, channel, m, metadata=call.flag("include_all_metadata")) for m in messages]
    more = bool(onward["response_metadata"]["next_cursor"])
    return {"messages": facts, "has_more": more, "pin_count": 0} | (onward if more else {})


def replies(world: World, call: Call) -> Json:
    """The thread that `ts` belongs to, oldest first. Its first message is there whatever `oldest` says."""
    channel = find(world, call.text("channel"))
    _need(world, HISTORY, channel.kind)
    parent = channel.messages.get(call.text("ts"))
    if parent is None or parent.only_for is not None:
        raise SlackError("thread_not_found")
    root = channel.messages.get(parent.thread_ts or parent.ts, parent)
    thread = [root, *_between(channel.replies(root.ts), call)]
    messages, onward = page(thread, call)
    facts = [shape(world, channel, m, metadata=call.flag("include_all_metadata")) for m in messages]
    return {"messages": facts, "has_more": bool(onward["response_metadata"]["next_cursor"])} | onward


def _between(messages: list[Message], call: Call) -> list[Message]:
    oldest, latest = call.text("oldest"), call.text("latest")
    for name, value in (("oldest", oldest), ("latest", latest)):
        if value and not re.fullmatch(r"\d+(\.\d+)?|now", value):
            raise SlackError(f"invalid_ts_{name}")
    low = float(oldest or 0)
    high = float("inf") if latest in ("", "now") else float(latest)
    edges = (low, high) if call.flag("inclusive") else ()
    return [m for m in messages if low < float(m.ts) < high or float(m.ts) in edges]


def info(world: World, call: Call) -> Json:
    """One conversation that the bot may know of; its size only with `include_num_members`."""
    channel = find(world, call.text("channel"))
    _need(world, READING, channel.kind)
    facts = channel_json(channel, world.workspace, world.app.bot_user_id)
    count = {"num_members": len(channel.members)} if call.flag("include_num_members") else {}
    return {"channel": facts | count}


def join(world: World, call: Call) -> Json:
    """Bring the bot into a public channel; a warning if it is there already."""
    channel = find(world, call.text("channel"))
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    already = world.app.bot_user_id in channel.members
    membership.join(world, channel, world.app.bot_user_id)
    facts = {"channel": channel_json(channel, world.workspace, world.app.bot_user_id)}
    return facts | ({"warning": "already_in_channel"} if already else {})


def list_all(world: World, call: Call) -> Json:
    """The conversations that the bot may know of; public channels unless `types` says otherwise."""
    return _listed(world, call, [c for c in world.workspace.channels.values() if world.bot_sees(c)])


def list_of_user(world: World, call: Call) -> Json:
    """The conversations of a person, as far as the bot may know of them; its own without `user`."""
    user = call.text("user", world.app.bot_user_id)
    found = [c for c in world.workspace.channels.values() if user in c.members and world.bot_sees(c)]
    return _listed(world, call, found)


def _listed(world: World, call: Call, channels: list[Channel]) -> Json:
    types = call.words("types") or ["public_channel"]
    if not set(types) <= set(TYPES):
        raise SlackError("invalid_types")
    kinds = [TYPES[name] for name in types]
    needed = [scope for kind in kinds for scope in READING[kind]]
    if not all(world.app.allows(scope) for scope in needed):
        raise missing_scope(needed, world.app.scopes)
    wanted = [c for c in channels if c.kind in kinds and not (c.archived and call.flag("exclude_archived"))]
    found, onward = page(wanted, call)
    bot = world.app.bot_user_id
    return {"channels": [channel_json(channel, world.workspace, bot) for channel in found]} | onward


def members(world: World, call: Call) -> Json:
    """The user ids of who is in a conversation, a page at a time."""
    channel = find(world, call.text("channel"))
    _need(world, READING, channel.kind)
    found, onward = page(channel.members, call)
    return {"members": found} | onward


def open_direct(world: World, call: Call) -> Json:
    """Open a direct message with one person or a few; the bot is in it anyway."""
    bot = world.app.bot_user_id
    if call.has("channel"):
        direct = find(world, call.text("channel"))
        _need(world, OPENING, direct.kind)
        members = direct.members
    else:
        users = _invited(world, call)
        _need(world, OPENING, "im" if len(users) == 1 else "mpim")
        members = [*users, bot]
    opened = world.workspace.direct_between(members) is None
    channel = world.workspace.direct(members)
    facts: Json = {"id": channel.id}
    if call.flag("return_im"):
        facts = channel_json(channel, world.workspace, bot)
    return {"channel": facts, **({} if opened else {"no_op": True, "already_open": True})}


def _invited(world: World, call: Call) -> list[str]:
    users = call.words("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    for ref in users:
        _check_reachable(world, ref)
    others = [ref for ref in dict.fromkeys(users) if ref != world.app.bot_user_id]
    if not others:
        raise SlackError("not_enough_users")
    return others


def _check_reachable(world: World, ref: str) -> None:
    user = world.workspace.users.get(ref)
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")


def _need(world: World, scopes: Mapping[Kind, tuple[str, ...]], kind: Kind) -> None:
    """Raise SlackError unless the method is for this kind of conversation and the app has a scope for it."""
    if kind not in scopes:
        raise SlackError("method_not_supported_for_channel_type")
    if not world.app.allows(*scopes[kind]):
        raise missing_scope(scopes[kind], world.app.scopes)
