"""How a knowledge base is asked: one address, signed in, that is left alone for a moment where it wants that."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import requests

from bot.connectors.helpdesk import ToolIsAway, TooManyRequests
from bot.connectors.helpdesk_http import answered, time_there

# Some ask for a second or two between many small requests; whatever is longer is for the clock to wait.
_MOMENT = 5
_TRIES = 4


class Site:
    """One address. Every method raises ``HelpdeskFails``."""

    def __init__(self, base: str, session: requests.Session, clock: Callable[[], datetime]) -> None:
        self.base, self._http, self._clock = base, session, clock
        self._date: str | None = None

    def close(self) -> None:
        """Gives its connections back."""
        self._http.close()

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The object that is answered."""
        return self.ask("GET", path, params=params)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The same for a question that is too long for an address."""
        return self.ask("POST", path, body=body)

    def ask(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        """The same for any method; asks again where it is told to wait for a moment."""
        for left in reversed(range(_TRIES)):
            try:
                found, headers = answered(self._http, method, f"{self.base}/{path}", clock=self._clock, **what)
            except TooManyRequests as wait:
                if wait.seconds > _MOMENT or not left:
                    raise
                time.sleep(wait.seconds)
            else:
                self._date = headers.get("Date")
                if not isinstance(found, dict):
                    raise ToolIsAway
                return found
        raise ToolIsAway

    def now(self) -> datetime:
        """The time by the clock there, as the last answer has it, or by ours where that is behind."""
        return time_there(self._date, self._clock())
