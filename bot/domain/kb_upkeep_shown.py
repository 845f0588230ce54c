"""The upkeep of articles as people see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.kb import Kind, Report, VersionState
from bot.domain.kb_diff import Change
from bot.domain.kb_upkeep import Shelf, Standing
from bot.domain.shifts import Somebody

# Articles on a page of a list.
PAGE = 10


@dataclass(frozen=True, slots=True)
class ArticleNamed:
    """An article as it is spoken of."""

    id: UUID
    number: int
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """How many people said of an article that it helped them, of those who said whether it did."""

    helped: int = 0
    said: int = 0


@dataclass(frozen=True, slots=True)
class Upkept:
    """An article with all that tells whether somebody should look at it; ``release`` is the tag for which."""

    article: ArticleNamed
    standing: Standing
    review_at: datetime | None
    verified_at: datetime | None
    owner: Somebody | None
    release: str | None = None
    reports: int = 0  # that are open
    helpfulness: Helpfulness = Helpfulness()


@dataclass(frozen=True, slots=True)
class UpkeepPage:
    """A page of what somebody should look at; ``counts`` are those of all the shelves that the reader may open."""

    shelf: Shelf
    number: int
    total: int
    shown: tuple[Upkept, ...]
    counts: dict[Shelf, int]
    reader_id: UUID | None
    waiting: int = 0  # for a second person, where the reader may be one

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(-(-self.total // PAGE), 1)


@dataclass(frozen=True, slots=True)
class OwnersDue:
    """What an owner is reminded of: what is due of theirs, the longest first, and for which release if for one.

    ``note`` is what was said of that release. ``owner`` None: whose owner has left, for who finds another.
    """

    owner: Somebody | None
    articles: tuple[Upkept, ...]
    total: int
    release: str | None = None
    note: str | None = None
    left: Somebody | None = None


@dataclass(frozen=True, slots=True)
class ReportShown:
    """Somebody says that an article is not true any more; ``answer`` is why it is true as it is."""

    id: UUID
    article: ArticleNamed
    version: int | None
    state: Report
    reporter: Somebody | None
    said: str | None
    reported_at: datetime
    owner: Somebody | None = None
    closed_by: Somebody | None = None
    closed_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """A release, and how many of the articles that it made due somebody has looked at since."""

    id: UUID
    number: int
    tag: str
    note: str | None
    by: Somebody | None
    said_at: datetime
    verified: int
    total: int
    undone: bool
    owners: int = 0  # who have something left to look at


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """A version that waits for a second person, or waited; ``before`` is what people read until then.

    ``archived``: the article was put away meanwhile.
    """

    article: ArticleNamed
    version: int
    state: VersionState
    author: Somebody | None
    reason: str | None
    asked_at: datetime
    before: int | None
    decided_by: Somebody | None = None
    decision: str | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class WaitingOf:
    """What waits of that which somebody wrote: the first of it, how much it is, and until when it was written."""

    author: Somebody
    first: tuple[ApprovalShown, ...]
    total: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of all that waits for a second person; the reader decides nothing that they wrote."""

    number: int
    total: int
    shown: tuple[ApprovalShown, ...]
    reader_id: UUID | None

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(-(-self.total // PAGE), 1)


@dataclass(frozen=True, slots=True)
class SopChange:
    """What a version of a procedure changed of the one that people read before (None: none), and why."""

    article: ArticleNamed
    version: int
    before: int | None
    reason: str | None
    changes: tuple[Change, ...]
    asked: tuple[int, ...] = ()  # the announcements by which people are asked to acknowledge it
