"""From a settings document to a policy: a jurisdiction's preset, and what the workspace says otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from bot.domain.jurisdictions import PRESETS, Jurisdiction
from bot.domain.rules import (
    MEASURES,
    Bound,
    Effect,
    Kind,
    Policy,
    Rates,
    RuleId,
    Setting,
    Unit,
)

Overrides = Mapping[str, Mapping[str, Any]]
_KEYS = ("effect", "limit", "unit", "weeks", "derogated")
_BY_WORKSPACE = "Set by the workspace"
# Overtime without a limit begins where the contract ends.
_LIMIT_OPTIONAL = frozenset({RuleId.OVERTIME})


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Why something said of a rule cannot hold, in words for whoever said it."""

    rule: str
    words: str


class BadPolicy(Exception):
    """The settings of some rules cannot hold; ``problems`` says which and why."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.rule}: {problem.words}" for problem in problems))
        self.problems = problems


def policy_problems(jurisdiction: Jurisdiction, overrides: Overrides) -> tuple[PolicyProblem, ...]:
    """Everything that is wrong with what is said over the jurisdiction's preset; nothing: it can hold."""
    preset = PRESETS[jurisdiction]
    return tuple(
        PolicyProblem(name, words) for name, said in overrides.items() for words in _problems(name, said, preset)
    )


def read_policy(
    jurisdiction: Jurisdiction,
    overrides: Overrides,
    *,
    first_weekday: int = 0,
    rates: Rates | None = None,
    auto_approve: bool = True,
) -> Policy:
    """The preset with what is said over it, such as ``{"daily_rest": {"effect": "deny", "limit": 12}}``.

    A stricter limit than the law's lies on top of it as policy, and the law's stays beneath. Raises
    ``BadPolicy``.
    """
    if problems := policy_problems(jurisdiction, overrides):
        raise BadPolicy(problems)
    settings = dict(PRESETS[jurisdiction])
    for name, said in overrides.items():
        rule = RuleId(name)
        settings[rule] = _overridden(rule, settings.get(rule), said)
    return Policy(settings, first_weekday, rates or Rates(), auto_approve)


def _overridden(rule: RuleId, preset: Setting | None, said: Mapping[str, Any]) -> Setting:
    effect = Effect(said.get("effect", preset.effect if preset else Effect.DENY))
    limit, weeks = said.get("limit"), said.get("weeks")
    if preset is None:
        return Setting(Kind.POLICY, effect, limit, _BY_WORKSPACE, weeks or 1)
    said_limit = preset.limit if limit is None else limit
    said_weeks = weeks or preset.weeks
    if preset.kind is Kind.LEGAL and not said.get("derogated"):
        if not _stricter(rule, preset, said):
            return preset
        return Setting(Kind.POLICY, effect, said_limit, _BY_WORKSPACE, said_weeks, law=preset)
    source = _BY_WORKSPACE if limit is not None and preset.kind is Kind.POLICY else preset.source
    return replace(
        preset, effect=effect, limit=said_limit, weeks=said_weeks, source=source, derogated=said.get("derogated")
    )


def _problems(name: str, said: Mapping[str, Any], preset: Mapping[RuleId, Setting]) -> Iterator[str]:
    if name not in set(RuleId):
        yield f"there is no such rule; there are {', '.join(RuleId)}"
        return
    if not isinstance(said, Mapping):
        yield "is said as a table, such as {“effect”: “deny”}"
        return
    rule = RuleId(name)
    wrong = [*_wrong_keys(said), *_wrong_effect(said), *_wrong_limit(rule, said), *_wrong_weeks(rule, said)]
    yield from wrong
    if wrong:
        return
    base = preset.get(rule)
    if base is None and rule in MEASURES and rule not in _LIMIT_OPTIONAL and said.get("limit") is None:
        yield f"needs a limit in {MEASURES[rule].unit}"
    if said.get("derogated") and (base is None or base.derogation is None):
        yield "no limit of the law is in force here that an agreement could set aside: take the agreement out"
    elif base and base.kind in (Kind.FACT, Kind.PROMISE) and said.get("effect", Effect.DENY) != Effect.DENY:
        yield "cannot be otherwise, so its effect can only be deny"
    elif base and base.kind is Kind.LEGAL:
        yield from _weakened(rule, base, said)


def _wrong_keys(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"“{key}” is not one of {', '.join(_KEYS)}" for key in said if key not in _KEYS)
    agreement = said.get("derogated")
    if agreement is not None and not (isinstance(agreement, str) and agreement.strip()):
        yield "derogated names the agreement"


def _wrong_effect(said: Mapping[str, Any]) -> Iterator[str]:
    if "effect" in said and said["effect"] not in list(Effect):
        yield f"the effect “{said['effect']}” is not one of {', '.join(Effect)}"


def _wrong_limit(rule: RuleId, said: Mapping[str, Any]) -> Iterator[str]:
    limit, measure = said.get("limit"), MEASURES.get(rule)
    if measure is None:
        if limit is not None or "unit" in said:
            yield "has no limit: it is kept or broken"
        return
    if "unit" in said and said["unit"] != measure.unit:
        yield f"is counted in {measure.unit}, not in {said['unit']}"
    elif limit is None:
        return
    elif not _is_number(limit):
        yield f"the limit “{limit}” is not a number of {measure.unit}"
    elif not 0 <= limit <= measure.highest:
        yield f"the limit {limit} is not between 0 and {measure.highest} {measure.unit}"
    elif measure.unit is Unit.DAYS and limit != int(limit):
        yield "days are counted whole"


def _wrong_weeks(rule: RuleId, said: Mapping[str, Any]) -> Iterator[str]:
    weeks = said.get("weeks")
    if weeks is None:
        return
    if rule is not RuleId.HOURS_ROLLING:
        yield "has no reference period"
    elif not isinstance(weeks, int) or isinstance(weeks, bool) or not 1 <= weeks <= 52:
        yield f"the reference period “{weeks}” is not a number of weeks from 1 to 52"


def _weakened(rule: RuleId, law: Setting, said: Mapping[str, Any]) -> Iterator[str]:
    if said.get("derogated"):
        if said.get("effect") == Effect.REVIEW:
            yield "where an agreement sets the law's limit aside, the rule is either not possible or allowed"
        return
    if _is_weaker(rule, law, said):
        limit = f"{law.limit:g} {MEASURES[rule].unit}"
        yield f"the legal limit of {limit} ({law.source}) can only be made stricter{_way_out(law)}"
    elif said.get("effect", Effect.DENY) != Effect.DENY and not _stricter(rule, law, said):
        yield f"what the law forbids ({law.source}) stays not possible{_way_out(law)}"


def _way_out(law: Setting) -> str:
    if law.derogation is None:
        return ", without exception"
    return (
        f", except where your country's law or a collective agreement allows something else ({law.derogation}): "
        "then name that as well"
    )


def _is_weaker(rule: RuleId, law: Setting, said: Mapping[str, Any]) -> bool:
    limit, weeks = said.get("limit"), said.get("weeks")
    return (limit is not None and _compare(rule, limit, law) < 0) or (weeks is not None and weeks > law.weeks)


def _stricter(rule: RuleId, law: Setting, said: Mapping[str, Any]) -> bool:
    limit, weeks = said.get("limit"), said.get("weeks")
    return (limit is not None and _compare(rule, limit, law) > 0) or (weeks is not None and weeks < law.weeks)


def _compare(rule: RuleId, limit: float, law: Setting) -> float:
    """Above 0 where ``limit`` asks for more than the law does, below 0 where for less."""
    difference = limit - (law.limit or 0)
    return difference if MEASURES[rule].bound is Bound.LEAST else -difference


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
