"""What the rules find, what coverage is left and how the hours change, in words."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.rules import CONTRACT, MEASURES, About, Day, Finding, Kind, RuleId, Unit, Week
from bot.domain.rules_swaps import Reading
from bot.domain.shifts import Somebody
from bot.domain.swaps_review import Side
from bot.domain.wallclock import local_date
from bot.views.formats import Formats, amount, duration, escape, person, shorten

RULES: Mapping[RuleId, str] = {
    RuleId.ACTIVE: "has left",
    RuleId.FUTURE: "the shift has begun",
    RuleId.OVERLAP: "works at that time already",
    RuleId.SKILL: "lacks a skill",
    RuleId.QUEUE: "does not work this queue",
    RuleId.ABSENCE: "is away",
    RuleId.AVAILABILITY: "is not available",
    RuleId.ACCOMMODATION: "is not to be given this",
    RuleId.MINIMUM_NOTICE: "notice",
    RuleId.DAILY_REST: "daily rest",
    RuleId.WEEKLY_REST: "weekly rest",
    RuleId.HOURS_PER_DAY: "hours in a day",
    RuleId.HOURS_PER_WEEK: "hours in a week",
    RuleId.HOURS_ROLLING: "hours a week on average",
    RuleId.MINIMUM_WEEKLY_HOURS: "least hours in a week",
    RuleId.CONSECUTIVE_DAYS: "days in a row",
    RuleId.OVERTIME: "overtime",
    RuleId.PREMIUM: "hours at a premium",
    RuleId.COVERAGE: "too few people",
}
_NAME, _MOST_LINES = 80, 30


def finding_words(finding: Finding, people: Mapping[UUID, Somebody], formats: Formats) -> str:
    """One broken rule: whose, value, limit, when and whence."""
    somebody = people.get(finding.whom) if finding.whom else None
    whom = f"{person(somebody)}: " if somebody else ""
    parts = [f"{whom}{own_words(finding, formats)}"]
    if finding.kind is Kind.LEGAL:
        parts.append("law")
    if not _by_contract(finding):
        parts.append(escape(shorten(finding.source, 200)))
    return " · ".join(part for part in parts if part)


def own_words(finding: Finding, formats: Formats) -> str:
    """The same for whom the rule is about."""
    if finding.rule is RuleId.OVERTIME and isinstance(finding.about, Week):
        return _overtime(finding, formats)
    text = RULES[finding.rule]
    if finding.what:
        text += f" ({escape(shorten(finding.what, _NAME))})"
    if finding.value is not None and finding.unit:
        text += f" {_amount(finding.value, finding.unit)}{_limit(finding)}"
    about = _about(finding.about, formats)
    return f"{text} · {about}" if about else text


def standing(finding: Finding) -> str:
    """What a broken rule means for who approves."""
    if finding.is_firm:
        return "nobody may approve it"
    return "denied by policy" if finding.denies else "to look at"


def reading_words(reading: Reading, colleague: Somebody, formats: Formats) -> list[str]:
    """All that one of the two may read of what stands in the way."""
    lines = [f"Not possible with {person(colleague)}."] if reading.impossible_with else []
    own = [f"For you: {own_words(each, formats)}." for each in reading.findings if each.denies]
    return _first([*lines, *own]) or [f"Not possible with {person(colleague)}."]


def listed(lines: Iterable[str]) -> list[str]:
    """The lines as a list, as many as anybody reads."""
    return [f"• {line}" for line in _first(list(lines))]


def side_words(side: Side, people: Mapping[UUID, Somebody], formats: Formats) -> str:
    """The hours of the weeks that change for one of the two, and what that costs."""
    return f"{person(people[side.member_id])}: {hours_words(side, formats)}"


def hours_words(side: Side, formats: Formats) -> str:
    """The same without a name."""
    weeks = [
        f"week of {formats.day(week.first)}: {_change(_time(week.before), _time(week.after))}"
        for week in side.weeks
    ]
    cost = side.cost
    extras = [f"overtime {_signed(cost.overtime)}"] if cost.overtime else []
    extras += [f"at a premium {_signed(cost.premium)}"] if cost.premium else []
    extras += [f"cost {cost.money:+}"] if cost.money else []
    return ", ".join([*weeks, *extras])


def _first(lines: list[str]) -> list[str]:
    left_out = len(lines) - _MOST_LINES
    return lines if left_out <= 0 else [*lines[:_MOST_LINES], f"and {left_out} more"]


def _change(before: str, after: str) -> str:
    return f"unchanged at {after}" if before == after else f"{before} → {after}"


def _amount(value: float, unit: Unit) -> str:
    number = f"{round(value, 2):g}"
    match unit:
        case Unit.HOURS:
            return amount(number, "h")
        case Unit.DAYS:
            return amount(number, "days")
        case Unit.PERCENT:
            return f"{amount(number, '%')} of the contract"
    return amount(number, "heads")


def _overtime(finding: Finding, formats: Formats) -> str:
    """All the hours of the week, which are not those of overtime, and from where on they are."""
    worked, limit = (_amount(each or 0, Unit.HOURS) for each in (finding.value, finding.limit))
    begins = f"{limit} by contract" if _by_contract(finding) else f"it begins at {limit}"
    return f"overtime, {worked} in the {_about(finding.about, formats)} ({begins})"


def _by_contract(finding: Finding) -> bool:
    """Whether the words say whence the limit comes."""
    return finding.rule is RuleId.OVERTIME and finding.what == CONTRACT


def _limit(finding: Finding) -> str:
    if finding.limit is None or finding.unit is None:
        return ""
    bound = MEASURES[finding.rule].bound if finding.rule in MEASURES else "at least"
    return f", {bound} {_amount(finding.limit, finding.unit)}"


def _about(about: About | None, formats: Formats) -> str:
    match about:
        case Interval():
            start, end = (local_date(each, formats.zone) for each in (about.start, about.end))
            if (end - start).days > 1:
                return formats.days(start, end)
            return f"{formats.day(start)}, {formats.hours(about)}"
        case Day():
            return formats.day(about.day)
        case Week():
            return f"week of {formats.day(about.first)}"
    return ""


def _time(minutes: int) -> str:
    return duration(timedelta(minutes=minutes))


def _signed(minutes: int) -> str:
    return f"{'+' if minutes > 0 else '−'}{_time(abs(minutes))}"
