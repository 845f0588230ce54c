"""Socket Mode: the connections of an app, and payloads that travel over any one of them."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.delivery import DISPATCH_FAILED, TIMED_OUT, Undelivered
from bot.sandbox.state import Json

MAX_CONNECTIONS = 10


@dataclass(eq=False, slots=True)
class Connection:
    """One open WebSocket. A `leaving` one was asked to go; a `deaf` one is open but nothing comes through.

    `replaced` is set once another has come in the place of a leaving one, or it has gone by itself.
    """

    socket: WebSocket
    leaving: bool = False
    deaf: bool = False
    replaced: asyncio.Event = field(default_factory=asyncio.Event)


class Sockets:
    """The app's connections; `changed` is called when one has come or gone.

    Tickets are single-use addresses that `apps.connections.open` hands out.
    """

    def __init__(self, app_id: str, changed: Callable[[], None]) -> None:
        self.connections: list[Connection] = []
        self._app_id = app_id
        self._changed = changed
        self._tickets: set[str] = set()
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0

    def new_ticket(self) -> str:
        """A ticket for one connection, good until it is used."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection open until either side ends it."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= MAX_CONNECTIONS:
            await socket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        self._take_place()
        self.connections.append(connection)
        self._changed()
        try:
            await socket.send_json(self._hello())
            while True:
                self._acknowledge(connection, await socket.receive_json())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._forget(connection)

    async def send(self, kind: str, payload: Json, seconds: float, retry: Mapping[str, Any] | None = None) -> Json:
        """Deliver a payload and wait for its ack. Raises Undelivered."""
        connection = self._next()
        if connection is None:
            raise Undelivered(DISPATCH_FAILED)
        envelope_id = str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= retry or {"retry_attempt": 0, "retry_reason": ""}
        ack = self._acks[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            if not connection.deaf:
                await connection.socket.send_json(envelope)
            return await asyncio.wait_for(ack, seconds)
        except (TimeoutError, RuntimeError, WebSocketDisconnect) as failure:
            raise Undelivered(TIMED_OUT, "timeout") from failure
        finally:
            self._acks.pop(envelope_id, None)

    def chosen(self, which: int | None) -> list[Connection]:
        """All connections, or the one with this number, the oldest being 0. Raises ValueError if there is none."""
        if which is None:
            return self.connections[:]
        if not 0 <= which < len(self.connections):
            raise ValueError(f"there is no connection {which}, but {len(self.connections)} of them")
        return [self.connections[which]]

    async def disconnect(self, connections: list[Connection], reason: str) -> None:
        """Ask these to leave; they get new payloads only while there is no other."""
        for connection in connections:
            connection.leaving = True
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "wss-sandbox"}}
            with suppress(RuntimeError, WebSocketDisconnect):
                await connection.socket.send_json(frame)

    async def drop(self, connections: list[Connection]) -> None:
        """Cut these without a word beforehand, all at once."""
        await asyncio.gather(*(self._close(connection) for connection in connections))

    async def shut(self) -> None:
        """Cut all of them, and let none in with a ticket from before."""
        self._tickets.clear()
        await self.drop(self.connections[:])

    async def retire(self, connection: Connection, seconds: float, grace: float) -> None:
        """Cut one that was asked to leave, as Slack does: after a while, once another has taken its place.

        After `grace` more seconds it is cut even so.
        """
        await asyncio.sleep(seconds)
        with suppress(TimeoutError):
            await asyncio.wait_for(connection.replaced.wait(), grace)
        await self._close(connection)

    def deafen(self, connections: list[Connection], *, deaf: bool = True) -> None:
        """Keep these open but let nothing through in either direction."""
        for connection in connections:
            connection.deaf = deaf

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "connection_info": {"app_id": self._app_id},
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-sandbox",
                "started": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}.000",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
        }

    def _next(self) -> Connection | None:
        staying = [connection for connection in self.connections if not connection.leaving]
        able = staying or self.connections
        self._turn += 1
        return able[self._turn % len(able)] if able else None

    def _acknowledge(self, connection: Connection, frame: Json) -> None:
        ack = self._acks.get(frame.get("envelope_id", ""))
        if ack is not None and not ack.done() and not connection.deaf:
            payload = frame.get("payload")
            ack.set_result(payload if isinstance(payload, dict) else {})

    def _take_place(self) -> None:
        waited_for = (each for each in self.connections if each.leaving and not each.replaced.is_set())
        leaving = next(waited_for, None)
        if leaving is not None:
            leaving.replaced.set()

    def _forget(self, connection: Connection) -> None:
        connection.replaced.set()
        if connection in self.connections:
            self.connections.remove(connection)
            self._changed()

    async def _close(self, connection: Connection) -> None:
        if connection in self.connections:
            self._forget(connection)
            with suppress(RuntimeError):
                await connection.socket.close(code=1000)
