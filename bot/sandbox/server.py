"""The sandbox itself: a workspace that runs in a thread of this process."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from bot.sandbox import manage, membership, sights
from bot.sandbox.app import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.keeping import Keeper, NotKept, restore
from bot.sandbox.person import Person
from bot.sandbox.rates import Rates
from bot.sandbox.serving import Server
from bot.sandbox.state import Json, handle_of
from bot.sandbox.world import Times, World

T = TypeVar("T")


class Sandbox:
    """A Slack-compatible workspace on this machine, with #general in it.

    Its methods raise RuntimeError unless it runs, and ValueError for a manifest that it cannot serve.
    Without a manifest the app may do anything. With `request_url` it is reached over HTTP, else in Socket Mode.
    `rates` is "slack" or "off"; `rate_scale` multiplies what is allowed, `burst` is how many posts a channel
    takes at once. With `kept` the workspace is kept in that file, and continued if the file is there; it raises
    NotKept if it cannot be.
    Use it as a context manager, or call `start` and `stop`.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(
        self,
        manifest: Mapping[str, Any] | None = None,
        port: int = 0,
        request_url: str | None = None,
        *,
        rates: Literal["slack", "off"] = "slack",
        rate_scale: float = 1.0,
        burst: int = 5,
        times: Times | None = None,
        kept: Path | None = None,
    ) -> None:
        app, allowed = manage.app_from(manifest), Rates(rates, rate_scale, burst)
        self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.api_url = f"{self.url}/api/"
        self._loop = asyncio.new_event_loop()
        self.clock = Clock(lambda: self._changed("clock"))
        self.faults = Faults(lambda: self._changed("faults"))
        self._world = World(
            url=self.url,
            app=app,
            clock=self.clock,
            faults=self.faults,
            rates=allowed,
            times=times or Times(),
        )
        self._world.set_request_url(request_url)
        self.continued = kept is not None and kept.exists()
        self._keeper = Keeper(self._world, kept) if kept else None
        if self._keeper:
            self._world.kept = self._keeper.caught_up
        if kept and self.continued:
            self._continue(kept)
        else:
            bot = self._world.app.bot_user_id
            membership.create(self._world, "general", creator=bot, members=[bot])
        self._server = Server(self._world)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    @property
    def team_id(self) -> str:
        """The id by which the app knows this workspace."""
        return self._world.workspace.team_id

    @property
    def bot_user_id(self) -> str:
        """The user id under which the bot posts and is mentioned."""
        return self._world.app.bot_user_id

    def start(self) -> Self:
        """Serve, in a thread of its own. It can be done once."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every connection and wait until nothing runs any more."""
        if self._thread.is_alive():
            self._on_loop(self._world.closing.set)
            self._on_loop(self._server.end)
            self._thread.join()
        self._loop.close()
        self._listener.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def person(self, name: str, *, patience: float = 5.0) -> Person:
        """The client that does and sees what this person does and sees."""
        return Person(self.url, name, patience=patience)

    def invite(
        self,
        name: str,
        *,
        real_name: str = "",
        email: str = "",
        title: str = "",
        tz: str = "Etc/UTC",
        hour24: bool = False,
        admin: bool = False,
        guest: bool = False,
        outside: bool = False,
        announce: bool = False,
    ) -> Person:
        """Add a person, into #general unless guest or outsider; `announce` sends the app `team_join`."""

        def add() -> None:
            membership.invite_person(
                self._world,
                name,
                real_name=real_name,
                email=email,
                title=title,
                tz=tz,
                hour24=hour24,
                admin=admin,
                guest=guest,
                outside=outside,
                announce=announce,
            )

        self._on_loop(add)
        return self.person(handle_of(name))

    def channel(self, name: str, *, private: bool = False, members: Sequence[str] = (), bot: bool = False) -> str:
        """Add a channel with these people in it, and the bot if asked; its id."""

        def add() -> str:
            channel = manage.create_channel(self._world, name, private=private, members=list(members), bot=bot)
            return channel.id

        return self._on_loop(add)

    def group(self, handle: str, members: Sequence[str]) -> str:
        """Add a user group of these people; its id."""
        plain = handle.removeprefix("@")

        def add() -> str:
            ids = [self._world.person(member).id for member in members]
            return membership.create_group(self._world, plain, plain, ids).id

        return self._on_loop(add)

    def people(self) -> dict[str, Json]:
        """Everybody as `users.info` gives them, by handle."""
        people = self._on_loop(lambda: sights.people(self._world))["people"]
        return {person["name"]: person for person in people}

    def user_id(self, name: str) -> str:
        """The id of a person or bot, by handle. Raises NotPossible if there is none."""
        return self._on_loop(lambda: self._world.person(name).id)

    def channel_id(self, name: str) -> str:
        """The id of a channel, by name. Raises LookupError if there is none."""

        def look() -> str:
            channel = self._world.workspace.channel_named(name)
            if channel is None:
                raise LookupError(f"there is no channel {name}")
            return channel.id

        return self._on_loop(look)

    def set_manifest(self, manifest: Mapping[str, Any] | None) -> None:
        """Install the app anew as this manifest describes it."""
        self._on_loop(lambda: self._world.install(manage.app_from(manifest)))

    def set_request_url(self, url: str | None) -> None:
        """Switch to HTTP mode, or with None to Socket Mode. Raises ValueError if the URL fails the challenge."""
        self._await(manage.set_request_url(self._world, url))

    def sockets(self, what: str | None = None, *, which: int | None = None, seconds: float = 10) -> int:
        """How many connections the app has.

        First does what `what` says: "warning", "refresh_requested" or "link_disabled" (they are closed after
        `seconds`, the former two not before another has taken their place), "drop", "deafen" or "hear"; to all, or
        to the one numbered `which` from the oldest. Raises ValueError for anything else.
        """
        if what is not None:
            self._await(manage.upset(self._world, what, seconds, which))
        return self._on_loop(lambda: len(self._world.sockets.connections))

    def keep(self) -> None:
        """Return once everything up to now is written where the workspace is kept, if it is."""

        async def written() -> None:
            await self._world.kept()

        self._await(written())

    def _continue(self, kept: Path) -> None:
        try:
            restore(self._world, kept)
        except NotKept:
            self._loop.close()
            self._listener.close()
            raise

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        if self._keeper:
            self._keeper.start()
        await self._server.serve(sockets=[self._listener])
        if self._keeper:
            self._keeper.stop()
        current = asyncio.current_task()
        left = [task for task in asyncio.all_tasks() if task is not current]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _on_loop(self, act: Callable[[], T]) -> T:
        async def acted() -> T:
            return act()

        return self._await(acted())

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        if not self._thread.is_alive():
            work.close()
            raise RuntimeError("the sandbox does not run")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _changed(self, kind: str) -> None:
        self._loop.call_soon_threadsafe(lambda: self._world.workspace.feed.publish(kind))
