"""What a person has not read yet, and what of it is meant for them."""

from dataclasses import dataclass

from bot.sandbox.state import Channel, Message, User, Workspace
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Unread:
    """How many messages of a conversation somebody has not read, and in how many (or replies) they are meant."""

    messages: int
    mentions: int


def unread(workspace: Workspace, user: User, channel: Channel) -> Unread:
    """What others have said there since this person last read it; nothing where they are no member."""
    if user.id not in channel.members:
        return Unread(0, 0)
    last = workspace.read.get(user.id, {}).get(channel.id, "")
    new = [message for message in channel.posted() if message.ts > last and message.user != user.id]
    direct = channel.kind in ("im", "mpim")
    meant = [message for message in new if direct or _mentions(workspace, user, message)]
    return Unread(sum(message.in_channel for message in new), len(meant))


def mark_read(world: World, user: User, channel: Channel) -> None:
    """This person has read everything that is there now."""
    read, last = world.workspace.read.setdefault(user.id, {}), max(channel.messages, default="")
    if read.get(channel.id, "") < last:
        read[channel.id] = last
        world.workspace.feed.publish("read", user=user.id, channel=channel.id)


def _mentions(workspace: Workspace, user: User, message: Message) -> bool:
    groups = [f"<!subteam^{group.id}" for group in workspace.groups.values() if user.id in group.users]
    names = ("<!channel", "<!here", "<!everyone", f"<@{user.id}", *groups)
    said = f"{message.text}{message.all_blocks}"
    return any(name in said for name in names)
