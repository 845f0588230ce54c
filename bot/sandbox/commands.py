"""Slash commands: what happens when a person types one, and what they are told."""

from bot.sandbox import answers, payloads, posts, reading
from bot.sandbox.delivery import Undelivered
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Channel, Json, User
from bot.sandbox.world import World

UNKNOWN = (
    "{command} is not a valid command. In Slack, all messages that start with the “/” character are "
    "interpreted as commands.\n\nIf you are trying to send a message and not run a command, try preceding "
    "the “/” with a space."
)
IN_THREAD = "{command} is not supported in threads. Sorry!"
FAILED = '{command} failed with the error "{error}"'


async def run_command(world: World, user: User, channel: Channel, line: str, thread_ts: str | None) -> None:
    """Send a typed command to the app and show its answer, or why there is none."""
    name, _, text = line.strip().partition(" ")
    command = world.app.command(name)
    # A command belongs to the workspace that installed it: people from elsewhere have none of them.
    outside = world.workspace.is_outside(user.id)
    if command is None or outside or not world.app.allows("commands"):
        posts.slackbot_says(world, channel, user.id, UNKNOWN.format(command=name))
        return
    if thread_ts is not None:
        posts.slackbot_says(world, channel, user.id, IN_THREAD.format(command=name))
        return
    text = text.strip()
    text = reading.stored(world.workspace, text, labelled=True) if command.should_escape else text
    payload = payloads.slash_command(world, user, channel, name, text)
    try:
        answer = await world.send("slash_commands", payload)
    except Undelivered as failure:
        posts.slackbot_says(world, channel, user.id, FAILED.format(command=name, error=failure.reason))
        return
    _show(world, user, channel, name, answer)


def _show(world: World, user: User, channel: Channel, name: str, answer: Json) -> None:
    if not any(answer.get(part) for part in ("text", "blocks", "attachments")):
        return
    try:
        answers.show(world, user.id, channel, answer)
    except SlackError:
        failure = FAILED.format(command=name, error="invalid_command_response")
        posts.slackbot_says(world, channel, user.id, failure)
