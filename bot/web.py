"""The serving process: gunicorn with one worker, Slack over HTTP or over sockets that the worker opens."""

import fcntl
import json
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from gunicorn.app.base import BaseApplication
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Floorwalker, build, build_cards, build_sender, build_ticker
from bot.connectors.sockets import Socket
from bot.settings import Mode, Settings
from storage.db import database_url

log = structlog.get_logger()

# A connection hears nothing while it is being replaced; with two, one always listens.
SOCKETS = 2
_RECONNECT_SECONDS = 5
_THREADS = 16


class AlreadyServed(Exception):
    """Another process serves this SQLite file."""


class Sockets:
    """The Socket Mode connections, opened in the background and for as long as Slack is away."""

    def __init__(self, floorwalker: Floorwalker) -> None:
        settings = floorwalker.deps.settings
        token = settings.app_token.get_secret_value() if settings.app_token else ""
        self._sockets = [Socket(floorwalker.bolt, token, settings.api_url) for _ in range(SOCKETS)]
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._open, args=(each,), daemon=True) for each in self._sockets]

    def open(self) -> None:
        """Starts connecting; each connection then reconnects by itself."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Closes the connections; what they have received is answered first."""
        self._closing.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()
        for each in self._sockets:
            each.close()

    def connected(self) -> int:
        """How many connections are up."""
        return sum(each.is_connected() for each in self._sockets)

    def _open(self, socket: Socket) -> None:
        while not self._closing.is_set():
            try:
                socket.connect()
                return
            except (SlackClientError, OSError) as error:
                code = error.response.get("error") if isinstance(error, SlackApiError) else None
                log.warning("cannot connect to Slack yet", error=type(error).__name__, code=code)
                self._closing.wait(_RECONNECT_SECONDS)


class Site:
    """The WSGI application: Slack's endpoint and a health check."""

    def __init__(self, floorwalker: Floorwalker, mode: Mode) -> None:
        self._floorwalker = floorwalker
        self._slack = SlackRequestHandler(floorwalker.bolt) if mode is Mode.HTTP else None
        self.sockets = Sockets(floorwalker) if mode is Mode.SOCKET else None
        self.ticker = build_ticker(floorwalker.deps)
        self.sender = build_sender(floorwalker.deps, build_cards())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz":
            return self._health(start_response)
        if self._slack:
            return self._slack(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Slack reaches this bot by Socket Mode.\n"]

    def close(self) -> None:
        """Lets go of Slack, then of the database."""
        if self.sockets:
            self.sockets.close()
        self.ticker.stop()
        self.sender.close()
        self._floorwalker.close()

    def _health(self, start_response: StartResponse) -> Iterable[bytes]:
        state: dict[str, Any] = {"database": self._database_answers()}
        if self.sockets:
            state["sockets"] = self.sockets.connected()
        healthy = all(state.values())
        start_response(
            "200 OK" if healthy else "503 Service Unavailable",
            [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
        )
        return [json.dumps({"ok": healthy, **state}).encode() + b"\n"]

    def _database_answers(self) -> bool:
        with suppress(SQLAlchemyError), self._floorwalker.deps.sessions.engine.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1
        return False


class _Server(BaseApplication):
    """One worker: the state of the bot is in the database, and so is what joins several replicas."""

    def __init__(self, settings: Settings, mode: Mode) -> None:
        self._settings, self._mode = settings, mode
        self._site: Site | None = None
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"0.0.0.0:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": _THREADS,
            "loglevel": "warning",
            "post_worker_init": self._started,
            "worker_exit": self._exited,
            "control_socket_disable": True,
        }
        for key, value in options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        self._site = Site(build(self._settings), self._mode)
        return self._site

    def _started(self, _worker: object) -> None:
        if self._site and self._site.sockets:
            self._site.sockets.open()
        if self._site:
            self._site.sender.start()
            self._site.ticker.start()
        log.info("ready", mode=self._mode.value, port=self._settings.port)

    def _exited(self, _server: object, _worker: object) -> None:
        if self._site:
            self._site.close()


def serve(settings: Settings, mode: Mode) -> None:
    """Serves until it is told to stop; raises ``AlreadyServed`` where another process has the SQLite file."""
    lock = _take_file(settings.database_url)
    try:
        _Server(settings, mode).run()
    finally:
        if lock:
            lock.close()


def _take_file(url: str) -> IO[str] | None:
    """Holds a lock beside an SQLite file: its writers queue within one process only."""
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    lock = Path(f"{parsed.database}.lock").open("w")  # noqa: SIM115 - held for as long as the process serves
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AlreadyServed from None
    return lock
