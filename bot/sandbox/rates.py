"""How often a method may be called, as Slack counts it."""

import math
import time
from collections import defaultdict, deque
from typing import Literal

PER_MINUTE: dict[int, int] = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL_PER_MINUTE = 600
WINDOW = 60.0


class Rates:
    """Counts calls per method of one workspace, and posts per channel.

    `scale` multiplies every allowance; `burst` is how many posts a channel takes before one per second holds.
    Raises ValueError if they would never allow anything.
    """

    def __init__(self, mode: Literal["slack", "off"] = "slack", scale: float = 1.0, burst: int = 5) -> None:
        if scale <= 0 or burst < 1:
            raise ValueError("a rate scale is above 0, and a burst at least 1")
        self.mode = mode
        self.scale = scale
        self.burst = burst
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posts: dict[str, tuple[float, float]] = {}

    def wait_for(self, method: str, tier: int, channel: str | None = None) -> int:
        """Count one call; the whole seconds to wait if it is one too many, else 0."""
        if self.mode == "off":
            return 0
        if channel is not None:
            return self._wait_for_channel(channel)
        now = time.monotonic()
        calls = self._calls[method]
        while calls and calls[0] <= now - WINDOW:
            calls.popleft()
        if len(calls) >= PER_MINUTE.get(tier, SPECIAL_PER_MINUTE) * self.scale:
            return max(1, math.ceil(calls[0] + WINDOW - now))
        calls.append(now)
        return 0

    def _wait_for_channel(self, channel: str) -> int:
        now = time.monotonic()
        tokens, since = self._posts.get(channel, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - since) * self.scale)
        if tokens < 1:
            self._posts[channel] = (tokens, now)
            return max(1, math.ceil((1 - tokens) / self.scale))
        self._posts[channel] = (tokens - 1, now)
        return 0
