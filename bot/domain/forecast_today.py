"""What comes today against what was expected, while there is still time to do something about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from math import sqrt
from zoneinfo import ZoneInfo

from bot.domain.forecast import Expected
from bot.domain.wallclock import local_date

# Less than this many standard deviations of a Poisson count is chance.
_CHANCE = 2.0


@dataclass(frozen=True, slots=True)
class Deviation:
    """Since ``start`` each interval up to ``end`` brought more, or each less, than was expected."""

    start: datetime
    end: datetime
    offered: int
    expected: float

    @property
    def share(self) -> float:
        """How much more came, as a share of what was expected, or of one contact where less was: -0.25 is a
        quarter less."""
        return (self.offered - self.expected) / max(self.expected, 1.0)


def deviation(
    expected: Sequence[Expected], came: Mapping[datetime, int], threshold: float, intervals: int
) -> Deviation | None:
    """Whether the last ``intervals`` or more that were measured lie off by more than the share, all to one side.

    ``expected`` in order. What may as well be chance is none. It starts where it began, so that it is the same one
    as it goes on.
    """
    measured = [each for each in expected if each.start in came]
    run: list[Expected] = []
    side = 0
    for each in reversed(measured):
        off = _side(each, came[each.start], threshold)
        if not off or (side and off != side):
            break
        side = off
        run.append(each)
    if len(run) < intervals:
        return None
    offered, planned = sum(came[each.start] for each in run), sum(each.offered for each in run)
    if abs(offered - planned) <= _CHANCE * sqrt(planned):
        return None
    return Deviation(run[-1].start, run[0].start + timedelta(minutes=run[0].minutes), offered, planned)


def so_far(came: Mapping[datetime, int]) -> dict[datetime, int]:
    """What was measured up to the last contact: files of a day that goes on have nothing in what is to come."""
    last = max((start for start, offered in came.items() if offered), default=None)
    return {start: offered for start, offered in came.items() if last and start <= last}


def as_it_goes(
    expected: Sequence[Expected], came: Mapping[datetime, int], zone: ZoneInfo, threshold: float, intervals: int
) -> list[Expected]:
    """What is expected, with what is still to come of each day on which otherwise came than was expected.

    ``expected`` in order; days are those of the zone.
    """
    found: list[Expected] = []
    for _, group in groupby(expected, key=lambda each: local_date(each.start, zone)):
        day = list(group)
        measured = so_far({each.start: came[each.start] for each in day if each.start in came})
        if deviation(day, measured, threshold, intervals):
            rest = rest_of_day(day, measured)
            day[len(day) - len(rest) :] = rest
        found += day
    return found


def is_news(found: Deviation, told: float | None) -> bool:
    """Whether people are to be told, who were ``told`` of such a share before on that day: it has turned, or is
    twice as much."""
    return told is None or found.share * told <= 0 or abs(found.share) >= 2 * abs(told)


def rest_of_day(
    expected: Sequence[Expected], came: Mapping[datetime, int], weight: float = 20
) -> tuple[Expected, ...]:
    """What is still to come, as much more or less than expected as came so far.

    So that the first half hour of a day does not decide it, the share is reckoned as though ``weight`` contacts
    more had come as expected (a gamma prior on the rate of a Poisson count).
    """
    measured = [each for each in expected if each.start in came]
    planned = sum(each.offered for each in measured)
    share = (sum(came[each.start] for each in measured) + weight) / (planned + weight)
    last = max((each.start for each in measured), default=None)
    return tuple(
        replace(each, offered=each.offered * share, low=each.low * share, high=each.high * share)
        for each in expected
        if last is None or each.start > last
    )


def _side(expected: Expected, came: int, threshold: float) -> int:
    """1 for more than expected by the threshold, -1 for less, 0 otherwise."""
    if abs(came - expected.offered) <= threshold * expected.offered:
        return 0
    return 1 if came > expected.offered else -1
