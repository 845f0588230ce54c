"""Whether the bot is found at an address."""

from contextlib import suppress

import requests

_SECONDS = (1, 1.5)


def leads_here(address: str) -> bool:
    """Whether a serving Floorwalker answers there, be it well or not."""
    with suppress(requests.RequestException, ValueError):
        answer = requests.get(f"{address.rstrip('/')}/healthz", timeout=_SECONDS).json()
        return isinstance(answer, dict) and "ok" in answer
    return False
