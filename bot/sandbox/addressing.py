"""What the `channel` of a call means, and whether the bot may post there."""

from collections.abc import Iterator

from bot.sandbox.errors import SlackError
from bot.sandbox.state import SLACKBOT, Channel
from bot.sandbox.world import World


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
    if world.app.bot_user_id not in channel.members and not world.app.allows("chat:write.public"):
        raise SlackError("not_in_channel")
    if channel.kind == "im" and not world.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def channel_key(world: World, ref: str) -> str:
    """What posts to this channel are counted under, however it was addressed: a direct message by its person."""
    channel = world.workspace.channel_named(ref)
    if channel is None:
        return ref
    return next(_others(world, channel), channel.id) if channel.kind == "im" else channel.id


def _addressed(world: World, ref: str) -> Channel:
    user = world.workspace.users.get(ref)
    if user is not None:
        if user.deleted or user.is_bot or user.id == SLACKBOT:
            raise SlackError("channel_not_found")
        return world.direct_with_bot(user.id)
    named = world.workspace.channel_named(ref)
    channel = find(world, named.id if named else ref)
    if channel.kind == "im" and all(world.workspace.users[other].deleted for other in _others(world, channel)):
        raise SlackError("channel_not_found")
    return channel


def _others(world: World, channel: Channel) -> Iterator[str]:
    return (member for member in channel.members if member != world.app.bot_user_id)
