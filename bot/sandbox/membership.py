"""Who is in the workspace and in which channel, and the events when that changes."""

import time
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.shapes import dnd_json, user_json
from bot.sandbox.state import Channel, Group, User, handle_of
from bot.sandbox.world import World

OUTSIDE_TEAM = "T0OUTSIDE01"
CHANNEL_LETTERS = {"public": "C", "private": "G", "im": "D", "mpim": "G"}
CHANGEABLE: dict[str, type] = {
    "name": str,
    "real_name": str,
    "email": str,
    "title": str,
    "tz": str,
    "locale": str,
    "hour24": bool,
    "is_admin": bool,
    "is_guest": bool,
    "deleted": bool,
    "snoozed_until": int,
}


def invite_person(
    world: World,
    name: str,
    *,
    real_name: str = "",
    email: str = "",
    title: str = "",
    tz: str = "Etc/UTC",
    hour24: bool = False,
    admin: bool = False,
    guest: bool = False,
    outside: bool = False,
    announce: bool = True,
) -> User:
    """Add a person, in #general if there is one. Raises ValueError for a taken handle or an unknown time zone."""
    workspace = world.workspace
    handle = _free_handle(world, name)
    _check_zone(tz)
    user = User(
        id=workspace.new_id("U"),
        name=handle,
        real_name=real_name or name.title(),
        team_id=OUTSIDE_TEAM if outside else workspace.team_id,
        email=email or f"{handle}@example.com",
        title=title,
        tz=tz,
        hour24=hour24,
        is_admin=admin,
        is_guest=guest,
        updated=int(time.time()),
    )
    workspace.users[user.id] = user
    workspace.feed.publish("user", user=user.id)
    if announce and not outside:
        world.events.emit({"type": "team_join", "user": user_json(user, world.clock.now())})
    general = workspace.channel_named("general")
    if general is not None and not guest and not outside:
        join(world, general, user.id, announce=announce)
    return user


def change_person(world: World, user: User, changes: Mapping[str, Any]) -> None:
    """Change name, time zone and the like, or deactivate: all of it or, with a ValueError, nothing."""
    changed = _checked(world, user, changes)
    for name, value in changed.items():
        setattr(user, name, value)
    now = world.clock.now()
    if "snoozed_until" in changed:
        world.events.emit({"type": "dnd_updated_user", "user": user.id, "dnd_status": dnd_json(user, now)})
    if changed.keys() - {"snoozed_until"}:
        user.updated = int(time.time())
        world.events.emit({"type": "user_change", "user": user_json(user, now)})
    world.workspace.feed.publish("user", user=user.id)


def _checked(world: World, user: User, changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(changes.keys() - CHANGEABLE.keys())
    if unknown:
        raise ValueError(f"a person has no {', '.join(unknown)} to change")
    for name, value in changes.items():
        if not isinstance(value, CHANGEABLE[name]):
            raise ValueError(f"{name} is to be of type {CHANGEABLE[name].__name__}")
    _check_zone(changes.get("tz", user.tz))
    if "name" not in changes:
        return dict(changes)
    return {**changes, "name": _free_handle(world, changes["name"], user)}


def _free_handle(world: World, name: str, of: User | None = None) -> str:
    handle = handle_of(name)
    if world.workspace.user_named(handle) not in (None, of):
        raise ValueError(f"there is a @{handle} already")
    return handle


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"there is no time zone {name}") from None


def create(
    world: World, name: str, *, private: bool = False, creator: str, members: Iterable[str] = ()
) -> Channel:
    """Add a channel. Raises ValueError if the name is taken."""
    workspace = world.workspace
    plain = name.removeprefix("#")
    if workspace.channel_named(plain):
        raise ValueError(f"there is a #{plain} already")
    channel = Channel(
        id=workspace.new_id("C"),
        name=plain,
        kind="private" if private else "public",
        creator=creator,
        created=int(time.time()),
        members=list(dict.fromkeys(members)),
    )
    workspace.channels[channel.id] = channel
    workspace.feed.publish("channel", channel=channel.id)
    return channel


def join(world: World, channel: Channel, user: str, *, announce: bool = True) -> None:
    """Add a member; the bot hears of it where it is a member itself."""
    if user in channel.members:
        return
    channel.members.append(user)
    world.workspace.feed.publish("channel", channel=channel.id)
    if announce:
        _tell(world, channel, "member_joined_channel", user)


def leave(world: World, channel: Channel, user: str) -> None:
    """Remove a member; the bot hears of it where it is a member itself, and of its own leaving."""
    if user not in channel.members:
        return
    channel.members.remove(user)
    world.workspace.feed.publish("channel", channel=channel.id)
    _tell(world, channel, "member_left_channel", user)


def archive(world: World, channel: Channel, by: str, *, archived: bool = True) -> None:
    """Archive a channel, or bring it back."""
    channel.archived = archived
    world.workspace.feed.publish("channel", channel=channel.id)
    if world.bot_sees(channel):
        word = "channel" if channel.kind == "public" else "group"
        verb = "archive" if archived else "unarchive"
        world.events.emit({"type": f"{word}_{verb}", "channel": channel.id, "user": by})


def create_group(world: World, handle: str, name: str, users: Iterable[str]) -> Group:
    """Add a user group of these user ids; `handle` is what stands after the @."""
    group = Group(world.workspace.new_id("S"), handle, name, list(users))
    world.workspace.groups[group.id] = group
    world.workspace.feed.publish("group", group=group.id)
    return group


def _tell(world: World, channel: Channel, kind: str, user: str) -> None:
    if world.app.bot_user_id not in channel.members and user != world.app.bot_user_id:
        return
    letter = CHANNEL_LETTERS[channel.kind]
    team = world.workspace.users[user].team_id
    event = {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": team}
    world.events.emit(event)
