"""What the check of a swap found, as it is kept with the swap and read by approvers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.domain.coverage_effect import Effect as Left
from bot.domain.coverage_effect import Summary
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.rules import About, Day, Effect, Finding, Kind, RuleId, Unit, Week
from bot.domain.rules_cost import Cost

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The minutes that somebody works in a week, by its first day, before and after."""

    first: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Side:
    """What a swap means for one of the two: hours of the weeks that it touches, and what it costs."""

    member_id: UUID
    weeks: tuple[WeekHours, ...]
    cost: Cost


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that approvers look at: broken rules, heads left behind, hours and cost of both."""

    findings: tuple[Finding, ...]
    coverage: tuple[Summary, ...]
    sides: tuple[Side, ...]

    @property
    def denials(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(finding for finding in self.findings if finding.denies)

    @property
    def firm(self) -> tuple[Finding, ...]:
        """What nobody may approve."""
        return tuple(finding for finding in self.findings if finding.is_firm)


def news_since(earlier: Review, now: Review) -> tuple[Finding, ...]:
    """What is broken now and was not when the earlier review was made; numbers that only grew are no news."""
    known = {identity(finding) for finding in earlier.findings}
    return tuple(finding for finding in now.findings if identity(finding) not in known)


def identity(finding: Finding) -> tuple[object, ...]:
    """Which rule it is, about whom and when, whatever the numbers are."""
    return finding.rule, finding.effect, finding.whom, finding.about, finding.what


def to_document(review: Review) -> Document:
    """The review as JSON holds it."""
    return {
        "findings": [_finding(each) for each in review.findings],
        "coverage": [_coverage(each) for each in review.coverage],
        "sides": [_side(each) for each in review.sides],
    }


def from_document(document: Mapping[str, Any]) -> Review:
    """The review that ``to_document`` wrote."""
    return Review(
        tuple(_read_finding(each) for each in document["findings"]),
        tuple(_read_coverage(each) for each in document["coverage"]),
        tuple(_read_side(each) for each in document["sides"]),
    )


def _finding(finding: Finding) -> Document:
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "effect": finding.effect,
        "whom": str(finding.whom) if finding.whom else None,
        "about": _about(finding.about),
        "value": finding.value,
        "limit": finding.limit,
        "unit": finding.unit,
        "what": finding.what,
        "source": finding.source,
    }


def _read_finding(document: Mapping[str, Any]) -> Finding:
    return Finding(
        RuleId(document["rule"]),
        Kind(document["kind"]),
        Effect(document["effect"]),
        UUID(document["whom"]) if document["whom"] else None,
        _read_about(document["about"]),
        document["value"],
        document["limit"],
        Unit(document["unit"]) if document["unit"] else None,
        document["what"],
        document["source"],
    )


def _about(about: About | None) -> Document | None:
    match about:
        case Interval():
            return {"during": _interval(about)}
        case Day():
            return {"day": about.day.isoformat()}
        case Week():
            return {"week": about.first.isoformat()}
    return None


def _read_about(document: Mapping[str, Any] | None) -> About | None:
    match document:
        case {"during": during}:
            return _read_interval(during)
        case {"day": day}:
            return Day(date.fromisoformat(day))
        case {"week": first}:
            return Week(date.fromisoformat(first))
    return None


def _coverage(summary: Summary) -> Document:
    found: Document = {"whole": _interval(summary.interval), **summary.post._asdict(), **_left(summary.usual)}
    if summary.worst != summary.usual:
        found["worst"] = _left(summary.worst)
    if summary.before and summary.after:
        found["levels"] = [[each.service_level, each.grows] for each in (summary.before, summary.after)]
    return found


def _left(left: Left) -> Document:
    return {
        "during": _interval(left.interval),
        "before": left.before,
        "after": left.after,
        "floor": left.required,
    }


def _read_coverage(document: Mapping[str, Any]) -> Summary:
    """Of what was written before there were service levels, there are the numbers of one time."""
    post = Post(document["queue"], document.get("skill", ""))
    usual = _read_left(post, document)
    worst = _read_left(post, document["worst"]) if "worst" in document else usual
    whole = _read_interval(document["whole"]) if "whole" in document else usual.interval
    return Summary(whole, usual, worst, *(Level(*each) for each in document.get("levels", ())))


def _read_left(post: Post, document: Mapping[str, Any]) -> Left:
    during = _read_interval(document["during"])
    return Left(during, post, document["before"], document["after"], document["floor"])


def _side(side: Side) -> Document:
    cost = side.cost
    return {
        "member": str(side.member_id),
        "weeks": [[week.first.isoformat(), week.before, week.after] for week in side.weeks],
        "worked": cost.worked,
        "overtime": cost.overtime,
        "premium": cost.premium,
        "money": None if cost.money is None else str(cost.money),
    }


def _read_side(document: Mapping[str, Any]) -> Side:
    money = document["money"]
    cost = Cost(
        document["worked"], document["overtime"], document["premium"], None if money is None else Decimal(money)
    )
    weeks: Iterable[list[Any]] = document["weeks"]
    return Side(
        UUID(document["member"]),
        tuple(WeekHours(date.fromisoformat(first), before, after) for first, before, after in weeks),
        cost,
    )


def _interval(interval: Interval) -> list[str]:
    return [interval.start.isoformat(), interval.end.isoformat()]


def _read_interval(edges: list[str]) -> Interval:
    return Interval(datetime.fromisoformat(edges[0]), datetime.fromisoformat(edges[1]))
