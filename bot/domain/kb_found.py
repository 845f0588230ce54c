"""What somebody is shown who looks something up, and what was looked for in vain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.kb import Kind, Missing
from bot.domain.kb_search import Spelled
from bot.domain.kb_snippet import Piece
from bot.domain.shifts import Somebody

# Hits at once.
HITS = 3
# Whoever finds something opens it by then.
SEARCHED_LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers, with the words that show why."""

    article_id: UUID
    number: int
    title: str
    kind: Kind
    snippet: tuple[Piece, ...]
    owner: Somebody | None
    verified_at: datetime | None
    due: bool
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, 0 the first. ``search_id`` is None where a search is not kept."""

    asked: str
    hits: tuple[Hit, ...]
    search_id: UUID | None = None
    spelled: tuple[Spelled, ...] = ()
    page: int = 0
    pages: int = 1
    times: int = 0  # how often this was looked for in vain, now included

    @property
    def nothing(self) -> bool:
        """Whether no article answers."""
        return not self.hits


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Something that people look for in vain."""

    id: UUID
    words: str
    count: int
    unopened: int
    last_at: datetime
    state: Missing
    writer: Somebody | None


@dataclass(frozen=True, slots=True)
class MissingShown:
    """A page of that, what is asked for most first."""

    lines: tuple[MissingLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class SynonymsShown:
    """A page of the words that mean the same to the workspace, in groups."""

    groups: tuple[tuple[UUID, tuple[str, ...]], ...]
    page: int
    pages: int
    may_change: bool
