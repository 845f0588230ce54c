"""Messages appear, change and go: one place for state, feed and events alike."""

from typing import Any

from bot.sandbox.shapes import message_json
from bot.sandbox.state import KIND_WORDS, SLACKBOT, Channel, Json, Message
from bot.sandbox.world import World

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def shape(world: World, channel: Channel, message: Message, *, metadata: bool = False) -> Json:
    """A message as Slack gives it to the app; `metadata` where Slack gives that too."""
    return message_json(message, channel, world.workspace, world.app, world.url, metadata=metadata)


def post(world: World, channel: Channel, user: str, **content: Any) -> Message:
    """Add a message and tell whoever may hear of it."""
    message = Message(ts=world.workspace.new_ts(), user=user, at=world.clock.now(), **content)
    channel.add(message)
    world.workspace.feed.publish("message", channel=channel.id, ts=message.ts, only_for=message.only_for)
    if message.only_for is None:
        facts = shape(world, channel, message)
        _tell(world, channel, {**facts, "event_ts": message.ts})
    return message


def edit(world: World, channel: Channel, message: Message, **content: Any) -> None:
    """Replace parts of a message; what was chosen in it stays where block_id and action_id do."""
    before = shape(world, channel, message)
    for name, value in content.items():
        setattr(message, name, value)
    message.edited = world.workspace.new_ts()
    world.workspace.feed.publish("message", channel=channel.id, ts=message.ts, only_for=message.only_for)
    if message.only_for is None:
        change = {"message": shape(world, channel, message), "previous_message": before, "hidden": True}
        change |= {"ts": message.edited}
        _tell(world, channel, {"type": "message", "subtype": "message_changed", **change})


def remove(world: World, channel: Channel, message: Message) -> None:
    """Take a message away and tell whoever may hear of it; replies to it stay."""
    before = shape(world, channel, message)
    channel.remove(message)
    world.workspace.feed.publish("message", channel=channel.id, ts=message.ts, only_for=message.only_for)
    if message.only_for is None:
        change = {"deleted_ts": message.ts, "previous_message": before, "hidden": True}
        change |= {"ts": world.workspace.new_ts()}
        _tell(world, channel, {"type": "message", "subtype": "message_deleted", **change})


def slackbot_says(world: World, channel: Channel, user: str, text: str) -> None:
    """What Slack itself tells one person, visible to nobody else."""
    post(world, channel, SLACKBOT, text=text, only_for=user)


def _tell(world: World, channel: Channel, event: Json) -> None:
    if world.app.bot_user_id not in channel.members:
        return
    where = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
    event = {**event, **where}
    world.events.emit(event, subscription=f"message.{KIND_WORDS[channel.kind]}")
    mentions_bot = f"<@{world.app.bot_user_id}" in event.get("text", "")
    if mentions_bot and channel.kind != "im" and "bot_id" not in event and "hidden" not in event:
        mention = {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}
        world.events.emit({**mention, "type": "app_mention"})
