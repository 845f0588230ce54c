"""The control API under `/sandbox/…`: the workspace itself, its people and channels, clock, faults and sockets."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import membership, sights
from bot.sandbox.app import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, App, app_of
from bot.sandbox.delivery import Undelivered
from bot.sandbox.errors import NotPossible
from bot.sandbox.events import check_subscriptions
from bot.sandbox.faults import Fault
from bot.sandbox.shapes import channel_json, user_json
from bot.sandbox.state import SLACKBOT, Channel, Json
from bot.sandbox.world import World


async def about(world: World, _request: Request) -> Response:
    """The workspace and its app, with what a client of it needs to connect."""
    app, workspace = world.app, world.workspace
    commands = app.commands or {}
    return JSONResponse(
        {
            "team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain},
            "app": {"id": app.id, "name": app.name, "bot_id": app.bot_id, "bot_user_id": app.bot_user_id},
            "tokens": {"bot": BOT_TOKEN, "app": APP_TOKEN, "signing_secret": SIGNING_SECRET},
            "commands": [
                {"name": c.name, "hint": c.usage_hint, "about": c.description} for c in commands.values()
            ],
            "shortcuts": [{"name": s.name, "kind": s.kind} for s in app.shortcuts],
            "connections": len(world.sockets.connections),
            "version": workspace.feed.version,
        }
    )


async def changes(world: World, request: Request) -> Response:
    """GET: the version of the workspace, once it is another than `since` or after `seconds`.

    Whoever waits when the sandbox stops is answered then.
    """
    feed = world.workspace.feed
    since, seconds = request.query_params.get("since"), float(request.query_params.get("seconds", 0))
    changed = asyncio.Event()
    end = feed.watch(lambda _change: changed.set())
    waits = [asyncio.create_task(event.wait()) for event in (changed, world.closing)]
    try:
        if since == str(feed.version):
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        end()
        for each in waits:
            each.cancel()
    return JSONResponse({"version": feed.version})


async def install(world: World, request: Request) -> Response:
    """POST {"manifest": …}: install the app anew with this manifest."""
    world.install(app_from((await request.json()).get("manifest")))
    return JSONResponse({})


def app_from(manifest: Mapping[str, Any] | None) -> App:
    """The app as it can be installed here. Raises ValueError if it subscribes to what would never come."""
    app = app_of(manifest)
    check_subscriptions(app)
    return app


async def request_url(world: World, request: Request) -> Response:
    """POST {"url": … or null}: switch to HTTP mode once the URL gives the challenge back, or to Socket Mode."""
    await set_request_url(world, (await request.json())["url"])
    return JSONResponse({})


async def set_request_url(world: World, url: str | None) -> None:
    """Raises ValueError, and keeps what was there, if the URL does not give the challenge back."""
    before = world.request_url
    world.set_request_url(url)
    if world.request_url is None:
        return
    try:
        await world.request_url.verify(world.times.ack)
    except Undelivered as failure:
        world.request_url = before
        raise ValueError("Your URL didn't respond with the value of the challenge parameter.") from failure


async def list_people(world: World, _request: Request) -> Response:
    """GET: everybody, as `users.info` gives them."""
    return JSONResponse(sights.people(world))


async def add_person(world: World, request: Request) -> Response:
    """POST: the arguments of `membership.invite_person`."""
    user = membership.invite_person(world, **await request.json())
    await world.events.settled()
    return JSONResponse(user_json(user, world.clock.now()))


async def change_person(world: World, request: Request) -> Response:
    """PATCH: name, tz, deleted and so on."""
    user = world.person(request.path_params["who"])
    membership.change_person(world, user, await request.json())
    await world.events.settled()
    return JSONResponse(user_json(user, world.clock.now()))


async def list_channels(world: World, _request: Request) -> Response:
    """GET: the public and private channels, with the handles of their members."""
    channels = [c for c in world.workspace.channels.values() if c.kind in ("public", "private")]
    return JSONResponse({"channels": [_channel(world, channel) for channel in channels]})


async def add_channel(world: World, request: Request) -> Response:
    """POST {"name", "private", "members": […], "bot"}."""
    asked = await request.json()
    channel = create_channel(
        world,
        asked["name"],
        private=bool(asked.get("private")),
        members=asked.get("members", []),
        bot=bool(asked.get("bot")),
    )
    return JSONResponse(_channel(world, channel))


def create_channel(world: World, name: str, *, private: bool, members: list[str], bot: bool) -> Channel:
    """Add a channel with these people in it, by handle."""
    ids = [world.person(member).id for member in members]
    ids += [world.app.bot_user_id] if bot else []
    return membership.create(world, name, private=private, creator=ids[0] if ids else SLACKBOT, members=ids)


async def change_channel(world: World, request: Request) -> Response:
    """PATCH {"archived", "add": […], "remove": […]}; people by handle."""
    channel = world.workspace.channel_named(request.path_params["name"])
    if channel is None:
        raise NotPossible("There is no such channel.")
    asked = await request.json()
    for name in asked.get("add", ()):
        membership.join(world, channel, world.person(name).id)
    for name in asked.get("remove", ()):
        membership.leave(world, channel, world.person(name).id)
    if "archived" in asked:
        membership.archive(world, channel, channel.creator, archived=bool(asked["archived"]))
    await world.events.settled()
    return JSONResponse(_channel(world, channel))


async def read_clock(world: World, _request: Request) -> Response:
    """GET: the business instant, in ISO 8601."""
    return JSONResponse({"now": world.clock.now().isoformat()})


async def move_clock(world: World, request: Request) -> Response:
    """POST {"now": instant}, {"seconds": how far} or {} for real time; with "tz", `now` is a time on that wall."""
    asked = await request.json()
    if "now" in asked:
        instant = datetime.fromisoformat(asked["now"])
        world.clock.set(instant.replace(tzinfo=ZoneInfo(asked["tz"])) if "tz" in asked else instant)
    elif "seconds" in asked:
        world.clock.move(timedelta(seconds=asked["seconds"]))
    else:
        world.clock.reset()
    return await read_clock(world, request)


async def list_faults(world: World, _request: Request) -> Response:
    """GET: the faults that are on."""
    return JSONResponse({"faults": world.faults.listed()})


async def add_fault(world: World, request: Request) -> Response:
    """POST: the fields of a Fault."""
    world.faults.add(Fault(**await request.json()))
    return await list_faults(world, request)


async def clear_faults(world: World, request: Request) -> Response:
    """DELETE: switch all faults off, or those of one `kind`."""
    world.faults.clear(request.query_params.get("kind"))
    return await list_faults(world, request)


async def upset_sockets(world: World, request: Request) -> Response:
    """POST {"do": "drop", "deafen", "hear" or a reason to disconnect, "seconds": until closed, "which"}."""
    asked = await request.json()
    await upset(world, asked["do"], float(asked.get("seconds", 10)), asked.get("which"))
    return JSONResponse({"connections": len(world.sockets.connections)})


async def upset(world: World, what: str, seconds: float, which: int | None = None) -> None:
    """Do to the app's sockets what Slack or the network may do. Raises ValueError for anything else."""
    meant = world.sockets.chosen(which)
    match what:
        case "drop":
            await world.sockets.drop(meant)
        case "deafen" | "hear":
            world.sockets.deafen(meant, deaf=what == "deafen")
        case "warning" | "refresh_requested" | "link_disabled":
            await world.sockets.disconnect(meant, what)
            grace = 0.0 if what == "link_disabled" else world.times.replacement
            for connection in meant:
                world.spawn(world.sockets.retire(connection, seconds, grace))
        case _:
            raise ValueError(f"sockets cannot {what}")


def _channel(world: World, channel: Channel) -> Json:
    shape = channel_json(channel, world.workspace, world.app.bot_user_id)
    return shape | {"members": [world.workspace.users[member].name for member in channel.members]}
