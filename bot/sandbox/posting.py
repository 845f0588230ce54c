"""HTTP mode: signed requests to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import ssl
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import h11

from bot.sandbox.app import VERIFICATION_TOKEN
from bot.sandbox.delivery import DISPATCH_FAILED, TIMED_OUT, Undelivered
from bot.sandbox.state import Json


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    content_type: str
    body: bytes

    def parsed(self) -> Json:
        """The body as an ack payload: JSON as it is, plain text as {"text": …}."""
        text = self.body.decode("utf-8", "replace").strip()
        if not text:
            return {}
        if "json" not in self.content_type:
            return {"text": text}
        parsed = json.loads(text)
        return parsed if isinstance(parsed, dict) else {}


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Slack's v0 signature over the raw body."""
    base = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class RequestUrl:
    """The app's request URL. Events go as JSON, commands as a form, interactions as a form with `payload`."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret

    async def send(self, kind: str, payload: Json, seconds: float, retry: Mapping[str, Any] | None = None) -> Json:
        """Post one payload. Raises Undelivered unless the app answers 200 in time."""
        if kind == "events_api":
            body, content_type = json.dumps(payload).encode(), "application/json"
        else:
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, content_type = urlencode(form).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": content_type}
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry["retry_attempt"])
            headers["X-Slack-Retry-Reason"] = retry["retry_reason"]
        reply = await self._post(body, headers, seconds)
        if reply.status != 200:
            raise Undelivered(DISPATCH_FAILED, "http_error")
        try:
            return reply.parsed()
        except ValueError as failure:
            raise Undelivered(DISPATCH_FAILED, "http_error") from failure

    async def verify(self, seconds: float) -> None:
        """The handshake when a request URL is entered. Raises Undelivered if the challenge does not come back."""
        challenge = uuid.uuid4().hex
        body = json.dumps(
            {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        ).encode()
        reply = await self._post(body, {"Content-Type": "application/json"}, seconds)
        if reply.status != 200 or challenge not in reply.body.decode("utf-8", "replace"):
            raise Undelivered("challenge_failed", "http_error")

    async def _post(self, body: bytes, headers: dict[str, str], seconds: float) -> _Reply:
        timestamp = int(time.time())
        headers |= {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": sign(self._secret, timestamp, body),
        }
        try:
            return await asyncio.wait_for(_exchange(self.url, headers, body), seconds)
        except TimeoutError as failure:
            raise Undelivered(TIMED_OUT, "http_timeout") from failure
        except (OSError, h11.RemoteProtocolError) as failure:
            raise Undelivered(DISPATCH_FAILED) from failure


async def _exchange(url: str, headers: Mapping[str, str], body: bytes) -> _Reply:
    """One POST on a connection of its own. Raises OSError or h11.RemoteProtocolError."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    reader, writer = await asyncio.open_connection(
        parts.hostname,
        parts.port or (443 if secure else 80),
        ssl=ssl.create_default_context() if secure else None,
    )
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fixed = {"Host": parts.netloc, "Connection": "close", "Content-Length": str(len(body))}
        request = h11.Request(method="POST", target=target, headers=list({**fixed, **headers}.items()))
        wire = h11.Connection(h11.CLIENT)
        for event in (request, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(wire.send(event) or b"")
        await writer.drain()
        return await _reply(wire, reader)
    finally:
        writer.close()


async def _reply(wire: h11.Connection, reader: asyncio.StreamReader) -> _Reply:
    status, content_type, body = 0, "", b""
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Response):
            status = event.status_code
            content_type = next((v.decode() for k, v in event.headers if k == b"content-type"), "")
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            return _Reply(status, content_type, body)
