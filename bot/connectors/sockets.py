"""A Socket Mode connection: Slack's own client, without the seconds for which it does not listen."""

import json
import socket
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

_CONNECT_SECONDS = 10
_PING_SECONDS = 3  # a connection that is silent for four times as long is given up


class Socket(SocketModeClient):
    """One connection that hands what it receives to the Bolt app, and reconnects by itself.

    Slack's client reconnects beside the thread that reads, which then goes on reading from the old connection for
    up to 3 seconds, and one that was closed it takes for a good one for up to 10. Here the thread that reads
    reconnects.
    """

    def __init__(self, bolt: App, app_token: str, api_url: str) -> None:
        self._bolt = bolt
        self._read_session: Connection | None = None
        super().__init__(
            app_token=app_token,
            logger=bolt.logger,
            web_client=WebClient(token=app_token, base_url=api_url, timeout=_CONNECT_SECONDS),
            ping_interval=_PING_SECONDS,
            on_close_listeners=[self._follow_close],
        )
        self.socket_mode_request_listeners.append(self._dispatch)

    def enqueue_message(self, message: str) -> None:
        """Takes what Slack sends; its word that the connection will end goes before the rest."""
        if '"disconnect"' in message and json.loads(message).get("type") == "disconnect":
            self._replace()
        else:
            super().enqueue_message(message)

    def close(self) -> None:
        """Answers what was received, then hangs up."""
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
        self.message_workers.shutdown()
        self.closed = True
        # Nothing is to wait any more for a message, nor for a read.
        self.message_queue.put(None)
        if self.current_session and self.current_session.sock:
            with suppress(OSError):
                self.current_session.sock.shutdown(socket.SHUT_RDWR)
        super().close()

    def _run_current_session(self) -> None:
        self._read_session = self.current_session
        super()._run_current_session()  # type: ignore[no-untyped-call]

    def _follow_close(self, _code: int, _reason: str | None = None) -> None:
        # The end of a connection that was replaced is read along with the word that it will end.
        if self.current_session is self._read_session:
            self._replace()

    def _replace(self) -> None:
        if self.auto_reconnect_enabled:
            self.connect_to_new_endpoint(force=True)

    def _dispatch(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        send_response(client, request, run_bolt_app(self._bolt, request), start_time=0)
