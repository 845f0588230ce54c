"""People, shifts and policies to try the rules on."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import settings

from bot.domain.intervals import Interval
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.rules import Finding, Policy, RuleId
from bot.domain.rules_check import check_change
from bot.domain.rules_settings import read_policy
from bot.domain.rules_work import Change, Person, Piece, Work
from bot.domain.wallclock import span

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SUNDAY = 6
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
unhurried = settings(deadline=None)
MICROSECOND = timedelta(microseconds=1)
ANA = Person(UUID(int=1), BERLIN, weekly_minutes=40 * 60)
BEN = Person(UUID(int=2), BERLIN, weekly_minutes=40 * 60)


def shift(day: int, start: float, end: float, zone: ZoneInfo = BERLIN, **what: Any) -> Piece:
    """A piece so many days after ``MONDAY``, by hours on the wall; an ``end`` of 30 is 06:00 on the next day."""
    midnight = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day)
    interval = span(midnight + timedelta(hours=start), midnight + timedelta(hours=end), zone)
    return Piece(interval, **what)


def policy_of(jurisdiction: Jurisdiction = Jurisdiction.NONE, first_weekday: int = 0, **rules: Any) -> Policy:
    """The preset with the rules said, such as ``daily_rest={"limit": 11}``."""
    return read_policy(jurisdiction, rules, first_weekday=first_weekday)


def change(
    before: Iterable[Piece],
    gained: Iterable[Piece] = (),
    lost: Iterable[Piece] = (),
    person: Person = ANA,
    first_weekday: int = 0,
) -> Change:
    """What comes of the pieces before."""
    return Change.of(person, Work.of(before, person.zone, first_weekday), gained=gained, lost=lost)


def found(made: Change, policy: Policy, *rules: RuleId, now: datetime = NOW) -> tuple[Finding, ...]:
    """What the change breaks, of some rules only if any are named."""
    findings = check_change(made, policy, now)
    return tuple(finding for finding in findings if not rules or finding.rule in rules)


def stretched(piece: Piece, *, start: timedelta = timedelta(), end: timedelta = timedelta()) -> Piece:
    """The piece with its start and end moved."""
    return Piece(Interval(piece.interval.start + start, piece.interval.end + end), piece.queue, piece.skills)
