"""The serving process: gunicorn with one worker, Slack over HTTP or over sockets that the worker opens."""

import fcntl
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from gunicorn.app.base import BaseApplication
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Floorwalker, build, build_cards, build_clerk, build_sender, build_ticker
from bot.connectors.sockets import Socket
from bot.connectors.tokens import refusal
from bot.settings import Mode, Settings
from bot.web_calendar import PREFIX, answer_calendar
from storage.db import database_url

log = structlog.get_logger()

# A connection hears nothing while it is being replaced; with two, one always listens.
SOCKETS = 2
_RECONNECT_SECONDS = 5
_THREADS = 16


class AlreadyServed(Exception):
    """Another process serves this SQLite file."""


class AppTokenRefused(Exception):
    """Slack will never take the app token, so nothing that people do would reach the bot."""


class Sockets:
    """The Socket Mode connections, opened in the background and for as long as Slack is away.

    ``give_up`` is called where Slack will never take the app token.
    """

    def __init__(self, floorwalker: Floorwalker, give_up: Callable[[], None]) -> None:
        settings = floorwalker.deps.settings
        token = settings.app_token.get_secret_value() if settings.app_token else ""
        self._sockets = [Socket(floorwalker.bolt, token, settings.api_url, self._refused) for _ in range(SOCKETS)]
        self._give_up = give_up
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
                if refusal(error):
                    return
                code = error.response.get("error") if isinstance(error, SlackApiError) else None
                log.warning("cannot connect to Slack yet", error=type(error).__name__, code=code)
                self._closing.wait(_RECONNECT_SECONDS)

    def _refused(self, word: str) -> None:
        log.error("Slack refuses SLACK_APP_TOKEN", code=word)
        self._give_up()


class Site:
    """The WSGI application: Slack's endpoint, calendar feeds and a health check."""

    def __init__(self, floorwalker: Floorwalker, mode: Mode, give_up: Callable[[], None] = lambda: None) -> None:
        self._floorwalker = floorwalker
        self._slack = SlackRequestHandler(floorwalker.bolt) if mode is Mode.HTTP else None
        self.sockets = Sockets(floorwalker, give_up) if mode is Mode.SOCKET else None
        self.ticker = build_ticker(floorwalker.deps)
        self.clerk = build_clerk(floorwalker.deps)
        self.sender = build_sender(floorwalker.deps, build_cards(floorwalker.deps))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz":
            return self._health(start_response)
        if environ["PATH_INFO"].startswith(PREFIX):
            return answer_calendar(self._floorwalker.deps, environ, start_response)
        if self._slack:
            return self._slack(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Slack reaches this bot by Socket Mode.\n"]

    def open(self) -> None:
        """Connects to Slack, and starts sending messages, reading uploads and looking at the clock."""
        if self.sockets:
            self.sockets.open()
        self.sender.start()
        self.clerk.start()
        self.ticker.start()

    def close(self) -> None:
        """Lets go of Slack, then of the database; of each also if another makes trouble."""
        with ExitStack() as stack:
            stack.callback(self._floorwalker.close)
            stack.callback(self.sender.close)
            stack.callback(self.clerk.close)
            stack.callback(self.ticker.stop)
            if self.sockets:
                stack.callback(self.sockets.close)

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
        # The worker says so, and this process, which started it, ends.
        self._arbiter = os.getpid()
        self._refused = multiprocessing.get_context("fork").Event()
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self._settings.listens_on(self._mode),
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

    def run(self) -> None:
        try:
            super().run()
        except SystemExit:
            if self._refused.is_set():
                raise AppTokenRefused from None
            raise

    def load(self) -> Any:
        self._site = Site(build(self._settings), self._mode, self._give_up)
        return self._site

    def _give_up(self) -> None:
        self._refused.set()
        os.kill(self._arbiter, signal.SIGTERM)

    def _started(self, _worker: object) -> None:
        if self._site:
            self._site.open()
        log.info("ready", mode=self._mode.value, listens=self._settings.listens_on(self._mode))

    def _exited(self, _server: object, _worker: object) -> None:
        if self._site:
            self._site.close()


def serve(settings: Settings, mode: Mode) -> None:
    """Serves until it is told to stop.

    Raises ``AlreadyServed`` where another process has the SQLite file, and ``AppTokenRefused`` once Slack has.
    """
    lock = take_file(settings.database_url)
    try:
        _Server(settings, mode).run()
    finally:
        if lock:
            lock.close()


def take_file(url: str) -> IO[str] | None:
    """Holds a lock beside an SQLite file: its writers queue within one process only.

    Raises ``AlreadyServed`` where another process holds it.
    """
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
