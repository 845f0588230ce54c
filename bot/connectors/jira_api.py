"""How Jira is asked: the REST API v3 of a site, by Basic authentication, a page at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.connectors import jira_read as read
from bot.connectors.helpdesk_http import answered, http_session, time_there
from bot.connectors.jira_read import Raw
from bot.domain.cases import State

API, DESK = "rest/api/3", "rest/servicedeskapi"
LISTED = 100


class JiraApi:
    """One site, signed in with somebody's API token. Every method raises ``HelpdeskFails``."""

    def __init__(self, base: str, login: tuple[str, str], clock: Callable[[], datetime]) -> None:
        self.base, self._clock = base, clock
        self._http = http_session(*login)
        self._statuses: dict[str, State] | None = None
        self._date: str | None = None

    def close(self) -> None:
        """Gives its connections back."""
        self._http.close()

    def histories(self, issues: Iterable[Raw]) -> dict[str, list[Raw]]:
        """The changelog of each issue by its id, the oldest change first."""
        wanted, found, token = [str(each["key"]) for each in issues], dict[str, list[Raw]](), None
        while wanted:
            body = {"issueIdsOrKeys": wanted, "maxResults": 1000, **({"nextPageToken": token} if token else {})}
            answer = self.ask("POST", f"{API}/changelog/bulkfetch", body=body)
            for each in answer.get("issueChangeLogs") or ():
                found.setdefault(str(each.get("issueId")), []).extend(each.get("changeHistories") or ())
            token = answer.get("nextPageToken")
            if not token:
                break
        return {key: sorted(each, key=lambda one: int(one.get("id", 0))) for key, each in found.items()}

    def comments(self, key: str) -> Iterator[Raw]:
        """All comments of an issue, with their properties."""
        start = 0
        while True:
            where = {"startAt": start, "maxResults": LISTED, "orderBy": "created", "expand": "properties"}
            found = self.get(f"{API}/issue/{key}/comment", **where)
            comments = found.get("comments") or ()
            yield from comments
            start += len(comments)
            if not comments or start >= found.get("total", 0):
                return

    def assignable(self, projects: Iterable[str]) -> Iterator[Raw]:
        """Everybody who may be given an issue in one of the projects."""
        start = 0
        while True:
            where = {"projectKeys": ",".join(projects), "startAt": start, "maxResults": LISTED}
            found, _ = self._answered("GET", f"{API}/user/assignable/multiProjectSearch", params=where)
            yield from (each for each in found if each.get("accountId") and each.get("accountType") != "app")
            start += LISTED
            if not found:
                return

    def issue(self, key: str) -> dict[str, Any]:
        """An issue, as far as it is changed from here."""
        return self.get(f"{API}/issue/{key}", fields="status,assignee,labels,updated")

    @property
    def statuses(self) -> dict[str, State]:
        """Each status of the site by id."""
        if self._statuses is None:
            found, _ = self._answered("GET", f"{API}/status")
            self._statuses = {str(each["id"]): read.state_of(each) for each in found}
        return self._statuses

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The object that is answered."""
        return self.ask("GET", path, params=params)

    def ask(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        """The same for any method."""
        found, _ = self._answered(method, path, **what)
        return dict(found)

    def now(self) -> datetime:
        """The time by the site's clock, as its last answer has it, or by ours where that is behind."""
        return time_there(self._date, self._clock())

    def _answered(self, method: str, path: str, **what: Any) -> tuple[Any, Mapping[str, str]]:
        found, headers = answered(self._http, method, f"{self.base}/{path}", clock=self._clock, **what)
        self._date = headers.get("Date")
        return found, headers
