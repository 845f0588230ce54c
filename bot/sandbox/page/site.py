"""The addresses of the page: itself, its fragments and its static files."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.errors import NotPossible
from bot.sandbox.page import screens
from bot.sandbox.page.bar import bar
from bot.sandbox.page.templating import HERE, part
from bot.sandbox.state import Json, User
from bot.sandbox.world import World

Screen = Callable[[World, User, Request], Json]

POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data:"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page_routes(world: World) -> list[BaseRoute]:
    """The page at `/`, and under `/page/{who}/` the fragments by which it stays up to date."""

    async def page(request: Request) -> Response:
        return _drawn("page", screens.page(world, request.query_params))

    return [
        Route("/", page),
        Mount("/page/static", StaticFiles(directory=HERE / "static")),
        _fragment(world, "bar", lambda world, user, _: bar(world, user)),
        _fragment(world, "sidebar", lambda world, user, asked: screens.sidebar(world, user, asked.query_params)),
        _fragment(world, "places", lambda world, user, _: screens.places(world, user)),
        _fragment(world, "people", lambda world, user, _: screens.actors(world, user)),
        _fragment(world, "conversation", _conversation, "/{where}"),
        _fragment(world, "thread", _thread, "/{where}/{ts}"),
        _fragment(world, "app", lambda world, user, _: screens.app(world, user)),
        _fragment(world, "modal", lambda world, user, _: screens.modal(world, user)),
    ]


def _conversation(world: World, user: User, request: Request) -> Json:
    asked = request.query_params.get("most", "")
    most = int(asked) if asked.isdecimal() else screens.MOST
    return screens.conversation(world, user, request.path_params["where"], most)


def _thread(world: World, user: User, request: Request) -> Json:
    return screens.thread(world, user, request.path_params["where"], request.path_params["ts"])


def _fragment(world: World, name: str, screen: Screen, rest: str = "") -> Route:
    """A part of the screen of one person; what they cannot see is said in its place."""

    async def fragment(request: Request) -> Response:
        try:
            user = world.person(request.path_params["who"])
            return _drawn(name, screen(world, user, request))
        except NotPossible as refusal:
            return _drawn("refused", {"why": str(refusal)})

    return Route(f"/page/{{who}}/{name}{rest}", fragment)


def _drawn(template: str, context: Json) -> Response:
    return HTMLResponse(part(template, context), headers=HEADERS)
