"""The server of the sandbox, which ends as soon as it is told to."""

import asyncio
import socket
from contextlib import suppress

import uvicorn
from websockets.exceptions import InvalidState

from bot.sandbox.routes import application
from bot.sandbox.world import World

_TICK_SECONDS = 1
_GRACE_SECONDS = 1
# How soon it is seen that the last connection is closed.
_LOOK_SECONDS = 0.002


class Server(uvicorn.Server):
    """Uvicorn looks ten times a second whether it should end and whether it has; tests start many of these."""

    def __init__(self, world: World) -> None:
        super().__init__(
            uvicorn.Config(
                application(world),
                log_config=None,
                lifespan="off",
                ws="websockets-sansio",
                access_log=False,
            )
        )
        self._told = asyncio.Event()

    def end(self) -> None:
        """Has it end; to be called on its loop."""
        self.should_exit = True
        self._told.set()

    async def main_loop(self) -> None:
        """Keeps the date that answers carry, until it is told to end."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), _TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes no connection any more, and waits a little until those that there are have ended."""
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in list(state.connections):
            # Uvicorn says goodbye also to a socket whose other end has just begun to.
            with suppress(InvalidState):
                connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                while state.connections or state.tasks:
                    await asyncio.sleep(_LOOK_SECONDS)
