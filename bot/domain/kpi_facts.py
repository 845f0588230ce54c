"""Facts of days, as they are added up before they are stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval
from bot.domain.kpi import Cut, Measure
from bot.domain.kpi_periods import Span
from bot.domain.wallclock import days, local_date

NOWHERE = Cut()
_DIGITS = 6


class Fact(NamedTuple):
    """What was measured on a day, and of what."""

    day: date
    measure: Measure
    cut: Cut
    numerator: float
    denominator: float | None


def cut_key(cut: Cut) -> str:
    """A cut in one word, by which a fact is found again; a person's is the same in whatever team they are."""
    found = cut._replace(team_id=None) if cut.member_id else cut
    return " ".join("-" if each is None else str(each) for each in found)


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a zone up to now: what is measured of which."""

    span: Span
    zone: ZoneInfo
    now: datetime

    @property
    def within(self) -> Interval:
        """From the first instant of the first to the last of the last."""
        return days(self.span.starts, self.span.last, self.zone)

    @property
    def today(self) -> date:
        """The day that is not over."""
        return local_date(self.now, self.zone)

    def of(self, instant: datetime) -> date:
        """The day that an instant lies in."""
        return local_date(instant, self.zone)

    def has(self, instant: datetime | None) -> bool:
        """Whether an instant has passed, and lies in any of them."""
        return instant is not None and instant <= self.now and self.within.contains(instant)

    def ends(self) -> Iterator[tuple[date, datetime]]:
        """Each day that has begun, with when it ended; of today, now."""
        for day in self.span.days():
            if day <= self.today:
                yield day, min(days(day, day, self.zone).end, self.now)

    def parts(self, interval: Interval) -> Iterator[tuple[date, Interval]]:
        """What of an interval lies in which of these days, up to now."""
        for day, end in self.ends():
            start = days(day, day, self.zone).start
            if start < end and (part := Interval(start, end).intersection(interval)):
                yield day, part


@dataclass(frozen=True, slots=True)
class Tally:
    """Adds up what is measured, by day, measure and cut."""

    _sums: dict[tuple[date, Measure, Cut], tuple[float, float | None]] = field(default_factory=dict)

    def add(
        self, day: date, measure: Measure, cut: Cut, numerator: float, denominator: float | None = None
    ) -> None:
        """A sum, or with a denominator the parts of a rate."""
        known, of = self._sums.get((day, measure, cut), (0.0, None))
        whole = of if denominator is None else (of or 0) + denominator
        self._sums[day, measure, cut] = (known + numerator, whole)

    def facts(self) -> Iterator[Fact]:
        """All of it."""
        for (day, measure, cut), (numerator, denominator) in self._sums.items():
            # Rounded, so that the order in which parts were added leaves no trace.
            whole = None if denominator is None else round(denominator, _DIGITS)
            yield Fact(day, measure, cut, round(numerator, _DIGITS), whole)
