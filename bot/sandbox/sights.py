"""What is on one person's screen: conversations, threads, the modal on top, their Home."""

from collections.abc import Mapping

from bot.sandbox.elements import state_values
from bot.sandbox.errors import NotPossible
from bot.sandbox.reading import Reader
from bot.sandbox.shapes import file_json, user_json
from bot.sandbox.state import Channel, Json, Message, User, View
from bot.sandbox.surfaces import modal_of
from bot.sandbox.unread import unread
from bot.sandbox.world import World

# To the eye a space at which no line breaks is one like any other.
_SPACES = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")


def channel_for(world: World, user: User, where: str) -> Channel:
    """The conversation that "#name", "@somebody" or an id means to this person. Raises NotPossible.

    A direct message is opened if need be.
    """
    if where.startswith("@"):
        return world.workspace.direct([user.id, world.person(where).id])
    channel = world.workspace.channel_named(where)
    if channel is None or (channel.kind != "public" and user.id not in channel.members):
        raise NotPossible(f"{where} does not exist for @{user.name}.")
    return channel


def messages(world: World, user: User, asked: Mapping[str, str]) -> Json:
    """A conversation as this person sees it, oldest first: no replies, but what only they can see."""
    channel = joined(world, user, asked["where"])
    if channel is None:
        return {"channel": None, "messages": []}
    shown = [message for message in seen(channel, user) if message.in_channel]
    return {"channel": channel.id, "messages": [_shown(world, user, channel, m) for m in shown]}


def thread(world: World, user: User, asked: Mapping[str, str]) -> Json:
    """A message and its replies."""
    channel = joined(world, user, asked["where"])
    if channel is None:
        return {"channel": None, "messages": []}
    ts = asked["ts"]
    shown = [m for m in seen(channel, user) if ts in (m.ts, m.thread_ts)]
    return {"channel": channel.id, "messages": [_shown(world, user, channel, m) for m in shown]}


def modal(world: World, user: User, _asked: Mapping[str, str]) -> Json:
    """The modal on top and how many are open, or null."""
    view = modal_of(world, user)
    depth = len(world.workspace.modals.get(user.id, ()))
    return {"modal": _view(world, user, view) | {"depth": depth} if view else None}


def home(world: World, user: User, _asked: Mapping[str, str]) -> Json:
    """The app's Home as last published for this person, or null."""
    view = world.workspace.homes.get(user.id)
    return {"home": _view(world, user, view) if view else None}


def notices(world: World, user: User, _asked: Mapping[str, str]) -> Json:
    """The warnings that flashed up for this person, oldest first."""
    return {"notices": world.workspace.notices.get(user.id, [])}


def conversations(world: World, user: User, _asked: Mapping[str, str]) -> Json:
    """Where this person is a member, and the public channels they could join."""
    may_join = not world.workspace.is_visitor(user.id)
    channels = world.workspace.channels.values()
    known = [c for c in channels if user.id in c.members or (may_join and c.kind == "public")]
    return {"conversations": [_conversation(world, user, channel) for channel in known]}


def people(world: World) -> Json:
    """Everybody in the workspace, with the email address whatever the app may read."""
    now = world.clock.now()
    return {"people": [user_json(user, now, locale=True) for user in world.workspace.users.values()]}


def joined(world: World, user: User, where: str) -> Channel | None:
    """Where this person is a member; None for a direct message that nobody has opened yet.

    Raises NotPossible where they are not.
    """
    if where.startswith("@"):
        return world.workspace.direct_between([user.id, world.person(where).id])
    channel = channel_for(world, user, where)
    if user.id not in channel.members:
        raise NotPossible(f"@{user.name} is not in {where}.")
    return channel


def seen(channel: Channel, user: User) -> list[Message]:
    """Every message there that this person can see, oldest first."""
    return [m for m in channel.messages.values() if m.only_for in (None, user.id)]


def _shown(world: World, user: User, channel: Channel, message: Message) -> Json:
    workspace = world.workspace
    reader = Reader(workspace, user, world.clock.now())
    typed = workspace.typed.get((user.id, message.ts), {})
    return {
        "channel": channel.id,
        "ts": message.ts,
        "author": workspace.users[message.user].real_name,
        "text": reader.message(message.text, message.blocks, message.attachments).translate(_SPACES),
        "notification": reader.mrkdwn(message.text).translate(_SPACES),
        "blocks": message.all_blocks,
        "values": state_values(message.all_blocks, typed),
        "edited": message.edited is not None,
        "only_you": message.only_for is not None,
        "thread_ts": message.thread_ts,
        "replies": len(channel.replies(message.ts)),
        "reactions": message.reactions,
        "files": [file_json(workspace.files[file], workspace, world.url) for file in message.files],
    }


def _view(world: World, user: User, view: View) -> Json:
    reader = Reader(world.workspace, user, world.clock.now())
    content = view.content
    return {
        "id": view.id,
        "title": content.get("title", {}).get("text", ""),
        "submit": (content.get("submit") or {}).get("text"),
        "close": (content.get("close") or {}).get("text"),
        "text": "\n".join(reader.blocks(view.blocks)).translate(_SPACES),
        "blocks": view.blocks,
        "values": state_values(view.blocks, view.typed),
        "errors": view.errors,
        "notice": view.notice,
    }


def _conversation(world: World, user: User, channel: Channel) -> Json:
    names = [world.workspace.users[m].name for m in channel.members if m != user.id]
    direct = channel.kind in ("im", "mpim")
    news = unread(world.workspace, user, channel)
    return {
        "id": channel.id,
        "name": "@" + ", @".join(names) if direct else f"#{channel.name}",
        "kind": channel.kind,
        "member": user.id in channel.members,
        "archived": channel.archived,
        "unread": news.messages,
        "mentions": news.mentions,
    }
