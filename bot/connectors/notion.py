"""Notion: the pages that were shared with an integration, and what changed in them.

After the pages "Search", "Retrieve a page", "Retrieve block children", "Retrieve your token's bot user", "Request
limits" (three requests per second on average), "Pagination" and "Versioning" of the Notion API. A page says in
which minute it was edited, so a window begins some minutes before the last one was begun. The search lags, too,
and promises no completeness: whether a page is gone, it is asked itself.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.connectors.helpdesk import Forbidden, Gone, Provider, Refused, SignInFailed
from bot.connectors.helpdesk_http import bearer_session, demand_some, passing_over
from bot.connectors.knowledge import KnowledgeBase, PageRead, PagesRead, behind, window
from bot.connectors.knowledge_http import Site
from bot.connectors.notion_read import Raw, is_there, moment, page_of
from bot.domain.connections import Blank

_VERSION = "2022-06-28"
# Each of them takes a request of its own at least.
_PAGES = 10
_LISTED = 100
_OVERLAP = timedelta(minutes=5)


class Notion:
    """What one integration may read."""

    def __init__(self, base: str, secrets: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        headers = {"Notion-Version": _VERSION}
        self._site = Site(base, bearer_session(secrets["token"], headers), clock)

    def check(self) -> str:
        """What the integration is called; raises ``SignInFailed`` where it may read nothing."""
        myself = self._myself()
        if not self._search(1, None).get("results"):
            raise SignInFailed
        workspace = (myself.get("bot") or {}).get("workspace_name")
        return " of ".join(str(each) for each in (myself.get("name"), workspace) if each)

    def close(self) -> None:
        """Gives its connections back."""
        self._site.close()

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[PagesRead]:
        """See ``KnowledgeBase.read``. What was edited last comes first."""
        self._myself()  # whose answer says the time there
        place = window(cursor, since, self._site.now())
        start = datetime.fromisoformat(place["since"]) - _OVERLAP
        more = True
        while more:
            found = self._searched(place.get("next"))
            listed = [each for each in found.get("results") or () if each.get("id")]
            changed = [each for each in listed if (moment(each.get("last_edited_time")) or start) >= start]
            following = found.get("next_cursor") if found.get("has_more") and len(changed) == len(listed) else None
            place, more = behind(place, following), bool(following)
            yield PagesRead(place, more, self._pages(changed))

    def gone(self, external_ids: Collection[str]) -> set[str]:
        """Those that the search does not know, and that are not there when they are asked for."""
        return {each for each in sorted({*external_ids} - self._listed()) if not self._is_there(each)}

    def _myself(self) -> Raw:
        return self._site.get("v1/users/me")

    def _searched(self, following: str | None) -> dict[str, Any]:
        """The next pages; where Notion does not know the cursor any more, the first ones again."""
        if following:
            try:
                return self._search(_PAGES, following)
            except Refused:
                pass
        return self._search(_PAGES, None)

    def _search(self, size: int, following: str | None) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "filter": {"property": "object", "value": "page"},
            "sort": {"timestamp": "last_edited_time", "direction": "descending"},
            "page_size": size,
        }
        return self._site.post("v1/search", asked | ({"start_cursor": following} if following else {}))

    def _listed(self) -> set[str]:
        found, following = set[str](), None
        while True:
            page = self._search(_LISTED, following)
            found |= {str(each.get("id")) for each in page.get("results") or () if is_there(each)}
            following = page.get("next_cursor") if page.get("has_more") else None
            if following is None:
                return found

    def _is_there(self, page_id: str) -> bool:
        try:
            return is_there(self._site.get(f"v1/pages/{page_id}"))
        except (Forbidden, Gone):
            return False

    def _pages(self, listed: Iterable[Raw]) -> tuple[PageRead, ...]:
        readable, pages = list[Raw](), list[PageRead]()
        for page in listed:
            if not is_there(page):
                continue
            try:
                with passing_over(page["id"]):
                    pages.append(page_of(page, self._children))
                readable.append(page)
            except (Forbidden, Gone):  # since it was searched for
                continue
        demand_some(readable, pages)
        return tuple(pages)

    def _children(self, block_id: str) -> Iterator[Raw]:
        following = None
        while True:
            asked: dict[str, Any] = {"page_size": _LISTED} | ({"start_cursor": following} if following else {})
            found = self._site.get(f"v1/blocks/{block_id}/children", **asked)
            yield from found.get("results") or ()
            following = found.get("next_cursor") if found.get("has_more") else None
            if following is None:
                return


PROVIDER: Provider[KnowledgeBase] = Provider(
    "notion",
    "Notion",
    "notion.so",
    (
        Blank(
            "token",
            "Integration secret",
            "Of an internal integration that may read content. What is shared with it, everybody here may read.",
        ),
    ),
    Notion,
    address="https://api.notion.com",
)
