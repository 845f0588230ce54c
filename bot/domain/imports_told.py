"""A settled swap or cover on a new schedule, as the two and the coordinators are told of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.domain.intervals import Interval


class Outcome(StrEnum):
    """What has become of it."""

    HOLDS = "holds"  # with a shift of it moved
    ENDED = "ended"
    RESTORED = "restored"  # the new schedule was taken back


@dataclass(frozen=True, slots=True)
class Slot:
    """When a shift or a part of it is worked, for which queue and by whom.

    That is a Slack account, None where there is none, or where it ``is_open`` and nobody works it.
    """

    interval: Interval
    queue: str | None
    worker: str | None
    is_open: bool = False


class SlotChange(NamedTuple):
    """What changes hands before and after; None: it was not, or is no longer, planned."""

    before: Slot | None
    after: Slot | None


def changes_between(before: tuple[Slot, ...], after: tuple[Slot, ...]) -> list[SlotChange]:
    """How what was worked in some parts, in order, is worked afterwards, which may be in others."""
    if before == after:
        return [SlotChange(slot, slot) for slot in after]
    was, now = _all_of(before), _all_of(after)
    told = None if was == now else was
    rest = [SlotChange(None, slot) for slot in after[1:]]
    return [SlotChange(told, after[0] if after else None), *rest]


def _all_of(slots: tuple[Slot, ...]) -> Slot | None:
    """When and for which queue all of it is worked, whoever does."""
    return Slot(Interval(slots[0].interval.start, slots[-1].interval.end), slots[0].queue, None) if slots else None
