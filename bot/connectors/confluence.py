"""Confluence: the pages of some spaces, and what changed in them.

After the Confluence Cloud REST API v1, "Search content by CQL" (cursor in ``_links.next``; expansions), the REST
API v2, "Page" (get pages by id and status), "Spaces" and "Rate limiting", and "CQL functions" (now with an
increment, which needs no time zone). What was changed is found by an index that lags, so a window begins some
minutes before the last one was begun.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.connectors.confluence_read import Raw, page_of
from bot.connectors.helpdesk import Provider, Refused, SignInFailed
from bot.connectors.helpdesk_http import demand_some, http_session, passing_over
from bot.connectors.knowledge import EVER, KnowledgeBase, PageRead, PagesRead, behind, window
from bot.connectors.knowledge_http import Site
from bot.domain.connections import Blank

_V1, _V2 = "wiki/rest/api", "wiki/api/v2"
_CURRENT = "current"
_PAGES = 25
_IDS = 100
_EXPANDED = "body.storage,version,metadata.labels,space,history.ownedBy"
_OVERLAP = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)


class Confluence:
    """Some spaces of one site, signed in with somebody's API token."""

    def __init__(self, base: str, secrets: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._site = Site(base, http_session(secrets["email"], secrets["token"]), clock)
        self._spaces = re.findall(r"~?[A-Za-z0-9]+", secrets["spaces"])

    def check(self) -> str:
        """Whose token it is; raises ``SignInFailed`` where they do not see all spaces."""
        if not self._spaces:
            raise SignInFailed
        seen = {str(each.get("key")).casefold() for each in self._seen_spaces()}
        if not seen.issuperset(each.casefold() for each in self._spaces):
            raise SignInFailed
        myself = self._myself()
        return str(myself.get("displayName") or myself.get("email") or "")

    def close(self) -> None:
        """Gives its connections back."""
        self._site.close()

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[PagesRead]:
        """See ``KnowledgeBase.read``."""
        self._myself()  # whose answer says the time there
        place = window(cursor, since, self._site.now())
        more = True
        while more:
            found = self._search(place)
            following = parse_qs(urlsplit((found.get("_links") or {}).get("next") or "").query).get("cursor")
            place, more = behind(place, following[0] if following else None), bool(following)
            yield PagesRead(place, more, self._pages(found.get("results") or ()))

    def gone(self, external_ids: Collection[str]) -> set[str]:
        """Those that are not among the current pages of the spaces that one may see."""
        asked, there = sorted(external_ids), set[str]()
        spaces = ",".join(str(each["id"]) for each in self._seen_spaces())
        for first in range(0, len(asked) if spaces else 0, _IDS):
            where = {"id": ",".join(asked[first : first + _IDS]), "space-id": spaces, "status": _CURRENT}
            found = self._site.get(f"{_V2}/pages", **where, limit=_IDS)
            there |= {str(each.get("id")) for each in found.get("results") or ()}
        return {*asked} - there

    def _myself(self) -> Raw:
        return self._site.get(f"{_V1}/user/current")

    def _seen_spaces(self) -> list[Raw]:
        found = self._site.get(f"{_V2}/spaces", keys=",".join(self._spaces), limit=250)
        return [each for each in found.get("results") or () if each.get("id")]

    def _search(self, place: dict[str, Any]) -> dict[str, Any]:
        """The next pages of a window; where Confluence does not know the cursor any more, the first ones again."""
        asked = {"cql": self._cql(place), "expand": _EXPANDED, "limit": _PAGES}
        if following := place.get("next"):
            try:
                return self._site.get(f"{_V1}/content/search", **asked, cursor=following)
            except Refused:
                pass
        return self._site.get(f"{_V1}/content/search", **asked)

    def _cql(self, place: dict[str, Any]) -> str:
        """By when they were made, which never moves."""
        since, began = (datetime.fromisoformat(place[name]) for name in ("since", "began"))
        spaces = ", ".join(f'"{each}"' for each in self._spaces)
        changed = ""
        if since > EVER:
            ago = math.ceil((max(began, self._site.now()) - since + _OVERLAP) / _MINUTE)
            changed = f' and lastmodified >= now("-{ago}m")'
        return f"type = page and space in ({spaces}){changed} order by created asc"

    def _pages(self, contents: Iterable[Raw]) -> tuple[PageRead, ...]:
        there = [each for each in contents if each.get("id") and each.get("status", _CURRENT) == _CURRENT]
        pages = list[PageRead]()
        for content in there:
            with passing_over(content["id"]):
                pages.append(page_of(content, f"{self._site.base}/wiki"))
        demand_some(there, pages)
        return tuple(pages)


PROVIDER: Provider[KnowledgeBase] = Provider(
    "confluence",
    "Confluence",
    "atlassian.net",
    (
        Blank("email", "E-mail address", "Of whoever the token belongs to."),
        Blank("token", "API token", "Made in your Atlassian account under Security, API tokens."),
        Blank(
            "spaces",
            "Spaces",
            "The keys of those whose pages become articles, such as SUP, HELP. What the token may read there, "
            "everybody here may read.",
            scope=True,
        ),
    ),
    Confluence,
)
