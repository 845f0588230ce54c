"""What may stop somebody from working something: rules as data.

A rule has a stable id. A policy says of each rule what follows when it is broken (allow, review, deny), its limit
and where that comes from. A finding is one rule that a change would break. None of it is legal advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.wallclock import Recurring


class RuleId(StrEnum):
    """Every rule, by the name that settings and stored findings know it by."""

    ACTIVE = "active"  # nobody who left
    FUTURE = "future"  # no shift that has begun
    OVERLAP = "overlap"  # nobody works twice at once
    SKILL = "skill"  # a language is a skill
    QUEUE = "queue"
    ABSENCE = "absence"
    AVAILABILITY = "availability"
    ACCOMMODATION = "accommodation"  # "no nights", "no phone": never the reason
    MINIMUM_NOTICE = "minimum_notice"
    DAILY_REST = "daily_rest"
    WEEKLY_REST = "weekly_rest"
    HOURS_PER_DAY = "hours_per_day"
    HOURS_PER_WEEK = "hours_per_week"
    HOURS_ROLLING = "hours_rolling"  # a week's hours, on average over a reference period
    MINIMUM_WEEKLY_HOURS = "minimum_weekly_hours"  # as a share of the contract
    CONSECUTIVE_DAYS = "consecutive_days"
    OVERTIME = "overtime"
    PREMIUM = "premium"
    COVERAGE = "coverage"  # what is left behind


class Kind(StrEnum):
    """Whose rule it is, and so whether anybody may approve what breaks it."""

    LEGAL = "legal"  # may not be approved
    POLICY = "policy"  # may be approved anyway, with a reason
    FACT = "fact"  # cannot be: two places at once, in the past, after leaving
    PROMISE = "promise"  # given to one person, and so nobody else's to take back


class Effect(StrEnum):
    """What follows when a rule is broken."""

    ALLOW = "allow"
    REVIEW = "review"
    DENY = "deny"


class Unit(StrEnum):
    """What a limit and a value are counted in."""

    HOURS = "hours"
    DAYS = "days"
    PERCENT = "percent of the contract's hours"
    AGENTS = "agents"


class Bound(StrEnum):
    """On which side of the limit it is right to be."""

    LEAST = "at least"
    MOST = "at most"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a rule is measured: the unit and side of its limit, and the highest number that makes sense."""

    unit: Unit
    bound: Bound
    highest: float


# Rules that are not here are kept or broken, without a number of their own.
MEASURES: Mapping[RuleId, Measure] = MappingProxyType(
    {
        RuleId.MINIMUM_NOTICE: Measure(Unit.HOURS, Bound.LEAST, 24 * 365),
        RuleId.DAILY_REST: Measure(Unit.HOURS, Bound.LEAST, 24),
        RuleId.WEEKLY_REST: Measure(Unit.HOURS, Bound.LEAST, 168),
        RuleId.HOURS_PER_DAY: Measure(Unit.HOURS, Bound.MOST, 25),
        RuleId.HOURS_PER_WEEK: Measure(Unit.HOURS, Bound.MOST, 168),
        RuleId.HOURS_ROLLING: Measure(Unit.HOURS, Bound.MOST, 168),
        RuleId.MINIMUM_WEEKLY_HOURS: Measure(Unit.PERCENT, Bound.LEAST, 100),
        RuleId.CONSECUTIVE_DAYS: Measure(Unit.DAYS, Bound.MOST, 366),
        RuleId.OVERTIME: Measure(Unit.HOURS, Bound.MOST, 168),
        RuleId.PREMIUM: Measure(Unit.HOURS, Bound.MOST, 168),
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a policy says of one rule.

    ``limit`` is in the rule's unit (``MEASURES``); None where there is none, and for overtime the contract's
    hours. ``weeks`` is the reference period of an average. ``derogation`` names the provision that lets an
    agreement set a legal limit aside, and ``derogated`` the agreement that did. ``law`` is the legal limit that
    still holds beneath a stricter one of the workspace.
    """

    kind: Kind
    effect: Effect
    limit: float | None = None
    source: str = ""
    weeks: int = 1
    derogation: str | None = None
    derogated: str | None = None
    law: "Setting | None" = None


@dataclass(frozen=True, slots=True)
class Premium:
    """A supplement for work at certain times: ``share`` of the pay (0.25 is 25 %) on top of it.

    ``dates`` are holidays, from midnight to midnight where the person is.
    """

    name: str
    share: Decimal
    windows: tuple[Recurring, ...] = ()
    dates: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Rates:
    """What unusual hours cost on top of the pay, as shares of it."""

    overtime: Decimal = Decimal("0.5")
    premiums: tuple[Premium, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for somebody: a setting per rule (a rule without one is not checked).

    ``first_weekday`` is the first day of the workweek (0 is Monday). ``auto_approve``: what breaks no rule needs
    nobody's approval.
    """

    settings: Mapping[RuleId, Setting]
    first_weekday: int = 0
    rates: Rates = field(default_factory=Rates)
    auto_approve: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day on the person's calendar."""

    day: date


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A workweek on the person's calendar, by its first day."""

    first: date

    @property
    def last(self) -> date:
        """The last of its seven days."""
        return self.first + timedelta(days=6)


About = Interval | Day | Week

CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a change breaks: newly, or more than before.

    ``whom``: whose rule; nobody's for coverage. ``value`` and ``limit`` are in ``unit``. ``what`` names the
    skill, queue, accommodation or premium, and is ``CONTRACT`` where overtime begins with the contract's hours.
    ``about`` None: the person as such.
    """

    rule: RuleId
    kind: Kind
    effect: Effect
    whom: UUID | None
    about: About | None = None
    value: float | None = None
    limit: float | None = None
    unit: Unit | None = None
    what: str | None = None
    source: str = ""

    @property
    def denies(self) -> bool:
        """Whether it stands in the way until somebody approves anyway, if anybody may."""
        return self.effect is Effect.DENY

    @property
    def is_firm(self) -> bool:
        """Whether it stands in the way and nobody may approve it."""
        return self.denies and self.kind is not Kind.POLICY
