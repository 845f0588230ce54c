"""Files in what the bot posts: in blocks that show one, and in links to one."""

import re
from collections.abc import Iterator

from bot.sandbox.errors import SlackError
from bot.sandbox.state import Channel, File, Json
from bot.sandbox.world import World

_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
_LINK = re.compile(r"<([^|>\s]+)(?:\|[^>]*)?>")


def share(world: World, channel: Channel, content: Json) -> list[str]:
    """Lets everybody in a conversation see the files of a message, which is the bot's; those that stand below it.

    A picture is named by a block, any other file linked to by the text of a message without blocks.
    Raises SlackError for a picture that Slack does not show: there is none, it is not the bot's, or new.
    """
    pictures = [_picture(world, shown, pointer) for shown, pointer in _named(content["blocks"], "/blocks")]
    linked = [] if content["blocks"] else list(_linked(world, content["text"]))
    for file in (*pictures, *linked):
        if channel.id not in file.channels:
            file.channels.append(channel.id)
    return [file.id for file in linked]


def _named(blocks: list[Json], pointer: str) -> Iterator[tuple[Json, str]]:
    """What blocks, and images within them, show of Slack's files."""
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        if "slack_file" in block:
            yield block["slack_file"], f"{here}/slack_file"
        yield from _named(block.get("elements", []), f"{here}/elements")
        if "slack_file" in block.get("accessory", {}):
            yield block["accessory"]["slack_file"], f"{here}/accessory/slack_file"


def _picture(world: World, shown: Json, pointer: str) -> File:
    file = world.workspace.files.get(shown.get("id", "")) or _at(world, shown.get("url", ""))
    if file is None or not file.is_processed or not is_seen(world, file) or file.mimetype not in _SHOWN:
        raise SlackError("invalid_blocks", (f"[ERROR] invalid slack file [json-pointer:{pointer}]",))
    return file


def _linked(world: World, text: str) -> Iterator[File]:
    found = dict.fromkeys(_LINK.findall(text))
    files = [_at(world, address) for address in found]
    yield from (file for file in files if file and file.ready and is_seen(world, file))


def _at(world: World, address: str) -> File | None:
    """The file that a permalink or a private address leads to."""
    if not address.startswith(f"{world.url}/files/"):
        return None
    return next((file for ref, file in world.workspace.files.items() if ref in address), None)


def is_seen(world: World, file: File) -> bool:
    """Whether the bot may see it: its own, one from its forms, or one shared where it is a member."""
    bot = world.app.bot_user_id
    shared = any(bot in world.workspace.channels[channel].members for channel in file.channels)
    return shared or file.handed_over or file.user == bot
