"""What every knowledge base gives, in our words; each provider has a module of its own that speaks its API.

They are only read: the original stays the master. What can go wrong is the same as with a helpdesk.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

# Tags, owners and who may see a page change without the page being changed.
_ANEW = timedelta(days=1)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as it stands there; ``body`` is Markdown. What is not said there is None, or empty."""

    external_id: str
    version: str  # by ``version_of``
    title: str
    body: str
    url: str
    language: str | None = None
    product: str | None = None
    tags: tuple[str, ...] = ()
    owner: str | None = None  # the id there
    owner_email: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PagesRead:
    """A piece of what changed; ``cursor`` goes on behind it, also weeks later. A page may come twice."""

    cursor: dict[str, Any]
    more: bool
    pages: tuple[PageRead, ...] = ()


class KnowledgeBase(Protocol):
    """One account at one provider, signed in. Every method may raise ``HelpdeskFails``."""

    def check(self) -> str:
        """Whom one is signed in as, as people call them there."""

    def close(self) -> None:
        """Gives its connections back."""

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[PagesRead]:
        """All that changed behind the cursor, or (None) since then, piece by piece, until there is no more."""

    def gone(self, external_ids: Collection[str]) -> set[str]:
        """Which of these pages are deleted, archived, or not to be seen any more."""


def version_of(title: str, body: str) -> str:
    """What changes with the words, also where two changes bear the same time."""
    return sha256(f"{title}\0{body}".encode()).hexdigest()[:32]


def window(cursor: dict[str, Any] | None, since: datetime, now: datetime) -> dict[str, Any]:
    """Where reading goes on: in what was begun, or with what changed since; once a day with everything."""
    if cursor is None:
        return {"since": since.isoformat(), "whole": now.isoformat(), "began": now.isoformat()}
    if "began" in cursor:
        return dict(cursor)
    if now - datetime.fromisoformat(cursor["whole"]) >= _ANEW:
        return window(None, EVER, now)
    return {**cursor, "began": now.isoformat()}


def behind(place: dict[str, Any], following: str | None) -> dict[str, Any]:
    """The cursor behind a piece: ``following`` is how the provider calls the next one; None: that was the last."""
    if following:
        return {**place, "next": following}
    return {"since": place["began"], "whole": place["whole"]}
