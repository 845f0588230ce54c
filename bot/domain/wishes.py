"""What somebody says of being asked to cover for others."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.fairness import Hardship, hardships
from bot.domain.rules_work import Piece
from bot.domain.wallclock import local_date

_NOON = time(12)


class Asking(StrEnum):
    """Whether somebody wants to be asked."""

    GLADLY = "gladly"  # opted in: asked first
    UNSAID = "unsaid"  # asked after those
    NEVER = "never"


class Times(StrEnum):
    """Kinds of shifts by when they are: a shift is of one of the first three, and may be of the last as well."""

    MORNINGS = "mornings"  # it starts before noon
    EVENINGS = "evenings"  # it starts at noon or later
    NIGHTS = "nights"
    WEEKENDS = "weekends"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether and when somebody wants to be asked; ``queues`` (folded names) and ``times`` None: any.

    ``not_on``: days on which no shift may start. ``at_any_hour``: asked in an emergency even in quiet hours.
    """

    asking: Asking = Asking.UNSAID
    queues: frozenset[str] | None = None
    times: frozenset[Times] | None = None
    not_on: frozenset[date] = frozenset()
    at_any_hour: bool = False

    def answers(self, piece: Piece, zone: ZoneInfo) -> Asking:
        """Whether they want to be asked for this; what does not fit their wishes is never asked for."""
        if self.queues is not None and (piece.queue or "").casefold() not in self.queues:
            return Asking.NEVER
        if self.times is not None and not times_of(piece, zone) <= self.times:
            return Asking.NEVER
        if local_date(piece.interval.start, zone) in self.not_on:
            return Asking.NEVER
        return self.asking


def times_of(piece: Piece, zone: ZoneInfo) -> frozenset[Times]:
    """What kinds of shifts a piece is of."""
    hard = hardships(piece.interval, zone, frozenset())
    if Hardship.NIGHT in hard:
        kind = Times.NIGHTS
    elif piece.interval.start.astimezone(zone).time() < _NOON:
        kind = Times.MORNINGS
    else:
        kind = Times.EVENINGS
    return frozenset({kind, Times.WEEKENDS} if Hardship.WEEKEND in hard else {kind})
