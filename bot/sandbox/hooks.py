"""Response URLs: answering what a person did, a few times and for half an hour."""

import time
import uuid
from dataclasses import dataclass

from bot.sandbox.errors import SlackError


@dataclass(slots=True)
class Hook:
    """Where an answer goes: to `user` in `channel`; `source` is the message (ts) that was acted on, if any."""

    user: str
    channel: str
    source: str | None
    thread_ts: str | None
    issued: float
    uses: int = 0


class Hooks:
    """Issued response URLs, each good for `uses` answers within `seconds`."""

    def __init__(self, seconds: float, uses: int) -> None:
        self._seconds = seconds
        self._uses = uses
        self._hooks: dict[str, Hook] = {}

    def issue(self, user: str, channel: str, *, source: str | None = None, thread_ts: str | None = None) -> str:
        """The last part of a new response URL."""
        now = time.monotonic()
        while self._hooks and self._expired(next(iter(self._hooks.values())), now):
            del self._hooks[next(iter(self._hooks))]
        key = uuid.uuid4().hex
        self._hooks[key] = Hook(user, channel, source, thread_ts, now)
        return key

    def use(self, key: str) -> Hook:
        """Count one use. Raises SlackError if the URL is unknown, too old or used up."""
        hook = self._hooks.get(key)
        if hook is None or self._expired(hook, time.monotonic()):
            raise SlackError("expired_url")
        if hook.uses >= self._uses:
            raise SlackError("used_url")
        hook.uses += 1
        return hook

    def _expired(self, hook: Hook, now: float) -> bool:
        return now - hook.issued > self._seconds
