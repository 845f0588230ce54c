"""A settled swap on a new schedule, as the two and the coordinators are told of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.domain.intervals import Interval


class Outcome(StrEnum):
    """What has become of the swap."""

    HOLDS = "holds"  # with a shift of it moved
    ENDED = "ended"
    RESTORED = "restored"  # the new schedule was taken back


@dataclass(frozen=True, slots=True)
class Slot:
    """When a shift is worked, for which queue and by whom: a Slack account, None where there is none."""

    interval: Interval
    queue: str | None
    worker: str | None


class SlotChange(NamedTuple):
    """One of the two shifts before and after; None: it was not, or is no longer, planned."""

    before: Slot | None
    after: Slot | None
