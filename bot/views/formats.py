"""How dates, times, durations and names are written for a reader."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.when import ShortMonth, When

TimeOfDay = time  # within Formats, ``time`` is a method
_ISOLATED = "\u2068{}\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
# Marks that turn the order of what follows them, also of what is not theirs.
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The conventions of one reader: their zone, language, week and clock."""

    zone: ZoneInfo
    locale: str = "en"
    hour_cycle: str = "24"
    first_weekday: int = 0

    def day(self, day: date, today: date | None = None) -> str:
        """A date with its weekday, and with its year where that is not today's: "Tue, Nov 24"."""
        skeleton = "MMMEd" if today is None or day.year == today.year else "yMMMEd"
        return _day(skeleton, day, self.locale)

    def weekday(self, day: date) -> str:
        """The short name of a weekday."""
        return format_date(day, "EEE", locale=self.locale)

    def short_month(self, month: ShortMonth) -> str:
        """Why a day does not exist: "February 2027 has only 28 days"."""
        name = format_date(date(2000, month.month, 1), "LLLL", locale=self.locale)
        at_most = "at most" if month.month == 2 and month.year is None else "only"
        return f"{name}{f' {month.year}' if month.year else ''} has {at_most} {month.days} days"

    def days(self, first: date, last: date, today: date | None = None) -> str:
        """A day, or a range of days."""
        if first == last:
            return self.day(first, today)
        return f"{self.day(first, today)} – {self.day(last, today)}"

    def time(self, instant: datetime) -> str:
        """A time of day on the reader's clock: "09:00" or "9:00 AM"."""
        return self.wall(instant.astimezone(self.zone).time())

    def wall(self, local: TimeOfDay) -> str:
        """A time as it stands on the wall."""
        return _clock(local, self.hour_cycle, self.locale)

    def moment(self, instant: datetime) -> str:
        """The day and the time of an instant: "Tue, Nov 24, 09:00"."""
        return f"{self.day(instant.astimezone(self.zone).date())}, {self.time(instant)}"

    def hours(self, interval: Interval) -> str:
        """From when to when on the reader's clock; says the day where it ends on another one than it starts."""
        start, end = (each.astimezone(self.zone).date() for each in (interval.start, interval.end))
        text = f"{self.time(interval.start)}–{self.time(interval.end)}"
        return text if start == end else f"{text} ({self.weekday(end)})"

    def when(self, when: When, today: date) -> str:
        """What was typed, said back."""
        text = self.days(when.first, when.last, today)
        if when.part:
            return f"{text}, {'half a day' if when.part.value == 'half' else when.part.value}"
        if when.start is None:
            return text
        times = [_clock(each, self.hour_cycle, self.locale) for each in (when.start, when.end) if each]
        return f"{text}, {'–'.join(times)}"


# The same few days and hours are written all day long, and each costs Babel a good part of 0.1 ms.
@lru_cache(4096)
def _day(skeleton: str, day: date, locale: str) -> str:
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(4096)
def _clock(local: time, hour_cycle: str, locale: str) -> str:
    return format_time(local, "HH:mm" if hour_cycle == "24" else "h:mm a", locale=locale)


def duration(length: timedelta) -> str:
    """Hours and minutes: "8 h", "7 h 30 min", "45 min"."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    parts = [amount(f"{hours}", "h")] if hours else []
    parts += [amount(f"{minutes}", "min")] if minutes or not hours else []
    return " ".join(parts)


def amount(number: str, unit: str) -> str:
    """A number that stays on one line with its unit."""
    return f"{number}\N{NO-BREAK SPACE}{unit}"


def escape(text: str) -> str:
    """What a person typed, in one line, so that it can ping nobody and turns no other words around."""
    return plain(text).translate(_MARKUP)


def plain(text: str) -> str:
    """The same for a plain text, in which nothing is markup."""
    line = " ".join(text.translate(_TURNING).split())
    turned = not line.isascii() and any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in line)
    return _ISOLATED.format(line) if turned else line


def person(somebody: Somebody) -> str:
    """A mention, or the name of who has no Slack account."""
    return f"<@{somebody.slack_id}>" if somebody.slack_id else escape(shorten(somebody.name, 80))


def shorten(text: str, limit: int) -> str:
    """The text cut to the limit, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
