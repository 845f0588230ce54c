"""Answers that come back outside the Web API: in an ack, or to a `response_url`."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import posts
from bot.sandbox.content import message_content
from bot.sandbox.errors import SlackError
from bot.sandbox.hooks import Hook
from bot.sandbox.state import Channel, Json, Message
from bot.sandbox.world import World


def show(world: World, user: str, channel: Channel, answer: Json, *, thread_ts: str | None = None) -> None:
    """Post an answer, for this person alone unless it says `in_channel`. Raises SlackError."""
    public = answer.get("response_type") == "in_channel"
    content = message_content(answer, ephemeral=not public)
    bot = world.app.bot_user_id
    only_for = None if public else user
    thread_ts = answer.get("thread_ts") or thread_ts
    posts.post(world, channel, bot, by_bot=True, only_for=only_for, thread_ts=thread_ts, **content)


async def respond(world: World, request: Request) -> Response:
    """A POST to a response URL."""
    try:
        given = json.loads(await request.body())
        if not isinstance(given, dict):
            raise SlackError("invalid_payload")
        _apply(world, world.hooks.use(request.path_params["key"]), given)
    except ValueError:
        return PlainTextResponse("invalid_payload", status_code=400)
    except SlackError as refusal:
        gone = refusal.code in ("used_url", "expired_url")
        return JSONResponse(refusal.body(), status_code=404 if gone else 400)
    return PlainTextResponse("ok")


def _apply(world: World, hook: Hook, given: Json) -> None:
    channel = world.workspace.channels[hook.channel]
    source = channel.messages.get(hook.source) if hook.source else None
    if source is not None and source.by_bot and given.get("delete_original"):
        posts.remove(world, channel, source)
    elif source is not None and source.by_bot and given.get("replace_original"):
        _replace(world, channel, source, given)
    elif not given.get("delete_original"):
        show(world, hook.user, channel, given, thread_ts=hook.thread_ts)


def _replace(world: World, channel: Channel, source: Message, given: Json) -> None:
    content = message_content(given, ephemeral=source.only_for is not None)
    posts.edit(world, channel, source, **content)
