"""Ordinary Bolt apps that know nothing of the sandbox, and the two ways in which they connect."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox


def new_app(sandbox: Sandbox, **settings: Any) -> App:
    """A Bolt app that finishes its work before it acks."""
    return App(
        client=web(sandbox),
        signing_secret=sandbox.signing_secret,
        process_before_response=True,
        **settings,
    )


def web(sandbox: Sandbox, token: str | None = None) -> WebClient:
    return WebClient(token=token or sandbox.bot_token, base_url=sandbox.api_url, timeout=10)


@contextmanager
def socket_mode(sandbox: Sandbox, app: App, connections: int = 1) -> Iterator[list[SocketModeHandler]]:
    """Connect the app by WebSocket. At the end the sandbox hangs up first, since the client is slow to."""
    client = web(sandbox, sandbox.app_token)
    handlers = [
        SocketModeHandler(app, sandbox.app_token, web_client=client, ping_interval=1) for _ in range(connections)
    ]
    for handler in handlers:
        handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield handlers
    finally:
        for handler in handlers:
            handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
            with handler.client.connect_operation_lock:
                pass  # cut off in the midst of it, a reconnect would leave its socket open
        while sandbox.sockets("drop") or any(handler.client.is_connected() for handler in handlers):
            time.sleep(0.01)
        for handler in handlers:
            handler.close()  # type: ignore[no-untyped-call]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return None


@contextmanager
def served(wsgi: Any) -> Iterator[str]:
    """Serve a WSGI application in threads; its root address."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(wsgi)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def http_mode(sandbox: Sandbox, app: App) -> Iterator[str]:
    """Serve the app and enter its request URL in the sandbox."""
    with served(SlackRequestHandler(app)) as root:
        sandbox.set_request_url(f"{root}/slack/events")
        yield root


def modal(*blocks: dict[str, Any], title: str = "Form", callback_id: str = "form", **rest: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **rest,
    }


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, **rest: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **rest}


def field(label: str, block_id: str, **element: Any) -> dict[str, Any]:
    """An input block; its element is a text field called `value` unless said otherwise."""
    optional = element.pop("optional", False)
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "element": {"type": "plain_text_input", "action_id": "value", **element},
    }


def button(label: str, action_id: str, **rest: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(label), **rest}


def buttons(*elements: dict[str, Any], block_id: str = "buttons") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]
