"""How Freshdesk is asked: by its API v2, a page at a time, with a few requests left to others."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.connectors.freshdesk_read import Raw, statuses_of
from bot.connectors.helpdesk import Forbidden, TooManyRequests
from bot.connectors.helpdesk_http import answered, http_session
from bot.domain.cases import State

PER_PAGE, MOST_PAGES = 100, 300
_LEFT_FOR_OTHERS, _PAUSE = 5, 60  # requests; seconds


class FreshdeskApi:
    """One account, signed in with somebody's API key. Every method raises ``HelpdeskFails``."""

    def __init__(self, base: str, key: str, clock: Callable[[], datetime]) -> None:
        self.base, self.clock = base, clock
        self._http = http_session(key, "X")
        self._left: int | None = None
        self._statuses: Mapping[int, State] | None = None
        self._groups: dict[int, str] | None = None

    def close(self) -> None:
        """Gives its connections back."""
        self._http.close()

    @property
    def statuses(self) -> Mapping[int, State]:
        """Each status of the account by number."""
        if self._statuses is None:
            try:
                fields, _ = self.get("ticket_fields", {"type": "default_status"})
            except Forbidden:  # only admins may ask that
                fields = None
            self._statuses = statuses_of(fields)
        return self._statuses

    @property
    def groups(self) -> dict[int, str]:
        """Its groups by id."""
        if self._groups is None:
            self._groups = {each["id"]: each["name"] for each in self.lists("groups")}
        return self._groups

    def lists(self, path: str, params: dict[str, Any] | None = None) -> Iterator[Raw]:
        """All of a list, page by page."""
        for page in range(1, MOST_PAGES + 1):
            found, headers = self.get(path, {**(params or {}), "per_page": PER_PAGE, "page": page})
            yield from found
            if not goes_on(headers):
                return

    def get(self, path: str, params: dict[str, Any]) -> tuple[Any, Mapping[str, str]]:
        """What is answered, with the headers."""
        return self._ask("GET", path, params=params)

    def one(self, path: str, method: str = "GET", **what: Any) -> dict[str, Any]:
        """What is answered where it is one thing."""
        found, _ = self._ask(method, path, **what)
        return dict(found)

    def _ask(self, method: str, path: str, **what: Any) -> tuple[Any, Mapping[str, str]]:
        """Leaves a few requests to whoever else uses the account; also those that fail count."""
        if self._left is not None and self._left <= _LEFT_FOR_OTHERS:
            raise TooManyRequests(_PAUSE)
        found, headers = answered(self._http, method, f"{self.base}/api/v2/{path}", clock=self.clock, **what)
        left = headers.get("X-RateLimit-Remaining", "")
        self._left = int(left) if left.isdigit() else None
        return found, headers


def goes_on(headers: Mapping[str, str]) -> bool:
    """Whether a list has another page."""
    return 'rel="next"' in headers.get("Link", "")
