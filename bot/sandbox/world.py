"""One running workspace: its state, its app, and everything that Slack does around them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.app import SIGNING_SECRET, App
from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Route
from bot.sandbox.errors import NotPossible
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.hooks import Hooks
from bot.sandbox.posting import RequestUrl
from bot.sandbox.rates import Rates
from bot.sandbox.sockets import Sockets
from bot.sandbox.state import SLACKBOT, Channel, Json, User, Workspace
from bot.sandbox.triggers import Triggers


@dataclass(frozen=True, slots=True)
class Times:
    """Slack's time limits in seconds; tests make them short.

    `replacement`: how long a connection whose time is over is kept while no other has come in its place.
    """

    ack: float = 3.0
    trigger: float = 3.0
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    hook: float = 1800.0
    hook_uses: int = 5
    replacement: float = 10.0


async def _nowhere() -> None:
    """Nothing is kept."""


@dataclass(slots=True)
class World:
    """Everything one sandbox holds. Only ever touched on the sandbox's own event loop.

    `kept` returns once everything up to now is written where the workspace is kept.
    """

    url: str
    app: App
    clock: Clock
    faults: Faults
    rates: Rates
    times: Times = field(default_factory=Times)
    workspace: Workspace = field(default_factory=Workspace)
    request_url: RequestUrl | None = None
    sockets: Sockets = field(init=False)
    events: Events = field(init=False)
    triggers: Triggers = field(init=False)
    hooks: Hooks = field(init=False)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    kept: Callable[[], Awaitable[None]] = _nowhere
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sockets = Sockets(self.app.id, lambda: self.workspace.feed.publish("connections"))
        self.triggers = Triggers(self.times.trigger)
        self.hooks = Hooks(self.times.hook, self.times.hook_uses)
        self.events = Events(
            self.workspace,
            lambda: self.app,
            self.route,
            ack_seconds=self.times.ack,
            delays=self.times.event_retries,
        )
        team = self.workspace.team_id
        users = self.workspace.users
        users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", team)
        self.install(self.app)
        self.workspace.feed.watch(self._heed)

    def install(self, app: App) -> None:
        """Install the app, or what its manifest became."""
        self.app = app
        handle = app.name.lower().replace(" ", "")
        bot = User(app.bot_user_id, handle, app.name, self.workspace.team_id, is_bot=True)
        self.workspace.users[app.bot_user_id] = bot
        self.workspace.feed.publish("app", app=app.id)

    def route(self) -> Route:
        """The way to the app: its request URL if it has one, else its sockets."""
        # While Slack is away, the sockets are cut and nothing goes through them.
        if self.request_url is None or self.faults.is_away:
            return self.sockets
        return self.request_url

    def _heed(self, change: Json) -> None:
        if change["kind"] == "faults" and self.faults.is_away:
            self.spawn(self.sockets.shut())

    def set_request_url(self, url: str | None) -> None:
        """Send to this URL from now on, unverified; with None to the sockets."""
        self.request_url = RequestUrl(url, SIGNING_SECRET) if url else None

    async def send(self, kind: str, payload: Json) -> Json:
        """Deliver an interaction or command. Raises Undelivered."""
        return await self.route().send(kind, payload, self.times.ack)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run in the background until done or the sandbox stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def pause(self, seconds: float) -> None:
        """Sleep, but not longer than the sandbox lives."""
        try:
            await asyncio.wait_for(self.closing.wait(), seconds)
        except TimeoutError:
            return

    def person(self, name: str) -> User:
        """Raises NotPossible if nobody is called that."""
        user = self.workspace.user_named(name)
        if user is None:
            raise NotPossible(f"There is nobody called @{name.removeprefix('@')}.")
        return user

    def bot_sees(self, channel: Channel) -> bool:
        """Private conversations do not exist for a bot that is not in them."""
        return channel.kind == "public" or self.app.bot_user_id in channel.members

    def direct_with_bot(self, user: str) -> Channel:
        """The direct message between the bot and this user id, opened if need be."""
        return self.workspace.direct([user, self.app.bot_user_id])
