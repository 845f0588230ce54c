"""Every address the sandbox answers."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox import answers, control, files, manage, webapi
from bot.sandbox.door import Door
from bot.sandbox.errors import NotPossible
from bot.sandbox.page.site import page_routes
from bot.sandbox.state import Json
from bot.sandbox.world import World

Endpoint = Callable[[World, Request], Awaitable[Response]]


def application(world: World) -> Starlette:
    """The ASGI application: Slack's own addresses, the control API under `/sandbox`, and the page at `/`."""
    return Starlette(
        routes=[
            _slack(world, "/api/{method}", webapi.answer, "GET", "POST"),
            _slack(world, "/hooks/{kind}/{team}/{key}", answers.respond, "POST"),
            _slack(world, "/upload/v1/{file}", files.receive, "POST", "PUT"),
            _slack(world, "/files/{file}/download/{name}", files.download, "GET"),
            _slack(world, "/files/{file}/{name}", files.download, "GET"),
            WebSocketRoute("/link/", world.sockets.serve),
            *_control(world),
            *page_routes(world),
        ],
        middleware=[Middleware(Door)],
    )


def _control(world: World) -> list[BaseRoute]:
    async def feed(socket: WebSocket) -> None:
        await _stream(world, socket)

    return [
        _guarded(world, "/sandbox/about", manage.about, "GET"),
        _guarded(world, "/sandbox/changes", manage.changes, "GET"),
        _guarded(world, "/sandbox/app", manage.install, "POST"),
        _guarded(world, "/sandbox/request-url", manage.request_url, "POST"),
        _guarded(world, "/sandbox/people", manage.list_people, "GET"),
        _guarded(world, "/sandbox/people", manage.add_person, "POST"),
        _guarded(world, "/sandbox/people/{who}", manage.change_person, "PATCH"),
        _guarded(world, "/sandbox/people/{who}/file", control.download, "GET"),
        _guarded(world, "/sandbox/people/{who}/{what}", control.see, "GET"),
        _guarded(world, "/sandbox/people/{who}/{what}", control.do, "POST"),
        _guarded(world, "/sandbox/channels", manage.list_channels, "GET"),
        _guarded(world, "/sandbox/channels", manage.add_channel, "POST"),
        _guarded(world, "/sandbox/channels/{name}", manage.change_channel, "PATCH"),
        _guarded(world, "/sandbox/clock", manage.read_clock, "GET"),
        _guarded(world, "/sandbox/clock", manage.move_clock, "POST"),
        _guarded(world, "/sandbox/faults", manage.list_faults, "GET"),
        _guarded(world, "/sandbox/faults", manage.add_fault, "POST"),
        _guarded(world, "/sandbox/faults", manage.clear_faults, "DELETE"),
        _guarded(world, "/sandbox/sockets", manage.upset_sockets, "POST"),
        WebSocketRoute("/sandbox/feed", feed),
    ]


def _route(world: World, path: str, endpoint: Endpoint, *methods: str) -> Route:
    async def bound(request: Request) -> Response:
        return await endpoint(world, request)

    return Route(path, bound, methods=list(methods))


def _slack(world: World, path: str, endpoint: Endpoint, *methods: str) -> Route:
    """An address of Slack's own: while Slack is away, nobody is there."""

    async def answered(world: World, request: Request) -> Response:
        if world.faults.is_away:
            return PlainTextResponse("upstream connect error", status_code=503)
        return await endpoint(world, request)

    return _route(world, path, answered, *methods)


def _guarded(world: World, path: str, endpoint: Endpoint, *methods: str) -> Route:
    """A control address: what cannot be done is said, with 409, and what makes no sense with 400."""

    async def told(world: World, request: Request) -> Response:
        try:
            return await endpoint(world, request)
        except NotPossible as refusal:
            return JSONResponse({"error": str(refusal)}, status_code=409)
        except (KeyError, TypeError, ValueError) as nonsense:
            return JSONResponse({"error": str(nonsense)}, status_code=400)

    return _route(world, path, told, *methods)


async def _stream(world: World, socket: WebSocket) -> None:
    """Send every change of the workspace as it happens."""
    await socket.accept()
    changes: asyncio.Queue[Json] = asyncio.Queue()
    end = world.workspace.feed.watch(changes.put_nowait)
    sender = asyncio.create_task(_forward(changes, socket))
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return
    finally:
        end()
        sender.cancel()


async def _forward(changes: asyncio.Queue[Json], socket: WebSocket) -> None:
    while True:
        await socket.send_json(await changes.get())
