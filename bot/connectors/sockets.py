"""A Socket Mode connection: Slack's own client, without the seconds for which it does not listen."""

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.connectors.tokens import refusal

_CONNECT_SECONDS = 10
_PING_SECONDS = 3  # a connection that is silent for four times as long is given up
_LOOK_SECONDS = 0.01


class Socket(SocketModeClient):
    """One connection that hands what it receives to the Bolt app, and reconnects by itself.

    Slack's client reconnects beside the thread that reads, which then goes on reading from the old connection for
    up to 3 seconds, and one that was closed it takes for a good one for up to 10. Here the thread that reads
    reconnects. Where the token will never do it gives up, and hands Slack's word for why to ``refused``.
    """

    def __init__(self, bolt: App, app_token: str, api_url: str, refused: Callable[[str], None]) -> None:
        self._bolt, self._refused = bolt, refused
        self._read_session: Connection | None = None
        self._closing = False
        super().__init__(
            app_token=app_token,
            logger=bolt.logger,
            web_client=WebClient(token=app_token, base_url=api_url, timeout=_CONNECT_SECONDS),
            ping_interval=_PING_SECONDS,
            on_close_listeners=[self._follow_close],
        )
        self.socket_mode_request_listeners.append(self._dispatch)

    def issue_new_wss_url(self) -> str:
        """An address for the next connection; raises what ``WebClient`` does."""
        try:
            return super().issue_new_wss_url()
        except SlackApiError as error:
            word = refusal(error)
            if word:
                self._give_up()
                self._refused(word)
            raise

    def enqueue_message(self, message: str) -> None:
        """Takes what Slack sends; its word that the connection will end goes before the rest.

        What comes while the connection is being closed is left to Slack, which sends an event again.
        """
        if self._closing:
            return
        if '"disconnect"' in message and json.loads(message).get("type") == "disconnect":
            self._replace()
        else:
            super().enqueue_message(message)

    def close(self) -> None:
        """Answers what was received, then hangs up."""
        self._give_up()
        self._closing = True
        while not self.message_queue.empty():
            time.sleep(0.001)
        self.message_workers.shutdown()
        self.closed = True
        # Nothing is to wait any more for a message, nor for a read.
        self.message_queue.put(None)
        if self.current_session and self.current_session.sock:
            with suppress(OSError):
                self.current_session.sock.shutdown(socket.SHUT_RDWR)
        self._end_reading()
        super().close()

    def disconnect(self) -> None:
        """Hangs up; whether Slack still hears the goodbye does not matter."""
        # Whoever reads hangs up, too, once nothing comes any more: then the socket is gone in the midst of this.
        with suppress(OSError, AttributeError):
            super().disconnect()

    def _on_error(self, error: Exception) -> None:
        if not self._closing:
            super()._on_error(error)

    def _give_up(self) -> None:
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False

    def _run_current_session(self) -> None:
        self._read_session = self.current_session
        super()._run_current_session()  # type: ignore[no-untyped-call]

    def _end_reading(self) -> None:
        """Waits until nobody reads; who is just beginning to misses the first time that it is told to end."""
        reader = self.current_session_runner
        reader.event.set()
        while reader.is_alive():
            self.current_session_state.terminated = True
            reader.thread.join(_LOOK_SECONDS)

    def _follow_close(self, _code: int, _reason: str | None = None) -> None:
        # The end of a connection that was replaced is read along with the word that it will end.
        cut = self.current_session
        if cut is None or cut is not self._read_session:
            return
        try:
            self._replace()
        finally:
            cut.close()  # where none could take its place, it must not pass for a good one until pings fail

    def _replace(self) -> None:
        if self.auto_reconnect_enabled:
            self.connect_to_new_endpoint(force=True)

    def _dispatch(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        send_response(client, request, run_bolt_app(self._bolt, request), start_time=0)
