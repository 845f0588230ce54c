"""What a change costs: overtime by the week, supplements by the time of day, and in money where pay is known.

The weeks stand alone: hours fewer in one week do not make up for more in another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.intervals import Interval, total
from bot.domain.rules import CONTRACT, Policy, Premium, RuleId, Week
from bot.domain.rules_measured import ONE_HOUR, Breach, Check
from bot.domain.rules_work import Change, Piece, whole_day

_NOTHING = timedelta()
_ONE_MINUTE = timedelta(minutes=1)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change adds (below 0: saves): minutes worked, of them overtime and at a premium, and money.

    ``money`` is pay and supplements together, in the currency that the pay is in; None where pay is unknown.
    """

    worked: int = 0
    overtime: int = 0
    premium: int = 0
    money: Decimal | None = Decimal(0)

    def __add__(self, other: "Cost") -> "Cost":
        known = self.money is not None and other.money is not None
        return Cost(
            self.worked + other.worked,
            self.overtime + other.overtime,
            self.premium + other.premium,
            (self.money or Decimal(0)) + (other.money or Decimal(0)) if known else None,
        )


def overtime(check: Check) -> Iterator[Breach]:
    """Hours beyond the limit, or the contract where there is none, in each week that stands alone."""
    threshold = _overtime_from(check.setting.limit, check.change.person.weekly_minutes)
    if threshold is None:
        return
    what = CONTRACT if check.setting.limit is None else None
    before, after = check.change.before.weeks, check.change.after.weeks
    for week in check.change.weeks_gained:
        worked = after.get(week, _NOTHING)
        if worked > threshold and worked > before.get(week, _NOTHING):
            yield Breach(Week(week), worked / ONE_HOUR, threshold / ONE_HOUR, what)


def premium(check: Check) -> Iterator[Breach]:
    """More hours at a supplement than before, by more than the limit."""
    for each in check.rates.premiums:
        more = _more_at(each, check.change)
        if more > check.hours:
            yield Breach(None, more / ONE_HOUR, check.limit, each.name)


def cost_of(change: Change, policy: Policy) -> Cost:
    """What the change adds for this person."""
    worked = _total(change.after.weeks.values()) - _total(change.before.weeks.values())
    extra = _more_overtime(change, policy)
    premiums = [(each.share, _more_at(each, change)) for each in policy.rates.premiums]
    money: Decimal | None = None
    if change.person.hourly_pay is not None:
        weighted = _hours(worked) + _hours(extra) * policy.rates.overtime
        weighted += sum((_hours(more) * share for share, more in premiums), Decimal(0))
        money = (weighted * change.person.hourly_pay).quantize(_CENT)
    return Cost(_minutes(worked), _minutes(extra), _minutes(_total(more for _, more in premiums)), money)


def _overtime_from(limit: float | None, weekly_minutes: int | None) -> timedelta | None:
    if limit is not None:
        return limit * ONE_HOUR
    return timedelta(minutes=weekly_minutes) if weekly_minutes else None


def _more_overtime(change: Change, policy: Policy) -> timedelta:
    setting = policy.settings.get(RuleId.OVERTIME)
    threshold = _overtime_from(setting.limit, change.person.weekly_minutes) if setting else None
    if threshold is None:
        return _NOTHING
    return _total(
        max(_NOTHING, change.after.weeks.get(week, _NOTHING) - threshold)
        - max(_NOTHING, change.before.weeks.get(week, _NOTHING) - threshold)
        for week in change.weeks_touched
    )


def _more_at(each: Premium, change: Change) -> timedelta:
    zone = change.before.zone
    return _time_at(each, change.gained, zone) - _time_at(each, change.lost, zone)


def _time_at(each: Premium, pieces: Iterable[Piece], zone: ZoneInfo) -> timedelta:
    return total(
        shared
        for piece in pieces
        for window in _windows(each, piece.interval, zone)
        if (shared := piece.interval.intersection(window))
    )


def _windows(each: Premium, within: Interval, zone: ZoneInfo) -> Iterator[Interval]:
    for window in each.windows:
        yield from window.occurrences(within)
    for day in each.dates:
        yield whole_day(day, zone)


def _total(lengths: Iterable[timedelta]) -> timedelta:
    return sum(lengths, _NOTHING)


def _minutes(length: timedelta) -> int:
    return round(length / _ONE_MINUTE)


def _hours(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(microseconds=1)) / 3_600_000_000
