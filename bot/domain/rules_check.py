"""Puts every rule of a policy to one person's change, and to what it leaves behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.domain import rules_cost, rules_fit, rules_hours, rules_rest
from bot.domain.coverage_effect import Effect
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


def check_change(change: Change, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """Everything that the change breaks, newly or more than before."""
    return tuple(findings(change, policy, now))


def findings(change: Change, policy: Policy, now: datetime) -> Iterator[Finding]:
    """What ``check_change`` returns, one by one."""
    for rule, put in CHECKS.items():
        if setting := policy.settings.get(rule):
            yield from _judged(rule, put, Check(change, setting, now, policy.rates))


def coverage_findings(effects: Iterable[Effect], policy: Policy) -> tuple[Finding, ...]:
    """The times in which a change leaves fewer people than are needed, newly or further than before.

    Each has the numbers of when it is worst.
    """
    setting = policy.settings.get(RuleId.COVERAGE)
    if setting is None:
        return ()
    breaches = (each for each in effects if each.after < min(each.before, each.required))
    found = [
        Finding(
            RuleId.COVERAGE,
            setting.kind,
            setting.effect,
            None,
            time,
            worst.after,
            worst.required,
            Unit.AGENTS,
            ", ".join(filter(None, worst.post)),
            setting.source,
        )
        for time, worst in _joined(breaches)
    ]
    return tuple(sorted(found, key=lambda each: (each.about, each.what)))


def _joined(breaches: Iterable[Effect]) -> Iterator[tuple[Interval, Effect]]:
    """Those of a post that meet, as one."""
    last: tuple[Interval, Effect] | None = None
    for each in sorted(breaches, key=lambda each: (each.post, each.interval)):
        if last and last[1].post == each.post and last[0].end == each.interval.start:
            worst = max(last[1], each, key=lambda one: one.missing)
            last = Interval(last[0].start, each.interval.end), worst
            continue
        if last:
            yield last
        last = each.interval, each
    if last:
        yield last


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
