"""That more or fewer contacts come today than were expected, as people are told of it."""

from dataclasses import dataclass

from bot.domain.coverage_shown import GapShown
from bot.domain.forecast_today import Deviation
from bot.domain.intervals import Interval


@dataclass(frozen=True, slots=True)
class Unexpected:
    """How much more or less came, and what that makes of the rest of the day.

    ``needed`` are the most people at once by the forecast and as it goes; None where something else says how many
    are needed, which does not change by itself. ``gaps`` are those of the queue in ``rest``.
    """

    queue: str
    deviation: Deviation
    rest: Interval | None
    needed: tuple[float, float] | None
    gaps: tuple[GapShown, ...]
