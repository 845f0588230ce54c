"""A gap as those look at it who can do something about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.coverage_watch import State
from bot.domain.covers_shown import CoverShown
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class GapRef:
    """A gap of which nobody was told yet: one that lacks heads of a post at some time."""

    interval: Interval
    post: Post


class Way(StrEnum):
    """Who is asked to fill a gap."""

    COVER = "cover"  # whoever can work then
    OVERTIME = "overtime"  # whose shift touches it


@dataclass(frozen=True, slots=True)
class Risk:
    """That somebody has decided to live with it, why, and until when (None: to its end)."""

    by: Somebody
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GapCard:
    """A gap with a card of its own.

    ``levels`` is the service level to be expected of each queue, ``wanted`` the one that is asked for, in percent.
    ``covers`` are the open shifts that were offered to fill it. ``near``: people were warned for the last time.
    """

    id: UUID
    state: State
    gap: Gap
    levels: Mapping[str, Level]
    wanted: Mapping[str, int]
    covers: tuple[CoverShown, ...] = ()
    risk: Risk | None = None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """What came of an offer: how many open shifts it is, how many of them new, and how many people were asked."""

    shifts: int
    new: int
    asked: int
