"""Settings and rules in words."""

from collections.abc import Mapping
from typing import Any

from bot.domain.limits import WEEKDAYS
from bot.domain.rules import MEASURES, Bound, Effect, RuleId, Setting, Unit
from bot.domain.timeoff_kinds import BUILT_IN
from bot.domain.zones import zone_words
from bot.views.announced import LABELS as NEWS
from bot.views.announced import place_words
from bot.views.formats import escape, shorten
from bot.views.regions import region_name

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
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
    "digest_weekday": ("The weekly report comes on", {day: day.capitalize() for day in WEEKDAYS}),
    "auto_approve": (
        "A swap that breaks no rule",
        {"true": "is settled at once", "false": "needs approval"},
    ),
    "cover_asked": (
        "Its people are asked to step in",
        {"true": "yes", "false": "no: they count as there, such as those of a partner"},
    ),
    "attendance": (
        "When a shift begins",
        {"off": "nobody is asked for a sign", "here": "people say that they are there"},
    ),
    "leave_granted": (
        "The leave of a year can be taken",
        {"at once": "as soon as the year begins", "monthly": "month by month, as it is earned"},
    ),
    "leave_year_starts": (
        "The leave year begins on",
        {**{f"{number:02}-01": f"1 {name}" for number, name in enumerate(_MONTHS, 1)}, "04-06": "6 April"},
    ),
    "channel": (
        "What comes to it",
        {"calls": "calls", "chats": "chats", "backlog": "work that waits, such as e-mail"},
    ),
    "sop_approval": (
        "A changed procedure is published",
        {"false": "by whoever writes it", "true": "once a second person has approved it"},
    ),
    "service_level_formula": (
        "Service level is",
        {
            "offered": "answered in time, of what was offered",
            "answered": "answered in time, of what was answered",
            "without short abandons": "answered in time, of what was offered without who gave up in that time",
            "short abandons as met": "answered in time or given up in that time, of what was offered",
        },
    ),
    "interval_minutes": ("A day is looked at in steps of", {"15": "15 minutes", "30": "30 minutes"}),
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
    "own_holidays": "Our own public holidays",
    "swap_expiry_hours": "Hours before its first shift at which an unsettled swap ends",
    "no_show_minutes": "Minutes without a sign after which somebody is asked, and then who answers for them",
    "cover_wave_size": "People who are asked at once to take a shift",
    "cover_wave_minutes": "Minutes after which the next are asked",
    "cover_least_minutes": "Shortest part of a shift to give away, in minutes",
    "required_skills": "Skills that its shifts need",
    "minimum_heads": "Fewest people on at any time",
    "plan": "People who need to be there",
    "service_level_percent": "Service level, in percent of what is offered",
    "service_level_seconds": "Seconds within which it is to be answered",
    "occupancy_percent": "Most percent of their time that people are busy",
    "patience_seconds": "Seconds after which somebody who waits gives up, on average",
    "concurrency": "Chats that one person has at once",
    "deadline_hours": "Hours within which work that waits is to be done",
    "handle_seconds": "Seconds that a contact takes, where no file says it",
    "shrinkage_planned_percent": "Percent of time for leave and training",
    "shrinkage_unplanned_percent": "Percent of time for breaks, sickness and the like",
    "gap_least_heads": "Fewest people missing that are a gap",
    "gap_least_minutes": "Shortest gap, in minutes",
    "gap_warning_hours": "Hours ahead at which a gap is told of",
    "deviation_percent": "Percent more or fewer contacts than expected that are told of",
    "deviation_intervals": "Intervals on end for which that has to be so",
    "surplus_least_heads": "Fewest people more than needed for time off to be offered",
    "surplus_least_minutes": "Shortest time off that is worth offering, in minutes",
    "standup_at": "When the day’s post at stand-up comes",
    "digest_at": "When reports of key figures come",
    "ramp": "For how much new hires count, in percent",
    "special_days": "Days that are not like their weekday",
    "responsible": "Who answers for the floor at which hours",
    "business_hours": "Hours in which the clocks of cases run",
    "sla": "How long each clock may take",
    "hand_up_minutes": "Minutes after which a raised hand goes up a level",
    "exception_limits": "Who approves refunds and other exceptions, up to which amount",
    "exception_hours": "Hours after which an exception expires that nobody has decided",
    "sla_pauses": "States in which clocks stand",
    "kpi_least_n": "Least number that a rate is said of",
    "kpi_fcr_days": "Days without a word from the customer until a case counts as solved at first contact",
    "kpi_targets": "Targets of key figures",
    "review_days": "Days after which somebody looks whether an article is still true",
    "review_overdue_days": "Days after which others hear that nobody has looked",
    "kb_search_days": "Days for which it is kept what was looked for (never who)",
    "leave_weeks": "Weeks of paid leave in a year",
    "leave_most_days": "Most working days that these make",
    "leave_held_days": "Most days that a balance grows to",
    "leave_carried_days": "Most days carried into the next leave year",
    "leave_carried_months": "Months for which these can be taken (0: without end)",
    "leave_notice_days": "Leave lapses only if its owner was told so many days before",
    "leave_warning_days": "Days before it lapses at which its owner is told",
    "leave_wait_hours": "Hours to answer when a place comes free",
    "leave_reminder_hours": "Hours after which approvers are reminded of a request, then after twice as long",
    "leave_next_level_hours": "Hours after which managers hear of it, too",
    "leave_expiry_days": "Days after which a request expires that nobody has decided",
    "leave_kinds": "Kinds of leave",
    **NEWS,
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
_UNSAID = {
    "exception_limits": "coordinators and managers, all of them",
    "kpi_targets": "none",
    "plan": "what a file or a forecast says",
    "patience_seconds": "nobody gives up",
    "handle_seconds": "not known",
    "ramp": "in full from the first day",
    "special_days": "none but public holidays",
    "own_holidays": "none besides",
    "responsible": "nobody but the leads",
    "leave_weeks": "no balance comes by itself",
    "leave_most_days": "as many as the weeks make",
    "leave_held_days": "no limit",
    "leave_notice_days": "as the law asks (30 in the EU, none elsewhere)",
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
    if key in NEWS:
        return place_words(value)
    if key == "time_zone":
        return zone_words(value)
    if key == "holidays":
        return region_name(value) if value else "no country"
    if key in _UNSAID and value is None:
        return _UNSAID[key]
    if key in ("own_holidays", "business_hours", "sla", "sla_pauses", "exception_limits", "kpi_targets"):
        return escape(shorten("; ".join(value.splitlines()), 500))
    if key == "leave_kinds":
        names = dict.fromkeys([*BUILT_IN, *value])
        return escape(shorten(", ".join(names), 500))
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
