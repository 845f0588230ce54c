"""Who has left, and who works what they would have worked, as the coordinators look at it."""

from dataclasses import dataclass
from datetime import datetime
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
    for approval; ``first`` are those who could be asked first.
    """

    id: UUID
    interval: Interval
    queue: str | None
    number: int | None = None
    waits: Somebody | None = None
    first: Ranked = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What nobody works, and to whom somebody can give it, in the order of the ranking."""

    interval: Interval
    queue: str | None
    people: Ranked


@dataclass(frozen=True, slots=True)
class Owned:
    """What somebody else works by now."""

    interval: Interval
    queue: str | None
    worker: Somebody


@dataclass(frozen=True, slots=True)
class DepartureShown:
    """Somebody who left, and what is ahead, as of an instant, of what they had.

    ``more`` is how many there are of the ``unowned`` besides, ``to_offer`` how many of all are not offered to
    others yet; ``back``: they have come back since.
    """

    id: UUID
    member: Somebody
    at: datetime
    unowned: tuple[Unowned, ...]
    more: int
    owned: tuple[Owned, ...]
    to_offer: int
    back: bool
