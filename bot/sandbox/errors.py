"""How the sandbox says no: with Slack's own error codes."""

from collections.abc import Iterable
from typing import Any


class SlackError(Exception):
    """A Web API call is refused.

    `code` is Slack's error code, `messages` go into `response_metadata.messages`, anything else into the body.
    """

    def __init__(self, code: str, messages: tuple[str, ...] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """What the call is answered with."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


def missing_scope(needed: Iterable[str], granted: Iterable[str] | None) -> SlackError:
    """The refusal that names the scopes that are wanted and those that there are."""
    return SlackError("missing_scope", needed=",".join(needed), provided=",".join(sorted(granted or ())))


class RateLimited(Exception):
    """A method was called too often; `seconds` goes into `Retry-After`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class NotPossible(Exception):
    """A person cannot do this in Slack; the text says why."""
