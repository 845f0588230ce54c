"""Handing a payload to the app, whichever way it listens."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.sandbox.state import Json

TIMED_OUT = "operation_timeout"
DISPATCH_FAILED = "dispatch_failed"


class Undelivered(Exception):
    """The app did not take a payload: `reason` is Slack's word for it, `detail` what a retry header says."""

    def __init__(self, reason: str, detail: str = "connection_failed") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Route(Protocol):
    """A way to the app: its sockets or its request URL."""

    async def send(self, kind: str, payload: Json, seconds: float, retry: Mapping[str, Any] | None = None) -> Json:
        """Deliver one payload of this envelope kind and return what the app answered."""
