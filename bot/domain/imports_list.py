"""The latest imports, as they are listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.shifts import ShiftChange, Somebody


@dataclass(frozen=True, slots=True)
class ImportShown:
    """One import: ``kind`` is people or shifts, or edit; ``by`` None: the operator at the command line.

    ``counts`` are how many people or shifts were added, changed or removed, by these words. Once any of its shifts
    has ``begun`` it can no longer be undone. Where shifts were edited by hand, ``edited`` says what was done to
    each, with whose it was and is.
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
