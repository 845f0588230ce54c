"""The latest imports, as they are listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.shifts import ShiftChange, Somebody

PAGE = 5


class Shelf(StrEnum):
    """The two kinds of imports, which are listed apart because of the one there are many more."""

    FILES = "files"
    EDITS = "edits"  # by hand


@dataclass(frozen=True, slots=True)
class ImportShown:
    """One import: ``kind`` is that of its file, or edit; ``by`` None: the operator at the command line.

    ``counts`` are how many people or shifts were added, changed or removed, by these words. Once any of its shifts
    has ``begun`` it can no longer be undone. Where shifts were edited by hand, ``edited`` says what was done to
    each, with whose it was and is. ``unowned`` of its shifts nobody works, and nobody is asked for.
    """

    number: int
    kind: str
    files: str
    at: datetime
    by: Somebody | None
    undone_at: datetime | None
    counts: Mapping[str, int]
    begun: bool = False
    edited: tuple[ShiftChange, ...] = ()
    unowned: int = 0


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Some of the imports of a kind, newest first: the ``page`` counted from 0, of ``total`` imports."""

    shelf: Shelf
    shown: tuple[ImportShown, ...]
    page: int
    total: int

    @property
    def skipped(self) -> int:
        """How many newer ones there are."""
        return self.page * PAGE

    @property
    def has_older(self) -> bool:
        """Whether there are more behind it."""
        return self.skipped + len(self.shown) < self.total
