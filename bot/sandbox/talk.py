"""What people do in conversations: say things, share files, press shortcuts, open the app's Home."""

import uuid
from collections.abc import Sequence

from bot.sandbox import files, payloads, posts, reading
from bot.sandbox.actions import interact
from bot.sandbox.commands import run_command
from bot.sandbox.errors import NotPossible
from bot.sandbox.shapes import view_json
from bot.sandbox.state import Channel, File, Json, Message, User
from bot.sandbox.surfaces import visible
from bot.sandbox.world import World

MOST_FILES = 10  # in one message


async def type_line(world: World, user: User, channel: Channel, line: str, thread_ts: str | None = None) -> None:
    """What comes out of the composer: a command if it starts with a slash, else a message."""
    check_may_write(world, user, channel)
    if line.startswith("/"):
        await run_command(world, user, channel, line, thread_ts)
    else:
        say(world, user, channel, reading.stored(world.workspace, line.strip()), thread_ts)


def say(
    world: World, user: User, channel: Channel, text: str, thread_ts: str | None, files: Sequence[File] = ()
) -> Message:
    """Post `text`, written as Slack stores it, in a person's name; the composer adds the rich_text block."""
    block = reading.rich_text(text, uuid.uuid4().hex[:5])
    return posts.post(
        world,
        channel,
        user.id,
        text=text,
        blocks=[block] if text else [],
        thread_ts=thread_ts,
        client_msg_id=str(uuid.uuid4()),
        files=[file.id for file in files],
        subtype="file_share" if files else None,
    )


def upload(
    world: World,
    user: User,
    channel: Channel,
    given: Sequence[tuple[str, bytes]],
    text: str,
    thread_ts: str | None = None,
) -> None:
    """Share files, each a name and what is in it, in one message. Raises NotPossible for too many."""
    check_may_write(world, user, channel)
    if len(given) > MOST_FILES:
        raise NotPossible(f"No more than {MOST_FILES} files can be shared at once.")
    shared = [own_file(world, user, name, content) for name, content in given]
    for file in shared:
        file.channels.append(channel.id)
    say(world, user, channel, reading.stored(world.workspace, text.strip()), thread_ts, shared)
    if world.app.bot_user_id in channel.members:
        for file in shared:
            told = {"file_id": file.id, "user_id": user.id, "file": {"id": file.id}, "channel_id": channel.id}
            world.events.emit({"type": "file_shared", **told})


def own_file(world: World, user: User, name: str, content: bytes) -> File:
    """A file that a person has put into Slack, not shared anywhere yet."""
    file = files.new_file(world, name, user.id, len(content), content)
    file.received = file.ready = True
    return file


def open_home(world: World, user: User, tab: str = "home") -> None:
    """Open the app's Home, or its messages; the app hears of it every time."""
    channel = world.direct_with_bot(user.id)
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
    home = world.workspace.homes.get(user.id)
    if home is not None and tab == "home":
        event["view"] = view_json(home, world.workspace, world.app)
    world.events.emit(event)


async def press_shortcut(
    world: World, user: User, name: str, channel: Channel | None = None, ts: str = ""
) -> None:
    """Run a global shortcut, or with `channel` and `ts` one on a message. Raises NotPossible."""
    shortcut = world.app.shortcut(name, "global" if channel is None else "message")
    if shortcut is None:
        raise NotPossible(f"There is no shortcut “{name}” here.")
    if channel is None:
        payload = payloads.shortcut(world, user, shortcut.callback_id)
    else:
        message = visible(channel, user, ts)
        facts = posts.shape(world, channel, message)
        payload = payloads.message_action(world, user, shortcut.callback_id, channel, message, facts)
    await interact(world, user, payload)


def check_may_write(world: World, user: User, channel: Channel) -> None:
    """Raises NotPossible where this person cannot say anything."""
    if user.id not in channel.members:
        raise NotPossible(f"@{user.name} is not in #{channel.name}.")
    if channel.archived:
        raise NotPossible(f"#{channel.name} is archived.")
    with_bot = channel.kind == "im" and world.app.bot_user_id in channel.members
    if with_bot and (not world.app.messages_tab or world.app.messages_read_only):
        raise NotPossible("Sending messages to this app has been turned off.")
