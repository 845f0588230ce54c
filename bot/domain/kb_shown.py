"""An article, its versions and the menu of what is known, as somebody is shown them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.kb import Kind, State, Use, VersionState
from bot.domain.kb_diff import Change
from bot.domain.kb_links import Linked
from bot.domain.kb_upkeep_shown import Helpfulness
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list."""

    id: UUID
    number: int
    kind: Kind
    state: State
    title: str
    language: str
    owner: Somebody | None
    verified_at: datetime | None
    review_at: datetime | None
    used: int = 0  # times, where the list is about that


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An article as it is read: in the version that is published or, for whoever may write it, in another."""

    id: UUID
    number: int
    kind: Kind
    state: State
    title: str
    body: str
    language: str
    product: str | None
    tags: tuple[str, ...]
    owner: Somebody | None
    verified_at: datetime | None
    verified_by: Somebody | None
    review_at: datetime | None
    review_days: int | None
    source: str | None
    url: str | None  # of the original
    version: int  # of these words
    version_state: VersionState
    published: int | None  # the version that people read
    draft: int | None
    newest: int
    written_at: datetime
    written_by: Somebody | None
    reason: str | None
    at: datetime
    variables: Mapping[str, str] | None = None
    links: Mapping[str, Linked] = field(default_factory=dict)
    uses: Mapping[Use, int] = field(default_factory=dict)  # of the last 30 days
    may_write: bool = False
    editable: bool = True  # here, not in another tool
    helpfulness: Helpfulness = field(default_factory=Helpfulness)
    reports: int = 0  # that it is not true any more, and nobody has seen to

    @property
    def due(self) -> bool:
        """Whether somebody has to look at it again."""
        return self.state is State.PUBLISHED and self.review_at is not None and self.review_at <= self.at


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of them."""

    version: int
    state: VersionState
    title: str
    written_at: datetime
    written_by: Somebody | None
    reason: str | None
    current: bool  # what people read


@dataclass(frozen=True, slots=True)
class VersionsShown:
    """A page of the versions of an article, 0 the newest; with a difference, where one was asked for."""

    article: ArticleLine
    versions: tuple[VersionLine, ...]
    page: int
    pages: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """What a version of an article says otherwise than another one, or (``before`` None) than nothing."""

    number: int  # of the article
    version: int
    before: int | None
    titles: tuple[str, str] | None  # before and after, where they differ
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class MenuShown:
    """What ``/kb`` shows to somebody."""

    articles: int  # published
    used: tuple[ArticleLine, ...]  # most, in the last 30 days
    due: tuple[ArticleLine, ...]  # theirs
    due_in_all: int  # theirs
    drafts: int  # theirs
    may_write: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list of articles."""

    lines: tuple[ArticleLine, ...]
    page: int
    pages: int
    total: int
