"""What keeps somebody from certain work, as a coordinator sees and changes it."""

from dataclasses import dataclass

from bot.domain.availability import Available
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class Limits:
    """The work that somebody is not given, by the names of the limits and in order, and when they can work.

    ``available`` None: at any time.
    """

    names: tuple[str, ...] = ()
    available: tuple[Available, ...] | None = None


@dataclass(frozen=True, slots=True)
class LimitsShown:
    """Somebody's limits; ``known`` are all that there are, ``zone`` is that of the clocks that they go by."""

    person: Somebody
    limits: Limits
    known: tuple[str, ...]
    zone: str
