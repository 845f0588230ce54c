"""Settings and rules in words."""

from collections.abc import Mapping
from typing import Any

from bot.domain.limits import WEEKDAYS
from bot.domain.rules import MEASURES, Bound, Effect, RuleId, Setting, Unit
from bot.domain.zones import zone_words
from bot.views.formats import escape, shorten
from bot.views.regions import region_name

CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "locale": (
        "Dates are written as in",
        {"en": "English (US)", "en_GB": "English (UK)", "de": "Deutsch", "es": "Español", "fr": "Français"},
    ),
    "date_order": (
        "Dates in numbers are read",
        {"DMY": "day first: 3/4 is 3 April", "MDY": "month first: 3/4 is March 4", "YMD": "year first"},
    ),
    "first_weekday": ("The week begins on", {day: day.capitalize() for day in WEEKDAYS}),
    "hour_cycle": ("The clock shows", {"24": "14:30", "12": "2:30 PM"}),
    "auto_approve": (
        "A swap that breaks no rule",
        {"true": "is settled at once", "false": "needs approval"},
    ),
    "jurisdiction": (
        "Law on working time",
        {
            "none": "None (only the floor's own rules)",
            "eu": "European Union",
            "uk": "United Kingdom",
            "us": "United States (federal)",
        },
    ),
}
LABELS: Mapping[str, str] = {
    "time_zone": "Time zone of people who have none of their own",
    "holidays": "Public holidays are those of",
    "swap_expiry_hours": "Hours before its first shift at which an unsettled swap ends",
    "cover_wave_size": "People who are asked at once to take a shift",
    "cover_wave_minutes": "Minutes after which the next are asked",
    "cover_least_minutes": "Shortest part of a shift to give away, in minutes",
    "required_skills": "Skills that its shifts need",
    "minimum_heads": "Fewest people on at any time",
    **{key: label for key, (label, _) in CHOICES.items()},
}
RULES: Mapping[RuleId, str] = {
    RuleId.DAILY_REST: "Daily rest",
    RuleId.WEEKLY_REST: "Weekly rest",
    RuleId.HOURS_PER_DAY: "Hours in a day",
    RuleId.HOURS_PER_WEEK: "Hours in a week",
    RuleId.HOURS_ROLLING: "Hours a week on average",
    RuleId.MINIMUM_WEEKLY_HOURS: "Least hours in a week",
    RuleId.CONSECUTIVE_DAYS: "Days in a row",
    RuleId.MINIMUM_NOTICE: "Notice",
    RuleId.OVERTIME: "Overtime",
    RuleId.PREMIUM: "Hours at a premium",
    RuleId.SKILL: "Skills of the queue",
    RuleId.QUEUE: "Queue",
    RuleId.ABSENCE: "Absence",
    RuleId.AVAILABILITY: "Availability",
    RuleId.ACCOMMODATION: "Limits of a person",
    RuleId.COVERAGE: "Fewest people there",
}
# Before what follows when a rule is broken.
BROKEN: Mapping[RuleId, str] = {
    RuleId.DAILY_REST: "Too little daily rest is",
    RuleId.WEEKLY_REST: "Too little weekly rest is",
    RuleId.HOURS_PER_DAY: "Too many hours in a day are",
    RuleId.HOURS_PER_WEEK: "Too many hours in a week are",
    RuleId.HOURS_ROLLING: "Too many hours a week on average are",
    RuleId.MINIMUM_WEEKLY_HOURS: "Too few hours in a week are",
    RuleId.CONSECUTIVE_DAYS: "Too many days in a row are",
    RuleId.MINIMUM_NOTICE: "Too short notice is",
    RuleId.OVERTIME: "Overtime is",
    RuleId.PREMIUM: "Hours at a premium are",
    RuleId.SKILL: "Work without the skills of the queue is",
    RuleId.QUEUE: "Work for a queue that is not theirs is",
    RuleId.ABSENCE: "Work during an absence is",
    RuleId.AVAILABILITY: "Work while somebody is not available is",
    RuleId.ACCOMMODATION: "Work that somebody is exempt from is",
    RuleId.COVERAGE: "Too few people there are",
}
EFFECTS: Mapping[Effect, str] = {
    Effect.ALLOW: "Allowed",
    Effect.REVIEW: "Needs approval",
    Effect.DENY: "Not possible",
}
_UNITS = {Unit.PERCENT: "% of the contract"}
NOT_CHECKED = "Not checked"


def value_words(key: str, value: Any) -> str:
    """The value of a setting as people say it."""
    if key in CHOICES:
        stored = str(value).lower() if isinstance(value, bool) else str(value)
        return CHOICES[key][1].get(stored, stored)
    if key == "time_zone":
        return zone_words(value)
    if key == "holidays":
        return region_name(value) if value else "no country"
    if key == "required_skills":
        if value is None:
            return "the one called like the queue, if there is one"
        return escape(shorten(", ".join(value), 500)) or "none"
    return str(value)


def limit_words(rule: RuleId, limit: float | None) -> str:
    """A limit with its side and unit: "at least 11 hours"; empty where the rule has none."""
    if limit is None or rule not in MEASURES:
        return ""
    measure = MEASURES[rule]
    return f"{measure.bound} {limit:g} {_UNITS.get(measure.unit, measure.unit)}"


def setting_words(rule: RuleId, setting: Setting | None) -> str:
    """What a rule does: "at least 11 hours, otherwise not possible (Directive 2003/88/EC, article 3)"."""
    if setting is None:
        return NOT_CHECKED
    effect = EFFECTS[setting.effect]
    limit = limit_words(rule, setting.limit)
    text = f"{limit}, otherwise {effect[0].lower()}{effect[1:]}" if limit else effect
    return f"{text} ({setting.source})" if setting.source else text


def rule_words(rule: RuleId, said: Mapping[str, Any]) -> str:
    """What is said of a rule over what usually holds: "at most 6 days, otherwise needs approval"."""
    limit = limit_words(rule, said.get("limit"))
    effect = EFFECTS[Effect(said["effect"])].lower() if "effect" in said else ""
    parts = [limit, f"otherwise {effect}" if limit and effect else effect]
    parts += [f"over {said['weeks']} weeks"] if said.get("weeks") else []
    parts += [f"set aside by {escape(shorten(said['derogated'], 80))}"] if said.get("derogated") else []
    return ", ".join(part for part in parts if part) or "as usual"


def limit_label(rule: RuleId) -> str:
    """What is to be entered as the limit of a rule."""
    measure = MEASURES[rule]
    side = "at least" if measure.bound is Bound.LEAST else "at most"
    return f"{RULES[rule]}: {side}, in {_UNITS.get(measure.unit, measure.unit)}"
