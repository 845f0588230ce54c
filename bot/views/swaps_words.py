"""Rules, numbers and refusals of swaps in words."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.rules import MEASURES, About, Day, Finding, Kind, RuleId, Unit, Week
from bot.domain.rules_check import Coverage
from bot.domain.rules_swaps import Reading
from bot.domain.shifts import Somebody
from bot.domain.swaps import State
from bot.domain.swaps_review import Side
from bot.domain.swaps_shown import SwapShift, SwapShown, Wrong
from bot.domain.wallclock import local_date
from bot.views.formats import Formats, duration, escape, person, shorten

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
_WRONG: Mapping[Wrong, str] = {
    Wrong.GIVEN_NOT_YOURS: "This shift is somebody else's now. Close the form and start again.",
    Wrong.GIVEN_CHANGED: "This shift has changed since you opened the form. Close it and start again.",
    Wrong.GIVEN_BEGUN: "This shift has begun already. Pick another.",
    Wrong.COLLEAGUE_UNKNOWN: "This person is not on the roster, so they have no shifts here. Pick somebody else.",
    Wrong.COLLEAGUE_SELF: "That is you. Pick a colleague.",
    Wrong.COLLEAGUE_ASKER: "Nobody swaps with themselves. Pick a colleague of theirs.",
    Wrong.COLLEAGUE_PROXY: "You enter this for one of the two, so you cannot be the other. Pick somebody else.",
    Wrong.COLLEAGUE_LEFT: "This person has left, so they cannot swap any more. Pick somebody else.",
    Wrong.RETURNED_CHANGED: "This shift has changed since it was offered, or is not theirs. Pick another.",
    Wrong.RETURNED_BEGUN: "This shift has begun already. Pick another.",
}
_STATES: Mapping[State, str] = {
    State.OPEN: "waiting for an answer",
    State.ACCEPTED: "accepted",
    State.NEEDS_APPROVAL: "accepted and waits for approval",
    State.APPROVED: "settled",
    State.DECLINED: "declined",
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "over: nobody settled it in time",
    State.SUPERSEDED: "void, because one of its shifts has changed",
    State.UNDONE: "undone",
}
_NAME, _MOST_LINES = 80, 30


def wrong_words(wrong: Wrong) -> str:
    """Why a field of the form cannot be so."""
    return _WRONG[wrong]


def state_words(shown: SwapShown) -> str:
    """Where a swap stands, and through whom: for who came too late as well as on the card."""
    words = _STATES[shown.state]
    match shown.state:
        case State.OPEN:
            return f"waiting for {person(shown.colleague)} to answer"
        case State.WITHDRAWN:
            return f"{words} {doer_words(shown.ended_by, shown.asker)}"
        case State.DECLINED if shown.decided_by:
            return f"{words} by {person(shown.decided_by)}"
        case State.DECLINED:
            return f"{words} {doer_words(shown.ended_by, shown.colleague)}"
        case State.UNDONE:
            return undone_words(shown)
        case State.APPROVED if shown.decided_by:
            return f"{words}, approved by {person(shown.decided_by)}"
        case State.NEEDS_APPROVAL:
            return f"accepted {doer_words(shown.answered_by, shown.colleague)} and waits for approval"
        case State.SUPERSEDED if shown.taken_by:
            return f"void: {' and '.join(map(person, shown.taken_by))} have swapped one of its shifts"
    return words


def undone_words(shown: SwapShown) -> str:
    """That it was undone, by one of the two or, after the time for regret, by both."""
    both = [shown.asker, shown.colleague]
    doers = both if shown.undo_wanted_by else [shown.ended_by] if shown.ended_by else []
    return f"undone by {' and '.join(map(person, doers))}" if doers else "undone"


def doer_words(doer: Somebody | None, whose: Somebody) -> str:
    """By whom something was done that was theirs to do: by themselves (None), or by a proxy for them."""
    if doer is None or doer.member_id == whose.member_id:
        return f"by {person(whose)}"
    return f"by {person(doer)} for {person(whose)}"


def shift_words(shift: SwapShift, formats: Formats) -> str:
    """Day, hours and queue, as they are written in plain text and never as "tomorrow"."""
    day = formats.day(local_date(shift.interval.start, formats.zone))
    queue = f" · {escape(shorten(shift.queue, _NAME))}" if shift.queue else ""
    return f"{day}, {formats.hours(shift.interval)}{queue}"


def finding_words(finding: Finding, people: Mapping[UUID, Somebody], formats: Formats) -> str:
    """One broken rule: whose, value, limit, when and whence."""
    somebody = people.get(finding.whom) if finding.whom else None
    whom = f"{person(somebody)}: " if somebody else ""
    parts = [f"{whom}{own_words(finding, formats)}"]
    if finding.kind is Kind.LEGAL:
        parts.append("law")
    parts.append(escape(shorten(finding.source, 200)))
    return " · ".join(part for part in parts if part)


def own_words(finding: Finding, formats: Formats) -> str:
    """The same for whom the rule is about."""
    text = RULES[finding.rule]
    if finding.what:
        text += f" ({escape(shorten(finding.what, _NAME))})"
    if finding.value is not None and finding.unit:
        text += f" {_amount(finding.value, finding.unit)}{_limit(finding)}"
    about = _about(finding.about, formats)
    return f"{text} · {about}" if about else text


def reading_words(reading: Reading, colleague: Somebody, formats: Formats) -> list[str]:
    """All that one of the two may read of what stands in the way."""
    lines = [f"Not possible with {person(colleague)}."] if reading.impossible_with else []
    own = [f"For you: {own_words(each, formats)}." for each in reading.findings if each.denies]
    return _first([*lines, *own]) or [f"Not possible with {person(colleague)}."]


def listed(lines: Iterable[str]) -> list[str]:
    """The lines as a list, as many as anybody reads."""
    return [f"• {line}" for line in _first(list(lines))]


def coverage_words(coverage: Iterable[Coverage], formats: Formats) -> list[str]:
    """The heads left behind, wherever they change or are too few; otherwise how many there are at least."""
    every = list(coverage)
    telling = [each for each in every if each.before != each.after or each.after < each.floor]
    if telling or not every:
        return [_heads(each, formats) for each in telling]
    lowest = {each.queue: each for each in sorted(every, key=lambda each: -each.after)}
    return [f"{_heads(each, formats)}, unchanged" for each in lowest.values()]


def side_words(side: Side, people: Mapping[UUID, Somebody], formats: Formats) -> str:
    """The hours of the weeks that change for one of the two, and what that costs."""
    weeks = [
        f"week of {formats.day(week.first)}: {_time(week.before)} → {_time(week.after)}" for week in side.weeks
    ]
    cost = side.cost
    extras = [f"overtime {_signed(cost.overtime)}"] if cost.overtime else []
    extras += [f"at a premium {_signed(cost.premium)}"] if cost.premium else []
    extras += [f"cost {cost.money:+}"] if cost.money else []
    return f"{person(people[side.member_id])}: {', '.join([*weeks, *extras])}"


def _first(lines: list[str]) -> list[str]:
    left_out = len(lines) - _MOST_LINES
    return lines if left_out <= 0 else [*lines[:_MOST_LINES], f"and {left_out} more"]


def _heads(coverage: Coverage, formats: Formats) -> str:
    when = _about(coverage.interval, formats)
    floor = f" (at least {coverage.floor:g})" if coverage.floor else ""
    name = escape(shorten(coverage.queue, _NAME))
    noun = "head" if coverage.after == 1 else "heads"
    return f"{name}, {when}: {coverage.before:g} → {coverage.after:g} {noun}{floor}"


def _amount(value: float, unit: Unit) -> str:
    number = f"{round(value, 2):g}"
    match unit:
        case Unit.HOURS:
            return f"{number} h"
        case Unit.DAYS:
            return f"{number} days"
        case Unit.PERCENT:
            return f"{number} % of the contract"
    return f"{number} heads"


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
