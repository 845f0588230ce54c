"""Web API: files.*, and the bytes themselves."""

import mimetypes
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import posts
from bot.sandbox.addressing import postable
from bot.sandbox.app import BOT_TOKEN
from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError
from bot.sandbox.shapes import file_json
from bot.sandbox.sharing import is_seen
from bot.sandbox.state import File, Json
from bot.sandbox.world import World

# What a latency is switched on for if Slack is to take its time to look at files: no method of that name exists.
PROCESSING = "files.processing"
# Characters.
_LONGEST_ALT = 1000


def new_file(world: World, name: str, user: str, length: int, content: bytes = b"") -> File:
    """Register a file of `length` bytes that nobody can see before it is `ready`."""
    file = File(
        id=world.workspace.new_id("F"),
        name=name,
        title=name,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        user=user,
        created=int(time.time()),
        length=length,
        content=content,
    )
    world.workspace.files[file.id] = file
    return file


def get_upload_url(world: World, call: Call) -> Json:
    """A new file, and the address that takes its bytes: once, and exactly `length` of them."""
    length = call.number("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments", ("[ERROR] must be greater than 0 [json-pointer:/length]",))
    if len(call.text("alt_txt")) > _LONGEST_ALT:
        raise SlackError("alt_txt_too_large")
    file = new_file(world, call.text("filename"), world.app.bot_user_id, length)
    file.alt_txt = call.text("alt_txt")
    return {"upload_url": f"{world.url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(world: World, call: Call) -> Json:
    """Publish uploaded files, as one message if a channel is given."""
    finished = _finished(world, call.args["files"])
    channels = [postable(world, ref) for ref in call.words("channel_id") or call.words("channels")]
    for channel in channels:
        for file in finished:
            file.channels.append(channel.id)
        posts.post(
            world,
            channel,
            world.app.bot_user_id,
            by_bot=True,
            text=call.text("initial_comment"),
            files=[file.id for file in finished],
            thread_ts=call.text("thread_ts") or None,
        )
    delay = sum(fault.value for fault in world.faults.strike(PROCESSING))
    for file in finished:
        file.ready, file.processed_at = True, time.time() + delay
    return {"files": [file_json(file, world.workspace, world.url) for file in finished]}


def _finished(world: World, given: Any) -> list[File]:
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_arguments", ("[ERROR] must be a list of objects [json-pointer:/files]",))
    finished = [world.workspace.files.get(str(each.get("id"))) for each in given]
    found = [file for file in finished if file is not None and file.received]
    if len(found) < len(given):
        raise SlackError("file_not_found")
    for file, each in zip(found, given, strict=True):
        file.title = str(each.get("title") or file.name)
    return found


def info(world: World, call: Call) -> Json:
    """A file that the bot may read."""
    return {"file": file_json(_readable(world, call.text("file")), world.workspace, world.url)}


def _readable(world: World, ref: str) -> File:
    """The bot's own file, one from its forms, or one shared where it is a member. Raises SlackError."""
    file = world.workspace.files.get(ref)
    if file is None or not file.ready:
        raise SlackError("file_not_found")
    if not is_seen(world, file):
        raise SlackError("file_not_found")
    return file


async def receive(world: World, request: Request) -> Response:
    """The upload itself, raw or as a multipart form."""
    file = world.workspace.files.get(request.path_params["file"])
    if file is None or file.received:
        return PlainTextResponse("not found", status_code=404)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            part = next((value for value in form.values() if not isinstance(value, str)), None)
            content = await part.read() if part else b""
    else:
        content = await request.body()
    if len(content) != file.length:
        return PlainTextResponse(f"expected {file.length} bytes", status_code=400)
    file.content, file.received = content, True
    return PlainTextResponse(f"OK - {len(content)}")


async def download(world: World, request: Request) -> Response:
    """A file's bytes, for a token that may read files; anybody else gets the sign-in page, as from Slack."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if token != BOT_TOKEN or not world.app.allows("files:read"):
        return Response("<!DOCTYPE html><title>Sign in to Slack</title>", media_type="text/html")
    try:
        file = _readable(world, request.path_params["file"].rpartition("-")[2])
    except SlackError as refusal:
        return JSONResponse(refusal.body(), status_code=404)
    return Response(file.content, media_type=file.mimetype)
