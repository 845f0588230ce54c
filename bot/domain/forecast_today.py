"""What comes today against what was expected, while there is still time to do something about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt

from bot.domain.forecast import Expected

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
        """How much more came, as a share of what was expected: -0.25 is a quarter less."""
        return self.offered / self.expected - 1 if self.expected else float("inf")


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
