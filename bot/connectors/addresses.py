"""Whether the bot is found at an address, and how it is served there."""

from contextlib import suppress

import requests

from bot.settings import Mode

_SECONDS = (1, 1.5)
# What the bot answers where no calendar is, and by which it is known.
NO_CALENDAR = "There is no such calendar."


def leads_here(address: str) -> bool:
    """Whether calendars find a serving Floorwalker there.

    A proxy may let through nothing but what Slack and calendars ask for.
    """
    with suppress(requests.RequestException):
        answer = requests.get(f"{address.rstrip('/')}/calendar/", timeout=_SECONDS)
        return answer.status_code == 404 and answer.text.strip() == NO_CALENDAR
    return False


def mode_at(address: str) -> Mode | None:
    """How a Floorwalker is served there; None where none is."""
    with suppress(requests.RequestException, ValueError):
        answer = requests.get(f"{address}/healthz", timeout=_SECONDS).json()
        if isinstance(answer, dict) and {"ok", "database"} <= answer.keys():
            return Mode.SOCKET if "sockets" in answer else Mode.HTTP
    return None
