"""What customers may expect: how long each clock of a case may take, and which state of it pauses which clock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.availability import Available, BadAvailability, TooManyLines, read_availability
from bot.domain.cases import LIVE, Priority, State
from bot.domain.coverage_settings import BadLine
from bot.domain.wallclock import read_zone

_LINES = re.compile("[;\n]")
_PART = re.compile(r"(?P<metric>first reply|next reply|resolution) (?P<length>.+)")
_LENGTH = re.compile(r"(?:(?P<hours>\d{1,4}) ?h)? ?(?:(?P<minutes>\d{1,4}) ?m(?:in)?)?")
_EVERYBODY = ("all", "any")
_NONE = "none"
_ALWAYS = "always"
_LONGEST_TIER = 40
_MOST = timedelta(hours=5000)

USUAL_SLA = """\
urgent: first reply 1h, next reply 2h, resolution 8h
high: first reply 2h, next reply 4h, resolution 16h
normal: first reply 4h, next reply 8h, resolution 24h
low: first reply 8h, next reply 16h, resolution 40h"""
USUAL_PAUSES = State.PENDING.value
USUAL_HOURS = "mon-fri 09:00-17:00"


class Metric(StrEnum):
    """The clocks of a case."""

    FIRST_REPLY = "first reply"
    NEXT_REPLY = "next reply"  # to the oldest message that nobody has answered
    RESOLUTION = "resolution"


Targets = Mapping[Metric, timedelta]
Pauses = Mapping[Metric, frozenset[State]]


@dataclass(frozen=True, slots=True)
class SlaLine:
    """What holds for the cases of a tier and of a priority (None: of any); None as a target: there is none."""

    tier: str | None
    priority: Priority | None
    targets: Mapping[Metric, timedelta | None]

    def fits(self, tier: str | None, priority: Priority) -> bool:
        """Whether a case is meant."""
        named = " ".join(tier.casefold().split()) if tier else None
        return self.tier in (None, named) and self.priority in (None, priority)

    @property
    def precision(self) -> tuple[bool, bool]:
        """The greater, the more precisely it says whom it means; a tier says more than a priority."""
        return self.tier is not None, self.priority is not None


def targets_of(lines: tuple[SlaLine, ...], tier: str | None, priority: Priority) -> Targets:
    """How long each clock may take: as the most precise line that speaks of it says, of equals the last."""
    found: dict[Metric, timedelta | None] = {}
    for line in sorted((each for each in lines if each.fits(tier, priority)), key=lambda each: each.precision):
        found |= line.targets
    return {metric: target for metric, target in found.items() if target is not None}


def read_sla(text: str) -> tuple[SlaLine, ...]:
    """Lines such as "gold urgent: first reply 30m, resolution 4h"; raises ``BadLine``."""
    return tuple(_sla_line(line) for line in _lines(text))


def read_pauses(text: str) -> Pauses:
    """Lines such as "pending", for every clock, or "on hold: resolution"; raises ``BadLine``."""
    found: dict[Metric, set[State]] = {metric: set() for metric in Metric}
    for line in _lines(text):
        named, _, which = line.casefold().partition(":")
        if named == _NONE:
            continue
        metrics = [part.strip() for part in which.split(",") if part.strip()] or list(Metric)
        if named.strip() not in LIVE or not set(metrics) <= set(Metric):
            raise BadLine(line)
        for metric in metrics:
            found[Metric(metric)].add(State(named.strip()))
    return {metric: frozenset(states) for metric, states in found.items()}


def read_business_hours(text: str) -> tuple[tuple[Available, ...], str | None]:
    """Lines such as "mon-fri 09:00-12:00, 13:00-17:00", or "always"; and the zone that "in Europe/Berlin" names.

    No windows: always. Raises ``BadLine``.
    """
    windows: list[Available] = []
    zone = None
    every = list(_lines(text))
    for line in every:
        if line.startswith("in "):
            zone = read_zone(line.removeprefix("in ").strip())
            if zone is None:
                raise BadLine(line)
        elif line.casefold() != _ALWAYS:
            windows += _hours(line)
    always = any(line.casefold() == _ALWAYS for line in every)
    if always is bool(windows):
        raise BadLine(text.strip())
    return tuple(windows), zone


def _hours(line: str) -> tuple[Available, ...]:
    try:
        found = read_availability(line, "en")
    except (BadAvailability, TooManyLines):
        raise BadLine(line) from None
    if not found:
        raise BadLine(line)
    return found


def _sla_line(line: str) -> SlaLine:
    whom, _, said = line.partition(":")
    words = whom.casefold().split()
    priority = Priority(words.pop()) if words and words[-1] in list(Priority) else None
    tier = " ".join(words)
    if len(tier) > _LONGEST_TIER or not said or (not tier and priority is None):
        raise BadLine(line)
    targets = dict(_target(part, line) for part in said.split(","))
    return SlaLine(None if tier in ("", *_EVERYBODY) else tier, priority, targets)


def _target(part: str, line: str) -> tuple[Metric, timedelta | None]:
    found = _PART.fullmatch(" ".join(part.casefold().split()))
    if found is None:
        raise BadLine(line)
    metric, length = Metric(found["metric"]), found["length"]
    if length == _NONE:
        return metric, None
    read = _LENGTH.fullmatch(length)
    target = timedelta(hours=int(read["hours"] or 0), minutes=int(read["minutes"] or 0)) if read else timedelta()
    if not timedelta() < target <= _MOST:
        raise BadLine(line)
    return metric, target


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in _LINES.split(text) if line.strip())
