"""The control API under `/sandbox/people/…`: whatever a person can see and do, as JSON over HTTP."""

import base64
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import actions, chat, membership, modals, sights, talk, unread
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.shapes import file_json
from bot.sandbox.state import Json, User
from bot.sandbox.surfaces import visible
from bot.sandbox.world import World

Doing = Callable[[World, User, Json], Awaitable[Json | None]]
Sight = Callable[[World, User, Mapping[str, str]], Json]


async def download(world: World, request: Request) -> Response:
    """GET: a shared file's bytes, for somebody in a conversation that it was shared in."""
    user = world.person(request.path_params["who"])
    file = world.workspace.files.get(request.query_params["id"])
    shared = [world.workspace.channels[ref] for ref in file.channels] if file else []
    if file is None or not any(user.id in channel.members for channel in shared):
        raise NotPossible("That file is not there.")
    # Whatever is in it never runs as a part of the page.
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(file.content, media_type=file.mimetype, headers=headers)


async def see(world: World, request: Request) -> Response:
    """GET: one part of a person's screen."""
    user = world.person(request.path_params["who"])
    sight = SIGHTS.get(request.path_params["what"])
    if sight is None:
        return JSONResponse({"error": "There is no such thing to see."}, status_code=404)
    return JSONResponse(sight(world, user, request.query_params))


async def do(world: World, request: Request) -> Response:
    """POST: one thing a person does; answers once the app was told of it and has acked."""
    user = world.person(request.path_params["who"])
    doing = DOINGS.get(request.path_params["what"])
    if doing is None:
        return JSONResponse({"error": "There is no such thing to do."}, status_code=404)
    if user.deleted:
        raise NotPossible(f"@{user.name} is deactivated.")
    answer = await doing(world, user, await request.json())
    await world.events.settled()
    return JSONResponse(answer or {})


async def _types(world: World, user: User, asked: Json) -> None:
    channel = sights.channel_for(world, user, asked["where"])
    await talk.type_line(world, user, channel, asked["text"], asked.get("thread_ts"))


async def _acts(world: World, user: User, asked: Json) -> None:
    await actions.act(world, user, asked, asked.get("value"))


async def _searches(world: World, user: User, asked: Json) -> Json:
    return {"options": await actions.search(world, user, asked, asked["text"])}


async def _submits(world: World, user: User, _asked: Json) -> None:
    await modals.submit(world, user)


async def _closes(world: World, user: User, asked: Json) -> None:
    await modals.close(world, user, everything=bool(asked.get("everything")))


async def _shortcuts(world: World, user: User, asked: Json) -> None:
    channel = sights.channel_for(world, user, asked["channel"]) if asked.get("channel") else None
    await talk.press_shortcut(world, user, asked["name"], channel, asked.get("ts", ""))


async def _uploads(world: World, user: User, asked: Json) -> None:
    channel = sights.channel_for(world, user, asked["where"])
    talk.upload(world, user, channel, _given(asked), asked.get("text", ""), asked.get("thread_ts"))


async def _attaches(world: World, user: User, asked: Json) -> None:
    files = [talk.own_file(world, user, name, content) for name, content in _given(asked)]
    for file in files:
        file.handed_over = True
    await actions.act(world, user, asked, [file_json(file, world.workspace, world.url) for file in files])


def _given(asked: Json) -> list[tuple[str, bytes]]:
    return [(each["name"], base64.b64decode(each["content"])) for each in asked["files"]]


async def _joins(world: World, user: User, asked: Json) -> None:
    channel = sights.channel_for(world, user, asked["where"])
    if channel.archived:
        raise NotPossible(f"{asked['where']} is archived.")
    if world.workspace.is_visitor(user.id):
        raise NotPossible(f"@{user.name} is a guest here: somebody has to add them to {asked['where']}.")
    membership.join(world, channel, user.id)


async def _leaves(world: World, user: User, asked: Json) -> None:
    membership.leave(world, sights.channel_for(world, user, asked["where"]), user.id)


async def _opens_home(world: World, user: User, asked: Json) -> None:
    talk.open_home(world, user, asked.get("tab", "home"))


async def _pauses(world: World, user: User, asked: Json) -> None:
    until = int(world.clock.now().timestamp() + asked["seconds"])
    membership.change_person(world, user, {"snoozed_until": until})


async def _reads(world: World, user: User, asked: Json) -> None:
    unread.mark_read(world, user, sights.channel_for(world, user, asked["where"]))


async def _reacts(world: World, user: User, asked: Json) -> None:
    channel = sights.channel_for(world, user, asked["channel"])
    try:
        chat.react(world, channel, visible(channel, user, asked["ts"]), user.id, asked["name"])
    except SlackError as refusal:
        raise NotPossible(refusal.code) from refusal


SIGHTS: dict[str, Sight] = {
    "conversations": sights.conversations,
    "home": sights.home,
    "messages": sights.messages,
    "modal": sights.modal,
    "notices": sights.notices,
    "thread": sights.thread,
}

DOINGS: dict[str, Doing] = {
    "acts": _acts,
    "attaches": _attaches,
    "closes": _closes,
    "joins": _joins,
    "leaves": _leaves,
    "opens_home": _opens_home,
    "pauses": _pauses,
    "reacts": _reacts,
    "reads": _reads,
    "searches": _searches,
    "shortcuts": _shortcuts,
    "submits": _submits,
    "types": _types,
    "uploads": _uploads,
}
