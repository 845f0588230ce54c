"""Messages as they stand in a conversation or thread: grouped by day and author, with what can be done to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.elements import state_values
from bot.sandbox.page.drawing import Drawing
from bot.sandbox.parts import Date
from bot.sandbox.reading import Reader
from bot.sandbox.state import Channel, Json, Message, User
from bot.sandbox.world import World

TOGETHER = timedelta(minutes=5)  # within which messages of one author stand under one name
REACTIONS = ("+1", "white_check_mark", "eyes")  # that the menu of a message offers
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def entries(
    world: World, user: User, channel: Channel, shown: Sequence[Message], within: str | None = None
) -> list[Json]:
    """What stands in a list of messages, top to bottom: a line for each new day, and each message.

    `within` is the ts of the thread, where it is one.
    """
    now = world.clock.now()
    reader, zone = Reader(world.workspace, user, now), ZoneInfo(user.tz)
    draw = Drawing(world.workspace, user, now)
    found: list[Json] = []
    before: Message | None = None
    for message in shown:
        new_day = before is None or before.at.astimezone(zone).date() != message.at.astimezone(zone).date()
        if new_day and within is None:
            words = date_words(reader, message.at, "{day_divider_pretty}")
            found.append({"day": words, "key": f"day-{message.ts}"})
        follows = before is not None and not new_day and _together(before, message)
        found.append({"day": "", **_entry(world, reader, draw, channel, message, within), "follows": follows})
        before = message
    return found


def date_words(reader: Reader, at: datetime, form: str) -> str:
    """An instant on this reader's wall, in the words of a date token such as "{date_long}"."""
    return reader.date(Date(int(at.timestamp()), form))


def _together(before: Message, message: Message) -> bool:
    plain = before.subtype == message.subtype and before.only_for == message.only_for
    return plain and before.user == message.user and timedelta() <= message.at - before.at < TOGETHER


def _entry(
    world: World, reader: Reader, draw: Drawing, channel: Channel, message: Message, within: str | None
) -> Json:
    workspace, blocks = world.workspace, message.all_blocks
    author = workspace.users[message.user]
    values = state_values(blocks, workspace.typed.get((reader.user.id, message.ts), {}))
    prefix = f"{'thread' if within else 'message'}-{message.ts.replace('.', '-')}"
    return {
        "key": f"{channel.id}-{message.ts}",
        "surface": {"channel": channel.id, "ts": message.ts},
        "where": channel.id,
        "ts": message.ts,
        "prefix": prefix,
        "author": author,
        "time": date_words(reader, message.at, "{time}"),
        "full": date_words(reader, message.at, "{date_long}, {time}"),
        "only_you": message.only_for is not None,
        "edited": message.edited is not None,
        "also_sent": message.subtype == "thread_broadcast" and within is None,
        "body": draw.blocks(blocks, values, {}, prefix) if blocks else draw.mrkdwn(message.text),
        "attached": [
            draw.mrkdwn(attachment[part])
            for attachment in message.attachments
            for part in ("pretext", "title", "text")
            if attachment.get(part)
        ],
        "files": [_file(world, file) for file in message.files],
        "reactions": [_reaction(world, reader.user, draw, *each) for each in message.reactions.items()],
        "thread": _thread(world, reader, channel, message) if within is None else None,
        "can_reply": message.only_for is None and within is None,
        "root": message.thread_ts or message.ts,
        "offers": {name: draw.mrkdwn(f":{name}:") for name in REACTIONS},
        "shortcuts": [] if message.only_for else [s for s in world.app.shortcuts if s.kind == "message"],
    }


def _thread(world: World, reader: Reader, channel: Channel, message: Message) -> Json | None:
    replies = channel.replies(message.ts)
    if not replies:
        return None
    repliers = dict.fromkeys(reply.user for reply in replies)
    return {
        "count": len(replies),
        "people": [world.workspace.users[each] for each in repliers][:4],
        "last": date_words(reader, replies[-1].at, "{date_short_pretty} at {time}"),
    }


def _file(world: World, ref: str) -> Json:
    file = world.workspace.files[ref]
    size = len(file.content) or file.length
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "spoken": file.alt_txt or file.title,
        "size": f"{size} bytes" if size < 1024 else f"{size / 1024:,.0f} KB",
        "is_image": file.mimetype in IMAGES,
    }


def _reaction(world: World, user: User, draw: Drawing, name: str, users: list[Any]) -> Json:
    people = ", ".join(world.workspace.users[each].real_name for each in users)
    return {
        "name": name,
        "emoji": draw.mrkdwn(f":{name}:"),
        "count": len(users),
        "mine": user.id in users,
        "who": f"{people} reacted with {name.replace('_', ' ')}",
    }
