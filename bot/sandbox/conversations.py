"""Web API: conversations.*, from the side of a bot that sees only what it is a member of."""

import re

from bot.sandbox import membership
from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError
from bot.sandbox.paging import page
from bot.sandbox.posts import shape
from bot.sandbox.shapes import channel_json
from bot.sandbox.state import SLACKBOT, Channel, Json, Message, User
from bot.sandbox.world import World

SCOPE_WORDS = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def find(world: World, ref: str) -> Channel:
    """The conversation with this id. Raises SlackError where the bot cannot know of it."""
    channel = world.workspace.channels.get(ref)
    if channel is None or not world.bot_sees(channel):
        raise SlackError("channel_not_found")
    return channel


def postable(world: World, ref: str) -> Channel:
    """Where a post to this channel id, #name or user id lands. Raises SlackError if the bot may not post there."""
    channel = _addressed(world, ref)
    if channel.archived:
        raise SlackError("is_archived")
    app = world.app
    if app.bot_user_id not in channel.members and not (app.scopes and app.allows("chat:write.public")):
        raise SlackError("not_in_channel")
    if channel.kind == "im" and not app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _addressed(world: World, ref: str) -> Channel:
    user = world.workspace.users.get(ref)
    if user is not None:
        if user.deleted or user.is_bot or user.id == SLACKBOT:
            raise SlackError("channel_not_found")
        return world.direct_with_bot(user.id)
    named = world.workspace.channel_named(ref)
    channel = find(world, named.id if named else ref)
    others = (world.workspace.users[member] for member in channel.members if member != world.app.bot_user_id)
    if channel.kind == "im" and all(other.deleted for other in others):
        raise SlackError("channel_not_found")
    return channel


def channel_key(world: World, ref: str) -> str:
    """What posts to this channel are counted under, however it was addressed."""
    if ref in world.workspace.users:
        return world.direct_with_bot(ref).id
    named = world.workspace.channel_named(ref)
    return named.id if named else ref


def need_scope(world: World, channel: Channel, verb: str) -> None:
    """Raise missing_scope unless the app may `verb` ("read", "history") this kind of conversation."""
    scope = f"{SCOPE_WORDS[channel.kind]}:{verb}"
    if not world.app.allows(scope):
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(world.app.scopes or ())))


def create(world: World, call: Call) -> Json:
    """Open a channel with the bot as its only member; the name is lowercased, 80 characters at most."""
    name = call.text("name").lower()
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not re.fullmatch(r"[a-z0-9_\-]+", name):
        raise SlackError("invalid_name_specials")
    if world.workspace.channel_named(name):
        raise SlackError("name_taken")
    bot = world.app.bot_user_id
    channel = membership.create(world, name, private=call.flag("is_private"), creator=bot, members=[bot])
    return {"channel": channel_json(channel, world.workspace, bot)}


def history(world: World, call: Call) -> Json:
    """What was posted in a conversation, newest first; of replies only those that were broadcast."""
    channel = find(world, call.text("channel"))
    need_scope(world, channel, "history")
    if world.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    shown = [m for m in channel.posted() if m.thread_ts in (None, m.ts) or m.subtype == "thread_broadcast"]
    found = _between(shown, call)
    messages, onward = page(found[::-1], call, most=999)
    facts = [shape(world, channel, m, metadata=call.flag("include_all_metadata")) for m in messages]
    more = bool(onward["response_metadata"]["next_cursor"])
    return {"messages": facts, "has_more": more, "pin_count": 0} | (onward if more else {})


def replies(world: World, call: Call) -> Json:
    """The thread that `ts` belongs to, oldest first. Its first message is there whatever `oldest` says."""
    channel = find(world, call.text("channel"))
    need_scope(world, channel, "history")
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
    need_scope(world, channel, "read")
    facts = channel_json(channel, world.workspace, world.app.bot_user_id)
    count = {"num_members": len(channel.members)} if call.flag("include_num_members") else {}
    return {"channel": facts | count}


def invite(world: World, call: Call) -> Json:
    """Bring people into a conversation the bot is in: all of them, or nobody if one cannot come."""
    channel = find(world, call.text("channel"))
    if world.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    invited = [world.workspace.users.get(ref) for ref in call.words("users")]
    for user in invited:
        _check_invitable(world, channel, user)
    for user in filter(None, invited):
        membership.join(world, channel, user.id, inviter=world.app.bot_user_id)
    return {"channel": channel_json(channel, world.workspace, world.app.bot_user_id)}


def _check_invitable(world: World, channel: Channel, user: User | None) -> None:
    if user is None or user.deleted:
        raise SlackError("user_not_found")
    if user.id == world.app.bot_user_id:
        raise SlackError("cant_invite_self")
    if user.id in channel.members:
        raise SlackError("already_in_channel")


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
    needed = [f"{SCOPE_WORDS[kind]}:read" for kind in kinds]
    if not all(world.app.allows(scope) for scope in needed):
        provided = ",".join(sorted(world.app.scopes or ()))
        raise SlackError("missing_scope", needed=",".join(needed), provided=provided)
    wanted = [c for c in channels if c.kind in kinds and not (c.archived and call.flag("exclude_archived"))]
    found, onward = page(wanted, call)
    bot = world.app.bot_user_id
    return {"channels": [channel_json(channel, world.workspace, bot) for channel in found]} | onward


def members(world: World, call: Call) -> Json:
    """The user ids of who is in a conversation, a page at a time."""
    channel = find(world, call.text("channel"))
    need_scope(world, channel, "read")
    found, onward = page(channel.members, call)
    return {"members": found} | onward


def open_direct(world: World, call: Call) -> Json:
    """Open a direct message with one person or a few."""
    if call.has("channel"):
        channel, opened = find(world, call.text("channel")), False
    else:
        users = call.words("users")
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 8:
            raise SlackError("too_many_users")
        for ref in users:
            _check_reachable(world, ref)
        before = len(world.workspace.channels)
        channel = world.workspace.direct([*users, world.app.bot_user_id])
        opened = len(world.workspace.channels) > before
    facts: Json = {"id": channel.id}
    if call.flag("return_im"):
        facts = channel_json(channel, world.workspace, world.app.bot_user_id)
    return {"channel": facts, **({} if opened else {"no_op": True, "already_open": True})}


def _check_reachable(world: World, ref: str) -> None:
    user = world.workspace.users.get(ref)
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
