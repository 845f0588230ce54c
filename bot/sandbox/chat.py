"""Web API: chat.* and reactions."""

from bot.sandbox import posts
from bot.sandbox.addressing import find, postable
from bot.sandbox.call import Call
from bot.sandbox.content import message_content
from bot.sandbox.errors import SlackError
from bot.sandbox.sharing import share
from bot.sandbox.state import Channel, Json, Message
from bot.sandbox.world import World


def post_message(world: World, call: Call) -> Json:
    """Post as the bot: to the channel, to the thread of `thread_ts`, or with `reply_broadcast` to both."""
    channel = postable(world, call.text("channel"))
    content = message_content(call.args)
    thread_ts = _thread(channel, call)
    broadcast = "thread_broadcast" if thread_ts and call.flag("reply_broadcast") else None
    bot = world.app.bot_user_id
    content["files"] = share(world, channel, content)
    message = posts.post(world, channel, bot, by_bot=True, thread_ts=thread_ts, subtype=broadcast, **content)
    facts = posts.shape(world, channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": facts}


def post_ephemeral(world: World, call: Call) -> Json:
    """Show a message to one member only; from then on only a response URL can change it."""
    channel = postable(world, call.text("channel"))
    user = call.text("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = message_content(call.args, ephemeral=True)
    thread_ts = _thread(channel, call)
    bot = world.app.bot_user_id
    message = posts.post(world, channel, bot, by_bot=True, thread_ts=thread_ts, only_for=user, **content)
    return {"message_ts": message.ts}


def update(world: World, call: Call) -> Json:
    """Change a message of the bot's own; blocks that are not given are kept."""
    channel, message = _own(world, call, "cant_update_message")
    if not any(name in call.args for name in ("text", "blocks", "attachments", "markdown_text")):
        raise SlackError("no_text")
    given: Json = {"blocks": message.blocks, "attachments": message.attachments, "metadata": message.metadata}
    given |= {"text": message.text} if call.args.get("text") is None and message.blocks else {}
    content = message_content(given | {k: v for k, v in call.args.items() if v is not None})
    share(world, channel, content)
    posts.edit(world, channel, message, **content)
    facts = posts.shape(world, channel, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": facts}


def delete(world: World, call: Call) -> Json:
    """Take back a message of the bot's own."""
    channel, message = _own(world, call, "cant_delete_message")
    posts.remove(world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(world: World, call: Call) -> Json:
    """The address of a message as Slack's clients write it; a reply's names its thread too."""
    channel = find(world, call.text("channel"))
    message = _posted(channel, call.text("message_ts"))
    link = f"https://{world.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(world: World, call: Call) -> Json:
    """React as the bot, in any conversation that it can see."""
    channel = find(world, call.text("channel"))
    message = _posted(channel, call.text("timestamp"))
    react(world, channel, message, world.app.bot_user_id, call.text("name").strip(":"))
    return {}


def react(world: World, channel: Channel, message: Message, user: str, name: str) -> None:
    """Add someone's reaction. Raises SlackError if they gave it already."""
    users = message.reactions.setdefault(name, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    world.workspace.feed.publish("message", channel=channel.id, ts=message.ts, only_for=None)
    if world.app.bot_user_id in channel.members:
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        event = {"type": "reaction_added", "user": user, "item": item, "reaction": name}
        world.events.emit(event | {"item_user": message.user})


def _thread(channel: Channel, call: Call) -> str | None:
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = channel.messages.get(ts)
    if parent is None or parent.only_for is not None or parent.thread_ts not in (None, parent.ts):
        raise SlackError("cannot_reply_to_message")
    return ts


def _posted(channel: Channel, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    return message


def _own(world: World, call: Call, error: str) -> tuple[Channel, Message]:
    channel = find(world, call.text("channel"))
    message = _posted(channel, call.text("ts"))
    if not message.by_bot:
        raise SlackError(error)
    return channel, message
