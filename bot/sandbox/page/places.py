"""Where a person can be: conversations and the app's Home, with the names they have for this person."""

from bot.sandbox import sights
from bot.sandbox.errors import NotPossible
from bot.sandbox.state import SLACKBOT, Channel, Json, User
from bot.sandbox.talk import check_may_write
from bot.sandbox.world import World

HOME = "home"  # where the app's Home is, among the conversations


def people(world: World) -> list[User]:
    """Everybody who is no bot, deactivated people included."""
    return [user for user in world.workspace.users.values() if not user.is_bot and user.id != SLACKBOT]


def app_handle(world: World) -> str:
    """What stands after the @ of the app."""
    return world.workspace.users[world.app.bot_user_id].name


def landing(world: World, user: User, asked: str) -> str:
    """Where somebody comes to who asks for a place; in the direct message of somebody else they have no part."""
    channel = world.workspace.channels.get(asked)
    if channel is None or channel.kind == "public" or user.id in channel.members:
        return asked or _start(world, user)
    return f"@{app_handle(world)}" if _is_with_app(world, channel) else _start(world, user)


def _start(world: World, user: User) -> str:
    """The channel that is open at first: where something was said last."""
    mine = [c for c in world.workspace.channels.values() if c.kind == "public" and user.id in c.members]
    newest = max(mine, key=lambda channel: max(channel.messages, default=""), default=None)
    return newest.id if newest else HOME


def known(world: World, user: User) -> list[Json]:
    """The conversations this person can go to, by name, with its label in a list and somebody who is there."""
    channels = world.workspace.channels
    found = [
        each
        | {
            "label": label(world, user, channels[each["id"]]),
            "person": _others(world, user, channels[each["id"]])[0],
        }
        for each in sights.conversations(world, user, {})["conversations"]
    ]
    return sorted(found, key=lambda each: str(each["label"]).lower())


def label(world: World, user: User, channel: Channel) -> str:
    """A channel's name, or who else is in a direct message."""
    if channel.kind in ("public", "private"):
        return channel.name
    return ", ".join(other.real_name for other in _others(world, user, channel))


def _others(world: World, user: User, channel: Channel) -> list[User]:
    """Who else is there; in a direct message with oneself, oneself."""
    return [world.workspace.users[member] for member in channel.members if member != user.id] or [user]


def about(world: World, user: User, channel: Channel) -> Json:
    """What the heading and the composer of a conversation need to know; `closed` is why nothing can be said."""
    direct, member = channel.kind in ("im", "mpim"), user.id in channel.members
    name = label(world, user, channel)
    return {
        "where": channel.id,
        "id": channel.id,
        "kind": channel.kind,
        "label": name,
        "name": name if direct else f"#{name}",
        "topic": channel.topic or channel.purpose,
        "members": len(channel.members),
        "member": member,
        "may_join": not world.workspace.is_visitor(user.id),
        "archived": channel.archived,
        "is_app": _is_with_app(world, channel),
        "closed": _closed(world, user, channel) if member else "",
    }


def about_nobody_yet(partner: User) -> Json:
    """The same for a direct message in which nothing was said yet."""
    return {
        "where": f"@{partner.name}",
        "id": "",
        "kind": "im",
        "label": partner.real_name,
        "name": partner.real_name,
        "topic": "",
        "members": 2,
        "member": True,
        "may_join": False,
        "archived": False,
        "is_app": partner.is_bot,
        "closed": "",
    }


def _is_with_app(world: World, channel: Channel) -> bool:
    return channel.kind == "im" and world.app.bot_user_id in channel.members


def _closed(world: World, user: User, channel: Channel) -> str:
    try:
        check_may_write(world, user, channel)
    except NotPossible as refusal:
        return str(refusal)
    return ""
