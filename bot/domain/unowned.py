"""What nobody works, and those who could."""

from dataclasses import dataclass
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.ranking import Place
from bot.domain.shifts import Somebody

Ranked = tuple[tuple[Somebody, Place], ...]
"""People in the order of the ranking, and why they are there."""


@dataclass(frozen=True, slots=True)
class Unowned:
    """What nobody works of a shift; ``id`` is the assignment's.

    ``number`` is that of the cover by which it is offered to others, if it is; ``waits`` is who took it and waits
    for approval; ``first`` are those who could be asked first; ``left`` is whose it was who has left, ``away`` who
    is away. ``declined`` gave it back after they had taken it or were given it, ``refused`` were not approved.
    """

    id: UUID
    interval: Interval
    queue: str | None
    number: int | None = None
    waits: Somebody | None = None
    first: Ranked = ()
    left: Somebody | None = None
    declined: tuple[Somebody, ...] = ()
    refused: tuple[Somebody, ...] = ()
    away: Somebody | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What nobody works, and to whom somebody can give it, in the order of the ranking."""

    interval: Interval
    queue: str | None
    people: Ranked
