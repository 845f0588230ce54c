"""The service level that was measured on days that are over, where a file says it."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from bot.domain.intervals import Interval
from bot.domain.volumes import Volume

# Contacts; the share of fewer is more chance than service level.
LEAST = 30


class Counts(NamedTuple):
    """Contacts of which a file says how many were answered in the target's time.

    ``unknown`` are those offered besides, of which it does not.
    """

    in_target: int
    offered: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """The service level of a queue over some days: what was answered in ``target`` by what was offered.

    Of the definitions in use (answered in target by answered, by offered, or by offered without short abandons) it
    is the second and strictest: who gives up counts as offered, however soon. Files are taken to count by the
    queue's target. ``wanted`` is in percent, None where nothing says it; ``of_partner``: only people of a partner
    have the skills that the queue takes.
    """

    queue: str
    counts: Counts
    target: timedelta
    wanted: int | None = None
    of_partner: bool = False

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of too few contacts."""
        return self.counts.in_target / self.counts.offered if self.counts.offered >= LEAST else None

    @property
    def is_met(self) -> bool:
        """Whether it is as much as is wanted."""
        return 100 * self.counts.in_target >= (self.wanted or 0) * self.counts.offered


def count(volumes: Iterable[Volume], within: Interval) -> Counts | None:
    """The contacts of a queue that came within an interval; None where nothing says what became of any of them."""
    in_target = offered = unknown = 0
    for each in volumes:
        if not within.contains(each.start):
            continue
        if each.answered_in_target is None:
            unknown += each.offered
        else:
            in_target += each.answered_in_target
            offered += each.offered
    return Counts(in_target, offered, unknown) if offered else None


def is_of_partner(needed: Set[str], own: Iterable[Set[str]], partners: Iterable[Set[str]]) -> bool:
    """Whether only people of partners have all the skills that a queue takes; both are given by their skills.

    A queue that takes none is everybody's.
    """
    return bool(needed) and any(needed <= each for each in partners) and not any(needed <= each for each in own)
