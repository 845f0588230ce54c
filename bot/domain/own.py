"""What people choose for themselves, such as the hours in which they want to read nothing."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.fairness import Share
from bot.domain.intervals import Interval
from bot.domain.limits_shown import Limits
from bot.domain.wallclock import Recurring
from bot.domain.wishes import Wish

_MOMENT = timedelta(microseconds=1)


class Wrong(StrEnum):
    """Why hours cannot be quiet ones."""

    START_MISSING = "start missing"
    END_MISSING = "end missing"
    NO_LENGTH = "no length"  # they would never end


class BadQuietHours(Exception):
    """The quiet hours cannot be kept so; nothing was changed."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` to ``end`` on somebody's wall, beginning on these weekdays (0 is Monday).

    An end before the start is on the next day. They are not equal, so quiet hours always end.
    """

    start: time
    end: time
    weekdays: frozenset[int]

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet hours end that ``now`` lies in; None outside of them."""
        windows = Recurring(self.weekdays, self.start, self.end, zone)
        ends = [window.end for window in windows.occurrences(Interval(now, now + _MOMENT))]
        return max(ends, default=None)


@dataclass(frozen=True, slots=True)
class Covering:
    """What somebody who works shifts wants about covers; ``queues`` are all that there are, by name.

    ``limits`` are theirs, which others have set; ``share`` is what they had in a year, None where nothing was
    counted yet.
    """

    wish: Wish
    queues: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class OwnShown:
    """What somebody chose; ``time_zone`` None is left to Slack, ``covering`` None: they work no shifts."""

    time_zone: str | None
    quiet: QuietHours | None
    covering: Covering | None


def wrong_hours(start: time | None, end: time | None) -> Wrong | None:
    """What is wrong with the hours that somebody gave; both None are no quiet hours, and nothing is."""
    if start is None and end is None:
        return None
    if start is None:
        return Wrong.START_MISSING
    if end is None:
        return Wrong.END_MISSING
    return Wrong.NO_LENGTH if start == end else None
