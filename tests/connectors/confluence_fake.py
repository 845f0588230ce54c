"""A Confluence site on this machine.

After the Confluence Cloud REST API v1, "Search content by CQL" (only what is expanded; ``_links.next`` with a
cursor) and "Users"; the REST API v2, "Page" (by id and status, at most 250) and "Space"; "CQL functions" (now) and
"Rate limiting". A search shows current pages that one may see, and labels change no page.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from tests.connectors.wsgi_fake import Answer, Asked, Fake

LOGIN = "ana@example.com:t0ken"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
_CQL = re.compile(
    r'^type = page and space in \(([^)]*)\)( and lastmodified >= now\("-(\d+)m"\))? order by created asc$'
)
_SPACES = {"SUP": "101", "HELP": "102"}
_GONE = Answer(404, {"statusCode": 404, "message": "No content found"})


@dataclass
class Sheet:
    """A page as the site keeps it."""

    id: str
    title: str
    storage: str
    space: str
    changed: datetime
    labels: list[str] = field(default_factory=list)
    owner: str | None = None  # the address, where it is shown
    account: str | None = None
    version: int = 1
    status: str = "current"
    hidden: bool = False


class ConfluenceFake(Fake):
    """Pages in the order in which they were made; ``now`` is the site's own clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.login = START, LOGIN
        self.pages: dict[str, Sheet] = {}
        self.cursors: set[str] = set()
        self.lists_archived = False
        self.plain: set[str] = set()  # pages that come without anything that is expanded

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def writes(self, title: str, storage: str = "<p>Words.</p>", space: str = "SUP", **more: Any) -> str:
        """Somebody makes a page; its id."""
        number = str(65_000 + len(self.pages))
        self.pages[number] = Sheet(number, title, storage, space, self.now, **more)
        return number

    def edits(self, page: str, storage: str, title: str | None = None) -> None:
        sheet = self.pages[page]
        sheet.storage, sheet.title, sheet.changed = storage, title or sheet.title, self.now
        sheet.version += 1

    def answer(self, asked: Asked) -> Answer:
        found = self._answer(asked)
        return Answer(found.status, found.body, {"Date": format_datetime(self.now, usegmt=True), **found.headers})

    def _answer(self, asked: Asked) -> Answer:
        if asked.login != self.login:
            return Answer(401, "<html><body>Unauthorized</body></html>", {"Content-Type": "text/html"})
        match asked.path.removeprefix("wiki/"):
            case "rest/api/user/current":
                return Answer(body={"type": "known", "accountId": "a-1", "displayName": "Ana Ruiz", "email": ""})
            case "api/v2/spaces":
                keys = [key for key in asked.params["keys"].split(",") if key in _SPACES]
                return Answer(body={"results": [{"id": _SPACES[key], "key": key} for key in keys], "_links": {}})
            case "api/v2/pages":
                return self._by_id(asked.params)
            case "rest/api/content/search":
                return self._search(asked.params)
        return _GONE

    def _by_id(self, params: dict[str, str]) -> Answer:
        wanted = params["id"].split(",")
        assert len(wanted) <= 250
        found = [self.pages[each] for each in wanted if each in self.pages]
        spaces = params["space-id"].split(",")
        there = [
            each
            for each in found
            if each.status == params["status"] and not each.hidden and _SPACES.get(each.space) in spaces
        ]
        return Answer(body={"results": [{"id": each.id, "status": each.status} for each in there], "_links": {}})

    def _search(self, params: dict[str, str]) -> Answer:
        read = _CQL.match(params["cql"])
        cursor = params.get("cursor")
        if read is None or (cursor and cursor not in self.cursors):
            return Answer(400, {"statusCode": 400, "message": "Could not parse cql"})
        spaces = re.findall('"([^"]*)"', read[1])
        since = self.now - timedelta(minutes=int(read[3])) if read[3] else datetime.min.replace(tzinfo=UTC)
        found = [
            each
            for each in self.pages.values()
            if each.space in spaces
            and (each.status == "current" or (self.lists_archived and each.status == "archived"))
            if not each.hidden and each.changed >= since
        ]
        begin, size = int(cursor or 0), int(params["limit"])
        shown = [self._shown(each, params["expand"].split(",")) for each in found[begin : begin + size]]
        links = {"base": "https://acme.atlassian.net/wiki", "context": "/wiki"}
        if begin + size < len(found):
            following = str(begin + size)
            self.cursors.add(following)
            asked = {"next": "true", "cursor": following, "limit": size, "cql": params["cql"]}
            links["next"] = f"/rest/api/content/search?{urlencode(asked)}"
        return Answer(body={"results": shown, "limit": size, "size": len(shown), "_links": links})

    def _shown(self, sheet: Sheet, expanded: list[str]) -> dict[str, Any]:
        said: dict[str, Any] = {"id": sheet.id, "type": "page", "status": sheet.status, "title": sheet.title}
        if sheet.id in self.plain:
            return said
        said["_links"] = {"webui": f"/spaces/{sheet.space}/pages/{sheet.id}/{sheet.title.replace(' ', '+')}"}
        whole: dict[str, Any] = {
            "body.storage": {"body": {"storage": {"value": sheet.storage, "representation": "storage"}}},
            "version": {"version": {"number": sheet.version, "when": _written(sheet.changed)}},
            "metadata.labels": {"metadata": {"labels": {"results": [{"name": each} for each in sheet.labels]}}},
            "space": {"space": {"key": sheet.space}},
            "history.ownedBy": {"history": {"ownedBy": {"accountId": sheet.account, "email": sheet.owner or ""}}},
        }
        for name in expanded:
            said |= whole[name]
        return said


def _written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000Z")
