"""A Notion workspace on this machine.

After the pages "Search" (by ``last_edited_time``, cursors), "Retrieve a page", "Retrieve block children" (100 at
most), "Retrieve your token's bot user", "Errors" (object_not_found for what is not shared, validation_error,
rate_limited with ``Retry-After``), "Versioning" (the header is demanded) and "Page" (times are whole minutes).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.connectors.wsgi_fake import Answer, Asked, Fake

TOKEN = "ntn_s3cret"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
_NOT_FOUND = Answer(404, {"object": "error", "status": 404, "code": "object_not_found", "message": "Not shared."})
_INVALID = Answer(
    400, {"object": "error", "status": 400, "code": "validation_error", "message": "No such cursor."}
)
Raw = dict[str, Any]


@dataclass
class Sheet:
    """A page as the workspace keeps it."""

    id: str
    properties: Raw
    edited: datetime
    in_trash: bool = False
    shared: bool = True
    parts: list[Raw] = field(default_factory=list)


class NotionFake(Fake):
    """Pages by id; ``now`` is the workspace's own clock."""

    def __init__(self, first: int = 0) -> None:
        super().__init__()
        self.now, self.token = START, TOKEN
        self.pages: dict[str, Sheet] = {}
        self.blocks: dict[str, list[Raw]] = {}
        self.cursors: set[str] = set()
        self.unlisted: set[str] = set()  # that the search does not know yet
        self._number = first  # ids are of all the world

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def writes(self, title: str, *blocks: Raw, **properties: Raw) -> str:
        """Somebody makes a page that is shared with the integration; its id."""
        page_id = self._id()
        named = {"Name": {"type": "title", "title": rich(title)}, **properties}
        self.pages[page_id] = Sheet(page_id, named, self.now)
        self.blocks[page_id] = [self._kept(each) for each in blocks]
        return page_id

    def edits(self, page_id: str, *blocks: Raw) -> None:
        self.blocks[page_id] = [self._kept(each) for each in blocks]
        self.pages[page_id].edited = self.now

    def answer(self, asked: Asked) -> Answer:
        found = self._answer(asked)
        return Answer(found.status, found.body, {"Date": format_datetime(self.now, usegmt=True), **found.headers})

    def _answer(self, asked: Asked) -> Answer:
        if asked.login != self.token:
            return Answer(401, {"object": "error", "code": "unauthorized", "message": "API token is invalid."})
        if "HTTP_NOTION_VERSION" not in asked.headers:
            return Answer(400, {"object": "error", "code": "missing_version"})
        match [asked.method, *asked.path.split("/")]:
            case ["GET", "v1", "users", "me"]:
                bot = {"workspace_name": "Acme", "owner": {"type": "workspace"}}
                return Answer(body={"object": "user", "type": "bot", "name": "Floorwalker", "bot": bot})
            case ["POST", "v1", "search"]:
                return self._search(asked.body)
            case ["GET", "v1", "pages", page_id]:
                sheet = self.pages.get(page_id)
                return Answer(body=_shown(sheet)) if sheet and sheet.shared else _NOT_FOUND
            case ["GET", "v1", "blocks", block_id, "children"]:
                owner = self.pages.get(block_id)
                if block_id not in self.blocks or (owner and not owner.shared):
                    return _NOT_FOUND
                return self._paged(
                    self.blocks[block_id], asked.params.get("start_cursor"), asked.params["page_size"]
                )
        return _NOT_FOUND

    def _search(self, body: Raw) -> Answer:
        assert body["filter"] == {"property": "object", "value": "page"}
        assert body["sort"] == {"timestamp": "last_edited_time", "direction": "descending"}
        there = [each for each in self.pages.values() if each.shared and not each.in_trash]
        newest = sorted(there, key=lambda each: _minute(each.edited), reverse=True)
        found = [_shown(each) for each in newest if each.id not in self.unlisted]
        return self._paged(found, body.get("start_cursor"), body["page_size"])

    def _paged(self, found: list[Raw], cursor: str | None, size: Any) -> Answer:
        assert int(size) <= 100
        if cursor and cursor not in self.cursors:
            return _INVALID
        begin = int(cursor or 0)
        end = begin + int(size)
        more = end < len(found)
        if more:
            self.cursors.add(str(end))
        page = {"object": "list", "results": found[begin:end], "has_more": more}
        return Answer(body={**page, "next_cursor": str(end) if more else None})

    def _kept(self, block: Raw) -> Raw:
        """With an id, and what is within it where its own question finds it."""
        within, block_id = block.pop("within", ()), self._id()
        self.blocks[block_id] = [self._kept(each) for each in within]
        return {"object": "block", "id": block_id, "has_children": bool(within), **block}

    def _id(self) -> str:
        self._number += 1
        return f"59833787-2cf9-4fdf-8782-{self._number:012d}"


def rich(text: str, href: str | None = None, **marks: bool) -> list[Raw]:
    """Rich text of one piece."""
    return [{"type": "text", "plain_text": text, "href": href, "annotations": marks}]


def block(kind: str, text: str = "", *within: Raw, **more: Any) -> Raw:
    """A block of a kind, with what is within it."""
    return {"type": kind, kind: {"rich_text": rich(text) if text else [], **more}, "within": within}


def chosen(*names: str) -> Raw:
    """A property of which several may be chosen."""
    return {"type": "multi_select", "multi_select": [{"name": each} for each in names]}


def people(*emails: str) -> Raw:
    """A property that holds people."""
    held: Iterable[Raw] = ({"object": "user", "person": {"email": each}} for each in emails)
    return {"type": "people", "people": list(held)}


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _shown(sheet: Sheet) -> Raw:
    return {
        "object": "page",
        "id": sheet.id,
        "last_edited_time": _minute(sheet.edited).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "archived": sheet.in_trash,
        "in_trash": sheet.in_trash,
        "properties": sheet.properties,
        "url": f"https://www.notion.so/Page-{sheet.id.replace('-', '')}",
    }
