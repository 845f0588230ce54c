"""Puts every rule of a policy to one person's change, and to what it leaves behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.domain import rules_cost, rules_fit, rules_hours, rules_rest
from bot.domain.intervals import Interval
from bot.domain.rules import MEASURES, About, Finding, Policy, RuleId, Setting, Unit
from bot.domain.rules_measured import Breach, Check
from bot.domain.rules_work import Change

# The cheap ones first, so that who only asks whether anything denies learns it soon.
CHECKS: Mapping[RuleId, Callable[[Check], Iterator[Breach]]] = MappingProxyType(
    {
        RuleId.ACTIVE: rules_fit.active,
        RuleId.FUTURE: rules_fit.future,
        RuleId.SKILL: rules_fit.skill,
        RuleId.QUEUE: rules_fit.queue,
        RuleId.MINIMUM_NOTICE: rules_fit.minimum_notice,
        RuleId.ABSENCE: rules_fit.absence,
        RuleId.OVERLAP: rules_fit.overlap,
        RuleId.ACCOMMODATION: rules_fit.accommodation,
        RuleId.AVAILABILITY: rules_fit.availability,
        RuleId.DAILY_REST: rules_rest.daily_rest,
        RuleId.HOURS_PER_DAY: rules_hours.hours_per_day,
        RuleId.HOURS_PER_WEEK: rules_hours.hours_per_week,
        RuleId.WEEKLY_REST: rules_rest.weekly_rest,
        RuleId.HOURS_ROLLING: rules_hours.hours_rolling,
        RuleId.MINIMUM_WEEKLY_HOURS: rules_hours.minimum_weekly_hours,
        RuleId.CONSECUTIVE_DAYS: rules_hours.consecutive_days,
        RuleId.OVERTIME: rules_cost.overtime,
        RuleId.PREMIUM: rules_cost.premium,
    }
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The agents (a hybrid counts in part) on ``queue`` before and after a change, against the ``floor``."""

    interval: Interval
    queue: str
    before: float
    after: float
    floor: float


def check_change(change: Change, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """Everything that the change breaks, newly or more than before."""
    return tuple(findings(change, policy, now))


def findings(change: Change, policy: Policy, now: datetime) -> Iterator[Finding]:
    """What ``check_change`` returns, one by one."""
    for rule, put in CHECKS.items():
        if setting := policy.settings.get(rule):
            yield from _judged(rule, put, Check(change, setting, now, policy.rates))


def coverage_findings(coverage: Iterable[Coverage], policy: Policy) -> tuple[Finding, ...]:
    """The intervals that a change leaves below their floor, newly or further than before."""
    setting = policy.settings.get(RuleId.COVERAGE)
    if setting is None:
        return ()
    return tuple(
        Finding(
            RuleId.COVERAGE,
            setting.kind,
            setting.effect,
            None,
            each.interval,
            each.after,
            each.floor,
            Unit.AGENTS,
            each.queue,
            setting.source,
        )
        for each in sorted(coverage, key=lambda each: (each.interval, each.queue))
        if each.after < each.floor and each.after < each.before
    )


def _judged(rule: RuleId, put: Callable[[Check], Iterator[Breach]], check: Check) -> Iterator[Finding]:
    told: set[About | None] = set()
    if law := check.setting.law:
        for finding in _judged(rule, put, Check(check.change, law, check.now, check.rates)):
            told.add(finding.about)
            yield finding
    for breach in put(check):
        if breach.about not in told:
            yield _finding(rule, check, check.setting, breach)


def _finding(rule: RuleId, check: Check, setting: Setting, breach: Breach) -> Finding:
    return Finding(
        rule,
        setting.kind,
        setting.effect,
        check.change.person.id,
        breach.about,
        breach.value,
        breach.limit,
        MEASURES[rule].unit if rule in MEASURES else None,
        breach.what,
        "; ".join(filter(None, (setting.source, setting.derogated))),
    )
