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
    """Kinds of shifts by when they are; a shift is of one of them."""

    MORNINGS = "mornings"  # on a weekday, from before noon
    EVENINGS = "evenings"  # on a weekday, from noon or later
    WEEKENDS = "weekends"  # but no night
    NIGHTS = "nights"  # on any day


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
        if self.times is not None and time_of(piece, zone) not in self.times:
            return Asking.NEVER
        if local_date(piece.interval.start, zone) in self.not_on:
            return Asking.NEVER
        return self.asking

    @property
    def in_emergency(self) -> "Wish":
        """What they want where there is no time left to ask one after another.

        Whoever may be asked at any hour is, for whatever it is but on the days that they named; others are not.
        """
        return Wish(Asking.GLADLY if self.at_any_hour else Asking.NEVER, not_on=self.not_on)


def time_of(piece: Piece, zone: ZoneInfo) -> Times:
    """What kind of shift a piece is, by the clocks of the zone."""
    hard = hardships(piece.interval, zone, frozenset())
    if Hardship.NIGHT in hard:
        return Times.NIGHTS
    if Hardship.WEEKEND in hard:
        return Times.WEEKENDS
    early = piece.interval.start.astimezone(zone).time() < _NOON
    return Times.MORNINGS if early else Times.EVENINGS
